"""One end of the connection between the learner's process and the tests': asks the other side, and answers it.

Both ends speak the same protocol. A request is `["ask", operation, arguments, freed numbers, context]`, a reply
`["value", packed, after]` or `["raise", exception, after]`; while one side waits for its reply it answers what it is
asked in turn (a learner's function that calls the function it was given). A reference is `["h", number, …]` for an
object of the sender's and `["own", number]` for one of the receiver's.

What the ends do differently stands in their subclasses: `LearnersEnd` answers everything, `TestsEnd` next to nothing.
"""

from __future__ import annotations

import collections
import random
import sys
import types
import weakref
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.judge.channel import Channel, Malformed, TooLarge
from autograder.judge.inside.remote import OPERATIONS, Remote, class_for, described
from autograder.judge.inside.shared import Shared
from autograder.judge.plain import BadData, NotPlain, Packer, Unpacker, set_legacy_state
from autograder.judge.tables import is_changeable, update_table

MUTABLE = (list, dict, set, bytearray, np.ndarray, np.random.Generator, np.random.RandomState, random.Random,
            collections.deque, collections.OrderedDict, collections.Counter, collections.defaultdict)  # fmt: skip
_PUBLIC_PLACES = ("__main__", "io", "_io", "types", "unittest.mock")


class NotShared(TypeError):
    """A value cannot be passed to the other process; str() is one sentence."""


