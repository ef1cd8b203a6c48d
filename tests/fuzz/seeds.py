"""What a fuzzer starts from: one honest example of everything that is read."""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
import struct
import tarfile
import zipfile
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from random import Random
from typing import Any

import mishaps
import numpy as np
from targets import fx

from autograder.judge.plain import Packer

VALUES: tuple[Any, ...] = (
    None, [1, 2.5, True, "text"], (1, (2,)), {"a": [1]}, {1, 2}, frozenset({3}), 2**70, 1 + 2j, b"raw",
    bytearray(b"raw"),
    ..., range(3), slice(1, None), np.arange(4.0), np.zeros((2, 2), "<i2", order="F"), np.array(["é"]), np.float32(1.5),
    np.float64(2), np.array([(1, 2.0)], [("x", "i4"), ("y", "f8")]), np.ma.masked_array([1.0], [True]),
    np.datetime64("2026-01-01"), dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.date(2026, 1, 1), dt.time(12),
    dt.timedelta(1), Decimal("1.5"), Fraction(1, 3), PurePosixPath("a/b"), OrderedDict(a=1), Counter("aab"),
    defaultdict(list, a=[1]), deque([1], 3), {1: 2}.keys(), {1: 2}.items(), int, np.float64,
)  # fmt: skip
_STATES = (np.random.Generator(np.random.PCG64(1)), np.random.RandomState(1), Random(1))


def seeds(target: str) -> Iterator[bytes]:
    """Examples for one of the targets."""
    yield from {"notebook": _notebooks, "packed": _archives, "frame": _frames, "value": _values}[target]()


def _notebooks() -> Iterator[bytes]:
    content = fx.submitted(fx.squares(), fx.RIGHT)
    for cell in content["cells"]:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    for written in mishaps.WRITTEN:
        yield written(content)
    for number, mishap in enumerate(mishaps.MISHAPS):
        changed = copy.deepcopy(content)
        mishap(changed["cells"], Random(number))
        yield json.dumps(changed).encode()
    yield json.dumps(content).encode()[:-300]
    yield b"# %%\nx = 1\n\n# %% [markdown]\n# text\n\n# In[1]:\ncube = 27\n"


def _archives() -> Iterator[bytes]:
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", packing) as archive:
            archive.writestr("hw/exercises.ipynb", b'{"cells": []}')
            archive.writestr("inner.zip", packed.getvalue()[:40])
            archive.writestr("é.txt", b"text")
        yield packed.getvalue()
    for mode, kind in (("w:", tarfile.GNU_FORMAT), ("w:gz", tarfile.PAX_FORMAT)):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode=mode, format=kind) as tar:
            for name in ("hw/exercises.ipynb", "é" * 120):
                info = tarfile.TarInfo(name)
                info.size = 4
                tar.addfile(info, io.BytesIO(b"text"))
        yield packed.getvalue()


def _frames() -> Iterator[bytes]:
    for value in VALUES:
        packed, buffers = _packed(value)
        body = json.dumps([packed, [len(buffer) for buffer in buffers]]).encode()
        extra = b"".join(buffers)
        yield struct.pack("!II", len(body), len(extra)) + body + extra


def _values() -> Iterator[bytes]:
    for value in (*VALUES, *_STATES):
        packed, buffers = _packed(value)
        yield json.dumps(packed).encode() + b"\0" + b"".join(buffers)


def _packed(value: Any) -> tuple[Any, list[bytes]]:
    packer = Packer(lambda other: ["h", 1, "object", "Thing", [], []])
    packed = packer.pack(value)
    return packed, [bytes(buffer) for buffer in packer.buffers]
