"""The tests' process: runs the given and the test cells, unchanged, and asks the learner's process for the rest.

A trusted cell sees the names that trusted cells have bound; a name that the reference solution gives, and one nobody
here knows, comes from the learner's process, anew for each cell.
"""

from __future__ import annotations

import asyncio
import builtins
import functools
import inspect
import linecache
import marshal
import numbers
import os
import sys
import types
import warnings
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from autograder.judge.channel import Channel, Closed, Malformed
from autograder.judge.inside import global_random
from autograder.judge.inside.bridge import MUTABLE, Bridge, NotShared, is_shown
from autograder.judge.inside.errors import described_stop
from autograder.judge.inside.learner import OUTPUT_EXIT
from autograder.judge.inside.remote import Remote
from autograder.judge.inside.shell import run_cell
from autograder.judge.plain import BadData, Packer, Unpacker

_STATE_ON_BOTH_SIDES = "matplotlib.pyplot"
"""The one module whose functions are about what was done before: the figures are where the learner's code drew them."""
_WARNINGS_SHOWN = 50
_NEVER_ANSWERED = frozenset("dir signature format copy deepcopy array await content run get names bind module".split())
"""What the learner's code may not ask of the objects that a test has passed to it."""


def serve(channel: Channel, learner: Channel, shell: Any, how_it_ended: Callable[[], int]) -> NoReturn:
    """Run the plan that comes through `channel`, telling each cell's outcome, then wait to be ended."""
    plan, buffers = channel.receive()
    tester = (Alone if plan["alone"] else Tester)(learner, shell, plan, buffers)
    for index, step in enumerate(plan["steps"]):
        outcome = tester.run({**step, "source": str(buffers[step["source"]], "utf-8")})
        if tester.lost is not None:
            why, detail = tester.lost
            channel.send(["lost", index, why, detail or _death(how_it_ended())])
            break
        channel.send(["end", index, outcome])
    try:
        channel.receive()  # nothing more comes; the end of the channel is the end of this process
    except (Closed, Malformed):
        os._exit(0)
    os._exit(1)


