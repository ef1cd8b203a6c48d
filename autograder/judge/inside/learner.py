"""The learner's process: runs their cells and answers what the tests ask of their names and objects.

Whatever is said from here is a claim: the code of a submission can do with this process as it likes.
"""

from __future__ import annotations

import asyncio
import builtins
import copy
import importlib
import io
import os
import sys
import types
import warnings
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import numpy as np

from autograder.judge.channel import BUFFER_BYTES, Channel, Closed, Malformed
from autograder.judge.inside import global_random
from autograder.judge.inside.bridge import MUTABLE, Bridge
from autograder.judge.inside.errors import described_stop
from autograder.judge.inside.shell import run_cell
from autograder.judge.plain import NotPlain, Packer, Unpacker

OUTPUT_EXIT = 113
"""The exit code of a process that was ended because it printed too much."""
_NO_INPUT = "input() is not available while checking: write the value into the cell instead"
_WARNINGS = 50
_KEPT_CHARS = 500_000
"""What of a call's output is passed on; a test that reads more of it is not known."""


def serve(channel: Channel, shell: Any, printed_chars: int) -> NoReturn:
    """Answer until the tests' process closes its end."""
    end = LearnersEnd(channel, shell, printed_chars)
    try:
        while True:
            message, buffers = channel.receive()
            end.answer(message, buffers)
    except (Closed, Malformed):
        os._exit(0)  # not sys.exit: threads and exit handlers of the submission have no say in when this ends


