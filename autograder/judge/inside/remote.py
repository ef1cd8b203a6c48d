"""An object that lives in the other process, as it looks in this one.

What Python asks an object (attributes, calls, length, iteration) is asked over there. Two things are not, in the tests'
process: a comparison or an operation of such an object with plain data. There the other side would be told the expected
value and asked whether it is right. `Bridge.may_ask` says where that is what the exercise is about.
"""

from __future__ import annotations

import functools
import inspect
import operator
import sys
import types
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.judge.inside.bridge import Bridge

UNARY = ("len", "iter", "next", "bool", "float", "int", "index", "complex", "abs", "neg", "pos", "invert", "round")
"""Questions with no value of ours in them; `describe` says which of them an object answers."""
BINARY = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@",
    "and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>",
}  # fmt: skip
ORDER = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_MIRROR = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}


_BY_ADDRESS = ("__array", "__cuda_array", "__dlpack", "__buffer__", "__arrow_c", "__dataframe__", "_as_parameter_")
"""Protocols in which an object tells where in memory its data are, or what C code does with it: never its to tell."""


class Remote:
    """One object of the other side. Its real classes are made by `class_for`, with the methods the object has."""

    # No __dict__ of its own: `vars(x)` and `x.__dict__` ask the other side too.
    __slots__ = ("__weakref__", "_bridge", "_kind", "_library", "_number")

    def __init__(self, bridge: Bridge, number: int, kind: str, library: tuple[str, ...]) -> None:
        for name, value in (("_bridge", bridge), ("_number", number), ("_kind", kind), ("_library", library)):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith(_BY_ADDRESS):
            raise AttributeError(name)
        if name == "__signature__":
            return _signature(self._bridge.ask("signature", self))
        if name == "__code__" and self._kind == "function":
            return self._bridge.code_of(self._bridge.ask("getattr", self, "__qualname__"))
        return self._bridge.ask("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._bridge.ask("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._bridge.ask("delattr", self, name)

    def __dir__(self) -> list[str]:
        return list(self._bridge.ask("dir", self))

    def __str__(self) -> str:
        return _text(self._bridge.ask("str", self))

    def __repr__(self) -> str:
        return _text(self._bridge.ask("repr", self))

    def __format__(self, spec: str) -> str:
        return _text(self._bridge.ask("format", self, spec))

    def __hash__(self) -> int:
        return int(self._bridge.ask("hash", self))

    def __eq__(self, other: object) -> Any:
        return other is self or (self._bridge.may_ask("__eq__", other) and self._bridge.ask("eq", self, other))

    def __ne__(self, other: object) -> Any:
        if self._bridge.may_ask("__ne__", other):
            return self._bridge.ask("ne", self, other)
        return not self == other

    def __copy__(self) -> Any:
        return self._bridge.ask("copy", self)

    def __deepcopy__(self, memo: object) -> Any:
        return self._bridge.ask("deepcopy", self)

    def __reduce_ex__(self, protocol: object) -> Any:
        raise TypeError(f"a {type(self).__name__} of the learner's cannot be copied here")

    def __del__(self) -> None:
        self._bridge.free(self._number)


def described(value: object) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    """What the other side must know of an object: kind, name of its type, its library types, the methods it has."""
    kind = _kind(value)
    made_of = value if isinstance(value, type) else type(value)
    return (kind, type(value).__name__, *_about(type(value) if kind != "class" else made_of, kind))


@functools.lru_cache(maxsize=512)
def _about(made_of: type, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    own = type(made_of) if kind == "class" else made_of
    library = tuple(
        f"{each.__module__}:{each.__qualname__}"
        for each in made_of.__mro__[:-1]
        if each.__module__ != "__main__" and each.__module__ in sys.modules
    )
    has = [name for name in UNARY if hasattr(own, f"__{name}__")]
    has += [name for name in ("call", "contains", "getitem", "setitem", "delitem", "enter", "array", "await")
            if hasattr(own, f"__{name}__")]  # fmt: skip
    has += [name for name in (*BINARY, *ORDER) if _defines(own, f"__{name}__") or _defines(own, f"__r{name}__")]
    has += [] if own.__hash__ is None else ["hash"]
    has += ["plain"] if kind != "class" and issubclass(own, _CONTAINERS) else []
    return library, tuple(has)


_CONTAINERS = (list, dict, set)


def plain_content(value: Any) -> Any:
    """What an instance of a subclass of a basic container holds, by the basic type's own methods."""
    if isinstance(value, dict):
        return dict(dict.items(value))
    return list(list.__iter__(value)) if isinstance(value, list) else set(set.__iter__(value))


def _defines(kind: type, method: str) -> bool:
    found = getattr(kind, method, None)
    return found is not None and found is not getattr(object, method, None)


def _kind(value: object) -> str:
    if isinstance(value, type):
        return "class"
    if isinstance(value, types.FunctionType):
        return "function"
    if isinstance(value, types.GeneratorType):
        return "generator"
    if isinstance(value, types.CoroutineType):
        return "coroutine"
    if isinstance(value, types.ModuleType):
        return "module"
    return "method" if isinstance(value, types.MethodType) else "object"


_CLASSES: dict[str, type] = {
    "function": types.FunctionType,
    "generator": types.GeneratorType,
    "coroutine": types.CoroutineType,
    "module": types.ModuleType,
    "method": types.MethodType,
    "class": type,
}


@functools.lru_cache(maxsize=512)
def class_for(kind: str, name: str, has: tuple[str, ...]) -> type[Remote]:
    """The class of a remote object with these methods; the same for all objects of one type."""
    members: dict[str, Any] = {"__class__": property(_class_of), "__doc__": property(_doc_of), "__module__": "__main__"}
    members["__slots__"] = ()
    for each in has:
        if each in UNARY:
            members[f"__{each}__"] = _unary(each)
        elif each in BINARY:
            members[f"__{each}__"], members[f"__r{each}__"] = _binary(each, False), _binary(each, True)
        elif each in ORDER:
            members[f"__{each}__"] = _compare(each)
        elif each in _METHODS:
            members[f"__{each}__"] = _METHODS[each]
    if "enter" in has:
        members["__exit__"] = _exit
    if "plain" in has:
        members["__eq__"] = _equal_container
    if "getitem" in has and "iter" not in has:
        members["__iter__"] = None if kind == "class" else _iterate_by_index
    if "iter" in has or "contains" in has:
        members["__contains__"] = _contains
    members["__hash__"] = Remote.__hash__ if "hash" in has else None
    if kind == "class":
        members["__instancecheck__"] = lambda self, value: self._bridge.ask("isinstance", value, self)
        members["__subclasscheck__"] = lambda self, value: self._bridge.ask("issubclass", value, self)
    if kind == "coroutine":
        members["send"], members["throw"], members["close"] = _send, _throw, lambda self: None
    return type(name, (Remote,), members)


def _class_of(self: Any) -> type:
    """What `isinstance` looks at: a type of a library that both sides have; else the remote class itself."""
    if self._kind in _CLASSES:
        return _CLASSES[self._kind]
    for path in self._library:
        module, _, qualname = path.partition(":")
        if module == "given":
            return self._bridge.given(qualname)  # type: ignore[no-any-return]
        found: Any = sys.modules.get(module)
        for part in qualname.split("."):
            found = getattr(found, part, None)
        if isinstance(found, type):
            return found
    return type(self)


def _doc_of(self: Any) -> Any:
    return self._bridge.ask("getattr", self, "__doc__")


def _unary(name: str) -> Callable[..., Any]:
    check = {"bool": bool, "float": float, "int": int, "len": int, "index": int, "complex": complex}.get(name)

    def method(self: Any, *arguments: Any) -> Any:
        answer = self._bridge.ask(name, self, *arguments)
        return answer if check is None else check(answer)

    return method


def _binary(name: str, is_reflected: bool) -> Callable[..., Any]:
    def method(self: Any, other: Any) -> Any:
        if not self._bridge.may_ask(f"__{name}__", other) and not self._bridge.may_ask(f"__r{name}__", other):
            return _on_content(name, self, other, is_reflected)
        return self._bridge.ask(name, other, self) if is_reflected else self._bridge.ask(name, self, other)

    return method


def _compare(name: str) -> Callable[..., Any]:
    def method(self: Any, other: Any) -> Any:
        bridge = self._bridge
        if not bridge.may_ask(f"__{name}__", other) and not bridge.may_ask(f"__{_MIRROR[name]}__", other):
            return _on_content(name, self, other, False)
        return bridge.ask(name, self, other)

    return method


def _on_content(name: str, self: Any, other: Any, is_reflected: bool) -> Any:
    """An operation with plain data: on what a learner's container holds, here; not at all for any other object."""
    remote: Any = self
    if not isinstance(self, _CONTAINERS):
        return NotImplemented
    content = remote._bridge.ask("content", remote)
    return OPERATIONS[name](other, content) if is_reflected else OPERATIONS[name](content, other)


def _equal_container(self: Any, other: object) -> Any:
    bridge = self._bridge
    if other is self or not bridge.may_ask("__eq__", other):
        return other is self or bridge.ask("content", self) == other
    return bridge.ask("eq", self, other)


def _contains(self: Any, wanted: object) -> Any:
    if self._bridge.may_ask("__contains__", wanted):
        return self._bridge.ask("contains", self, wanted)
    return any(wanted is each or wanted == each for each in self)


def _iterate_by_index(self: Any) -> Iterator[Any]:
    try:
        for index in range(sys.maxsize):
            yield self[index]
    except IndexError:
        return


def _exit(self: Any, kind: Any, error: Any, trace: Any) -> Any:
    return self._bridge.ask("exit", self, kind, error)


def _await(self: Any) -> Any:
    return self._bridge.ask("await", self)
    yield  # makes this a generator, which is what `await` wants


def _send(self: Any, value: object) -> Any:
    raise StopIteration(self._bridge.ask("await", self))


def _throw(self: Any, *error: Any) -> Any:
    raise error[0]


_METHODS: dict[str, Callable[..., Any]] = {
    "call": lambda self, *args, **keywords: self._bridge.call(self, args, keywords),
    "getitem": lambda self, key: self._bridge.ask("getitem", self, key),
    "setitem": lambda self, key, value: self._bridge.ask("setitem", self, key, value),
    "delitem": lambda self, key: self._bridge.ask("delitem", self, key),
    "enter": lambda self: self._bridge.ask("enter", self),
    "array": lambda self, dtype=None, copy=None: _array(self._bridge.ask("array", self), dtype),
    "await": _await,
}


def _array(value: Any, dtype: Any) -> Any:
    import numpy as np

    if type(value) is not np.ndarray:
        raise TypeError("this object gives no array of numbers")
    return value if dtype is None else value.astype(dtype)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text came back")
    return str(value)


def _signature(parameters: list[list[Any]]) -> inspect.Signature:
    """The signature from (name, kind, has default, default, has annotation, annotation) of each parameter."""
    return inspect.Signature(
        [
            inspect.Parameter(
                name,
                inspect._ParameterKind(kind),
                default=default if has_default else inspect.Parameter.empty,
                annotation=annotation if has_annotation else inspect.Parameter.empty,
            )
            for name, kind, has_default, default, has_annotation, annotation in parameters
        ]
    )


def signature_of(function: Any) -> list[list[Any]]:
    """The other half of `_signature`."""
    empty = inspect.Parameter.empty
    return [
        [p.name, int(p.kind), p.default is not empty, None if p.default is empty else p.default]
        + [p.annotation is not empty, None if p.annotation is empty else p.annotation]
        for p in inspect.signature(function).parameters.values()
    ]


OPERATIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, f"{name}_" if name in ("and", "or") else name) for name in (*BINARY, *ORDER)},
    "eq": operator.eq, "ne": operator.ne, "contains": operator.contains, "index": operator.index,
    "getattr": getattr, "setattr": setattr, "delattr": delattr, "dir": dir, "signature": signature_of,
    "getitem": operator.getitem, "setitem": operator.setitem, "delitem": operator.delitem,
    "len": len, "iter": iter, "next": next, "bool": bool, "float": float, "int": int, "complex": complex,
    "abs": abs, "neg": operator.neg, "pos": operator.pos, "invert": operator.invert, "round": round,
    "str": str, "repr": repr, "format": format, "hash": hash, "isinstance": isinstance, "issubclass": issubclass,
    "content": plain_content,
    "enter": lambda value: type(value).__enter__(value),
    "exit": lambda value, kind, error: type(value).__exit__(value, kind, error, None),
}  # fmt: skip
"""What may be asked of an object; each bridge adds what is its own."""
