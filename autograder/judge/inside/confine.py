"""How a process gives up what a submission must not have: root, the machine's other processes, files and network.

Run as a program (`python confine.py probe`) it tries all of it once, so that the judge knows beforehand that it works.
Imports nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from collections.abc import Mapping

_NEW_USER, _NEW_MOUNTS, _NEW_PIDS = 0x10000000, 0x00020000, 0x20000000
_NEW_IPC, _NEW_UTS, _NEW_NET = 0x08000000, 0x04000000, 0x40000000
_PRIVATE, _NOSUID, _NODEV, _NOEXEC = 1 << 18, 2, 4, 8
_RECURSIVE = 1 << 14
_KILL = 9
_DAC_READ_SEARCH = 2

libc = ctypes.CDLL(None, use_errno=True)


def drop_root(user: int, *, keep_reading: bool) -> None:
    """Become an unprivileged user for good: kernel user 0 is exempt from the limit on processes.

    `keep_reading`: keep the one capability to read files whatever their modes, where Landlock says which files there
    are (a Python below /root is readable for root alone).
    """
    os.setgroups([])
    if keep_reading and libc.prctl(8, 1, 0, 0, 0):  # PR_SET_KEEPCAPS
        raise OSError(ctypes.get_errno(), "capabilities cannot be kept")
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    if keep_reading:
        _set_capabilities(1 << _DAC_READ_SEARCH)
    libc.prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE: its own files in /proc are its own again, as the mapping below needs


def enter_namespaces(work: str, work_bytes: int) -> None:
    """New user, mount, pid (for children), ipc, uts and network namespaces, and an empty folder `work` in memory.

    Raises `OSError`.
    """
    user, group = os.geteuid(), os.getegid()
    flags = _NEW_USER | _NEW_MOUNTS | _NEW_PIDS | _NEW_IPC | _NEW_UTS | _NEW_NET
    _must(libc.unshare(flags), "namespaces")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    _must(libc.mount(b"none", b"/", None, _PRIVATE | _RECURSIVE, None), "private mounts")
    options = f"size={work_bytes},nr_inodes=20000,mode=1777".encode()
    for folder in (work, "/dev/shm"):
        _must(libc.mount(b"tmpfs", folder.encode(), b"tmpfs", _NOSUID | _NODEV, options), f"a {folder} of its own")
    os.chdir(work)


def hide_other_processes() -> None:
    """In the first process of a new pid namespace: a /proc that shows this namespace alone. Raises `OSError`."""
    _must(libc.unshare(_NEW_MOUNTS), "mounts of its own")
    _must(libc.mount(b"proc", b"/proc", b"proc", _NOSUID | _NODEV | _NOEXEC, None), "a /proc of its own")


def give_up_capabilities() -> None:
    """No capability now, and none by any program that is started."""
    for capability in range(64):
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
    _set_capabilities(0)
    _must(libc.prctl(38, 1, 0, 0, 0), "no new privileges")


def set_limits(limits: Mapping[str, int]) -> None:
    """Set limits by their `resource` names, as low as wished or lower; those that this system lacks are left out."""
    for name, value in limits.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            _, hard = resource.getrlimit(kind)
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            try:
                resource.setrlimit(kind, (value, value))
            except (ValueError, OSError):
                continue  # macOS knows some of them and refuses to set them


def die_with_parent() -> None:
    """End this process when the one that started it ends."""
    libc.prctl(1, _KILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Children of children that end come to this process, so that none is lost from sight."""
    libc.prctl(36, 1, 0, 0, 0)


def _set_capabilities(mask: int) -> None:
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _must(libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)), "capabilities")


def _must(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what} refused: {os.strerror(number)}")


def _probe(user: int) -> None:
    if user:
        drop_root(user, keep_reading=False)
    enter_namespaces("/tmp", 1_000_000)
    pid = os.fork()
    if pid == 0:
        hide_other_processes()
        give_up_capabilities()
        os._exit(0 if sorted(p for p in os.listdir("/proc") if p.isdigit()) == ["1"] else 3)
    _, status = os.waitpid(pid, 0)
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    try:
        _probe(int(sys.argv[1]))
    except OSError as error:
        sys.exit(str(error.strerror or error))
