"""The wire between the learner's process and the tests': values arrive as they were, nonsense is refused, nothing else
happens.
"""

from __future__ import annotations

import collections
import datetime as dt
import json
import math
import os
import random
import struct
import subprocess
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from pathlib import Path, PosixPath, PurePosixPath
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from autograder.judge.channel import BUFFER_BYTES, JSON_BYTES, Channel, Closed, Late, Malformed, TooLarge
from autograder.judge.plain import BadData, NotPlain, Packer, Unpacker

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))
import bombs
import targets

QUICK = settings(max_examples=200, deadline=None, derandomize=True)  # looking for new examples is what `make fuzz` does

# --- values --------------------------------------------------------------------------------------------------------

ZONES = st.none() | st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-7, minutes=30)), dt.timezone.min])
DTYPES = st.one_of(
    nps.boolean_dtypes(), nps.integer_dtypes(endianness="?"), nps.floating_dtypes(endianness="?"),
    nps.complex_number_dtypes(endianness="?"), nps.datetime64_dtypes(), nps.timedelta64_dtypes(),
    nps.byte_string_dtypes(), nps.unicode_string_dtypes(),
    st.sampled_from([np.dtype([("a", "<i4"), ("b", "<f8", (2,))]), np.dtype("f2"), np.dtype("longdouble")]),
)  # fmt: skip
ARRAYS = DTYPES.flatmap(lambda dtype: nps.arrays(dtype, nps.array_shapes(min_dims=0, min_side=0, max_side=4)))


MOMENTS = st.datetimes(timezones=ZONES)
TIMES = st.times()
SCALARS = (
    DTYPES.filter(lambda dtype: dtype.names is None).flatmap(lambda dtype: nps.arrays(dtype, 1)).map(lambda a: a[0])
)


HASHABLE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-(10**400), 10**400), st.floats(), st.text(), st.binary(),
    st.complex_numbers(), st.just(...), st.decimals(allow_nan=False), st.fractions(), MOMENTS,
    st.dates(), TIMES, st.timedeltas(), st.sampled_from([int, bool, dict, object, ValueError, np.float32, np.int8]),
    st.builds(range, st.integers(-9, 9), st.integers(), st.integers(1, 9)),
    st.sampled_from([PurePosixPath("a/b"), PosixPath("/x")]),
    SCALARS,
)  # fmt: skip
VALUES = st.recursive(
    HASHABLE
    | ARRAYS
    | st.decimals()
    | st.builds(bytearray, st.binary())
    | st.builds(slice, st.integers(), st.none(), st.integers()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(HASHABLE, inner, max_size=4),
        st.dictionaries(HASHABLE, inner, max_size=4).map(collections.OrderedDict),
        st.sets(HASHABLE, max_size=4),
        st.frozensets(HASHABLE, max_size=4),
        st.lists(inner, max_size=4).map(lambda items: collections.deque(items, 5)),
        st.dictionaries(st.text(), st.integers(), max_size=3).map(collections.Counter),
        st.dictionaries(HASHABLE, inner, max_size=3).map(lambda items: collections.defaultdict(list, items)),
    ),
    max_leaves=12,
)


def sent(value: Any) -> Any:
    """The value after a journey through pack, a pipe, and unpack."""
    packer = Packer(_refuse)
    packed = packer.pack(value)
    reading, writing = os.pipe()
    sender, receiver = Channel(writing), Channel(reading)
    try:
        writer = threading.Thread(target=sender.send, args=(packed, packer.buffers))
        writer.start()
        message, buffers = receiver.receive()
        writer.join()
    finally:
        sender.close()
        receiver.close()
    return Unpacker(buffers, targets._no_references).unpack(message)


def _refuse(value: Any) -> Any:
    raise NotPlain(f"{type(value).__name__} is not copied")