def _death(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"signal {os.WTERMSIG(status)}"
    code = os.waitstatus_to_exitcode(status)
    return "output" if code == OUTPUT_EXIT else f"exit code {code}"


class Tester:
    """The namespace of the trusted cells, and what is known of the learner's."""

    def __init__(self, learner: Channel, shell: Any, plan: Mapping[str, Any], buffers: list[memoryview]) -> None:
        self.lost: tuple[str, str] | None = None
        self._end = TestsEnd(learner)
        self._names: dict[str, Any] = shell.user_ns
        self._buffers = buffers
        self._shell = shell
        self._wanted: set[str] = set()
        self._fetched: dict[str, Any] = {}
        self._both: dict[str, Any] = {}
        self._learners: set[str] = set()
        self._draws = plan["draws"]
        self._end.rebind = self._rebind
        self._end.rebound_here = self._rebound_here

    def run(self, step: Mapping[str, Any]) -> Any:
        """One cell: None when it ran, what stopped it, or for a test the value of its last expression."""
        try:
            match step["kind"]:
                case "answer" | "extra":
                    outcome = self._answer(step)
                    self._hand_over(step)
                    return outcome
                case "given":
                    return self._given(step)
                case _:
                    self._hand_over(step)
                    outcome = self._trusted(step)
                    self._carry_over(step)
                    return outcome
        except (Closed, Malformed) as error:
            self._lose(error)
            return None

    def _lose(self, error: Closed | Malformed) -> None:
        self.lost = ("died", "") if isinstance(error, Closed) else ("forged", str(error)[:200] or "no reason")

    def _ask_to_run(self, source: str, label: str, given: list[str]) -> Any:
        stopped = self._end.demand("run", source.encode(), label, given)
        if stopped is not None and type(stopped) is not dict:
            raise Malformed("no outcome")
        return None if stopped is None else {"stopped": stopped}

    def _answer(self, step: Mapping[str, Any]) -> Any:
        self._end.remember(step["source"], step["label"])
        return self._ask_to_run(step["source"], step["label"], [])

    def _hand_over(self, step: Mapping[str, Any]) -> None:
        """From here on these names are the learner's; modules that the author imports there are the trusted ones."""
        if step["kind"] != "test" and self._draws:
            self._share_figures()
        for name in step["gives"]:
            self._learners.add(name)
            if not isinstance(self._names.get(name), types.ModuleType):
                self._names.pop(name, None)
        for imports in step["imports"]:
            imported: dict[str, Any] = {}
            exec(compile(imports, "<imports>", "exec"), imported)
            for name, value in imported.items():
                if name == "__builtins__":
                    continue
                if isinstance(value, types.ModuleType):
                    self._names[name] = value
                else:
                    self._learners.add(name)
                    self._names.pop(name, None)

    def _carry_over(self, step: Mapping[str, Any]) -> None:
        """Give the learner's process what the visible lines of a test leave behind, where a later answer uses it."""
        if step["carry"]:
            self._ask_to_run(step["carry"], step["label"], [])
        for name in step["carry_values"]:
            # Hidden lines may have changed an object, under this name or another; a number or a text they cannot.
            is_as_shown = not step["hides"] or type(self._names.get(name)) in (int, float, complex, bool, str, bytes)
            if name in self._names and name not in self._fetched and is_as_shown:
                self._end.demand("bind", name, self._names[name])

    def _given(self, step: Mapping[str, Any]) -> Any:
        # Here first: what the cell binds must be known before the other side speaks of it by name.
        ours = self._trusted(step)
        theirs = self._ask_to_run(step["source"], step["label"], step["binds"])
        for name in step["binds"]:
            if name in self._names:
                self._end.give(name, self._names[name])
        self._both = {name: value for name, value in self._names.items() if name in step["binds"]} | self._both
        return ours if "stopped" in ours else theirs or ours

    def _trusted(self, step: Mapping[str, Any]) -> Any:
        label = step["label"]
        if step["error"] is not None:
            line, message = step["error"]
            stop = {"type": "SyntaxError", "message": message, "line": line, "assertion": False, "direct": True}
            return {"stopped": stop}
        self._end.uses_random = step["uses_random"]
        self._end.methods = frozenset(step["methods"])
        linecache.cache[label] = (len(step["source"]), None, step["source"].splitlines(True), label)
        try:
            self._fetch(step["names"], step["lists_names"])
            before = dict(self._names)
            value = None
            try:
                _execute(marshal.loads(self._buffers[step["statements"]]), self._names)
                if step["value"] is not None:
                    value = _execute(marshal.loads(self._buffers[step["value"]]), self._names)
            finally:
                self._keep_what_was_bound(before)
            self._check_alive()
            return {"value": _plain(value)}
        except BaseException as error:
            if isinstance(error, Closed | Malformed):
                raise
            self._check_alive()
            return {"stopped": described_stop(error, label)}

    def _check_alive(self) -> None:
        """A test may have caught what told it that the learner's process is gone; no verdict comes of that."""
        if self._end.broken is not None:
            raise self._end.broken

    def _fetch(self, names: list[str], lists_names: bool) -> None:
        """Bring the names that the learner gives up to date."""
        for name, value in self._fetched.items():
            if self._names.get(name) is value:
                del self._names[name]
        self._fetched = {}
        self._wanted.update(names)
        wanted = set(self._wanted)
        if lists_names:
            wanted.update(map(str, self._end.demand("names", None)))
        asked = [name for name in sorted(wanted) if self._is_the_learners(name)]
        if asked:
            self._fetched = self._end.get(asked)
            self._names.update(self._fetched)

    def _is_the_learners(self, name: str) -> bool:
        return name not in self._names and (name in self._learners or not hasattr(builtins, name))

    def _rebind(self, name: str, value: Any) -> None:
        """The learner's code has given one of its names another value."""
        if name in self._fetched and self._names.get(name) is self._fetched[name]:
            self._names[name] = self._fetched[name] = value

    def _rebound_here(self) -> dict[str, Any]:
        """The names on both sides to which a trusted cell has given another value since the learner's code last ran."""
        changed = {}
        for known in (self._fetched, self._both):
            for name, value in known.items():
                now = self._names.get(name, _Nothing)
                if now is not value and now is not _Nothing and not isinstance(now, types.ModuleType):
                    changed[name] = known[name] = now
        return changed

    def _share_figures(self) -> None:
        """From now on pyplot is the learner's: its functions are about the figures drawn before, and those are there.

        Only where the assignment draws at all; every name and import of it leads there.
        """
        own = sys.modules.get(_STATE_ON_BOTH_SIDES)
        if own is None or isinstance(own, Remote):
            return
        theirs = self._end.demand("module", _STATE_ON_BOTH_SIDES)
        if not isinstance(theirs, Remote):
            raise Malformed("no module")
        package, _, module = _STATE_ON_BOTH_SIDES.rpartition(".")
        sys.modules[_STATE_ON_BOTH_SIDES] = theirs  # type: ignore[assignment]
        setattr(sys.modules[package], module, theirs)
        for name in [name for name, value in self._names.items() if value is own]:
            self._names[name] = theirs

    def _keep_what_was_bound(self, before: Mapping[str, Any]) -> None:
        """A name that the trusted cell has bound is its own from now on."""
        for name, value in list(self._fetched.items()):
            now = self._names.get(name, _Nothing)
            if now is not before.get(name, _Nothing):
                del self._fetched[name]
                if now is not _Nothing:
                    self._both[name] = value


class Alone(Tester):
    """Everything in this one process, as in a notebook: the yardstick for an assignment's own tests.

    Only for a reference solution, which is to be trusted.
    """

    def _ask_to_run(self, source: str, label: str, given: list[str]) -> Any:
        error = run_cell(self._shell, source, label)
        return None if error is None else {"stopped": described_stop(error, label)}

    def _given(self, step: Mapping[str, Any]) -> Any:
        return self._ask_to_run(step["source"], step["label"], [])

    def _hand_over(self, step: Mapping[str, Any]) -> None:
        """Nothing: all names are in one place."""

    def _carry_over(self, step: Mapping[str, Any]) -> None:
        """Nothing: all names are in one place."""

    def _fetch(self, names: list[str], lists_names: bool) -> None:
        """Nothing: all names are in one place."""


class _Nothing:
    """Stands for a name that is not bound."""


class TestsEnd(Bridge):
    """Tells the learner's process next to nothing: see `may_ask` and `operation`."""

    keeps_errors = True

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self.methods: frozenset[str] = frozenset()
        self.broken: Closed | Malformed | None = None
        self.uses_random = False
        self._given: dict[str, Any] = {}
        self._given_names: dict[int, str] = {}
        self._sources: list[tuple[str, str]] = []
        self._input = builtins.input
        self._stdin = sys.stdin
        self._random: tuple[Any, Any] | None = None
        self.rebind: Callable[[str, Any], None] = lambda name, value: None
        self.rebound_here: Callable[[], dict[str, Any]] = dict

    def get(self, names: list[str]) -> dict[str, Any]:
        """Those of the names that the learner's process has; containers among them are kept in step."""
        self.shared.clear()
        found = self.demand("get", names)
        if type(found) is not dict or type(found.get("values")) is not dict or type(found.get("lent")) is not dict:
            raise self._break(Malformed("no names"))
        values = {name: value for name, value in found["values"].items() if name in names}
        for name, number in found["lent"].items():
            if name in values and type(number) is int and type(values[name]) in MUTABLE:
                self.shared.borrow(number, values[name])
        return values

    def demand(self, operation: str, *arguments: Any) -> Any:
        """Ask for what the learner's process itself has to do. An exception is no answer to that."""
        try:
            return self.ask(operation, *arguments)
        except (Closed, Malformed):
            raise
        except BaseException as error:
            raise self._break(Malformed(f"{operation}: {type(error).__name__}")) from None

    def _break(self, error: Malformed) -> Malformed:
        self.broken = error
        return error

    def ask(self, operation: str, *arguments: Any) -> Any:
        return self._guarded(super().ask, operation, *arguments)

    def call(self, function: Any, args: tuple[Any, ...], keywords: Mapping[str, Any]) -> Any:
        return self._guarded(super().call, function, args, keywords)

    def _guarded(self, exchange: Callable[..., Any], *arguments: Any) -> Any:
        if self.broken is not None:
            raise self.broken
        try:
            return exchange(*arguments)
        except (Closed, Malformed) as error:
            self.broken = error
            raise

    def may_ask(self, method: str, other: object) -> bool:
        """With another object of the learner's, always; with plain data only where the reference defines the method."""
        return isinstance(other, Remote) or method in self.methods

    def perform(self, operation: str, arguments: list[Any]) -> Any:
        """Only on objects that a test has passed over; never on what both sides can name."""
        asked = arguments[:1] if operation in ("call", "getattr", "setattr", "delattr") else arguments[:2]
        if not any(self.is_exported(each) for each in asked):
            raise NotShared("this can only be asked of an object that was passed")
        return super().perform(operation, arguments)

    def operation(self, name: str, target: object) -> Callable[..., Any]:
        if name == "call":
            return lambda function, *args, **keywords: function(*args, **keywords)
        if name in ("getattr", "setattr", "delattr"):
            return functools.partial(self._attribute, name)
        if name in (
            "dir",
            "signature",
            "format",
            "copy",
            "deepcopy",
            "array",
            "await",
            "run",
            "get",
            "names",
            "module",
            "content",
        ):
            raise NotShared("this cannot be asked of an object of the check")
        return super().operation(name, target)

    def _attribute(self, operation: str, target: object, name: str, *value: Any) -> Any:
        if type(name) is not str or not is_shown(target, name):
            raise AttributeError(
                f"{type(target).__name__!r} object has no attribute {str(name)[:80]!r}", name=str(name)
            )
        if operation == "getattr":
            return getattr(target, name)
        return setattr(target, name, *value) if operation == "setattr" else delattr(target, name)

    def give(self, name: str, value: Any) -> None:
        """From now on this object, where it is not copied, is passed by its name, because both sides have it."""
        if not isinstance(value, types.ModuleType):
            self._given[name] = value
            self._given_names[id(value)] = name

    def given_name(self, value: object) -> str | None:
        return self._given_names.get(id(value))

    def given(self, name: str) -> Any:
        if name not in self._given:
            raise BadData("nothing of that name is given")
        return self._given[name]

    def remember(self, source: str, label: str) -> None:
        """Keep a cell of the learner's, for `inspect.getsource`."""
        self._sources.append((source, label))
        linecache.cache[label] = (len(source), None, source.splitlines(True), label)

    def code_of(self, qualname: str) -> types.CodeType:
        for source, label in reversed(self._sources):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    found = _code_named(compile(source, label, "exec"), qualname)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue  # a cell with magics, or no Python
            if found is not None:
                return found
        raise AttributeError("__code__")

    def context(self, packer: Packer) -> Any:
        told: dict[str, Any] = super().context(packer) or {}
        rebound = self.rebound_here()
        if rebound:
            told["names"] = [[name, packer.fresh().pack(value)] for name, value in rebound.items()]
        if builtins.input is not self._input:
            told["input"] = packer.fresh().pack(builtins.input)
        if sys.stdin is not self._stdin:
            told["stdin"] = packer.refer(sys.stdin)
        if self.uses_random:
            now = global_random.states()
            told["random"] = global_random.pack_changed(packer, now, self._random)
            self._random = now
        return told or None

    def take(self, after: Mapping[str, Any], unpacker: Unpacker) -> None:
        super().take(after, unpacker)
        try:
            rebound = [(str(name), packed) for name, packed in after.get("rebound", ())]
            printed = [(sys.stdout, str(after.get("out", ""))), (sys.stderr, str(after.get("err", "")))]
            warned = [(str(kind), str(text)) for kind, text in after.get("warned", ())[:_WARNINGS_SHOWN]]
            global_random.take(after.get("random", []), unpacker)
        except (TypeError, ValueError) as error:
            raise BadData(str(error)) from None
        if "random" in after:
            self._random = global_random.states()
        for name, packed in rebound:
            self.rebind(name, unpacker.fresh().unpack(packed))
        for stream, text in printed:
            if text:
                stream.write(text)
        for name, text in warned:
            kind = getattr(builtins, name, UserWarning)
            is_warning = isinstance(kind, type) and issubclass(kind, Warning)
            warnings.warn(text, kind if is_warning else UserWarning, stacklevel=2)


def _code_named(code: types.CodeType, qualname: str) -> types.CodeType | None:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found = constant if constant.co_qualname == qualname else _code_named(constant, qualname)
            if found is not None:
                return found
    return None


def _execute(code: types.CodeType, names: dict[str, Any]) -> Any:
    value = eval(code, names)
    if code.co_flags & inspect.CO_COROUTINE:
        return asyncio.run(value)
    return value


def _plain(value: Any) -> dict[str, Any]:
    """The value of a test's last expression as data: a verdict, a number, nothing, or something else."""
    expect = sys.modules.get("autograder.expect")
    if expect is not None and isinstance(value, expect.Verdict):
        return {"kind": "verdict", **value.as_dict()}
    if value is None:
        return {"kind": "nothing"}
    if isinstance(value, numbers.Real) and not isinstance(value, bool) and not isinstance(value, Remote):
        return {"kind": "number", "number": float(value)}
    return {"kind": "other", "type": type(value).__name__[:80]}
