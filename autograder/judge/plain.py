"""Values ↔ JSON and raw buffers, without pickle: what may be copied between the learner's process and the tests'.

Only values of *exactly* a known type are copied. An instance of a subclass of a basic type goes over as the basic value
it is built on together with a reference; anything else is a reference alone. What a reference is, is the business of
the two ends (`inside.bridge`).

Scalars of JSON stand for themselves; everything else is a list with its tag first.
"""

from __future__ import annotations

import array
import cmath
import collections
import datetime as dt
import functools
import math
import operator
import random
import re
import sys
import types
import typing
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import PosixPath, PurePosixPath
from typing import Any

import numpy as np

from autograder.judge.tables import is_table, pack_table, unpack_table

DEPTH = 60
"""Levels of nesting that are copied."""
NODES = 1_000_000
"""Values in one message."""
_SAFE_INT = 2**53
_LONGEST_INT = 1_000_000  # bits
_LONGEST_TEXT = 300_000  # letters: each may take twelve bytes of JSON
_ARRAY_ITEMS = 2**27
_FIELDS = 200
_SIMPLE_DTYPE = re.compile(r"[<>|=]?[biufcSUmMV?]\d{0,9}(\[\w{1,8}\])?")
_LONG = 64
"""From here on a list of numbers of one kind goes over as raw bytes: faster, and no larger over there than here."""


class NotPlain(ValueError):
    """This value is not copied; str() is one sentence."""


class BadData(ValueError):
    """What came is not the encoding of a value."""


class Packer:
    """Turns a value into JSON, collecting the buffers. A container that occurs twice in it occurs twice over there too.

    `refer(value)` gives the JSON for what is not copied; it raises `NotPlain` where nothing can stand for it. `budget`:
    how many values it may hold. `named(value)`: what both sides call a generator of random numbers that both have.
    """

    def __init__(
        self,
        refer: Callable[[Any], Any],
        buffers: list[bytes | bytearray | memoryview] | None = None,
        budget: int = NODES,
        named: Callable[[Any], str | None] | None = None,
    ) -> None:
        self.buffers: list[bytes | bytearray | memoryview] = [] if buffers is None else buffers
        self._refer = refer
        self._named = named
        self._left = budget
        self._depth = 0
        self._seen: dict[int, tuple[int, Any]] = {}

    def fresh(self) -> Packer:
        """One for another value of the same message."""
        return Packer(self._refer, self.buffers, named=self._named)

    def pack(self, value: Any) -> Any:
        """The JSON for a value. Raises `NotPlain` for what is too deep, too large, or cannot be referred to."""
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is str:
            if len(value) > _LONGEST_TEXT:
                raise NotPlain("it is a text of more than 300,000 letters")
            return value
        if kind is int:
            return value if -_SAFE_INT < value < _SAFE_INT else ["i", self._hex(value)]
        self._left -= 1
        if self._left < 0:
            raise NotPlain("it holds too many values")
        pack = _PACK.get(kind)
        if kind is np.ndarray and not _is_plain(value.dtype):
            return self._refer(value)
        if kind in _DRAWING and self._named is not None and (name := self._named(value)) is not None:
            return ["given", name]
        if kind in _SHARED:
            known = self._seen.get(id(value))
            if known is not None:
                return ["m", known[0]]
            self._seen[id(value)] = len(self._seen), value
        if pack is None:
            pack = _pack_numpy_scalar if issubclass(kind, np.generic) else None
        if pack is None and is_table(value):
            return pack_table(self, value)
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
        self._left -= len(packed)
        return packed

    def buffer(self, data: bytes | bytearray | memoryview) -> dict[str, int]:
        """Keep raw bytes beside the JSON; what stands for them in it."""
        self.buffers.append(data)
        return {"buffer": len(self.buffers) - 1}

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
        self._left = NODES
        self._kept: list[Any] = []

    def unpack(self, packed: Any) -> Any:
        """The value of a JSON."""
        kind = type(packed)
        if packed is None or kind is bool or kind is str or kind is float or kind is int:
            return packed
        self._left -= 1
        if self._left < 0:
            raise BadData("too many values")
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
        except BadData:
            raise
        except Exception as error:  # whatever a constructor finds wrong with what came
            raise BadData(f"{packed[0][:10]}: {error}") from None
        finally:
            self._depth -= 1

    def many(self, packed: Any) -> list[Any]:
        """The values of a list of JSONs."""
        if type(packed) is not list or len(packed) > NODES:
            raise BadData("no list")
        return [self.unpack(each) for each in packed]

    def buffer(self, packed: Any) -> memoryview:
        """The raw bytes that a JSON stands for."""
        number = packed.get("buffer") if type(packed) is dict else None
        if type(number) is not int or not 0 <= number < len(self._buffers):
            raise BadData("no such buffer")
        return self._buffers[number]

    def fresh(self) -> Unpacker:
        """One for another value of the same message."""
        return Unpacker(self._buffers, self.resolve)

    def keep(self, value: Any) -> Any:
        """Remember a container that may occur again, before what is in it."""
        self._kept.append(value)
        return value

    def again(self, number: Any) -> Any:
        """The container with this number."""
        if type(number) is not int or not 0 <= number < len(self._kept):
            raise BadData("no such container")
        return self._kept[number]


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
    if isinstance(described, str):
        # NumPy evaluates a text with a comma, at any length.
        dtype = _simple_dtype(described) if _SIMPLE_DTYPE.fullmatch(described) else np.dtype(object)
    elif isinstance(described, list) and len(described) <= _FIELDS:
        dtype = np.lib.format.descr_to_dtype(_tuples(described))
    else:
        raise BadData("no dtype")
    if dtype.hasobject:
        raise BadData("an array of objects, or of no known kind")
    return dtype