def same(one: Any, other: Any) -> bool:
    """Equal in every respect: type, bits (also of NaN and of the sign of zero), dtype, shape, order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return struct.pack("d", one) == struct.pack("d", other) or (math.isnan(one) and math.isnan(other))
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, np.ndarray | np.generic):
        alike = one.dtype == other.dtype and one.shape == other.shape
        if one.dtype.char in "gG":  # the bytes that fill up a long double say nothing
            return alike and repr(one.tolist()) == repr(other.tolist())
        return alike and one.tobytes() == other.tobytes()
    if isinstance(one, dict):
        pairs = zip(one.items(), other.items(), strict=False)
        return len(one) == len(other) and all(same(a, c) and same(b, d) for (a, b), (c, d) in pairs)
    if isinstance(one, list | tuple | collections.deque):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, set | frozenset):
        return len(one) == len(other) and sorted(map(repr, one)) == sorted(map(repr, other))
    return repr(one) == repr(other) or bool(one == other)


@QUICK
@given(value=VALUES)
def test_every_value_arrives_as_it_was(value: Any) -> None:
    arrived = sent(value)
    assert same(value, arrived), (value, arrived)
    targets.assert_plain(arrived)


@pytest.mark.parametrize(
    "value",
    [
        float("nan"), -0.0, float("-inf"), 2**53, -(2**53), 1 << 5000, True, "\ud800", "\0",
        complex(-0.0, float("nan")),
        np.array([np.nan, -0.0]), np.zeros((0, 3)), np.array(3.0), np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.ma.masked_array([1.0, 2.0], [True, False]), Decimal("sNaN"), Decimal("1E+999999"), Fraction(-1, 3),
        range(10**30), slice(None, 3, -1), {}.keys(), {1: 2}.items(), collections.deque([], 0), np.bool_(True),
        np.float64(0.1),
        np.datetime64("NaT"), np.str_("é"), np.void(b"ab"), [[[]]], {(): {frozenset(): ()}}, b"", ...,
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_these_arrive_as_they_were(value: Any) -> None:
    arrived = sent(value)
    assert type(arrived) is type(value)
    assert same(value, arrived)


@pytest.mark.parametrize("name", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_generators_go_on_where_they_were(name: str) -> None:
    ours = np.random.Generator(getattr(np.random, name)(7))
    ours.normal(size=3)
    assert sent(ours).normal(size=5).tolist() == ours.normal(size=5).tolist()
    state = np.random.RandomState(3)
    state.normal()
    assert sent(state).normal(size=4).tolist() == state.normal(size=4).tolist()
    plain_random = random.Random(5)
    assert sent(plain_random).random() == plain_random.random()


def test_what_holds_itself_or_one_thing_twice_does_so_over_there() -> None:
    circle: list[Any] = [1]
    circle.append({"again": circle})
    arrived = sent(circle)
    assert arrived[0] == 1 and arrived[1]["again"] is arrived
    inner = [1]
    first, second = sent([inner, inner])
    assert first is second


# --- nonsense ------------------------------------------------------------------------------------------------------

TAGS = st.sampled_from(
    ["i", "l", "t", "s", "fs", "d", "od", "ct", "dd", "dq", "c", "b", "ba", "e", "r", "sl", "a", "ma", "n", "f8", "rng",
     "rs", "rr", "dt", "da", "ti", "td", "de", "fr", "pa", "pp", "dk", "di", "ty", "un", "ga", "m", "sub",
     "h", "own", "nonsense"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["<f8", "|O", "|b1", "<U3", "<M8[s]", "|V8", "f8,O", "C", "F!", "ff", "-", "1E+99", "nan", "2026-01-01",
     "builtins:int", "builtins:open", "builtins:abs", "numpy:float32", "numpy:memmap", "os:system", "PCG64", "MT19937",
     "bit_generator", "state"]
)  # fmt: skip
BUFFER = st.fixed_dictionaries({"buffer": st.integers(0, 1)})
NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.integers() | st.floats() | st.text(max_size=5) | WORDS | BUFFER,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(TAGS, inner).map(list)
        | st.tuples(TAGS, inner, inner).map(list)
        | st.tuples(TAGS, inner, inner, inner, inner).map(list)
        | st.tuples(TAGS, st.lists(inner, max_size=4)).map(list)
        | st.tuples(
            st.just("a"), WORDS | inner, st.lists(st.integers(-1, 3), max_size=3), WORDS, st.integers(0, 1)
        ).map(list)
    ),
    max_leaves=15,
)


@settings(QUICK, max_examples=600)
@given(packed=NONSENSE, raw=st.binary(max_size=64))
def test_any_json_is_a_plain_value_or_bad_data(packed: Any, raw: bytes) -> None:
    targets.value(json.dumps(packed).encode() + b"\0" + raw)


@settings(QUICK, max_examples=300)
@given(value=VALUES, at=st.integers(0, 400), cut=st.integers(0, 30), data=st.binary(max_size=30))
def test_a_damaged_frame_is_a_plain_value_or_malformed(value: Any, at: int, cut: int, data: bytes) -> None:
    packer = Packer(_refuse)
    packed = packer.pack(value)
    body = json.dumps([packed, [len(buffer) for buffer in packer.buffers]]).encode()
    extra = b"".join(bytes(buffer) for buffer in packer.buffers)
    whole = struct.pack("!II", len(body), len(extra)) + body + extra
    targets.frame(whole[:at] + data + whole[at + cut :])


@QUICK
@given(data=st.binary(max_size=200))
def test_any_bytes_are_refused_or_wait_for_more(data: bytes) -> None:
    targets.frame(data)


@pytest.mark.parametrize("header", [(JSON_BYTES + 1, 0), (10, BUFFER_BYTES + 1), (2**32 - 1, 2**32 - 1)])
def test_a_frame_longer_than_any_is_refused_before_it_is_read(header: tuple[int, int]) -> None:
    reading, writing = os.pipe()
    os.write(writing, struct.pack("!II", *header))
    channel = Channel(reading)
    with pytest.raises(Malformed):
        channel.receive()
    os.close(writing)
    channel.close()


def test_half_a_frame_is_late_and_then_closed() -> None:
    reading, writing = os.pipe()
    os.write(writing, struct.pack("!II", 10, 0) + b"[1")
    channel = Channel(reading)
    with pytest.raises(Late):
        channel.receive(0.0)
    os.close(writing)
    with pytest.raises(Closed):
        channel.receive()
    channel.close()


def test_what_is_too_large_is_not_sent() -> None:
    reading, writing = os.pipe()
    channel = Channel(writing)
    with pytest.raises(TooLarge):
        channel.send("x" * (JSON_BYTES + 1))
    with pytest.raises(TooLarge):
        channel.send(None, [bytes(BUFFER_BYTES), b"1"])
    channel.close()
    assert os.read(reading, 10) == b""
    os.close(reading)


def test_what_is_too_deep_or_too_large_is_not_packed() -> None:
    deep: list[Any] = []
    for _ in range(1_000):
        deep = [deep]
    for value in (deep, [()] * 1_000_001, 1 << 2_000_000):
        with pytest.raises(NotPlain):
            Packer(_refuse).pack(value)


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, float]]:
    ran = subprocess.run([sys.executable, bombs.__file__], capture_output=True, text=True, timeout=200, check=True)
    return {told.pop("name"): told for told in map(json.loads, ran.stdout.splitlines())}


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked to be measured")
@pytest.mark.parametrize(
    "name",
    list(bombs.BOMBS),
)
def test_no_message_takes_more_than_its_share(measured: dict[str, dict[str, float]], name: str) -> None:
    assert measured[name]["peak_mb"] <= 250 and measured[name]["seconds"] <= 15, measured[name]


# --- what fuzzing has found ----------------------------------------------------------------------------------------

ONCE_CHANGED = [np.bytes_(b""), np.str_(""), dt.datetime(2026, 1, 1, fold=1)]
UNDECLARED = {
    "state-of-no-generator": ["rng", ["f8", 1]],
    "state-without-parts": ["rs", ["t", []]],
    "python-state-without-parts": ["rr", ["t", []]],
    "mask-of-another-size": ["ma", ["l", [1]], ["l", [True, False]], 1],
    "masked-array-of-objects": ["ma", ["di", []], 8, "datetime64"],
    "dtype-that-is-evaluated": ["n", "2 2f4,i4", {"buffer": 0}],
    "union-that-is-evaluated": ["un", ["__import__('os')"], 2],
}


@pytest.mark.parametrize("value", ONCE_CHANGED, ids=repr)
def test_these_once_arrived_as_something_else(value: Any) -> None:
    arrived = sent(value)
    assert same(value, arrived) and getattr(value, "fold", 0) == getattr(arrived, "fold", 0)


@pytest.mark.parametrize("name", UNDECLARED)
def test_these_once_raised_what_is_not_declared(name: str) -> None:
    targets.value(json.dumps(UNDECLARED[name]).encode() + b"\0")


def _with_place(name: str) -> np.random.Generator:
    """A generator whose place in its table lies far outside; drawing from it would read whatever lies there."""
    bits = getattr(np.random, name)(1)
    state = bits.state
    if name == "Philox":
        state["buffer_pos"] = -(10**8)
    else:
        state["state"]["pos"] = 10**8
    bits.state = state
    return np.random.Generator(bits)


@pytest.mark.parametrize("name", ["MT19937", "Philox"])
def test_a_generator_that_would_read_outside_its_table_is_bad_data(name: str) -> None:
    with pytest.raises(BadData):
        sent(_with_place(name))


FORGED_CHANGE = """
import json, os, struct, numpy as np
from autograder.judge.channel import Channel, Malformed
from autograder.judge.inside.tester import TestsEnd

shorter = np.array([1.0]).tobytes()
reply = ["value", None, {"changed": [[0, ["a", "<f8", [1], "C", {"buffer": 0}]]]}]
body = json.dumps([reply, [len(shorter)]]).encode()
reading, writing = os.pipe()
os.write(writing, struct.pack("!II", len(body), len(shorter)) + body + shorter)
end = TestsEnd(Channel(reading, os.open(os.devnull, os.O_WRONLY)))
function = end.resolve(["h", 7, "function", "g", [], ["call"]])
array = np.arange(1_000_000.0)
view = array[500_000:]
try:
    end.call(function, (array,), {})
except Malformed:
    pass
print(view.sum())
"""


def test_a_forged_change_of_an_argument_leaves_the_tests_memory_whole() -> None:
    ran = subprocess.run([sys.executable, "-c", FORGED_CHANGE], capture_output=True, text=True)
    assert ran.stdout.strip() == str(np.arange(1_000_000.0)[500_000:].sum()), ran
