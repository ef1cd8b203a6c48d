"""A filter on system calls for the learner's process: what no program of a course needs is refused by the kernel.

A list of what is refused, not of what is allowed: Python, NumPy and matplotlib use too many calls, and other ones with
every release. It comes on top of namespaces or Landlock and of having no capabilities; it takes away the parts of the
kernel in which most holes are found (`bpf`, `io_uring`, `userfaultfd`, keys, new namespaces, mounts, foreign memory).
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

_EPERM, _ENOSYS = 1, 38
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_LOAD, _JUMP_EQUAL, _JUMP_ANY_BIT, _JUMP_GREATER_EQUAL, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # where they stand in the kernel's `struct seccomp_data`
_NAMESPACES = 0x7E020000
"""The flags of `clone` that make namespaces."""
_AF_UNIX = 1

# name: (x86-64, arm64); the numbers are part of Linux's stable interface (arch/*/entry/syscalls/*.tbl).
_REFUSED = {
    "acct": (163, 89), "add_key": (248, 217), "adjtimex": (159, 171), "bpf": (321, 280), "chroot": (161, 51),
    "clock_adjtime": (305, 266), "clock_settime": (227, 112), "delete_module": (176, 106),
    "fanotify_init": (300, 262), "finit_module": (313, 273), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fsopen": (430, 430), "fspick": (433, 433), "init_module": (175, 105), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "io_uring_setup": (425, 425), "kcmp": (312, 272),
    "kexec_file_load": (320, 294), "kexec_load": (246, 104), "keyctl": (250, 219), "mbind": (237, 235),
    "memfd_secret": (447, 447), "migrate_pages": (256, 238), "mount": (165, 40), "mount_setattr": (442, 442),
    "move_mount": (429, 429), "move_pages": (279, 239), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "open_tree": (428, 428), "perf_event_open": (298, 241),
    "personality": (135, 92), "pidfd_getfd": (438, 438), "pivot_root": (155, 41), "process_madvise": (440, 440),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "ptrace": (101, 117), "quotactl": (179, 60),
    "quotactl_fd": (443, 443), "reboot": (169, 142), "request_key": (249, 218), "set_mempolicy": (238, 237),
    "sethostname": (170, 161), "setdomainname": (171, 162), "setns": (308, 268), "settimeofday": (164, 170),
    "swapoff": (168, 225), "swapon": (167, 224), "syslog": (103, 116), "umount2": (166, 39), "unshare": (272, 97),
    "userfaultfd": (323, 282), "vhangup": (153, 58),
}  # fmt: skip
# Where no namespace of processes hides the others: what reaches other processes of the same user.
_REACHING_OUT = {
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "setpriority": (141, 140), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "sched_setaffinity": (203, 122),
    "ioprio_set": (251, 30), "socket": (41, 198), "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190),
    "mq_open": (240, 180),
}  # fmt: skip
_ONLY_ON_ITSELF = {"tgkill": (234, 131), "prlimit64": (302, 261)}
_CLONE, _CLONE3, _SOCKET, _PRCTL = (56, 220), (435, 435), (41, 198), (157, 167)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


def is_known_machine() -> bool:
    """Whether the numbers of this machine's system calls are known here."""
    return platform.machine() in _MACHINES


def program(*, alone: bool) -> bytes:
    """The filter for this machine, as the kernel reads it. `alone`: no namespace hides the other processes."""
    column, architecture = _MACHINES[platform.machine()]
    rules = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_JUMP_EQUAL, architecture, 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    if column == 0:  # the other way of calling on the same machine (x32), which has numbers of its own
        rules += [_instruction(_JUMP_GREATER_EQUAL, 0x40000000, 0, 1), _refuse(_EPERM)]
    refused = _REFUSED | _REACHING_OUT if alone else _REFUSED
    for numbers in refused.values():
        rules += [_instruction(_JUMP_EQUAL, numbers[column], 0, 1), _refuse(_EPERM)]
    # Its arguments stand in memory, which a filter cannot read; the C library then falls back on `clone`.
    rules += [_instruction(_JUMP_EQUAL, _CLONE3[column], 0, 1), _refuse(_ENOSYS)]
    rules += _if_called(
        _CLONE[column], [_instruction(_JUMP_ANY_BIT, _NAMESPACES, 0, 1), _refuse(_EPERM), _instruction(_RETURN, _ALLOW)]
    )
    rules += _if_called(
        _SOCKET[column], [_instruction(_JUMP_EQUAL, _AF_UNIX, 1, 0), _refuse(_EPERM), _instruction(_RETURN, _ALLOW)]
    )
    if alone:  # it is to end with the process that started it (PR_SET_PDEATHSIG is 1)
        own = [_instruction(_JUMP_EQUAL, 1, 0, 1), _refuse(_EPERM), _instruction(_RETURN, _ALLOW)]
        rules += _if_called(_PRCTL[column], own)
    for numbers in _ONLY_ON_ITSELF.values() if alone else ():
        own = [_instruction(_JUMP_EQUAL, 0, 2, 0), _instruction(_JUMP_EQUAL, os.getpid(), 1, 0), _refuse(_EPERM)]
        rules += _if_called(numbers[column], [*own, _instruction(_RETURN, _ALLOW)])
    return b"".join([*rules, _instruction(_RETURN, _ALLOW)])


def install(filter_program: bytes) -> None:
    """Put this process, and all that come of it, under the filter for good. Raises `OSError`."""
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(filter_program, len(filter_program))
    header = struct.pack("@HP", len(filter_program) // 8, ctypes.addressof(buffer))
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.create_string_buffer(header, len(header)), 0, 0):
        raise OSError(ctypes.get_errno(), "the filter on system calls was not accepted")


def _instruction(code: int, constant: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, constant)


def _refuse(error: int) -> bytes:
    return _instruction(_RETURN, 0x00050000 | error)


def _if_called(number: int, rules: list[bytes]) -> list[bytes]:
    """These rules, on the first argument, for one system call; the number is loaded again for those that follow."""
    body = [_instruction(_LOAD, _FIRST_ARGUMENT), *rules]
    return [_instruction(_JUMP_EQUAL, number, 0, len(body)), *body]
