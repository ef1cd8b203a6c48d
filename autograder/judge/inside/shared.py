"""Containers that both processes hold: a change on one side is made on the other with the next message.

A test that looks at a list the learner's function fills, or empties it between two calls, sees one list in a notebook.
Here it is a copy; what is kept of it, its last encoding, tells whether it was changed since.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable
from typing import Any

from autograder.judge.plain import BadData, NotPlain, Packer, Unpacker

_MOST = 64
"""Containers kept in step; the oldest are let go."""
_LARGEST = 20_000
"""Values in a container, or bytes of an array, that is compared at every message."""


class Shared:
    """This side's half of the containers in common; each has a number that both sides know it by."""

    def __init__(
        self,
        refer: Callable[[Any], Any],
        same: Callable[[Any, Any, Any, Any], bool],
        update: Callable[[Any, Any], None],
    ) -> None:
        self._refer, self._same, self._update = refer, same, update
        self._known: dict[int, tuple[Any, Any, Any]] = {}
        self._numbers = itertools.count(1)

    def clear(self) -> None:
        """Forget them all."""
        self._known.clear()

    def lend(self, value: Any) -> int | None:
        """Share a container of ours; the number for the other side, None where it is too large for that."""
        for number, (known, _, _) in self._known.items():
            if known is value:
                return number
        number = next(self._numbers)
        return number if self._keep(number, value) else None

    def borrow(self, number: int, value: Any) -> None:
        """Share a container of the other side's, of which `value` is the copy here."""
        self._keep(number, value)

    def changed(self, packer: Packer) -> list[Any]:
        """What has been changed here since the last message: pairs of number and encoding."""
        found = []
        for number, (value, packed, buffers) in list(self._known.items()):
            now = self._encoded(value)
            if now is None:
                del self._known[number]
            elif not self._same(now[0], now[1], packed, buffers):
                self._known[number] = (value, *now)
                found.append([number, packer.fresh().pack(value)])
        return found

    def take(self, pairs: Any, unpacker: Unpacker) -> None:
        """Make the other side's changes here."""
        if type(pairs) is not list or not all(type(pair) is list and len(pair) == 2 for pair in pairs):
            raise BadData("no pairs")
        for number, packed in pairs:
            known = self._known.get(number) if type(number) is int else None
            theirs = unpacker.fresh().unpack(packed)
            if known is not None:
                self._update(known[0], theirs)
                self._keep(number, known[0])

    def _keep(self, number: int, value: Any) -> bool:
        encoded = self._encoded(value)
        if encoded is None:
            return False
        self._known[number] = (value, *encoded)
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        return True

    def _encoded(self, value: Any) -> tuple[Any, Any] | None:
        size = getattr(value, "nbytes", None)
        if (operator.length_hint(value) if size is None else size) > _LARGEST:
            return None
        packer = Packer(self._refer, budget=_LARGEST)
        try:
            return packer.pack(value), packer.buffers
        except NotPlain:
            return None
