"""A Dask cluster (`distributed`): each piece of work is a task, and runs in a child process of the worker that takes it.

What kills its child is run again on another worker. What loses its worker is given to another by the scheduler.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Generic, TypeVar

import dask.config
from distributed import Client, Future, KilledWorker, LocalCluster, get_worker

from fundtrace.engines.bounding import Bounds
from fundtrace.engines.child import Child
from fundtrace.engines.running import Failed
from fundtrace.errors import SystemFailure, UsageError

T = TypeVar("T")
R = TypeVar("R")

CONNECT_SECONDS: Final = 15.0
"""How long a scheduler may take to answer at first."""

WORKERS_SECONDS: Final = 60.0
"""How long a cluster may be without any worker."""

_AHEAD: Final = (
    3  # tasks handed to the scheduler for each thread of the workers, so that none waits for the next
)
_LOOK_SECONDS: Final = 2.0
_TRIES: Final = 2
_LOST_WORKERS: Final = 5

_here = threading.local()
_alike: set[str] = set()


@dataclass(frozen=True, slots=True)
class _Told(Generic[R]):
    """What a worker tells of a task: where it was, and what came of it; `unlike` is what makes it another than this machine."""

    where: str
    result: R | Failed = field(default_factory=Failed)
    unlike: str = ""


@dataclass(slots=True)
class _Task(Generic[T]):
    """A piece of work that is under way."""

    number: int
    piece: T
    tries: int = 1
    lost: int = 0
    avoided: list[str] = field(default_factory=list)


class Dask:
    """The engine of a client's cluster. Use `connected`."""

    def __init__(self, client: Client, likeness: Callable[[], str], bounds: Bounds) -> None:
        self._client = client
        self._likeness = likeness
        self._expected = likeness()
        self._bounds = bounds
        self._name = f"fundtrace-{uuid.uuid4().hex}"
        self._threads = 0
        self._looked = self._seen = time.monotonic()

    def check(self) -> None:
        """Raises `SystemFailure` `engine-workers` when no worker comes, `UsageError` `engine-unlike` when one is not as this machine."""
        try:
            self._client.wait_for_workers(1, timeout=WORKERS_SECONDS)
        except TimeoutError as error:
            raise self._deserted() from error
        told = self._client.run(self._likeness, on_error="return")
        for where, found in sorted(told.items()):
            if found != self._expected:
                raise self._unlike(where, str(found))

    def run(self, function: Callable[[T], R], work: Iterable[T]) -> Iterator[tuple[int, R | Failed]]:
        """As every engine."""
        waiting = enumerate(work)
        running: dict[Future[_Told[R]], _Task[T]] = {}
        done: queue.SimpleQueue[Future[_Told[R]]] = queue.SimpleQueue()
        try:
            while True:
                for number, piece in islice(waiting, max(0, self._places() - len(running))):
                    self._submit(function, _Task(number, piece), running, done)
                if not running:
                    return
                future = self._next(done)
                task = running.pop(future)
                told = self._told(future, task)
                if told is None:
                    self._submit(function, task, running, done)
                elif told.unlike:
                    raise self._unlike(told.where, told.unlike)
                elif isinstance(told.result, Failed) and task.tries < _TRIES:
                    task.tries += 1
                    task.avoided.append(told.where)
                    self._submit(function, task, running, done)
                else:
                    yield task.number, told.result
        finally:
            self._client.cancel(list(running))

    def _submit(
        self,
        function: Callable[[T], R],
        task: _Task[T],
        running: dict[Future[_Told[R]], _Task[T]],
        done: queue.SimpleQueue[Future[_Told[R]]],
    ) -> None:
        others: dict[str, Any] = {}
        if task.avoided:
            left = sorted(set(self._client.nthreads()) - set(task.avoided))
            others = {"workers": left, "allow_other_workers": True} if left else {}
        future = self._client.submit(
            run_task,
            function,
            task.piece,
            self._likeness,
            self._expected,
            self._bounds,
            key=f"{self._name}-{task.number}-{task.tries}-{task.lost}",
            pure=False,
            **others,
        )
        running[future] = task
        future.add_done_callback(done.put)

    def _told(self, future: Future[_Told[R]], task: _Task[T]) -> _Told[R] | None:
        """What came of a task; None when it lost its workers, and is to be run again."""
        if future.status == "finished":
            return future.result()
        error = future.exception() if future.status == "error" else None
        if isinstance(error, KilledWorker) and task.lost < _LOST_WORKERS:
            task.lost += 1
            return None
        raise SystemFailure(
            "engine-failed",
            f"集群没有完成任务（{future.status}：{error or '与调度器的连接断了'}）；再构建一次会接着做",
            f"the cluster did not do its task ({future.status}: {error or 'the connection to the scheduler broke'}); "
            "build again to go on from here",
            subject=self._address,
        )

    def _next(self, done: queue.SimpleQueue[Future[_Told[R]]]) -> Future[_Told[R]]:
        while True:
            try:
                return done.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                self._looked = 0.0
                self._places()

    def _places(self) -> int:
        """How many tasks may be under way. Raises `SystemFailure` `engine-workers` when all workers have been away for long."""
        now = time.monotonic()
        if not self._threads or now - self._looked > _LOOK_SECONDS:
            self._looked = now
            self._threads = sum(self._client.nthreads().values()) if self._client.status == "running" else 0
            if self._threads:
                self._seen = now
            elif now - self._seen > WORKERS_SECONDS:
                raise self._deserted()
        return max(1, self._threads) * _AHEAD

    @property
    def _address(self) -> str:
        return str(self._client.scheduler.address) if self._client.scheduler else "--scheduler"

    def _deserted(self) -> SystemFailure:
        return SystemFailure(
            "engine-workers",
            f"集群里 {WORKERS_SECONDS:g} 秒没有可用的工作进程；请启动工作进程，再构建一次会接着做",
            f"the cluster has had no worker for {WORKERS_SECONDS:g} seconds; start workers and build again to go on from here",
            subject=self._address,
        )

    def _unlike(self, where: str, found: str) -> UsageError:
        return UsageError(
            "engine-unlike",
            f"工作进程与本机不同：应为 {self._expected}，实为 {found}；请在所有机器上装同一版本的 fundtrace，并让它们看到同样的文件夹",
            f"the worker is not as this machine: expected {self._expected}, found {found}; install the same fundtrace on all "
            "machines, and let them see the same folders",
            subject=where,
        )


