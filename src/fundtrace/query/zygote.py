"""The way to the process that workers are forked from: one for a server and all its processes.

It is started by `shared` and inherited by processes that are forked later. It is a program of its own, so it has none of the
threads and none of the memory of the one that starts it.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading

from fundtrace.query.passing import Wanted, send, socket_pair

_END_SECONDS = 2.0
_TUNABLES = "GLIBC_TUNABLES"
_LARGE_PAGES = "glibc.malloc.hugetlb=1"
"""Has glibc ask for large pages, with which the graph in memory is gone through a tenth faster; others pass it over."""


class Zygote:
    """The process, started at once. Safe from any thread, and in processes forked from the one that started it."""

    def __init__(self) -> None:
        self._control, theirs = socket_pair()
        self._owner = os.getpid()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "fundtrace.query.forking"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                # Ctrl-C on a terminal is for the server, which hangs up when it ends.
                start_new_session=True,
                env={
                    **os.environ,
                    _TUNABLES: ":".join(filter(None, (os.environ.get(_TUNABLES), _LARGE_PAGES))),
                },
            )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def connect(self, wanted: Wanted) -> socket.socket:
        """A connection to the holder of a graph. Raises `OSError` when the process has ended."""
        ours, theirs = socket_pair()
        with theirs:
            try:
                send(self._control, wanted._asdict(), theirs.fileno())
            except OSError:
                ours.close()
                raise
        return ours

    def close(self) -> None:
        """Hang up; the process ends when all processes that share it have, and all workers with it."""
        self._control.close()
        if self._owner != os.getpid():
            return
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_running: list[Zygote] = []
_lock = threading.Lock()


def shared() -> Zygote:
    """The one of this process and those that it forks; started when there is none."""
    with _lock:
        if not _running:
            _running.append(Zygote())
        return _running[0]


def connect(wanted: Wanted) -> socket.socket:
    """A connection to the holder of a graph; where the process has ended, by way of a new one."""
    try:
        return shared().connect(wanted)
    except OSError:
        leave()
        return shared().connect(wanted)


def leave() -> None:
    """Hang up."""
    with _lock:
        while _running:
            _running.pop().close()


atexit.register(leave)
