"""A process for the work of one thread of a cluster's worker, so that a piece of work can kill no more than this.

`python -m fundtrace.engines.child FD`: gets pairs of function and argument through a socket, and sends back what came of them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import TypeVar

from fundtrace.engines.bounding import Bounds
from fundtrace.engines.local import failed
from fundtrace.engines.running import Failed

_END_SECONDS = 1.0

T = TypeVar("T")
R = TypeVar("R")


class Child:
    """A process that runs functions one after the other, and is gone when this object or this process is."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._line, there = Pipe()
        with there:
            # Our own interpreter and module; what is sent comes from the scheduler that this worker has joined.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", __name__, str(there.fileno())],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        weakref.finalize(self, _end, self._line, self._process)

    def run(self, function: Callable[[T], R], argument: T) -> R | Failed:
        """What came of a function; a failure without an error when the process died of it."""
        try:
            self._line.send((self._bounds, function, argument))
            result: R | Failed = self._line.recv()
        except (EOFError, ConnectionError):
            self._process.wait()
            return Failed()
        return result

    @property
    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None


def _end(line: Connection, process: subprocess.Popen[bytes]) -> None:
    line.close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serve(line: Connection) -> None:
    """Run what comes through a connection, and end this process when who asks is gone, whatever it is doing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def told(done: Future[object]) -> None:
        error = done.exception()
        line.send(done.result() if error is None else failed(error))

    pool, begun = ThreadPoolExecutor(1), list[Future[object]]()
    while True:
        try:
            bounds, function, argument = line.recv()
        except (EOFError, OSError):
            if all(one.done() for one in begun):
                return
            os._exit(0)
        bounds.begin()
        begun = [pool.submit(bounds.run, function, argument)]
        begun[0].add_done_callback(told)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
