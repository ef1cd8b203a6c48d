"""The stop-signal task: a race between going and stopping, and how long stopping takes.

Going and stopping run against each other without touching (Logan and Cowan 1984). Stopping cannot be seen, but the
part of the Go times that escapes it tells when it was done: the integration method, with the replacement of misses
that the consensus guide recommends (Verbruggen and colleagues 2019, doi:10.7554/eLife.46323).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import fraction, numbers, positive


def stop_signal_time(go_times: ArrayLike, missed: int, responded: float, mean_delay: float) -> float:
    """Return the stop-signal reaction time, in the unit of the times.

    `go_times` (n,): of all Go trials with a press, right or wrong; `missed`: Go trials without one, which count as slow
    as the slowest press. `responded`: share of stop trials with a press, p; `mean_delay`: of all stop trials. The
    result is the p-quantile of the Go times minus the mean delay: so many of them were over before stopping was.
    Raises ValueError without a Go time, for a share outside 0-1 or a negative number of misses.
    """
    times = positive("go_times", go_times)
    if times.ndim != 1 or times.size == 0:
        raise ValueError("go_times must be a list of at least one time.")
    if missed < 0:
        raise ValueError("missed must not be negative.")
    ordered = np.sort(np.concatenate([times, np.full(missed, times.max())]))
    place = math.ceil(float(fraction("responded", responded)) * ordered.size)
    return float(ordered[max(place, 1) - 1] - numbers("mean_delay", mean_delay))