class Bridge:
    """One end; see the module."""

    keeps_errors = False
    """Whether an exception that went over is the same object again when it comes back."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self._exports: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._next = 1
        self._imports: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
        self._classes: dict[int, type[BaseException]] = {}
        self._freed: list[int] = []
        self.shared = Shared(self.refer, _same, _update)

    # --- what the ends do differently -------------------------------------------------------------------------------

    def may_ask(self, method: str, other: object) -> bool:
        """Whether the other side may be asked for an operation of its object with `other`."""
        return True

    def code_of(self, qualname: str) -> types.CodeType:
        """The code object of a function of the other side."""
        raise AttributeError("__code__")

    def given_name(self, value: object) -> str | None:
        """The name of an object that a given cell made on both sides, if it is one."""
        return None

    def given(self, name: str) -> Any:
        """Our object of that name."""
        raise BadData("nothing is given here")

    def operation(self, name: str, target: object) -> Callable[..., Any]:
        """What does an operation that the other side asks for. Raises `NotShared` where it may not."""
        return OPERATIONS[name]

    def context(self, packer: Packer) -> Any:
        """What goes along with a request."""
        changed = self.shared.changed(packer)
        return {"shared": changed} if changed else None

    def enter(self, context: Any, unpacker: Unpacker) -> None:
        """Take over what came along with a request, before it is done."""
        if type(context) is dict and "shared" in context:
            self.shared.take(context["shared"], unpacker)

    def after(self, packer: Packer) -> dict[str, Any]:
        """What goes back with a reply besides the value."""
        changed = self.shared.changed(packer)
        return {"shared": changed} if changed else {}

    def take(self, after: Mapping[str, Any], unpacker: Unpacker) -> None:
        """Take over what came back with a reply."""
        if "shared" in after:
            self.shared.take(after["shared"], unpacker)

    def packer(self) -> Packer:
        """For one message."""
        return Packer(self.refer, named=self.given_name)

    # --- asking -----------------------------------------------------------------------------------------------------

    def ask(self, operation: str, *arguments: Any) -> Any:
        """The other side's answer; its exception is raised here."""
        return self._exchange(operation, arguments, None)

    def call(self, function: Any, args: tuple[Any, ...], keywords: Mapping[str, Any]) -> Any:
        """Call a function of the other side; arguments it mutates are mutated here too."""
        return self._exchange("call", (function, list(args), dict(keywords)), (args, keywords))

    def _exchange(self, operation: str, arguments: tuple[Any, ...], passed: Any) -> Any:
        packer = self.packer()
        try:
            packed = packer.many(arguments)
            context = self.context(packer)
            freed, self._freed = self._freed, []
            self.channel.send(["ask", operation, packed, freed, context], packer.buffers)
        except (NotPlain, TooLarge) as error:
            raise NotShared(f"A value cannot be passed to the learner's code: {error}.") from None
        while True:
            message, buffers = self.channel.receive()
            if type(message) is not list or len(message) < 3:
                raise Malformed("no message")
            if message[0] == "ask":
                self.answer(message, buffers)
                continue
            unpacker = Unpacker(buffers, self.resolve)
            try:
                return self._result(message, unpacker, passed)
            except BadData as error:
                raise Malformed(str(error)) from None

    def _result(self, message: list[Any], unpacker: Unpacker, passed: Any) -> Any:
        kind, packed, after = message[:3]
        if after is not None:
            if type(after) is not dict:
                raise BadData("no dictionary")
            self.take(after, unpacker)
            for place, changed in _pairs(after.get("changed", [])):
                ours = _argument(passed, place)
                if not self._is_mutable(ours):
                    raise BadData("no argument that can change")
                _update(ours, unpacker.fresh().unpack(changed))
        if kind == "raise":
            raise self._exception(packed, unpacker)
        if kind != "value":
            raise BadData("no reply")
        if type(packed) is list and len(packed) == 2 and packed[0] == "argument":
            return _argument(passed, packed[1])
        value = unpacker.fresh().unpack(packed)
        if after is not None and type(after.get("lent")) is int and type(value) in MUTABLE:
            self.shared.borrow(after["lent"], value)
        return value

    def free(self, number: int) -> None:
        """A remote object is no longer needed; told with the next request."""
        self._freed.append(number)

    # --- answering --------------------------------------------------------------------------------------------------

    def answer(self, message: list[Any], buffers: list[memoryview]) -> None:
        """Do what was asked and reply. Raises `Malformed` for what is no request."""
        if len(message) != 5 or type(message[1]) is not str or type(message[3]) is not list:
            raise Malformed("no request")
        _, operation, packed, freed, context = message
        for number in freed:
            self._forget(number)
        unpacker = Unpacker(buffers, self.resolve)
        after: dict[str, Any] = {}
        try:
            try:
                arguments = unpacker.many(packed)
                self.enter(context, unpacker)
            except BadData as error:
                raise Malformed(str(error)) from None
            value = self.perform(operation, arguments)
            packer = self.packer()
            if operation == "call":
                _, args, keywords = arguments
                after = self._changed(packer, packed, args, keywords, buffers)
                place = _place_of(value, args, keywords)
                reply = ["value", packer.fresh().pack(value) if place is None else ["argument", place]]
            else:
                reply = ["value", packer.fresh().pack(value)]
            after |= self.after(packer)
            if operation in ("getattr", "getitem") and type(value) in MUTABLE:
                after["lent"] = self.shared.lend(value)
            self.channel.send([*reply, after or None], packer.buffers)
        except (NotPlain, TooLarge) as error:
            self._reply_raise(ValueError(f"The result cannot be passed on to the check: {error}."))
        except Malformed:
            raise
        except BaseException as error:
            self._reply_raise(error)

    def perform(self, operation: str, arguments: list[Any]) -> Any:
        """Do one operation. Raises whatever it raises."""
        if operation == "call":
            function, args, keywords = arguments
            return self.operation("call", function)(function, *args, **keywords)
        if not arguments:
            raise Malformed("an operation on nothing")
        target = arguments[1] if isinstance(arguments[0], Remote) and len(arguments) > 1 else arguments[0]
        return self.operation(operation, target)(*arguments)

    def _reply_raise(self, error: BaseException) -> None:
        packer = self.packer()
        described_error = self._describe(error, packer)
        self.channel.send(["raise", described_error, self.after(packer) or None], packer.buffers)

    def _changed(
        self, packer: Packer, packed: Any, args: Any, keywords: Any, buffers: list[memoryview]
    ) -> dict[str, Any]:
        """The arguments of a call that are no longer what they were, by place."""
        changed = []
        places = list(zip(range(len(args)), packed[1][1], args, strict=True))
        names = packed[2][1]
        places += [(names[k], names[k + 1], keywords[names[k]]) for k in range(0, len(names), 2)]
        for place, came, value in places:
            if self._is_mutable(value) and not self._is_as_it_came(value, came, buffers):
                changed.append([place, packer.fresh().pack(value)])
        return {"changed": changed} if changed else {}

    def _is_mutable(self, value: Any) -> bool:
        return type(value) in MUTABLE or is_changeable(value) or self.given_name(type(value)) is not None

    def _is_as_it_came(self, value: Any, came: Any, buffers: list[memoryview]) -> bool:
        fresh = self.packer()
        now = fresh.pack(value)
        return _same(now, fresh.buffers, came, buffers)

    # --- references -------------------------------------------------------------------------------------------------

    def refer(self, value: Any) -> Any:
        """The JSON that stands for a value which is not copied."""
        if isinstance(value, Remote):
            return ["own", object.__getattribute__(value, "_number")]
        if isinstance(value, type) and issubclass(value, BaseException):
            own = vars(value).get("_remote_number")
            return ["own", own] if own else ["hx", self._chain(value)]
        if isinstance(value, BaseException):
            packer = self.packer()
            described_error = self._describe(value, packer)
            if packer.buffers:
                raise NotPlain("it is an exception that carries arrays")
            return ["ex", described_error]
        own = _number_behind(value)
        if own is not None:
            return ["own", own]
        name = self.given_name(value)
        if name is not None:
            return ["given", name]
        kind = self.given_name(type(value))
        if kind is not None and (state := _state_of(value)) is not None:
            packer = self.packer()
            packed = packer.pack(state)
            if not packer.buffers:
                return ["of", kind, packed]
        kind_of, name_of, library, has = described(value)
        mro = (value if isinstance(value, type) else type(value)).__mro__
        given = [f"given:{name}" for each in mro if (name := self.given_name(each)) is not None]
        return ["h", self._export(value), kind_of, name_of, [*given, *library], has]

    def resolve(self, reference: list[Any]) -> Any:
        """The value that a reference stands for."""
        match reference:
            case ["own", int(number)]:
                if number not in self._exports:
                    raise BadData("no such object")
                return self._exports[number]
            case ["h", int(number), str(kind), str(name), list(library), list(has)]:
                found = self._imports.get(number)
                if number in self._freed:  # dropped here while the other side was sending it once more
                    self._freed.remove(number)
                if found is None:
                    made = class_for(kind[:20], _word(name), tuple(map(str, has)))
                    found = self._imports[number] = made(self, number, kind, tuple(map(str, library)))
                return found
            case ["hx", list(chain)]:
                return self._exception_class(chain)
            case ["ex", described_error]:
                return self._exception(described_error, Unpacker([], self.resolve))
            case ["sub", base, ["of", str(name), packed]]:
                return _revive(self.given(name), Unpacker([], self.resolve).unpack(packed), base)
            case ["sub", base, list(own)]:
                return _with_reference(base, self.resolve(own))
            case ["given", str(name)]:
                return self.given(name)
            case ["of", str(name), packed]:
                return _revive(self.given(name), Unpacker([], self.resolve).unpack(packed), None)
        raise BadData(f"no reference {str(reference)[:40]}")

    def _export(self, value: Any) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            number, self._next = self._next, self._next + 1
            self._numbers[id(value)] = number
            self._exports[number] = value
        return number

    def is_exported(self, value: Any) -> bool:
        """Whether the other side holds a reference to this very object."""
        number = self._numbers.get(id(value))
        return number is not None and self._exports.get(number) is value

    def _forget(self, number: Any) -> None:
        value = self._exports.pop(number, None) if type(number) is int else None
        if value is not None:
            self._numbers.pop(id(value), None)

    # --- exceptions -------------------------------------------------------------------------------------------------

    def _describe(self, error: BaseException, packer: Packer) -> Any:
        """An exception as JSON: its class, its arguments, and the attributes a message needs."""
        kind = type(error)
        own = getattr(error, "_remote_number", None) if "_remote_number" in _own_attributes(error) else None
        if own is not None:
            return ["own", own]
        number = self._export(error) if self.keeps_errors else 0
        attributes = {name: getattr(error, name, None) for name in ("name", "code", "value", "errno")}
        attributes |= {name: value for name, value in _own_attributes(error).items() if not name.startswith("_")}
        kept: dict[str, Any] = {}
        for name, value in attributes.items():
            if type(value) in (int, float, str, bool):
                kept[name] = value
        words = "" if kind.__module__ == "builtins" else _say(error)
        return ["raised", self._chain(kind), self._arguments(error, packer), kept, words, number]

    def _arguments(self, error: BaseException, packer: Packer) -> Any:
        try:
            return packer.many(error.args)
        except Exception:  # arguments that cannot be passed on, or an `args` that fails: the words must do
            return [_say(error)]

    def _chain(self, kind: type) -> list[Any]:
        """An exception class by those it is made of: [number, name] for one of ours, "module:name" for a library's."""
        chain: list[Any] = []
        for each in kind.__mro__:
            if issubclass(each, BaseException):
                is_ours = each.__module__ == "__main__"
                chain.append([self._export(each), each.__name__] if is_ours else f"{each.__module__}:{each.__name__}")
        return chain

    def _exception_class(self, chain: list[Any]) -> type[BaseException]:
        made: type[BaseException] | None = None
        for entry in reversed(chain):
            if type(entry) is str:
                made = _library_exception(entry) or made
                continue
            number, name = entry
            if type(number) is not int or type(name) is not str or made is None:
                raise BadData("no class")
            known = self._classes.get(number)
            if known is None:
                members = {"__module__": "__main__", "_remote_number": number, "__str__": _say_remote}
                known = self._classes[number] = type(_word(name), (made,), members)
            made = known
        if made is None:
            raise BadData("no exception")
        return made

    def _exception(self, described_error: Any, unpacker: Unpacker) -> BaseException:
        match described_error:
            case ["own", int(number)]:
                error = self._exports.get(number)
                if not isinstance(error, BaseException):
                    raise BadData("no exception")
                return error
            case ["raised", list(chain), list(args), dict(attributes), str(words), int(number)]:
                kind = self._exception_class(chain)
            case _:
                raise BadData("no exception")
        values = unpacker.many(args)
        try:
            error = kind(*values)
        except Exception:  # an exception whose own class wants other arguments (UnicodeDecodeError)
            error = kind.__new__(kind)
            error.args = tuple(map(str, values))
        for key, value in attributes.items():
            try:
                setattr(error, key, value)
            except (AttributeError, TypeError):
                continue  # an attribute of that name is fixed in this class
        if number:
            error._remote_number = number  # type: ignore[attr-defined]
        if words:
            error._remote_words = words  # type: ignore[attr-defined]
        return error


