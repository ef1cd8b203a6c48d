"""The loop that saturates: x' = a + b x - x^3 with noise, one state or two, and how long each lasts.

    dx = (a + b x - x^3) dt + sigma dW

`a` tilts the landscape, `b` splits it; `x` and time are in units of the model. The cubic is the simplest form in which
a loop that feeds itself stops growing (the cusp of catastrophe theory). Fits of cusps to the course of drinking say
nothing of a mechanism, and none were made here: a teaching model, and no prediction about a person.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, numbers, positive

_REAL = 1e-7  # numerical: a double root of the cubic comes back with an imaginary part of this order at most
_CELLS = 1000  # numerical: trapezia of the quadrature; half as many change a waiting time by less than 1e-6 of it
_FAR = 2.0  # numerical: so far behind the lowest state, times 1 + sqrt(sigma), the cubic lets no run arrive


def equilibria(a: float, b: float) -> Array:
    """Return all x with a + b x - x^3 = 0 in rising order: one, or three of which the middle one is unstable.

    Exactly at the edge of the cusp two of them merge, and the double one may come back once or twice.
    """
    roots = np.roots([-1.0, 0.0, float(numbers("b", b)), float(numbers("a", a))])
    return np.sort(roots.real[np.abs(roots.imag) < _REAL])


def two_states(a: ArrayLike, b: ArrayLike) -> Array:
    """Return whether two stable states exist: |a| < 2 (b/3)^(3/2), inside the cusp. Arguments broadcast."""
    tilt, split = numbers("a", a), numbers("b", b)
    return np.asarray(np.abs(tilt) < 2.0 * (np.maximum(split, 0.0) / 3.0) ** 1.5)  # numerical: exponent of the cusp


def potential(x: ArrayLike, a: float, b: float) -> Array:
    """Return the landscape V(x) = -a x - b x²/2 + x⁴/4, whose slope is minus the drift. Valleys are stable states."""
    at = numbers("x", x)
    return np.asarray(-float(numbers("a", a)) * at - float(numbers("b", b)) * at**2 / 2.0 + at**4 / 4.0)


def simulate(a: float, b: float, noise: float, start: ArrayLike, kicks: ArrayLike, step: float) -> Array:
    """Return a noisy run by the rule of Euler and Maruyama, one row more than `kicks`.

    `kicks`: standard normal numbers, (steps,) for one run or (steps, runs); `start`: the first state, or one per run;
    `step`: length of a step, 0.005 is enough up to |x| = 3. Raises ValueError for a negative noise, a step that is not
    above 0, or an empty list of kicks.
    """
    if float(numbers("noise", noise)) < 0.0:
        raise ValueError("noise must not be negative.")
    dt, tilt, split = float(positive("step", step)), float(numbers("a", a)), float(numbers("b", b))
    pushes = float(noise) * math.sqrt(dt) * numbers("kicks", kicks)
    if pushes.ndim not in (1, 2) or pushes.size == 0:
        raise ValueError("kicks must be a list of at least one number, or a table with one column per run.")
    first = np.broadcast_to(numbers("start", start), pushes.shape[1:])
    # One run goes through plain numbers, which is far faster than arrays of one.
    x = float(first) if pushes.ndim == 1 else first
    states = [x]
    for push in pushes.tolist() if pushes.ndim == 1 else pushes:
        x = x + dt * (tilt + split * x - x * x * x) + push
        states.append(x)
    return np.array(states)


def waiting_time(a: float, b: float, noise: float, start: float, end: float) -> float:
    """Return the mean time until a run that begins at `start` first reaches `end`, on either side of it.

    T = 2/sigma² ∫ e^(2V(y)/sigma²) ∫ e^(-2V(z)/sigma²) dz dy, y from start to end and z from far behind start to y: the
    mean first-passage time, by the trapezium rule (Gardiner 2009, section 5.5). Raises ValueError unless noise is above
    0; a time beyond what a number can hold comes back as infinity.
    """
    sigma = float(positive("noise", noise))
    begin, goal = float(numbers("start", start)), float(numbers("end", end))
    if begin == goal:
        return 0.0
    if begin > goal:  # the mirror image
        return waiting_time(-a, b, noise, -begin, -goal)
    behind = min(begin, float(equilibria(a, b)[0])) - _FAR * (1.0 + math.sqrt(sigma))
    z = np.linspace(behind, goal, _CELLS + 1)
    depth = 2.0 * potential(z, a, b) / sigma**2
    # As logarithms, since a deep valley and a high hill together leave the range of numbers.
    cells = np.logaddexp(-depth[1:], -depth[:-1]) + np.log(np.diff(z) / 2.0)
    inner = np.logaddexp.accumulate(cells)
    # From here on z is y; the cell that holds the start is cut at it.
    y = np.concatenate([[begin], z[z > begin]])
    with np.errstate(over="ignore"):
        heights = np.exp(2.0 * potential(y, a, b) / sigma**2 + np.interp(y, z[1:], inner))
    return float(2.0 / sigma**2 * np.sum((heights[1:] + heights[:-1]) / 2.0 * np.diff(y)))


def kramers_time(a: float, b: float, noise: float) -> float:
    """Return Kramers' estimate of the mean time from the lower state to the upper, for noise small against the barrier.

    2 pi / sqrt(V''(valley) |V''(top)|) e^(2 dV / sigma²). Raises ValueError unless there are two stable states and
    noise is above 0.
    """
    if not two_states(a, b):
        raise ValueError("With one stable state there is no barrier to cross.")
    valley, top, _ = equilibria(a, b)
    barrier = float(potential(top, a, b) - potential(valley, a, b))
    curves = math.sqrt((3.0 * valley**2 - b) * (b - 3.0 * top**2))
    return 2.0 * math.pi / curves * math.exp(2.0 * barrier / float(positive("noise", noise)) ** 2)