def _is_plain(dtype: np.dtype[Any]) -> bool:
    return not dtype.hasobject and dtype.kind in "biufcSUmMV"


def _pack_array(packer: Packer, value: np.ndarray[Any, Any]) -> Any:
    fortran = value.flags.f_contiguous and not value.flags.c_contiguous
    data = np.asarray(value, order="F" if fortran else "C")
    raw = data.tobytes(order="F" if fortran else "C")
    order = ("F" if fortran else "C") + ("" if value.flags.writeable else "!")
    return ["a", _describe_dtype(value.dtype), list(value.shape), order, packer.buffer(raw)]


def _unpack_array(unpacker: Unpacker, described: Any, shape: Any, order: Any, number: Any) -> Any:
    dtype, raw = _dtype(described), unpacker.buffer(number)
    if type(shape) is not list or any(type(n) is not int or n < 0 for n in shape) or len(shape) > 32:
        raise BadData("no shape")
    items = math.prod(shape)
    if items > _ARRAY_ITEMS or items * dtype.itemsize != len(raw) or order not in ("C", "F", "C!", "F!"):
        raise BadData("shape and bytes differ")
    flat: np.ndarray[Any, Any] = np.ndarray((items,), dtype, bytearray(raw)) if items else np.empty((0,), dtype)
    array = flat.reshape(shape, order=order[0])
    array.flags.writeable = len(order) == 1
    return unpacker.keep(array)


def _pack_masked(packer: Packer, value: Any) -> Any:
    mask = np.ma.getmaskarray(value)
    return ["ma", packer.pack(np.asarray(value.data)), packer.pack(mask), packer.pack(value.fill_value)]


def _unpack_masked(unpacker: Unpacker, data: Any, mask: Any, fill: Any) -> Any:
    values, hidden = unpacker.unpack(data), unpacker.unpack(mask)
    if type(values) is not np.ndarray or type(hidden) is not np.ndarray or hidden.shape != values.shape:
        raise BadData("no masked array")
    return np.ma.MaskedArray(values, hidden, fill_value=unpacker.unpack(fill))


def _pack_numpy_scalar(packer: Packer, value: np.generic) -> Any:
    if type(value) is np.float64:
        return ["f8", float(value)]
    if isinstance(value, np.str_ | np.bytes_):
        return ["nu", str(value)] if isinstance(value, np.str_) else ["nb", packer.buffer(bytes(value))]
    if not _is_plain(value.dtype):
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
    # NumPy takes the place in its table as it comes, and would read whatever lies there.
    _in_range(state.get("buffer_pos", 0), 4)
    _in_range(state["state"].get("pos", 0) if isinstance(state["state"], dict) else 0, 624)
    bits = getattr(np.random, state["bit_generator"])()
    bits.state = state
    return np.random.Generator(bits)


def _pack_random_state(packer: Packer, value: np.random.RandomState) -> Any:
    return ["rs", packer.pack(value.get_state())]


def _unpack_random_state(unpacker: Unpacker, packed: Any) -> Any:
    made = np.random.RandomState()
    set_legacy_state(made, unpacker.unpack(packed))
    return made


def set_legacy_state(generator: Any, state: Any) -> None:
    """Give `np.random`, or a `RandomState`, a state that came from elsewhere. Raises `BadData`."""
    try:
        _in_range(state[2], 624)
        generator.set_state(state)
    except (TypeError, ValueError, LookupError) as error:
        raise BadData(str(error)) from None


def _in_range(place: Any, most: int) -> None:
    if not isinstance(place, int | np.integer) or not 0 <= place <= most:
        raise BadData("a place outside of its table")


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
        fold = getattr(value, "fold", 0)
        return [tag, value.isoformat(), fold] if zone is None or type(zone) is dt.timezone else packer.refer(value)

    return pack


