"""Messages over a pair of file descriptors: one JSON value and raw buffers a frame, with caps and without trust.

A frame is `length of the JSON (4 bytes) · length of all buffers (4 bytes) · JSON · buffers`, big-endian. The JSON is
`[message, [length of each buffer]]`.
"""

from __future__ import annotations

import json
import os
import select
import struct
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

JSON_BYTES = 4_000_000
"""The longest JSON that is read: Python takes some twenty times as much for it. Numbers in bulk go as raw bytes."""
BUFFER_BYTES = 64_000_000
"""The most bytes of arrays in one message."""
_HEADER = struct.Struct("!II")
_CHUNK = 1 << 18

Buffers = Sequence[bytes | bytearray | memoryview]


class Closed(Exception):
    """The other end is gone."""


class Late(Exception):
    """Nothing complete came in time."""


class Malformed(Exception):
    """What came is no frame of this protocol, or too large; nothing more can be read from this channel."""


class TooLarge(ValueError):
    """A message of ours is larger than the other end reads; nothing was sent. str() is one sentence."""


class Channel:
    """One end of a connection; the descriptors may be one socket or two pipes."""

    def __init__(self, read_fd: int, write_fd: int | None = None) -> None:
        self.read_fd = read_fd
        self.write_fd = read_fd if write_fd is None else write_fd
        self._pending = bytearray()
        self._is_open = True

    def send(self, message: Any, buffers: Buffers = ()) -> None:
        """Send one message. Raises `Closed`, or `TooLarge` before anything is sent."""
        body = json.dumps([message, [len(buffer) for buffer in buffers]], separators=(",", ":")).encode()
        extra = sum(len(buffer) for buffer in buffers)
        if len(body) > JSON_BYTES or extra > BUFFER_BYTES:
            raise TooLarge(f"{max(len(body), extra) // 1_000_000} MB are too much to be passed on")
        data = b"".join([_HEADER.pack(len(body), extra), body, *buffers])
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self.write_fd, view) :]
        except OSError as error:
            raise Closed(str(error)) from None

    def receive(
        self, deadline: float | None = None, *, tick_seconds: float = 0.1, on_tick: Callable[[], None] | None = None
    ) -> tuple[Any, list[memoryview]]:
        """The next message and its buffers.

        `deadline`: a time of `time.monotonic()`; `on_tick` is called every `tick_seconds` while waiting. Raises `Late`,
        `Closed` or `Malformed`.
        """
        length, extra = _HEADER.unpack(self._take(_HEADER.size, deadline, tick_seconds, on_tick))
        if length > JSON_BYTES or extra > BUFFER_BYTES:
            raise Malformed("a frame longer than any that is sent")
        body = self._take(length, deadline, tick_seconds, on_tick)
        rest = memoryview(self._take(extra, deadline, tick_seconds, on_tick)) if extra else memoryview(b"")
        try:
            message, lengths = json.loads(body)
            if sum(lengths) != extra or any(type(each) is not int or each < 0 for each in lengths):
                raise ValueError("lengths of buffers")
        except (ValueError, TypeError, RecursionError) as error:
            raise Malformed(str(error)) from None
        buffers, start = [], 0
        for each in lengths:
            buffers.append(rest[start : start + each])
            start += each
        return message, buffers

    def close(self) -> None:
        """Close both descriptors."""
        if self._is_open:
            self._is_open = False
            for fd in {self.read_fd, self.write_fd}:
                os.close(fd)

    def _take(
        self, size: int, deadline: float | None, tick_seconds: float, on_tick: Callable[[], None] | None
    ) -> bytes | bytearray:
        pending = self._pending
        while len(pending) < size:
            self._await(deadline, tick_seconds, on_tick)
            try:
                part = os.read(self.read_fd, max(_CHUNK, min(size - len(pending), 8 * _CHUNK)))
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("end of file")
            pending += part
        if len(pending) == size:
            self._pending = bytearray()
            return pending
        taken = bytes(memoryview(pending)[:size])
        del pending[:size]
        return taken

    def _await(self, deadline: float | None, tick_seconds: float, on_tick: Callable[[], None] | None) -> None:
        if deadline is None and on_tick is None:
            return
        if sys.platform == "win32":  # no poll for pipes there
            _await_pipe(self.read_fd, deadline)
            return
        poll = select.poll()
        poll.register(self.read_fd, select.POLLIN)
        while True:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise Late
            wait = left if on_tick is None else min(tick_seconds, left or tick_seconds)
            if poll.poll(None if wait is None else wait * 1000):
                return
            if on_tick is not None:
                on_tick()


def _await_pipe(fd: int, deadline: float | None) -> None:
    """Wait for a pipe to have something to read, where the system has no call for that with a time limit."""
    if deadline is None:
        return
    import ctypes
    import msvcrt  # type: ignore[import-not-found,unused-ignore]

    handle, count = msvcrt.get_osfhandle(fd), ctypes.c_uint32()  # type: ignore[attr-defined,unused-ignore]
    peek = ctypes.windll.kernel32.PeekNamedPipe  # type: ignore[attr-defined,unused-ignore]
    while time.monotonic() < deadline:
        if not peek(handle, None, 0, None, ctypes.byref(count), None) or count.value:
            return
        time.sleep(0.005)
    raise Late
