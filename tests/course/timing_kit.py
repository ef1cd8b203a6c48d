"""How long a computation usually takes, in processor time, so that a busy test machine does not decide."""

import statistics
import time
from collections.abc import Callable


def usual_seconds(compute: Callable[[int], object], times: int = 9) -> float:
    """Return the median of processor seconds that `compute(0)`, `compute(1)` … take, after one that warms up."""
    compute(0)
    seconds = []
    for i in range(times):
        begin = time.process_time()
        compute(i)
        seconds.append(time.process_time() - begin)
    return statistics.median(seconds)
