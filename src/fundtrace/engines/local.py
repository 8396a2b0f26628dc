"""Processes of this machine: what kills its process is run again alone, so that nothing else suffers."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from multiprocessing import forkserver, resource_tracker
from typing import TypeVar

from fundtrace.engines.bounding import Bounds
from fundtrace.engines.running import Failed

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2  # pieces handed to the pool for each of its processes, so that none waits for the next

logger = logging.getLogger(__name__)


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def prepare(module: str) -> None:
    """Starts the process that the workers of `Local` are forked from, which imports a module while this process goes on.

    It counts when it comes before the first work, and makes no difference later. What stands in its way is told when there is work.
    """
    with suppress(OSError):
        resource_tracker.ensure_running()  # now, because it lets interrupts through when it begins
        # An interrupt is this process's to handle. The other cannot say so before it has imported all, so it hears none from the beginning.
        heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.set_forkserver_preload([module])
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, heard)


class Local:
    """The engine of so many processes (at least one; work that kills its process must not kill this one)."""

    def __init__(self, jobs: int, bounds: Bounds | None = None) -> None:
        self._jobs = jobs
        self._bounds = bounds or Bounds()

    def run(self, function: Callable[[T], R], work: Iterable[T]) -> Iterator[tuple[int, R | Failed]]:
        """As every engine.

        When a process dies, every piece that was in work is run again alone: the one that kills its process once more is the culprit.
        """
        waiting = enumerate(work)
        while first := list(islice(waiting, 1)):
            suspects = first
            yield from self._until_death(function, waiting, self._jobs, suspects)
            for number, piece in suspects:
                culprits = [(number, piece)]
                yield from self._until_death(function, iter(()), 1, culprits)
                if culprits:
                    yield number, Failed()

    def _until_death(
        self,
        function: Callable[[T], R],
        waiting: Iterator[tuple[int, T]],
        jobs: int,
        begun: list[tuple[int, T]],
    ) -> Iterator[tuple[int, R | Failed]]:
        """Outcomes as they come, until nothing waits or a process dies; `begun` is what to begin with, and then what was in work."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([function.__module__])
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(self._bounds,))
        running: dict[Future[R], tuple[int, T]] = {}
        try:
            while True:
                begun.extend(islice(waiting, jobs * _AHEAD - len(running) - len(begun)))
                while begun:
                    running[pool.submit(self._bounds.run, function, begun[0][1])] = begun[0]
                    begun.pop(0)
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    error = future.exception()
                    if isinstance(error, BrokenProcessPool):
                        raise error
                    number, _ = running.pop(future)
                    yield number, future.result() if error is None else failed(error)
        except BrokenProcessPool:
            begun.extend(sorted(running.values(), key=lambda pair: pair[0]))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def failed(error: BaseException) -> Failed:
    """The failure that an error of a function is; its traceback is logged at DEBUG."""
    logger.debug("a function failed", exc_info=error)
    return Failed(type(error).__name__)


def _begin(bounds: Bounds) -> None:
    """Prepares a worker: an interrupt is the parent's to handle, and the worker ends with its parent."""
    bounds.begin()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A pool that is broken ends its processes by this and waits for them; a handler from elsewhere may wait for what they hold.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:  # pragma: no cover - runs in a process that is then gone
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
