"""Values ↔ JSON and raw buffers, without pickle: what may be copied between the learner's process and the tests'.

Only values of *exactly* a known type are copied. An instance of a subclass of a basic type goes over as the basic value
it is built on together with a reference; anything else is a reference alone. What a reference is, is the business of
the two `Codec`s at the ends.

Scalars of JSON stand for themselves; everything else is a list with its tag first.
"""

from __future__ import annotations

import collections
import datetime as dt
import functools
import math
import random
import sys
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import PosixPath, PurePosixPath
from typing import Any

import numpy as np

DEPTH = 60
"""Levels of nesting that are copied."""
NODES = 1_000_000
"""Values in one message."""
_SAFE_INT = 2**53
_LONGEST_INT = 1_000_000  # bits
_ARRAY_ITEMS = 2**27


class NotPlain(ValueError):
    """This value is not copied; str() is one sentence."""


class BadData(ValueError):
    """What came is not the encoding of a value."""


class Packer:
    """Turns values into JSON, collecting the buffers; one for each message.

    `refer(value)` gives the JSON for what is not copied; it raises `NotPlain` where nothing can stand for it.
    """

    def __init__(self, refer: Callable[[Any], Any]) -> None:
        self.buffers: list[bytes | bytearray | memoryview] = []
        self._refer = refer
        self._nodes = 0
        self._depth = 0

    def pack(self, value: Any) -> Any:
        """The JSON for a value. Raises `NotPlain` for what is too deep, too large, or cannot be referred to."""
        kind = type(value)
        if value is None or kind is bool or kind is str or kind is float:
            return value
        if kind is int:
            return value if -_SAFE_INT < value < _SAFE_INT else ["i", self._hex(value)]
        self._nodes += 1
        if self._nodes > NODES:
            raise NotPlain("it holds more than a million values")
        pack = _PACK.get(kind)
        if pack is None:
            pack = _pack_numpy_scalar if issubclass(kind, np.generic) else None
        if pack is None:
            for base, cast in _BASES:
                if issubclass(kind, base):
                    return ["sub", self._deeper(cast(value)), self._refer(value)]
            return self._refer(value)
        return pack(self, value)

    def many(self, values: Iterable[Any]) -> list[Any]:
        """The JSON of several values, one level deeper."""
        if self._depth >= DEPTH:
            raise NotPlain("it is nested too deeply")
        self._depth += 1
        packed = [self.pack(value) for value in values]
        self._depth -= 1
        self._nodes += len(packed)
        return packed

    def buffer(self, data: bytes | bytearray | memoryview) -> int:
        """Keep raw bytes beside the JSON; their number in the message."""
        self.buffers.append(data)
        return len(self.buffers) - 1

    def refer(self, value: Any) -> Any:
        """The JSON that refers to a value which is not copied."""
        return self._refer(value)

    def _deeper(self, value: Any) -> Any:
        return self.many([value])[0]

    def _hex(self, value: int) -> str:
        if value.bit_length() > _LONGEST_INT:
            raise NotPlain("it is an integer of more than a million bits")
        return f"{value:x}"


class Unpacker:
    """Turns JSON and buffers back into values; `resolve(reference)` gives the value of a reference.

    Raises `BadData` for anything that no `Packer` writes. `resolve` may raise it as well.
    """

    def __init__(self, buffers: list[memoryview], resolve: Callable[[list[Any]], Any]) -> None:
        self._buffers = buffers
        self.resolve = resolve
        self._depth = 0

    def unpack(self, packed: Any) -> Any:
        """The value of a JSON."""
        kind = type(packed)
        if packed is None or kind is bool or kind is str or kind is float or kind is int:
            return packed
        if kind is not list or not packed or type(packed[0]) is not str:
            raise BadData("no tag")
        self._depth += 1
        try:
            if self._depth > 4 * DEPTH:
                raise BadData("nested too deeply")
            unpack = _UNPACK.get(packed[0])
            if unpack is None:
                return self.resolve(packed)
            return unpack(self, *packed[1:])
        except (TypeError, ValueError, OverflowError, ArithmeticError, AttributeError, KeyError, MemoryError) as error:
            raise BadData(f"{packed[0][:10]}: {error}") from None
        finally:
            self._depth -= 1

    def many(self, packed: Any) -> list[Any]:
        """The values of a list of JSONs."""
        if type(packed) is not list:
            raise BadData("no list")
        return [self.unpack(each) for each in packed]

    def buffer(self, number: Any) -> memoryview:
        """The raw bytes with this number."""
        if type(number) is not int or not 0 <= number < len(self._buffers):
            raise BadData("no such buffer")
        return self._buffers[number]


