"""Extinction as new learning that is tied to its context, and what comes back elsewhere (renewal).

A reduction of Bouton's account: the first association (1) stays; inhibition I is learned where extinction happens, and
a context link says how much of it counts in a place. A group-level teaching model of conditioned responding; the size
of every link is assumed. Lesions of the hippocampus do not act on renewal in one direction, so the link is no region.
"""

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction


def inhibition(trials: int, rate: float, link: float) -> Array:
    """Return the inhibition after 0 … `trials` extinction trials, shape (trials + 1,); 0 at the start.

    Each trial adds rate · link · (response there), and the response there is 1 - link · I. `rate` and `link` lie
    between 0 and 1. Raises ValueError for others, or a number of trials that is negative or not whole.
    """
    if isinstance(trials, bool) or not isinstance(trials, (int, np.integer)) or trials < 0:
        raise ValueError("trials must be a whole number, not negative.")
    alpha, h = float(fraction("rate", rate)), float(fraction("link", link))
    learned = np.zeros(int(trials) + 1)
    for n in range(int(trials)):
        learned[n + 1] = learned[n] + alpha * h * response(learned[n], h)
    return learned


def response(learned: ArrayLike, link: ArrayLike) -> Array:
    """Return the response where the inhibition `learned` counts with weight `link`: 1 - link · I, but never below 0.

    1 is the response before extinction. Arguments broadcast. Raises ValueError for a link outside 0-1.
    """
    return np.asarray(np.maximum(0.0, 1.0 - fraction("link", link) * np.asarray(learned, dtype=np.float64)))


def extinction_renewal(trials: int, rate: float, link: float, elsewhere: float) -> tuple[Array, Array]:
    """Return (response where extinction happens, response elsewhere) after 0 … `trials` trials, (trials + 1,) each.

    `link`: the weight of what was learned there; `elsewhere`: its weight in another place (0: none of it counts, and
    all of the response renews). In closed form (1 - rate link^2)^n, and 1 - (elsewhere/link)(1 - that) above 0. Raises
    ValueError for weights or a rate outside 0-1, or a number of trials that is negative or not whole.
    """
    learned = inhibition(trials, rate, link)
    return response(learned, link), response(learned, elsewhere)
