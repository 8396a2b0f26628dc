"""One worker process, as the pool sees it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from fundtrace.query import frames

_CHUNK: Final = 1 << 20


class WorkerDied(Exception):
    """The process ended before it answered. `reason` is what it said when it could not start; `signal` what ended it."""

    def __init__(self, reason: str | None, signal_number: int) -> None:
        super().__init__(reason, signal_number)
        self.reason = reason
        self.signal = signal_number


class WorkerProcess:
    """A worker: started at once, ready some time later. Not for two threads at a time, `kill` apart."""

    def __init__(self, store: Path, memory_mib: int, output_mib: int, namespace: str) -> None:
        arguments = [str(store), str(memory_mib), str(output_mib), namespace]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, with arguments of ours
            [sys.executable, "-m", "fundtrace.query.worker", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            # Ctrl-C on a terminal is for the server, which closes its workers.
            start_new_session=True,
        )
        self._data = bytearray()
        self._ready = False

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def wait_ready(self, deadline: float) -> None:
        """Wait until the worker has opened the store.

        Raises `TimeoutError` at the deadline (of `time.monotonic`), when the process must be killed, and `WorkerDied`.
        """
        if not self._ready:
            header, _ = self.receive(deadline)
            if "failed" in header:
                raise WorkerDied(header["failed"], 0)
            self._ready = True

    def send(self, request: frames.Header) -> None:
        """Hand over a request to a worker that is ready. Raises `WorkerDied`."""
        self._send(frames.pack(request))

    def receive(self, deadline: float) -> tuple[frames.Header, bytes]:
        """The next answer. Raises `WorkerDied`, and `TimeoutError` at the deadline; then it may be called again."""
        return self._frame(deadline)

    def kill(self) -> None:
        """End the process now; safe from any thread."""
        self._process.kill()

    def reap(self) -> None:
        """Wait for a killed process and let its pipes go."""
        self._process.wait()
        self._close_pipes()

    def close(self, seconds: float = 1.0) -> None:
        """Let an idle process end by itself, or kill it."""
        stdin = self._process.stdin
        if stdin:
            stdin.close()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        self.reap()

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _send(self, data: bytes) -> None:
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - it was asked for
        view = memoryview(data)
        try:
            while view:
                view = view[stdin.write(view) or 0 :]
        except OSError as error:
            raise self._death() from error

    def _frame(self, deadline: float) -> tuple[frames.Header, bytes]:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 - it was asked for
        poll = select.poll()
        poll.register(stdout, select.POLLIN | select.POLLHUP)
        while True:
            frame = frames.unpack(self._data)
            if frame:
                return frame
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(max(1, left * 1000)):
                raise TimeoutError
            chunk = os.read(stdout.fileno(), _CHUNK)
            if not chunk:
                raise self._death()
            self._data += chunk

    def _death(self) -> WorkerDied:
        code = self._process.wait()
        return WorkerDied(None, -code if code < 0 else 0)


OUT_OF_TIME: Final = frozenset({signal.SIGXCPU})
"""Signals that say that a query used up its processor time."""
