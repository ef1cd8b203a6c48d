"""What the models ask of their input, each failure as one sentence."""

from collections.abc import Sequence
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def numbers(name: str, values: ArrayLike) -> Array:
    """Return a fresh float64 array; raises ValueError unless every number is finite."""
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be a number or a regular array of numbers.") from error
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} must hold finite numbers only.")
    return array


def positive(name: str, values: ArrayLike) -> Array:
    """Return a fresh float64 array; raises ValueError unless every number is above 0."""
    array = numbers(name, values)
    if np.any(array <= 0.0):
        raise ValueError(f"{name} must be greater than 0.")
    return array


def not_negative(name: str, values: ArrayLike) -> Array:
    """Return a fresh float64 array; raises ValueError if a number is below 0."""
    array = numbers(name, values)
    if np.any(array < 0.0):
        raise ValueError(f"{name} must not be negative.")
    return array


def fraction(name: str, values: ArrayLike) -> Array:
    """Return a fresh float64 array; raises ValueError unless every number lies between 0 and 1."""
    array = numbers(name, values)
    if np.any((array < 0.0) | (array > 1.0)):
        raise ValueError(f"{name} must lie between 0 and 1.")
    return array


def within(name: str, value: object, low: float, high: float) -> None:
    """Raise ValueError, naming the ends, unless the one number lies between them; text, None and nan do not."""
    if not isinstance(value, Real) or not low <= float(value) <= high:
        raise ValueError(f"{name} must lie between {low:g} and {high:g}.")


def increasing(name: str, values: ArrayLike) -> Array:
    """Return a fresh one-dimensional array; raises ValueError unless it has a number and each exceeds the last."""
    array = numbers(name, values)
    if array.ndim != 1 or array.size == 0 or np.any(np.diff(array) <= 0.0):
        raise ValueError(f"{name} must be a list of at least one number, and the numbers must increase.")
    return array


def one_of(name: str, word: str, allowed: Sequence[str]) -> None:
    """Raise ValueError, listing the choices, unless the word is one of them."""
    if word not in allowed:
        raise ValueError(f'{name} is "{word}"; choose one of {", ".join(allowed)}.')
