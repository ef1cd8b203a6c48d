"""Worker threads with an engine each, opened when the thread starts and kept for all its work."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from functools import partial
from typing import Any, Protocol, TypeVar

from autograder.judge import Master, Result, Submission

T = TypeVar("T")


class Engine(Protocol):
    """What judges one submission: a `Judge` here, or something that asks one on another machine."""

    def judge(self, master: Master, submission: Submission) -> Result:
        """The verdicts; never raises for anything a submission does."""


Open = Callable[[], AbstractContextManager[Engine]]


class Crew:
    """`size` threads that do the work handed to `submit`. Use as a context manager.

    The threads are daemons, and closing waits only for those that are idle: Ctrl+C must not wait for a submission that
    loops, and a judge's processes die with this one.
    """

    def __init__(self, size: int, open_engine: Open) -> None:
        self.troubles: queue.SimpleQueue[str] = queue.SimpleQueue()
        """Why an engine failed and a fresh one was asked, a sentence each; whoever keeps a log takes them out."""
        self._open = open_engine
        self._waiting: queue.SimpleQueue[tuple[Callable[[Engine], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(max(1, size))]
        self._busy = set(self._threads)
        self._opened = threading.Semaphore(0)
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, work: Callable[[Engine], T]) -> "Future[T]":
        """Have a free thread call `work` with its engine."""
        future: Future[T] = Future()
        self._waiting.put((work, future))
        return future

    def wait_until_open(self) -> None:
        """Wait until every engine has been started, which is not to say that it is warm."""
        for _ in self._threads:
            self._opened.acquire()

    def close(self) -> None:
        """Drop what has not begun, and end each thread after what it is doing."""
        taken_from(self._waiting)
        for _ in self._threads:
            self._waiting.put(None)
        for thread in set(self._threads) - self._busy:
            thread.join(timeout=10)

    def _serve(self) -> None:
        thread = threading.current_thread()
        engine = _Kept(self._open, self.troubles.put)
        self._opened.release()
        self._busy.discard(thread)
        for work, future in iter(self._waiting.get, None):
            self._busy.add(thread)
            try:
                tell = partial(future.set_result, work(engine))
            except BaseException as error:  # whoever waits for it is told; the thread goes on
                tell = partial(future.set_exception, error)
            self._busy.discard(thread)  # before the last one is told, who may then close the crew
            tell()
        engine.close()


def taken_from(waiting: "queue.SimpleQueue[T]") -> list[T]:
    """What waits there now, and waits no longer."""
    taken: list[T] = []
    with suppress(queue.Empty):
        while True:
            taken.append(waiting.get_nowait())
    return taken


class JudgeFailed(Exception):
    """The judge gave no verdict for a reason of its own; str() is one sentence. The submission has no part in it."""


class _Kept:
    """A thread's engine: opened at once, and again for the next submission when it failed."""

    def __init__(self, open_engine: Open, tell: Callable[[str], None]) -> None:
        self._open = open_engine
        self._tell = tell
        self._context: AbstractContextManager[Engine] | None = None
        self._engine: Engine | None = None
        with suppress(Exception):  # said at the first submission, where it becomes that student's row
            self._start()

    def judge(self, master: Master, submission: Submission) -> Result:
        """Ask the engine, and a fresh one when it failed: nobody's grade waits for a moment's trouble of ours.

        Raises `JudgeFailed` when both fail, or what opening the engine raises.
        """
        try:
            return self._ask(master, submission)
        except JudgeFailed as error:
            self._tell(str(error))
            return self._ask(master, submission)

    def _ask(self, master: Master, submission: Submission) -> Result:
        result = (self._engine or self._start()).judge(master, submission)
        reasons = [finding.message for finding in result.findings if finding.kind == "judge"]
        if result.status == "error" and reasons:
            self.close()
            raise JudgeFailed(reasons[0])
        return result

    def close(self) -> None:
        """End the engine."""
        context, self._context, self._engine = self._context, None, None
        if context is not None:
            context.__exit__(None, None, None)

    def _start(self) -> Engine:
        context = self._open()
        self._engine, self._context = context.__enter__(), context
        return self._engine
