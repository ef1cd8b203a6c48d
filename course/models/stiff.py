"""Solves equations whose fastest part is over in minutes while the slowest takes months.

An explicit method would have to take minute steps through all of the months; this one takes steps as long as the
accuracy allows.
"""

from collections.abc import Callable

import numpy as np

from course.models.checks import Array, positive

# numerical: RODAS3, third order, L-stable (Sandu et al. 1997, Atmos Environ 31:3459), in the form without products.
_GAMMA = 0.5
_SHRINK, _GROW, _SAFETY = 0.2, 5.0, 0.9  # numerical: how far a step may change at once


def solve(
    rate: Callable[[Array], Array],
    jacobian: Callable[[Array], Array],
    start: Array,
    end: float,
    first_step: float,
    longest_step: float,
    tolerance: float = 1e-4,  # numerical: relative to 1 plus the size of each part, per step
) -> tuple[Array, Array]:
    """Return (times, states) of y' = rate(y) from `start` at time 0 to `end`; times (n,), states (n, len(start)).

    `jacobian(y)[i, j]` is the derivative of `rate(y)[i]` by `y[j]`. Raises ValueError unless `end` and the two steps
    are above 0, and RuntimeError when the equation cannot be followed.
    """
    stop = float(positive("end", end))
    longest, step = float(positive("longest_step", longest_step)), float(positive("first_step", first_step))
    identity = np.eye(len(start))
    time, y = 0.0, np.array(start, dtype=np.float64)
    times, states = [time], [y]
    while time + step > time:
        step = min(step, longest, stop - time)
        inverse = np.linalg.inv(identity / (_GAMMA * step) - jacobian(y))
        here = rate(y)
        k1 = inverse @ here
        k2 = inverse @ (here + (4.0 / step) * k1)
        k3 = inverse @ (rate(y + 2.0 * k1) + (k1 - k2) / step)
        k4 = inverse @ (rate(y + 2.0 * k1 + k3) + (k1 - k2 - (8.0 / 3.0) * k3) / step)  # numerical: RODAS3
        # The last stage is the difference from a solution of second order; nan is refused like any large error.
        error = float(np.abs(k4 / (1.0 + np.abs(y))).max()) / tolerance
        if error <= 1.0:
            time = stop if stop - time <= step else time + step
            y = y + 2.0 * k1 + k3 + k4
            times.append(time)
            states.append(y)
            if time == stop:
                return np.array(times), np.array(states)
        step *= min(_GROW, max(_SHRINK, _SAFETY / max(error, 1e-12) ** (1.0 / 3.0)))  # numerical: error goes as step³
    raise RuntimeError("The equation changes too fast to be followed: its values grow without end.")
