"""What is fuzzed, as functions of bytes: each reads them as the real code does and asserts what must always hold.

The test suite feeds them with the corpus, `make fuzz` with whatever finds new paths through the code.
"""

from __future__ import annotations

import collections
import datetime as dt
import io
import json
import os
import random
import sys
import tempfile
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path, PosixPath, PurePosixPath
from typing import Any

import numpy as np

from autograder.intake import archive
from autograder.intake.answers import extract
from autograder.intake.notebook_file import parse_notebook
from autograder.intake.opening import Unreadable
from autograder.judge import Master, Submission, load_master
from autograder.judge.channel import Channel, Closed, Malformed
from autograder.judge.plain import BadData, Unpacker

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import judge_fixtures as fx

CAPS = archive.Caps(members=50, member_bytes=100_000, total_bytes=300_000)
"""Smaller than the real ones, so that a fuzzer gets there."""
_SCALARS = (type(None), bool, int, float, complex, str, bytes, bytearray, type(...), range, slice, dt.datetime, dt.date,
            dt.time, dt.timedelta, Decimal, Fraction, PurePosixPath, PosixPath, np.random.Generator,
            np.random.RandomState, random.Random)  # fmt: skip
_ANNOTATIONS = (types.GenericAlias, types.UnionType, typing._UnionGenericAlias, typing._GenericAlias)
_CONTAINERS = (list, tuple, set, frozenset, collections.deque, type({}.keys()))
_MAPPINGS = (dict, collections.OrderedDict, collections.Counter, collections.defaultdict)


@cache
def squares() -> Master:
    with tempfile.TemporaryDirectory() as folder:
        return load_master(fx.write(Path(folder) / "squares" / "exercises.ipynb", fx.squares()))


def notebook(data: bytes) -> None:
    """Any bytes as a notebook file: answers that can be stored, or one sentence."""
    try:
        submission = extract(parse_notebook("exercises.ipynb", data), squares())
    except Unreadable as error:
        assert_sentence(str(error))
    else:
        assert_sound(submission)


def packed(data: bytes) -> None:
    """Any bytes as an archive: files within the caps, or one sentence."""
    total = 0
    try:
        for member in archive.members("a.zip", io.BytesIO(data), lambda name: True, archive.Budget(CAPS)):
            assert member.name.isprintable() and not member.name.startswith("/") and ".." not in member.name.split("/")
            assert len(member.data) <= CAPS.member_bytes and not (member.problem and member.data)
            total += len(member.data)
    except Unreadable as error:
        assert_sentence(str(error))
    assert total <= CAPS.total_bytes


def frame(data: bytes) -> None:
    """Any bytes as what the learner's process sends: plain values, or the declared errors."""
    receiving, sending = os.pipe()
    channel = Channel(receiving)
    try:
        os.write(sending, data[:60_000])
        os.close(sending)
        while True:
            message, buffers = channel.receive()
            _unpack(message, buffers)
    except (Closed, Malformed):
        pass  # what a channel says of such bytes
    finally:
        channel.close()


def value(data: bytes) -> None:
    """JSON up to the first NUL, then one raw buffer, as the encoding of a value."""
    body, _, raw = data.partition(b"\0")
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return
    _unpack(message, [memoryview(raw), memoryview(raw)[:8]])


def _unpack(message: Any, buffers: list[memoryview]) -> None:
    try:
        found = Unpacker(buffers, _no_references).unpack(message)
    except BadData:
        return
    assert_plain(found)


def _no_references(reference: list[Any]) -> Any:
    raise BadData("nothing is referred to here")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "notebook": notebook,
    "packed": packed,
    "frame": frame,
    "value": value,
}


def assert_sound(submission: Submission) -> None:
    """What a submission may be: answers to what was asked, all of it storable, all findings readable."""
    if submission.error is not None:
        assert_sentence(submission.error)
        assert not submission.answers and not submission.touched
    asked = set(squares().released)
    assert set(submission.answers) <= asked and submission.touched <= asked
    assert set(submission.extras) <= {"", *(cell.cell_id for cell in squares().cells)}
    for finding in submission.findings:
        assert_sentence(finding.message)
        assert finding.item is None or finding.item in {item.grade_id for item in squares().items}
    stored = [dict(submission.answers), dict(submission.extras), [finding.as_dict() for finding in submission.findings]]
    json.dumps(stored, ensure_ascii=False).encode()


def assert_sentence(text: str) -> None:
    assert text.endswith(".") and text.isprintable() and len(text) < 1000, text


def assert_plain(value: Any) -> None:
    """A value of exactly the types that are copied, all the way down (and round, where it holds itself)."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind in (*_CONTAINERS, *_MAPPINGS) and id(value) in seen:
            continue
        seen.add(id(value))
        if kind in _CONTAINERS or kind is type({}.items()):
            waiting += value
        elif kind in _MAPPINGS:
            waiting += [*value.keys(), *value.values()]
            assert (
                kind is not collections.defaultdict or value.default_factory is None or is_known(value.default_factory)
            )
        elif issubclass(kind, np.ndarray):
            assert kind in (np.ndarray, np.ma.MaskedArray) and not value.dtype.hasobject
        elif issubclass(kind, np.generic):
            assert getattr(np, kind.__name__, None) is kind and not value.dtype.hasobject
        else:
            assert kind in _SCALARS or kind in _ANNOTATIONS or is_known(value), kind


def is_known(value: Any) -> bool:
    """A type or function that only computes, found under its own name in a library that both sides have."""
    harmful = (
        "open",
        "exec",
        "eval",
        "compile",
        "__import__",
        "input",
        "print",
        "getattr",
        "setattr",
        "vars",
        "memmap",
    )
    return getattr(value, "__name__", "") not in harmful and (
        isinstance(value, np.ufunc | type | types.BuiltinFunctionType)
    )
