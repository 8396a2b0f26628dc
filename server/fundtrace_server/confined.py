"""Runs `fundtrace inspect --json` in a process that can open no socket, with bounds that its own children inherit.

`python -m fundtrace_server.confined FILE MEMORY_MIB SECONDS OUTPUT_MIB`. The system call filter (seccomp, Linux) needs no
privilege, cannot be taken off again, and lasts through `exec`. Where the kernel has none, nothing is read: exit 4.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import struct
import sys
from typing import Final

UNCONFINED: Final = 70
"""The exit code of a process that could not be confined."""

_MIB: Final = 1024 * 1024
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_NUMBER, _ARCHITECTURE = 0, 4
_FOREIGN: Final = 0x40000000
_MACHINES: Final = {"x86_64": (0xC000003E, (41, 53, 425)), "aarch64": (0xC00000B7, (198, 199, 425))}
"""By machine: its name in the kernel's audit headers, and the numbers of `socket`, `socketpair` and `io_uring_setup`."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def without_network(machine: str) -> None:
    """From now on no socket can be made by this process and its children. Raises `OSError` where that cannot be had."""
    if machine not in _MACHINES:
        raise OSError(errno.ENOSYS, f"seccomp: {machine}")
    name, refused = _MACHINES[machine]
    # Each step: code, where to go when true and when false (steps to skip), value.
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, name),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    steps.append((_AT_LEAST, len(refused) + 1, 0, _FOREIGN))
    steps += [(_EQUAL, len(refused) - at, 0, number) for at, number in enumerate(refused)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(steps), ctypes.cast(held, ctypes.c_void_p))
    system = ctypes.CDLL(None, use_errno=True)
    for arguments in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)):
        if system.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "prctl")


def main() -> None:
    """Confine this process, then run the command in it."""
    file, memory, seconds, output = sys.argv[1], *map(int, sys.argv[2:5])
    resource.setrlimit(resource.RLIMIT_AS, (memory * _MIB,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output * _MIB,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        without_network(platform.machine())
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(UNCONFINED)
    os.execv(sys.executable, [sys.executable, "-m", "fundtrace", "inspect", file, "--json"])  # noqa: S606 - our own command


if __name__ == "__main__":
    main()
