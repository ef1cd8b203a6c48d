"""Landlock: a process gives up all files but those it names, for good, without any privilege (Linux 5.13 and newer).

For machines that make no namespaces for us, as in most containers. It also keeps signals and abstract sockets inside
where the kernel is new enough (`abi() >= 6`).
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on every machine
_READ = 0b1101  # execute, read a file, list a folder
_READ_FILE = 0b0101
_WRITE_FILE = 0b0110 | 1 << 14
_TCP = 0b11
_SCOPES = 0b11


def abi() -> int:
    """The version of Landlock that this kernel has; 0 without it."""
    return max(0, _syscall(_CREATE, None, 0, 1))


def restrict(readable: Iterable[Path], writable: Iterable[Path], devices: Iterable[Path]) -> None:
    """From now on this process and its children reach only these files. Raises `OSError`.

    `readable`: files and folders to read and to run programs from; `writable`: folders to do anything in; `devices`:
    single files to read and write.
    """
    version = abi()
    if version < 1:
        raise OSError(38, "this kernel has no Landlock")
    everything = (1 << {1: 13, 2: 14}.get(version, 15 if version < 5 else 16)) - 1
    attributes = struct.pack("=Q", everything)
    attributes += struct.pack("=Q", _TCP) if version >= 4 else b""
    attributes += struct.pack("=Q", _SCOPES) if version >= 6 else b""
    rules = _call(_CREATE, ctypes.create_string_buffer(attributes, len(attributes)), len(attributes), 0)
    try:
        for path in readable:
            _allow(rules, path, _READ & everything)
        for path in writable:
            _allow(rules, path, everything & ~(1 << 6 | 1 << 11))  # no devices are made
        for path in devices:
            _allow(rules, path, _WRITE_FILE & everything)
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(38, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no_new_privs was refused")
        _call(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        where = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there, or not ours to see, need not be allowed
    try:
        rights = rights if path.is_dir() else rights & (_READ_FILE | _WRITE_FILE)
        rule = struct.pack("=Qi", rights, where)
        _call(_ADD, rules, 1, ctypes.create_string_buffer(rule, len(rule)), 0)
    finally:
        os.close(where)


def _syscall(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return int(libc.syscall(ctypes.c_long(number), *arguments))


def _call(number: int, *arguments: object) -> int:
    result = _syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock refused (system call {number})")
    return result
