"""A pool of disposable worker processes for the queries of the public.

pyoxigraph has neither timeout nor cancel, and a small query can end the process that evaluates it. So each query runs in a
process that can be killed, and a dead one is replaced at once; nobody else's query is in it.
"""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fundtrace.errors import QueryError
from fundtrace.query import frames
from fundtrace.query.guarding import guard
from fundtrace.query.process import OUT_OF_TIME, WorkerDied, WorkerProcess
from fundtrace.settings import Settings

RETRY_AFTER: Final = 1
"""Seconds after which a client may try again what was unavailable."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its bytes, their media type, and its form (`solutions`, `boolean` or `graph`)."""

    body: bytes
    media_type: str
    form: str


class Ticket:
    """A way to give up a query that another thread is waiting for."""

    def __init__(self) -> None:
        self._worker: WorkerProcess | None = None
        self._cancelled = False
        self._lock = threading.Lock()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` has been called."""
        return self._cancelled

    def cancel(self) -> None:
        """End the query: its worker is killed, or it never gets one."""
        with self._lock:
            self._cancelled = True
            if self._worker:
                self._worker.kill()

    def hold(self, worker: WorkerProcess | None) -> None:
        """Say which worker evaluates the query; None when it has answered."""
        with self._lock:
            self._worker = worker


class WorkerPool:
    """Evaluates queries over the store in a folder, as many at a time as `settings.sparql_processes` says.

    `evaluate` blocks and may be called from any thread; `answer` is for coroutines. `settings` also gives the seconds and
    the memory of a query, the size of an answer, and how many may wait.
    """

    def __init__(self, store: Path, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._places = settings.sparql_processes + max(0, settings.sparql_queue)
        self._admitted = 0
        self._closed = False
        self._idle = threading.Condition()
        self._workers = [self._start() for _ in range(settings.sparql_processes)]
        self._free = list(self._workers)
        self._threads = ThreadPoolExecutor(self._places, thread_name_prefix="sparql")

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the worker processes that are alive."""
        with self._idle:
            return tuple(worker.pid for worker in self._workers if worker.alive)

    def evaluate(
        self,
        query: str,
        *,
        solutions: str | None = "json",
        graph: str | None = "turtle",
        ticket: Ticket | None = None,
    ) -> Answer:
        """The answer to a query, in the named format of `formats` that suits its form.

        None stands for a form that the client cannot take. Raises `QueryError`: `malformed`; `refused` or `too-large` by the
        guard; `too-large` for the answer; `not-acceptable`; `unavailable` when a limit was hit, the queue is full or the pool
        is closed.
        """
        self._admit()
        return self._evaluate(query, solutions, graph, ticket or Ticket())

    async def answer(
        self, query: str, *, solutions: str | None = "json", graph: str | None = "turtle"
    ) -> Answer:
        """`evaluate` for a coroutine; when the coroutine is cancelled, the query ends."""
        self._admit()
        ticket = Ticket()
        try:
            future = self._threads.submit(self._evaluate, query, solutions, graph, ticket)
        except RuntimeError as error:
            self._leave()
            raise _closed() from error
        waiting = asyncio.wrap_future(future)
        try:
            return await asyncio.shield(waiting)
        except asyncio.CancelledError:
            ticket.cancel()
            waiting.add_done_callback(lambda done: done.cancelled() or done.exception())
            with self._idle:
                self._idle.notify_all()
            raise

    def close(self) -> None:
        """End all workers, busy ones too. What is still asked fails with `unavailable`."""
        with self._idle:
            self._closed = True
            workers, self._workers = self._workers, []
            free, self._free = self._free, []
            self._idle.notify_all()
        for worker in workers:
            if worker not in free:
                worker.kill()
        for worker in free:
            worker.close()
        self._threads.shutdown(wait=True)

    def _evaluate(self, query: str, solutions: str | None, graph: str | None, ticket: Ticket) -> Answer:
        try:
            _check_encoding(query)
            guard(query)
            seconds = self._settings.sparql_seconds
            worker = self._take(time.monotonic() + seconds, ticket)
            request: frames.Header = {
                "query": query,
                "solutions": solutions,
                "graph": graph,
                "seconds": seconds,
            }
            return self._run(worker, request, ticket)
        finally:
            self._leave()

    def _run(self, worker: WorkerProcess, request: frames.Header, ticket: Ticket) -> Answer:
        seconds = self._settings.sparql_seconds
        sent = whole = False
        try:
            ticket.hold(worker)
            if ticket.cancelled:
                raise _cancelled()
            sent = True
            header, body = worker.ask(request, time.monotonic() + seconds)
            whole = True
        except TimeoutError as error:
            raise _too_slow(seconds) from error
        except WorkerDied as death:
            if ticket.cancelled:
                raise _cancelled() from death
            if self._closed:
                raise _closed() from death
            raise _stopped(death, seconds) from death
        finally:
            ticket.hold(None)
            self._give_back(worker, reusable=whole and not ticket.cancelled if sent else True)
        if "error" in header:
            raise QueryError(**header["error"])
        return Answer(body, header["media_type"], header["form"])

    def _start(self) -> WorkerProcess:
        return WorkerProcess(self._store, self._settings.sparql_memory_mib, self._settings.sparql_output_mib)

    def _admit(self) -> None:
        with self._idle:
            if self._closed:
                raise _closed()
            if self._admitted >= self._places:
                raise _busy()
            self._admitted += 1

    def _leave(self) -> None:
        with self._idle:
            self._admitted -= 1

    def _take(self, deadline: float, ticket: Ticket) -> WorkerProcess:
        with self._idle:
            while not self._free:
                left = deadline - time.monotonic()
                if self._closed or ticket.cancelled or left <= 0:
                    raise _closed() if self._closed else _cancelled() if ticket.cancelled else _busy()
                self._idle.wait(left)
            worker = self._free.pop()
            return worker if worker.alive else self._replace(worker)

    def _give_back(self, worker: WorkerProcess, *, reusable: bool) -> None:
        reusable = reusable and worker.alive
        if not reusable:
            worker.kill()
        with self._idle:
            if not self._closed:
                self._free.append(worker if reusable else self._replace(worker))
                self._idle.notify()
                return
        worker.close()

    def _replace(self, worker: WorkerProcess) -> WorkerProcess:
        worker.reap()
        fresh = self._start()
        self._workers[self._workers.index(worker)] = fresh
        return fresh


def _check_encoding(query: str) -> None:
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise QueryError(
            "query-encoding",
            f"查询在第 {error.start + 1} 个字符处不是合法的 Unicode 文本",
            f"the query is no valid Unicode text at character {error.start + 1}",
        ) from error


def _unavailable(code: str, zh: str, en: str) -> QueryError:
    return QueryError(code, zh, en, kind="unavailable")


def _busy() -> QueryError:
    return _unavailable(
        "query-queue",
        "正在进行的查询太多；请稍后重试",
        "too many queries are being answered; try again in a moment",
    )


def _closed() -> QueryError:
    return _unavailable("query-closed", "服务正在停止", "the server is stopping")


def _cancelled() -> QueryError:
    return _unavailable("query-cancelled", "查询已取消", "the query was cancelled")


def _too_slow(seconds: float) -> QueryError:
    return _unavailable(
        "query-time",
        f"查询超过 {seconds:g} 秒，已停止；请缩小范围或用 LIMIT",
        f"the query took more than {seconds:g} seconds and was stopped; narrow it, or use LIMIT",
    )


def _stopped(death: WorkerDied, seconds: float) -> QueryError:
    if death.signal in OUT_OF_TIME:
        return _too_slow(seconds)
    if death.reason:
        return _unavailable(
            "query-start",
            f"查询进程无法打开数据：{death.reason}",
            f"the worker cannot open the data: {death.reason}",
        )
    return _unavailable(
        "query-stopped",
        "查询需要的内存超过上限，已停止；请缩小范围或用 LIMIT",
        "the query needed more memory than it may have and was stopped; narrow it, or use LIMIT",
    )