@functools.lru_cache(maxsize=1024)
def _path_of(value: Any) -> str | None:
    """Where both sides find this very type or function; None for one that is not the same everywhere."""
    module = str(getattr(value, "__module__", None))
    name = str(getattr(value, "__qualname__", getattr(value, "__name__", "")))
    if isinstance(value, np.ufunc):
        module = "numpy"
    elif not isinstance(value, type) and (module not in _FUNCTIONS or name not in _FUNCTIONS[module]):
        return None
    return f"{module}:{name}" if module in _TYPES and _at(module, name) is value else None


def _at(module: str, name: str) -> Any:
    return type(None) if name == "NoneType" else getattr(sys.modules.get(module), name, None)


_TYPES = {"builtins", "numpy", "datetime", "decimal", "fractions", "collections", "pathlib", "math", "cmath", "typing"}
_FUNCTIONS: Mapping[str, Collection[str]] = {
    "builtins": set(
        "abs all any ascii bin chr divmod format hash hex len max min oct ord pow repr round sorted sum".split()
    ),
    "math": set(dir(math)),
    "cmath": set(dir(cmath)),
}
"""Functions that only compute: the other side may name them to be called here."""


def _pack_by_path(packer: Packer, value: Any) -> Any:
    path = _path_of(value)
    return packer.refer(value) if path is None else ["ty", path]


def _unpack_by_path(unpacker: Unpacker, path: str) -> Any:
    module, _, name = path.partition(":")
    found = _at(module, name) if module in _TYPES else None
    if found is None or _path_of(found) != path:
        raise BadData("no such type or function")
    return found


def _pack_annotation(packer: Packer, value: Any) -> Any:
    origin, arguments = typing.get_origin(value), typing.get_args(value)
    if origin in (typing.Union, types.UnionType):
        return ["un", packer.many(arguments), origin is types.UnionType]
    if isinstance(origin, type) and typing.Literal not in arguments:
        return ["ga", packer.pack(origin), packer.many(arguments)]
    return packer.refer(value)


def _unpack_union(unpacker: Unpacker, packed: Any, is_new_style: Any) -> Any:
    arguments = tuple(unpacker.many(packed))
    if any(type(argument) is str for argument in arguments):  # typing keeps it as code, to be evaluated later
        raise BadData("a union of texts")
    return functools.reduce(operator.or_, arguments) if is_new_style is True else typing.Union[arguments]  # noqa: UP007


def _pack_factory(packer: Packer, value: Any) -> Any:
    factory = value.default_factory
    named = _path_of(factory) if isinstance(factory, type) else None
    return ["dd", named, packer.many(_flat(value))]


def _unpack_factory(unpacker: Unpacker, factory: Any, items: Any) -> Any:
    made = None if factory is None else _unpack_by_path(unpacker, factory)
    return _fill(unpacker, collections.defaultdict(made), items)


def _flat(mapping: Mapping[Any, Any]) -> Iterable[Any]:
    for key, value in mapping.items():
        yield key
        yield value


def _fill(unpacker: Unpacker, empty: Any, packed: Any) -> Any:
    """Fill a container, known beforehand, so that it can hold itself."""
    unpacker.keep(empty)
    values = unpacker.many(packed)
    if isinstance(empty, dict):
        if len(values) % 2:
            raise BadData("a key without value")
        values = list(zip(values[::2], values[1::2], strict=True))
        dict.update(empty, values)  # a Counter's own `update` would add
    else:
        empty.update(values) if isinstance(empty, set) else empty.extend(values)
    return empty


def _each(tag: str) -> Callable[[Packer, Any], Any]:
    return lambda packer, value: [tag, packer.many(value)]


def _unpack_decimal(unpacker: Unpacker, text: str) -> Decimal:
    if len(text) > _LONGEST_INT // 4:
        raise BadData("too long a number")
    return Decimal(text)


def _unpack_int(unpacker: Unpacker, text: str) -> int:
    if len(text) > _LONGEST_INT // 4 + 2:
        raise BadData("too long an integer")
    return int(text, 16)


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise BadData(f"no {kind.__name__}")
    return value


def _ellipsis(unpacker: Unpacker) -> Any:
    return ...


def _unpack_sub(unpacker: Unpacker, base: Any, reference: Any) -> Any:
    return unpacker.resolve(["sub", unpacker.unpack(base), reference])


def _pack_list(packer: Packer, value: list[Any]) -> Any:
    if _LONG <= len(value) <= NODES:
        kinds = set(map(type, value))
        if kinds == {float}:
            return ["lf", packer.buffer(array.array("d", value).tobytes())]
        if kinds == {int} and -_SAFE_INT < min(value) and max(value) < _SAFE_INT:
            return ["li", packer.buffer(array.array("q", value).tobytes())]
    return ["l", packer.many(value)]