# --- arrays --------------------------------------------------------------------------------------------------------


def _describe_dtype(dtype: np.dtype[Any]) -> Any:
    return dtype.str if dtype.names is None and dtype.subdtype is None else np.lib.format.dtype_to_descr(dtype)


def _tuples(described: Any) -> Any:
    """JSON's lists as the tuples that numpy's description of a dtype has."""
    if isinstance(described, list):
        return [tuple(_tuples(part) if isinstance(part, list) and k == 1 else _shape_of(part)
                      for k, part in enumerate(field)) for field in described]  # fmt: skip
    return described


def _shape_of(part: Any) -> Any:
    return tuple(part) if isinstance(part, list) else part


@functools.lru_cache(maxsize=256)
def _simple_dtype(described: str) -> np.dtype[Any]:
    return np.dtype(described)


def _dtype(described: Any) -> np.dtype[Any]:
    dtype = _simple_dtype(described) if isinstance(described, str) else np.lib.format.descr_to_dtype(_tuples(described))
    if dtype.hasobject:
        raise BadData("an array of objects")
    return dtype


def _pack_array(packer: Packer, value: np.ndarray[Any, Any]) -> Any:
    if value.dtype.hasobject or value.dtype.kind not in "biufcSUmMV?":
        return packer.refer(value)
    fortran = value.flags.f_contiguous and not value.flags.c_contiguous
    data = np.asarray(value, order="F" if fortran else "C")
    raw = data.tobytes(order="F" if fortran else "C")
    return ["a", _describe_dtype(value.dtype), list(value.shape), "F" if fortran else "C", packer.buffer(raw)]


def _unpack_array(unpacker: Unpacker, described: Any, shape: Any, order: Any, number: Any) -> Any:
    dtype, raw = _dtype(described), unpacker.buffer(number)
    if type(shape) is not list or any(type(n) is not int or n < 0 for n in shape) or len(shape) > 32:
        raise BadData("no shape")
    items = math.prod(shape)
    if items > _ARRAY_ITEMS or items * dtype.itemsize != len(raw) or order not in ("C", "F"):
        raise BadData("shape and bytes differ")
    flat: np.ndarray[Any, Any] = np.ndarray((items,), dtype, bytearray(raw)) if items else np.empty((0,), dtype)
    return flat.reshape(shape, order=order)


def _pack_masked(packer: Packer, value: Any) -> Any:
    mask = np.ma.getmaskarray(value)
    return ["ma", packer.pack(np.asarray(value.data)), packer.pack(mask), packer.pack(value.fill_value)]


def _unpack_masked(unpacker: Unpacker, data: Any, mask: Any, fill: Any) -> Any:
    return np.ma.MaskedArray(unpacker.unpack(data), unpacker.unpack(mask), fill_value=unpacker.unpack(fill))


def _pack_numpy_scalar(packer: Packer, value: np.generic) -> Any:
    if type(value) is np.float64:
        return ["f8", float(value)]
    if value.dtype.hasobject or value.dtype.kind not in "biufcSUmMV?":
        return packer.refer(value)
    return ["n", _describe_dtype(value.dtype), packer.buffer(np.asarray(value).tobytes())]


def _unpack_numpy_scalar(unpacker: Unpacker, described: Any, number: Any) -> Any:
    dtype, raw = _dtype(described), unpacker.buffer(number)
    if dtype.itemsize != len(raw):
        raise BadData("dtype and bytes differ")
    return np.ndarray((), dtype, bytearray(raw))[()]


# --- random number generators --------------------------------------------------------------------------------------


def _pack_generator(packer: Packer, value: np.random.Generator) -> Any:
    return ["rng", packer.pack(dict(value.bit_generator.state))]


