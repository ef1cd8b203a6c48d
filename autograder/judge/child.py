"""The process a submission runs in: reads cells as JSON lines, runs them, answers one JSON line each.

Started as a script (`python child.py`), so that nothing else of the grader is loaded or needs to be readable here.
Plain checks and the learner's code share this process: what it answers is a claim, which the judge outside checks for
form and bounds, and which a submission that sets out to can forge.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import inspect
import json
import numbers
import os
import platform
import sys
from importlib import metadata
from types import TracebackType
from typing import Any, BinaryIO

_MESSAGE_CHARS = 500
_INPUT = "input() is not available while checking: write the value into the cell instead"


def main() -> None:
    """Serve until the judge closes its end."""
    commands, replies = _private_channel()
    setup = json.loads(commands.readline())
    _enter(setup)
    shell = _shell()
    _send(replies, {"nonce": setup["nonce"], "versions": _versions()})
    owner = os.getpid()
    for line in iter(commands.readline, b""):
        command = json.loads(line)
        run = _run_test if command["mode"] == "test" else _run_cell
        reply = run(shell, command["source"], command["name"])
        if os.getpid() != owner:
            os._exit(0)  # a fork the learner's code left behind came here too; only the first process answers
        _send(replies, {**reply, "nonce": command["nonce"]})
    os._exit(0)  # not sys.exit: threads and exit handlers of the submission have no say in when this ends


def _private_channel() -> tuple[BinaryIO, BinaryIO]:
    """The judge's two pipes under other numbers; the standard ones lead nowhere, so that no print reaches the judge."""
    commands, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    sys.stdin = open(os.devnull, encoding="utf-8")
    return commands, replies


def _send(replies: BinaryIO, reply: dict[str, Any]) -> None:
    data = json.dumps(reply).encode() + b"\n"
    while data:
        data = data[replies.write(data) or 0 :]


def _enter(setup: dict[str, Any]) -> None:
    """Give up what the learner's code must not have: limits first, then root, then the way to the judge's terminal."""
    limits = setup["limits"]
    if sys.platform != "win32":
        import resource

        for name, value in limits.items():
            kind = getattr(resource, name, None)
            if kind is not None:
                _, hard = resource.getrlimit(kind)
                value = value if hard == resource.RLIM_INFINITY else min(value, hard)
                try:
                    resource.setrlimit(kind, (value, value))
                except (ValueError, OSError):
                    print(f"limit {name} is not supported here", file=sys.stderr)
    if setup["drop_to"] is not None:
        _drop_root(setup["drop_to"])
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL: when the judge dies, so does this
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 2)


def _drop_root(user: int) -> None:
    """Become an unprivileged user for good: kernel user 0 is exempt from the limit on processes.

    A user namespace of its own comes on top where the kernel allows it, so that the count of processes is per attempt.
    """
    import ctypes

    if sys.platform == "win32":  # never asked for there; says so to the type checker as well
        raise OSError("there is no root to drop on Windows")
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(4, 1, 0, 0, 0) == 0 and libc.unshare(0x10000000) == 0:  # dumpable again, then CLONE_NEWUSER
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{user} {user} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    # A new user namespace comes with every capability in it; give up those too.
    for capability in range(64):
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
    libc.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in ("ipython", "numpy") if _installed(name)},
    }


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _shell() -> Any:
    """An IPython shell without kernel, history or colours: magics, display() and top-level await work as in a
    notebook.
    """
    from IPython.core.compilerop import CachingCompiler
    from IPython.core.displayhook import DisplayHook
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Compiler(CachingCompiler):  # type: ignore[misc]
        """Names each cell's code after the cell, so that a line of an error can be told to the learner."""

        current = "<cell>"

        def get_code_name(self, raw_code: str, code: str, number: int) -> str:
            return self.current

    class Quiet(DisplayHook):  # type: ignore[misc]
        """Shows nothing: the value of a cell's last line needs no repr here, which might take for ever."""

        def __call__(self, result: Any = None) -> None:
            if result is not None:
                self.update_user_ns(result)

        def quiet(self) -> bool:
            return False

    class Shell(InteractiveShell):  # type: ignore[misc]
        """A shell that has no screen and nobody at the keyboard."""

        def enable_gui(self, gui: str | None = None) -> None:
            """No event loop to join, so `%matplotlib inline` and its like simply work."""

        def showtraceback(self, *args: Any, **keywords: Any) -> None:
            """Formatting a traceback costs time and prints what nobody reads; the error itself is in the result."""

        showsyntaxerror = showtraceback
        showindentationerror = showtraceback

    def refuse(prompt: object = "") -> str:
        raise RuntimeError(_INPUT)

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    Shell.compiler_class = Compiler
    Shell.displayhook_class = Quiet
    shell = Shell.instance(config=config)
    builtins.input = refuse
    return shell


def _run_cell(shell: Any, source: str, name: str) -> dict[str, Any]:
    """Run a cell as a notebook does; only whether and where it stopped is reported."""
    shell.compile.current = _label(name)
    try:
        result = shell.run_cell(source, store_history=False)
        error = result.error_before_exec or result.error_in_exec
    except BaseException as raised:
        error = raised
    return {"status": "ok", "value": None} if error is None else _raised(error, name)


def _run_test(shell: Any, source: str, name: str) -> dict[str, Any]:
    """Run a test cell and give the value of its last expression.

    Not through the shell: hooks that the learner's cells may have put there (transformers, display hook) have no part
    in it.
    """
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        _execute(compile(tree, _label(name), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), shell.user_ns)
        value = None
        if isinstance(last, ast.Expr):
            expression = ast.Expression(last.value)
            value = _execute(compile(expression, _label(name), "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), shell.user_ns)
        return {"status": "ok", "value": _plain(value)}
    except BaseException as error:
        return _raised(error, name)


def _execute(code: Any, names: dict[str, Any]) -> Any:
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
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return {"kind": "number", "number": float(value)}
    return {"kind": "other", "type": type(value).__name__[:80]}


def _label(name: str) -> str:
    return f"<{name}>"


def _raised(error: BaseException, name: str) -> dict[str, Any]:
    """What stopped a cell: the error's name and first words, the line of this cell, and where it came from."""
    line, origin = _place(error.__traceback__, _label(name))
    if isinstance(error, SyntaxError) and error.filename == _label(name):
        line, origin = error.lineno, _label(name)
    return {
        "status": "raised",
        "type": type(error).__name__[:80],
        "message": _words(error),
        "assertion": isinstance(error, AssertionError),
        "line": line,
        "direct": origin == _label(name),
    }


def _place(trace: TracebackType | None, label: str) -> tuple[int | None, str]:
    """The last line reached in the cell `label`, and the file name of the innermost frame."""
    line, origin = None, ""
    for _ in range(100_000):
        if trace is None:
            break
        origin = trace.tb_frame.f_code.co_filename
        if origin == label:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line, origin


def _words(error: BaseException) -> str:
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:  # an exception class of the learner's own may fail in its own __str__
        return ""
    text = " ".join(text[: 4 * _MESSAGE_CHARS].split())
    return text if len(text) <= _MESSAGE_CHARS else text[: _MESSAGE_CHARS - 1] + "…"


if __name__ == "__main__":
    main()
