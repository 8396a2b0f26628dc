"""Reading many files in processes of their own: a file that kills its reader is set aside, and the others are read."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, TypeVar

from fundtrace.pipeline.documents import Outcome

T = TypeVar("T")

_AHEAD = 2  # files handed to the pool for each of its processes, so that none waits for the next

logger = logging.getLogger(__name__)


class Step(Protocol):
    """Is told after each file how many of how many are done, and whether this one failed."""

    def __call__(self, done: int, total: int, *, failed: bool = False) -> None:
        """Takes note."""


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def harvest(
    work: Sequence[T], jobs: int, step: Step, read: Callable[[T], Outcome]
) -> Iterator[tuple[int, Outcome]]:
    """What `read` made of each piece of work, with its number, as they are done; `jobs` is the number of processes.

    When a process dies, every piece that was in work is read again alone: the one that kills its reader once more is
    the culprit.
    """
    done, waiting = 0, deque(range(len(work)))
    while waiting:
        suspects: list[int] = []
        for number, outcome in _run(work, waiting, min(jobs, len(waiting)), suspects, read):
            done += 1
            step(done, len(work), failed=bool(outcome.code))
            yield number, outcome
        for suspect in suspects:
            culprits: list[int] = []
            found = list(_run(work, deque([suspect]), 1, culprits, read))
            outcome = found[0][1] if found else DIED
            done += 1
            step(done, len(work), failed=bool(outcome.code))
            yield suspect, outcome


DIED = Outcome(
    code="reader-died",
    zh="读取这个文件的进程意外终止，可能是内存不足；请拆分文件，或换一种格式另存",
    en="the process that read this file died, perhaps for want of memory; split the file or save it in another format",
)
"""What becomes of a file whose reader died twice."""


def _run(
    work: Sequence[T], waiting: deque[int], jobs: int, lost: list[int], read: Callable[[T], Outcome]
) -> Iterator[tuple[int, Outcome]]:
    """Outcomes as they come, until nothing waits or a process dies; then `lost` has the files that were in work."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([read.__module__])
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    running: dict[Future[Outcome], int] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs * _AHEAD:
                number = waiting[0]
                running[pool.submit(read, work[number])] = number
                waiting.popleft()
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                error = future.exception()
                if isinstance(error, BrokenProcessPool):
                    raise error
                yield running.pop(future), future.result() if error is None else _failed(error)
    except BrokenProcessPool:
        lost.extend(sorted(running.values()))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _failed(error: BaseException) -> Outcome:
    logger.debug("a reader failed", exc_info=error)
    name = type(error).__name__
    return Outcome(
        code="reader-failed",
        zh=f"读取程序出错（{name}）；请把文件和这条消息报告给我们",
        en=f"the reader has a fault ({name}); please report it with the file",
    )


def _begin() -> None:
    """Prepares a worker: an interrupt is the parent's to handle, and the worker ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:  # pragma: no cover - runs in a process that is then gone
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