def _unpack_generator(unpacker: Unpacker, packed: Any) -> Any:
    state = unpacker.unpack(packed)
    if state["bit_generator"] not in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"):
        raise BadData("no bit generator")
    bits = getattr(np.random, state["bit_generator"])()
    bits.state = state
    return np.random.Generator(bits)


def _pack_random_state(packer: Packer, value: np.random.RandomState) -> Any:
    return ["rs", packer.pack(value.get_state())]


def _unpack_random_state(unpacker: Unpacker, packed: Any) -> Any:
    made = np.random.RandomState()
    made.set_state(unpacker.unpack(packed))
    return made


def _pack_random(packer: Packer, value: Any) -> Any:
    return ["rr", packer.pack(value.getstate())]


def _unpack_random(unpacker: Unpacker, packed: Any) -> Any:
    made = random.Random()
    made.setstate(unpacker.unpack(packed))
    return made


# --- dates, exact numbers, containers ------------------------------------------------------------------------------


def _pack_moment(tag: str) -> Callable[[Packer, Any], Any]:
    def pack(packer: Packer, value: Any) -> Any:
        zone = getattr(value, "tzinfo", None)
        return [tag, value.isoformat()] if zone is None or type(zone) is dt.timezone else packer.refer(value)

    return pack


def _with_class(kind: type) -> str | None:
    """The name of a type that stands for itself on both sides; None for one that does not."""
    known = kind.__module__ == "builtins" and getattr(sys.modules["builtins"], kind.__name__, None) is kind
    if known:
        return f"builtins.{kind.__name__}"
    if issubclass(kind, np.generic) and getattr(np, kind.__name__, None) is kind:
        return f"numpy.{kind.__name__}"
    return None


def _pack_type(packer: Packer, value: type) -> Any:
    name = _with_class(value)
    return packer.refer(value) if name is None else ["ty", name]


def _unpack_type(unpacker: Unpacker, name: str) -> Any:
    module, _, attribute = name.partition(".")
    found = getattr(np if module == "numpy" else sys.modules["builtins"], attribute)
    if not isinstance(found, type) or _with_class(found) != name:
        raise BadData("no such type")
    return found


def _pack_factory(packer: Packer, value: Any) -> Any:
    factory = value.default_factory
    named = _with_class(factory) if isinstance(factory, type) else None
    return ["dd", named, packer.many(_flat(value))]


def _unpack_factory(unpacker: Unpacker, factory: Any, items: Any) -> Any:
    made = None if factory is None else _unpack_type(unpacker, factory)
    return collections.defaultdict(made, _pairs(unpacker, items))


def _flat(mapping: Mapping[Any, Any]) -> Iterable[Any]:
    for key, value in mapping.items():
        yield key
        yield value


def _pairs(unpacker: Unpacker, packed: Any) -> dict[Any, Any]:
    values = unpacker.many(packed)
    if len(values) % 2:
        raise BadData("a key without value")
    return dict(zip(values[::2], values[1::2], strict=True))


def _each(tag: str) -> Callable[[Packer, Any], Any]:
    return lambda packer, value: [tag, packer.many(value)]


def _unpack_int(unpacker: Unpacker, text: str) -> int:
    if len(text) > _LONGEST_INT // 4 + 2:
        raise BadData("too long an integer")
    return int(text, 16)


def _number(value: Any) -> int:
    if type(value) is not int:
        raise BadData("no number")
    return value


def _ellipsis(unpacker: Unpacker) -> Any:
    return ...


def _unpack_sub(unpacker: Unpacker, base: Any, reference: Any) -> Any:
    return unpacker.resolve(["sub", unpacker.unpack(base), reference])