def _unpack_numbers(code: str) -> Callable[..., list[Any]]:
    def unpack(unpacker: Unpacker, packed: Any) -> list[Any]:
        raw = unpacker.buffer(packed)
        if len(raw) > 8 * NODES:
            raise BadData("too many numbers")
        return unpacker.keep(array.array(code, bytes(raw)).tolist())  # type: ignore[no-any-return]

    return unpack


_PACK: dict[type, Callable[[Packer, Any], Any]] = {
    list: _pack_list,
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
    type({}.items()): _each("di"),
    type: _pack_by_path,
    np.ufunc: _pack_by_path,
    types.BuiltinFunctionType: _pack_by_path,
    types.GenericAlias: _pack_annotation,
    types.UnionType: _pack_annotation,
    typing._UnionGenericAlias: _pack_annotation,  # type: ignore[attr-defined]
    typing._GenericAlias: _pack_annotation,  # type: ignore[attr-defined]
}
_UNPACK: dict[str, Callable[..., Any]] = {
    "i": _unpack_int,
    "l": lambda unpacker, items: _fill(unpacker, [], items),
    "lf": _unpack_numbers("d"),
    "li": _unpack_numbers("q"),
    "t": lambda unpacker, items: tuple(unpacker.many(items)),
    "s": lambda unpacker, items: _fill(unpacker, set(), items),
    "fs": lambda unpacker, items: frozenset(unpacker.many(items)),
    "d": lambda unpacker, items: _fill(unpacker, {}, items),
    "od": lambda unpacker, items: _fill(unpacker, collections.OrderedDict(), items),
    "ct": lambda unpacker, items: _fill(unpacker, collections.Counter(), items),
    "dd": _unpack_factory,
    "dq": lambda unpacker, items, most: _fill(unpacker, collections.deque(maxlen=most), items),
    "m": lambda unpacker, number: unpacker.again(number),
    "c": lambda unpacker, real, imaginary: complex(float(real), float(imaginary)),
    "b": lambda unpacker, number: bytes(unpacker.buffer(number)),
    "ba": lambda unpacker, number: unpacker.keep(bytearray(unpacker.buffer(number))),
    "e": _ellipsis,
    "r": lambda unpacker, *ends: range(*map(unpacker.unpack, ends)),
    "sl": lambda unpacker, *ends: slice(*map(unpacker.unpack, ends)),
    "a": _unpack_array,
    "ma": _unpack_masked,
    "n": _unpack_numpy_scalar,
    "nu": lambda unpacker, text: np.str_(_checked(text, str)),
    "nb": lambda unpacker, number: np.bytes_(unpacker.buffer(number)),
    "f8": lambda unpacker, value: np.float64(float(value)),
    "rng": _unpack_generator,
    "rs": _unpack_random_state,
    "rr": _unpack_random,
    "dt": lambda unpacker, text, fold: dt.datetime.fromisoformat(text).replace(fold=fold),
    "da": lambda unpacker, text, fold: dt.date.fromisoformat(text),
    "ti": lambda unpacker, text, fold: dt.time.fromisoformat(text).replace(fold=fold),
    "td": lambda unpacker, days, seconds, micro: dt.timedelta(
        _checked(days, int), _checked(seconds, int), _checked(micro, int)
    ),
    "de": _unpack_decimal,
    "fr": lambda unpacker, top, bottom: Fraction(unpacker.unpack(top), unpacker.unpack(bottom)),
    "pa": lambda unpacker, text: PurePosixPath(text),
    "pp": lambda unpacker, text: PosixPath(text),
    "dk": lambda unpacker, items: dict.fromkeys(unpacker.many(items)).keys(),
    "di": lambda unpacker, items: dict(unpacker.many(items)).items(),
    "ty": _unpack_by_path,
    "un": _unpack_union,
    "ga": lambda unpacker, origin, arguments: unpacker.unpack(origin)[tuple(unpacker.many(arguments))],
    "sub": _unpack_sub,
    "pd": unpack_table,
}
_SHARED = frozenset(
    (list, set, dict, collections.OrderedDict, collections.Counter, collections.defaultdict, collections.deque)
    + (bytearray, np.ndarray)
)
"""What has an identity of its own: it can be changed."""
_DRAWING = frozenset((np.random.Generator, np.random.RandomState, random.Random))
_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    # The basic value by the basic type's own methods: what a subclass says of itself has no part in it.
    (int, int.__pos__),
    (float, float.__pos__),
    (str, lambda value: "".join(str.__iter__(value))),
    (bytes, lambda value: bytes(bytes.__iter__(value))),
    (tuple, lambda value: tuple(tuple.__iter__(value))),
    (frozenset, lambda value: frozenset(frozenset.__iter__(value))),
    (np.ndarray, lambda value: np.array(value, subok=False)),
)
