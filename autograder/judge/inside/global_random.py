"""The two generators of random numbers that are global to a process, `random`'s and `numpy.random`'s, kept in step."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from autograder.judge.plain import BadData, Packer, Unpacker, set_legacy_state

States = tuple[Any, Any]


def states() -> States:
    """Where both generators stand now."""
    return random.getstate(), np.random.get_state()


def pack_changed(packer: Packer, now: States, before: States | None) -> list[Any]:
    """The JSON of the states that are no longer what they were."""
    known: tuple[Any, ...] = (None, None) if before is None else before
    return packer.fresh().many([state for state, then in zip(now, known, strict=True) if not _is(state, then)])


def take(packed: Any, unpacker: Unpacker) -> None:
    """Put the generators where the other process says. Raises `BadData`."""
    try:
        for state in unpacker.fresh().many(packed):
            random.setstate(state) if len(state) == 3 else set_legacy_state(np.random, state)
    except (TypeError, ValueError) as error:
        raise BadData(str(error)) from None


def _is(state: Any, then: Any) -> bool:
    if then is None:
        return False
    return all(np.array_equal(one, other) for one, other in zip(state, then, strict=True) if one is not None)