_PACK: dict[type, Callable[[Packer, Any], Any]] = {
    list: _each("l"),
    tuple: _each("t"),
    set: _each("s"),
    frozenset: _each("fs"),
    dict: lambda packer, value: ["d", packer.many(_flat(value))],
    collections.OrderedDict: lambda packer, value: ["od", packer.many(_flat(value))],
    collections.Counter: lambda packer, value: ["ct", packer.many(_flat(value))],
    collections.defaultdict: _pack_factory,
    collections.deque: lambda packer, value: ["dq", packer.many(value), value.maxlen],
    complex: lambda packer, value: ["c", value.real, value.imag],
    bytes: lambda packer, value: ["b", packer.buffer(value)],
    bytearray: lambda packer, value: ["ba", packer.buffer(bytes(value))],
    type(...): lambda packer, value: ["e"],
    range: lambda packer, value: ["r", *packer.many([value.start, value.stop, value.step])],
    slice: lambda packer, value: ["sl", *packer.many([value.start, value.stop, value.step])],
    np.ndarray: _pack_array,
    np.ma.MaskedArray: _pack_masked,
    np.random.Generator: _pack_generator,
    np.random.RandomState: _pack_random_state,
    random.Random: _pack_random,
    dt.datetime: _pack_moment("dt"),
    dt.date: _pack_moment("da"),
    dt.time: _pack_moment("ti"),
    dt.timedelta: lambda packer, value: ["td", value.days, value.seconds, value.microseconds],
    Decimal: lambda packer, value: ["de", str(value)],
    Fraction: lambda packer, value: ["fr", *packer.many([value.numerator, value.denominator])],
    PurePosixPath: lambda packer, value: ["pa", str(value)],
    PosixPath: lambda packer, value: ["pp", str(value)],
    type({}.keys()): _each("dk"),
    type({}.items()): lambda packer, value: ["di", packer.many(_flat(dict(value)))],
    type: _pack_type,
}
_UNPACK: dict[str, Callable[..., Any]] = {
    "i": _unpack_int,
    "l": lambda unpacker, items: unpacker.many(items),
    "t": lambda unpacker, items: tuple(unpacker.many(items)),
    "s": lambda unpacker, items: set(unpacker.many(items)),
    "fs": lambda unpacker, items: frozenset(unpacker.many(items)),
    "d": _pairs,
    "od": lambda unpacker, items: collections.OrderedDict(_pairs(unpacker, items)),
    "ct": lambda unpacker, items: collections.Counter(_pairs(unpacker, items)),
    "dd": _unpack_factory,
    "dq": lambda unpacker, items, most: collections.deque(unpacker.many(items), most),
    "c": lambda unpacker, real, imaginary: complex(float(real), float(imaginary)),
    "b": lambda unpacker, number: bytes(unpacker.buffer(number)),
    "ba": lambda unpacker, number: bytearray(unpacker.buffer(number)),
    "e": _ellipsis,
    "r": lambda unpacker, *ends: range(*map(unpacker.unpack, ends)),
    "sl": lambda unpacker, *ends: slice(*map(unpacker.unpack, ends)),
    "a": _unpack_array,
    "ma": _unpack_masked,
    "n": _unpack_numpy_scalar,
    "f8": lambda unpacker, value: np.float64(float(value)),
    "rng": _unpack_generator,
    "rs": _unpack_random_state,
    "rr": _unpack_random,
    "dt": lambda unpacker, text: dt.datetime.fromisoformat(text),
    "da": lambda unpacker, text: dt.date.fromisoformat(text),
    "ti": lambda unpacker, text: dt.time.fromisoformat(text),
    "td": lambda unpacker, days, seconds, micro: dt.timedelta(_number(days), _number(seconds), _number(micro)),
    "de": lambda unpacker, text: Decimal(text),
    "fr": lambda unpacker, top, bottom: Fraction(unpacker.unpack(top), unpacker.unpack(bottom)),
    "pa": lambda unpacker, text: PurePosixPath(text),
    "pp": lambda unpacker, text: PosixPath(text),
    "dk": lambda unpacker, items: dict.fromkeys(unpacker.many(items)).keys(),
    "di": lambda unpacker, items: _pairs(unpacker, items).items(),
    "ty": _unpack_type,
    "sub": _unpack_sub,
}
_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    # The basic value by the basic type's own methods: what a subclass says of itself has no part in it.
    (int, int.__pos__),
    (float, float.__pos__),
    (str, lambda value: "".join(str.__iter__(value))),
    (bytes, lambda value: bytes(bytes.__iter__(value))),
    (tuple, lambda value: tuple(tuple.__iter__(value))),
    (list, lambda value: list(list.__iter__(value))),
    (dict, lambda value: dict(dict.items(value))),
    (set, lambda value: set(set.__iter__(value))),
    (frozenset, lambda value: frozenset(frozenset.__iter__(value))),
    (np.ndarray, lambda value: np.asarray(value).view(np.ndarray)),
)