def run_task(
    function: Callable[[T], R], piece: T, likeness: Callable[[], str], expected: str, bounds: Bounds
) -> _Told[R]:
    """What a worker does: the function, in the child of this thread, if this machine is like the one that asks."""
    where = str(get_worker().address)
    if expected not in _alike:
        found = likeness()
        if found != expected:
            return _Told(where, unlike=found)
        _alike.add(expected)
    child: Child | None = getattr(_here, "child", None)
    if child is None or not child.is_alive:
        child = _here.child = Child(bounds)
    return _Told(where, child.run(function, piece))


@contextmanager
def connected(jobs: int, scheduler: str, likeness: Callable[[], str], bounds: Bounds) -> Iterator[Dask]:
    """The engine of the scheduler at an address, or of `jobs` processes of this machine where nothing names one.

    Raises `SystemFailure`: `engine-scheduler` when it cannot be reached, and what `Dask.check` raises.
    """
    address = scheduler or dask.config.get("scheduler-address", "")
    with ExitStack() as stack:
        try:
            cluster: Any = address or stack.enter_context(
                LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.ERROR,
                )
            )
            client = stack.enter_context(Client(cluster, timeout=CONNECT_SECONDS, set_as_default=False))
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise SystemFailure(
                "engine-scheduler",
                f"连不上调度器：{error or type(error).__name__}；请检查 --scheduler 和网络",
                f"the scheduler cannot be reached: {error or type(error).__name__}; check --scheduler and the network",
                subject=address or "dask",
            ) from error
        engine = Dask(client, likeness, bounds)
        engine.check()
        yield engine
