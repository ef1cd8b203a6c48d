"""Simulators: each has `explore(prediction=...)`, a panel of controls, and `draw(...)`, its twin without any.

The still pictures `figure_two` and `semilog_decay` have `draw()` alone.
"""

from course.simulators import dopamine_time_course, dose_response, figure_two, plasma_level, semilog_decay

__all__ = ["dopamine_time_course", "dose_response", "figure_two", "plasma_level", "semilog_decay"]