def _library_exception(path: str) -> type[BaseException] | None:
    """The exception class of a library that this process has loaded; none of the judge's own."""
    module, _, name = path.partition(":")
    found = None if module.partition(".")[0] == "autograder" else getattr(sys.modules.get(module), name, None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def _say_remote(self: Any) -> str:
    return getattr(self, "_remote_words", None) or Exception.__str__(self)


def _say(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    except BaseException:  # an exception class of the learner's own may fail in its own __str__
        return ""


def _own_attributes(error: BaseException) -> Mapping[str, Any]:
    found = getattr(error, "__dict__", None)
    return found if type(found) is dict else {}


def _pairs(packed: Any) -> list[Any]:
    if type(packed) is not list or not all(type(each) is list and len(each) == 2 for each in packed):
        raise BadData("no pairs")
    return packed


def _argument(passed: tuple[tuple[Any, ...], Mapping[str, Any]] | None, place: Any) -> Any:
    """An argument of the call that is being answered, by position or name."""
    try:
        args, keywords = passed or ((), {})
        return keywords[place] if type(place) is str else args[place]
    except (LookupError, TypeError):
        raise BadData("no such argument") from None


def _place_of(value: Any, args: list[Any], keywords: Mapping[str, Any]) -> int | str | None:
    """Which argument a function gave back, if it is one that can be told from a copy."""
    if type(value) not in MUTABLE:
        return None
    for position, each in enumerate(args):
        if value is each:
            return position
    return next((name for name, each in keywords.items() if value is each), None)


def _update(ours: Any, theirs: Any) -> None:
    """Make our argument what the other side made of its copy, in place."""
    kind = type(ours)
    if kind is not type(theirs):
        return
    if kind in (list, collections.deque):
        if len(ours) == len(theirs):
            for index, (own, new) in enumerate(zip(list(ours), theirs, strict=True)):
                if type(own) in MUTABLE and type(own) is type(new):
                    _update(own, new)
                else:
                    ours[index] = new
        else:
            ours.clear()
            ours.extend(theirs)
    elif isinstance(ours, dict):
        kept = {key: own for key, own in ours.items() if key in theirs and type(own) in MUTABLE}
        ours.clear()
        for key, new in theirs.items():
            own = kept.get(key)
            if own is not None and type(own) is type(new):
                _update(own, new)
                ours[key] = own
            else:
                ours[key] = new
    elif kind is set:
        ours.clear()
        ours.update(theirs)
    elif kind is bytearray:
        ours[:] = theirs
    elif kind is np.ndarray:
        if ours.shape == theirs.shape:  # one that was resized in place stays as it was here
            ours[...] = theirs
    elif kind is np.random.Generator:
        ours.bit_generator.state = theirs.bit_generator.state
    elif kind is np.random.RandomState:
        set_legacy_state(ours, theirs.get_state())
    elif kind is random.Random:
        ours.setstate(theirs.getstate())
    elif is_changeable(ours):
        update_table(ours, theirs)
    else:  # an instance of a given class
        vars(ours).clear()
        vars(ours).update(vars(theirs))


def _same(now: Any, now_buffers: Any, came: Any, came_buffers: Any) -> bool:
    """Whether two encodings are of equal values (the numbers of their buffers may differ)."""
    if type(now) is dict and type(came) is dict:
        return bytes(now_buffers[now["buffer"]]) == bytes(came_buffers[came["buffer"]])
    if type(now) is not list or type(came) is not list:
        return type(now) is type(came) and (now == came or (now != now and came != came))
    return len(now) == len(came) and all(_same(a, now_buffers, b, came_buffers) for a, b in zip(now, came, strict=True))


def _word(name: str) -> str:
    return name[:80] if name.isidentifier() else "Object"


class _Sub:
    """What an instance of a learner's subclass of a basic type is here: the basic value, and the rest asked for."""

    _remote: Any

    def __getattr__(self, name: str) -> Any:
        remote = vars(self).get("_remote")
        if remote is None:
            raise AttributeError(name)
        return getattr(remote, name)


def _with_reference(base: Any, remote: Any) -> Any:
    """A basic value that also knows the object it came from. Comparing it is comparing the basic value."""
    kind = type(base)
    if not isinstance(remote, Remote):
        return remote  # ours, back again
    if isinstance(base, np.ndarray) or kind in (bool, type(None)):
        return base
    made: Any = type(_word(type(remote).__name__), (kind, _Sub), {"__module__": "__main__"})
    value = made(base)
    vars(value)["_remote"] = remote
    return value


def _number_behind(value: Any) -> int | None:
    remote = vars(value).get("_remote") if isinstance(value, _Sub) else None
    return None if remote is None else object.__getattribute__(remote, "_number")


def _state_of(value: Any) -> dict[str, Any] | None:
    """The attributes of an instance of a given class, where they (and the basic value) are all of it."""
    state = getattr(value, "__dict__", {})
    slots = any(getattr(each, "__slots__", ()) for each in type(value).__mro__)
    return state if type(state) is dict and not slots else None


def _revive(kind: Any, state: Any, base: Any) -> Any:
    made: Any
    if not isinstance(kind, type) or type(state) is not dict or not all(type(name) is str for name in state):
        raise BadData("no instance of a given class")
    if base is None:
        made = object.__new__(kind)
    else:
        basic: Any = type(base)
        made = basic.__new__(kind, base)
        if isinstance(base, list | dict | set):
            basic.__init__(made, base)
    if state:
        vars(made).update(state)
    return made


def is_shown(value: object, name: str) -> bool:
    """Whether the learner's code may ask for this attribute of an object that a test passed to it.

    Public attributes of instances: never of a function, generator, class or module, through which the test's own names
    could be reached.
    """
    hidden = isinstance(value, type | types.ModuleType) or type(value).__module__ not in _PUBLIC_PLACES
    return not hidden and not name.startswith("_") and not _kind_of_code(value)


def _kind_of_code(value: object) -> bool:
    return isinstance(value, types.FunctionType | types.MethodType | types.GeneratorType | types.CodeType)
