"""An IPython shell without kernel, history or screen: magics, display() and top-level await as in a notebook."""

from __future__ import annotations

from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


class _Compiler(CachingCompiler):  # type: ignore[misc]
    """Names each cell's code after the cell, so that a line of an error can be told to the learner."""

    current = "<cell>"

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        return self.current


class _Quiet(DisplayHook):  # type: ignore[misc]
    """Shows nothing: the value of a cell's last line needs no repr here, which might take for ever."""

    def __call__(self, result: Any = None) -> None:
        if result is not None:
            self.update_user_ns(result)

    def quiet(self) -> bool:
        return False


class _Shell(InteractiveShell):  # type: ignore[misc]
    """A shell that has no screen and nobody at the keyboard."""

    def enable_gui(self, gui: str | None = None) -> None:
        """No event loop to join, so `%matplotlib inline` and its like simply work."""

    def showtraceback(self, *args: Any, **keywords: Any) -> None:
        """Formatting a traceback costs time and prints what nobody reads; the error itself is in the result."""

    showsyntaxerror = showtraceback
    showindentationerror = showtraceback


def make_shell() -> Any:
    """The shell of this process; its `user_ns` is the namespace of the cells."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    _Shell.compiler_class = _Compiler
    _Shell.displayhook_class = _Quiet
    return _Shell.instance(config=config)


def run_cell(shell: Any, source: str, label: str) -> BaseException | None:
    """Run a cell as a notebook does; gives what stopped it, if anything did."""
    shell.compile.current = label
    try:
        result = shell.run_cell(source, store_history=False)
    except BaseException as raised:
        return raised
    error: BaseException | None = result.error_before_exec or result.error_in_exec
    return error