class LearnersEnd(Bridge):
    """Answers everything."""

    def __init__(self, channel: Channel, shell: Any, printed_chars: int) -> None:
        super().__init__(channel)
        self._shell = shell
        self._owner = os.getpid()
        self._given: dict[str, Any] = {}
        self._given_names: dict[int, str] = {}
        self._out, self._err = _Output(printed_chars), _Output(printed_chars)
        self._warned: list[list[str]] = []
        self._input: Any = None
        self._stdin: Any = None
        self._random_before: Any = None
        sys.stdout, sys.stderr = self._out, self._err
        self._told: dict[str, Any] = {}
        sys.stdin = self._no_stdin = io.StringIO()
        builtins.input = self._read_line
        warnings.simplefilter("always")
        warnings.showwarning = self._warn
        self._operations: Mapping[str, Callable[..., Any]] = {
            "run": self._run,
            "get": self._get,
            "bind": shell.user_ns.__setitem__,
            "names": lambda _: sorted(set(shell.user_ns) - set(shell.user_ns_hidden)),
            "module": importlib.import_module,
            "call": lambda function, *args, **keywords: function(*args, **keywords),
            "await": lambda awaitable: asyncio.run(_awaited(awaitable)),
            "array": lambda value: np.asarray(np.asarray(value)),
            "copy": copy.copy,
            "deepcopy": copy.deepcopy,
        }

    def operation(self, name: str, target: object) -> Callable[..., Any]:
        return self._operations.get(name) or super().operation(name, target)

    def given_name(self, value: object) -> str | None:
        return self._given_names.get(id(value))

    def given(self, name: str) -> Any:
        return self._given[name]

    def _run(self, source: bytes, label: str, given: list[str]) -> dict[str, Any] | None:
        """Run a cell; `given`: the names that it binds, where it is a given one."""
        error = run_cell(self._shell, source.decode(), label)
        self._out.taken(), self._err.taken()
        for name in given if error is None else ():
            value = self._shell.user_ns.get(name)
            if not isinstance(value, types.ModuleType):
                self._given[name] = value
                self._given_names[id(value)] = name
        return None if error is None else described_stop(error, label)

    def _get(self, names: list[str]) -> dict[str, Any]:
        """Those of the names that exist here; the value of one that cannot be passed on is an object."""
        names_here = self._shell.user_ns
        self.shared.clear()
        self._told = {name: names_here[name] for name in names if name in names_here}
        passable = {name: self._passable(value) for name, value in self._told.items()}
        lent = {name: self.shared.lend(value) for name, value in passable.items() if type(value) in MUTABLE}
        return {"values": passable, "lent": {name: number for name, number in lent.items() if number is not None}}

    def _passable(self, value: Any) -> Any:
        """The value, or what stands for it where it is too large or too deep to be copied."""
        if type(value) is np.ndarray and value.nbytes > BUFFER_BYTES // 2:
            return _Opaque(value)
        if type(value) not in (float, bool, type(None)):
            try:
                self.packer().pack(value)
            except NotPlain:
                return _Opaque(value)
        return value

    def enter(self, context: Any, unpacker: Unpacker) -> None:
        super().enter(context, unpacker)
        if type(context) is not dict:
            return
        for name, packed in context.get("names", ()):
            self._shell.user_ns[name] = value = unpacker.fresh().unpack(packed)
            if name in self._told:
                self._told[name] = value
        self._input = unpacker.fresh().unpack(context.get("input"))
        self._stdin = unpacker.fresh().unpack(context.get("stdin"))
        if self._stdin is not None:
            sys.stdin = self._stdin
        if "random" in context:
            global_random.take(context["random"], unpacker)
            self._random_before = global_random.states()

    def after(self, packer: Packer) -> dict[str, Any]:
        if os.getpid() != self._owner:
            os._exit(0)  # a fork the learner's code left behind came here too; only the first process answers
        said = super().after(packer)
        names_here = self._shell.user_ns
        rebound = [name for name, value in self._told.items() if names_here.get(name, self) is not value]
        for name in rebound:
            self._told[name] = names_here.get(name)
            value = self._passable(names_here.get(name))
            said.setdefault("rebound", []).append([name, packer.fresh().pack(value)])
        for name, stream in (("out", self._out), ("err", self._err)):
            text = stream.taken()
            if text:
                said[name] = text
        if self._warned:
            said["warned"], self._warned = self._warned, []
        if self._random_before is not None:
            changed = global_random.pack_changed(packer, global_random.states(), self._random_before)
            if changed:
                said["random"] = changed
            self._random_before = None
        if self._stdin is not None:
            sys.stdin = self._no_stdin
        self._input = self._stdin = None
        return said

    def _warn(self, message: Any, category: type, *_: object, **__: object) -> None:
        if len(self._warned) < _WARNINGS:
            self._warned.append([getattr(category, "__name__", ""), str(message)[:1000]])

    def _read_line(self, prompt: object = "") -> str:
        if self._input is not None:
            return str(self._input(prompt) if prompt != "" else self._input())
        if self._stdin is not None:
            if prompt != "":
                self._out.write(str(prompt))
            line = str(self._stdin.readline())
            if not line:
                raise EOFError("EOF when reading a line")
            return line.removesuffix("\n")
        raise RuntimeError(_NO_INPUT)


class _Output(io.TextIOBase):
    """What the learner's code prints: the beginning is kept, and past `most` the process ends."""

    encoding = "utf-8"

    def __init__(self, most: int) -> None:
        self._parts: list[str] = []
        self._printed, self._most = 0, most

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        room = _KEPT_CHARS - self._printed
        if room > 0:
            self._parts.append(text[:room])
        self._printed += len(text)
        if self._printed > self._most:
            os._exit(OUTPUT_EXIT)
        return len(text)

    def taken(self) -> str:
        """What was printed since the last time."""
        text = "".join(self._parts)
        self._parts.clear()
        self._printed = 0
        return text


class _Opaque:
    """A value that is too large or too deep to be copied: the tests get an object that they can ask."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __len__(self) -> int:
        return len(self._value)

    def __iter__(self) -> Any:
        return iter(self._value)

    def __getitem__(self, key: Any) -> Any:
        return self._value[key]


async def _awaited(awaitable: Any) -> Any:
    return await awaitable
