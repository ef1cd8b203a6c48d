"""Simulators: each has `explore(prediction=...)`, a panel of controls, and `draw(...)`, its twin without any."""

from course.simulators import dopamine_time_course, dose_response, figure_two, plasma_level

__all__ = ["dopamine_time_course", "dose_response", "figure_two", "plasma_level"]
