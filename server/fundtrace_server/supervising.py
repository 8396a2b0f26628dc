"""Keeps server processes running: forks them, replaces those that die, and ends them in good order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from typing import Final

STOP_SECONDS: Final = 10.0
"""Seconds that a process has for the requests at hand before it is killed."""

_MOST_FAILURES: Final = 4
_PAUSE_SECONDS: Final = 0.5
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_MOST_TOLD: Final = 1 << 16


class Failing(Exception):
    """Processes end one after the other before they are ready."""


@dataclass(slots=True)
class Supervisor:
    """Runs `work` in `count` processes that are forked from this one, which must have one thread only.

    `work` is called with a function that it calls when it is ready; `on_ready` is called here when all are for the first time.
    A process that was ready and ends is replaced at once, however often; one that never was, after a pause.
    """

    work: Callable[[Callable[[], object]], object]
    count: int
    on_ready: Callable[[], object]
    _processes: list[ForkProcess] = field(default_factory=list)
    _ready: set[int] = field(default_factory=set)
    _failures: int = 0
    _announced: bool = False
    _stopping: bool = False
    _pipe: tuple[int, int] = (-1, -1)

    def run(self) -> None:
        """Until SIGTERM or SIGINT, after which requests at hand have `STOP_SECONDS`. Raises `Failing`."""
        self._pipe = os.pipe()
        before = {number: signal.signal(number, self._stop) for number in _SIGNALS}
        # What all processes share is not to be copied by the garbage collector.
        gc.collect()
        gc.freeze()
        try:
            self._supervise()
        finally:
            self._end()
            gc.unfreeze()
            for number, handler in before.items():
                signal.signal(number, handler)
            for end in self._pipe:
                os.close(end)

    def _supervise(self) -> None:
        while not self._stopping:
            while len(self._processes) < self.count:
                self._fork()
            ended = {process.sentinel: process for process in self._processes}
            happened = wait([self._pipe[0], *ended])
            if self._pipe[0] in happened:
                self._listen()
            for sentinel, process in ended.items():
                if sentinel in happened:
                    self._bury(process)

    def _fork(self) -> None:
        process = multiprocessing.get_context("fork").Process(target=self._work)
        process.start()
        self._processes.append(process)

    def _work(self) -> None:
        # The first process has handlers of its own; uvicorn has others, and raises the signal again when it has ended.
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        self.work(lambda: os.write(self._pipe[1], b"%d " % os.getpid()))

    def _listen(self) -> None:
        told = os.read(self._pipe[0], _MOST_TOLD).split()
        if not told:
            return
        self._failures = 0
        self._ready.update(map(int, told))
        if len(self._ready) >= self.count and not self._announced:
            self._announced = True
            self.on_ready()

    def _bury(self, process: ForkProcess) -> None:
        process.join()
        self._processes.remove(process)
        if process.pid in self._ready:
            self._ready.remove(process.pid)
            return
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            raise Failing
        time.sleep(_PAUSE_SECONDS)

    def _stop(self, *_: object) -> None:
        self._stopping = True
        # It wakes the loop that waits.
        os.write(self._pipe[1], b" ")

    def _end(self) -> None:
        for process in self._processes:
            process.terminate()
        end = time.monotonic() + STOP_SECONDS
        for process in self._processes:
            process.join(max(0.0, end - time.monotonic()))
            if process.exitcode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                process.join()
        self._processes.clear()
