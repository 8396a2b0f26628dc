"""A pool of disposable worker processes for the queries of the public.

pyoxigraph has neither timeout nor cancel, and a small query can end the process that evaluates it. So each query runs in a
process that can be killed, and a dead one is replaced at once; nobody else's query is in it.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fundtrace.errors import QueryError
from fundtrace.query import frames
from fundtrace.query.answers import Answer, Answers, Key, is_lasting
from fundtrace.query.guarding import guard
from fundtrace.query.process import OUT_OF_TIME, WorkerDied, WorkerProcess
from fundtrace.query.turns import Turn, Turns, busy
from fundtrace.settings import Settings

RETRY_AFTER: Final = 1
"""Seconds after which a client may try again what was unavailable."""

QUICK_SECONDS: Final = 1.0
"""Seconds after which a query is slow, and may have to give its worker to one that waits."""

_LOOK: Final = 0.05
_LEAST_WAIT: Final = 10.0
_START_SECONDS: Final = 30.0
"""Seconds that a worker may take to open the store, which are not the query's."""
_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is asked of, by IRI; an empty name stands for the default graph. None means all."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the formats wanted for each form of answer, and its dataset."""

    query: str
    solutions: str | None
    graph: str | None
    dataset: Dataset

    @property
    def key(self) -> Key:
        """What two requests with one answer have in common."""
        return self.query, self.solutions, self.graph, self.dataset


class _Interrupted(Exception):
    """A slow query has given its worker to one that waits."""


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
    the memory of a query, the size of an answer, how many may wait and how much is kept; the last two are for all server
    processes together. `namespace` is that of the functions that queries may call.
    """

    def __init__(self, store: Path, settings: Settings, namespace: str | None = None) -> None:
        self._store = store
        self._settings = settings
        self._namespace = namespace or settings.ontology_namespace
        places = settings.sparql_processes + math.ceil(max(0, settings.sparql_queue) / settings.workers)
        self._turns = Turns(settings.sparql_processes, places, max(1, places // 2))
        self._answers = Answers(settings.sparql_cache_mib * _MIB // settings.workers)
        self._closed = False
        self._idle = threading.Condition()
        self._workers = [self._start() for _ in range(settings.sparql_processes)]
        self._free = list(self._workers)
        self._threads = ThreadPoolExecutor(places, thread_name_prefix="sparql")

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
        client: str = "",
        dataset: Dataset | None = None,
    ) -> Answer:
        """The answer to a query, in the named format of `formats` that suits its form.

        None stands for a form that the client cannot take. `client` names who asks: turns are shared out among clients.
        Raises `QueryError`: `malformed`; `refused` or `too-large` by the guard; `too-large` for the answer;
        `not-acceptable`; `too-many` for a client with more than its share; `unavailable` when a limit was hit, the queue is
        full or the pool is closed.
        """
        asked = Asked(query, solutions, graph, dataset or Dataset())
        return self._kept(asked) or self._evaluate(asked, self._admit(client), ticket or Ticket())

    async def answer(
        self,
        query: str,
        *,
        solutions: str | None = "json",
        graph: str | None = "turtle",
        client: str = "",
        dataset: Dataset | None = None,
    ) -> Answer:
        """`evaluate` for a coroutine; when the coroutine is cancelled, the query ends."""
        asked = Asked(query, solutions, graph, dataset or Dataset())
        kept = self._kept(asked)
        if kept:
            return kept
        turn = self._admit(client)
        ticket = Ticket()
        try:
            future = self._threads.submit(self._evaluate, asked, turn, ticket)
        except RuntimeError as error:
            self._leave(turn)
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

    def _kept(self, asked: Asked) -> Answer | None:
        return None if self._closed else self._answers.get(asked.key)

    def _evaluate(self, asked: Asked, turn: Turn, ticket: Ticket) -> Answer:
        try:
            _check_encoding(asked.query)
            guard(asked.query)
            while True:
                try:
                    answer = self._run(asked, turn, ticket)
                    break
                except _Interrupted:
                    continue
            if is_lasting(asked.query):
                self._answers.put(asked.key, answer)
            return answer
        finally:
            self._leave(turn)

    def _run(self, asked: Asked, turn: Turn, ticket: Ticket) -> Answer:
        seconds = self._settings.sparql_seconds
        worker = self._take(time.monotonic() + max(seconds, _LEAST_WAIT), turn, ticket)
        request: frames.Header = {
            "query": asked.query,
            "solutions": asked.solutions,
            "graph": asked.graph,
            "default": asked.dataset.default,
            "named": asked.dataset.named,
            "seconds": seconds,
        }
        began = time.monotonic()
        sent = whole = False
        try:
            ticket.hold(worker)
            if ticket.cancelled:
                raise _cancelled()
            sent = True
            worker.wait_ready(began + _START_SECONDS)
            began = time.monotonic()
            worker.send(request)
            header, body = self._asked(worker, turn, began)
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
            usable = whole and not ticket.cancelled if sent else True
            self._give_back(worker, turn, time.monotonic() - began, usable=usable)
        if "error" in header:
            raise QueryError(**header["error"])
        return Answer(body, header["media_type"], header["form"])

    def _asked(self, worker: WorkerProcess, turn: Turn, began: float) -> tuple[frames.Header, bytes]:
        """The answer of a worker. Raises `_Interrupted` when the query is slow and has to make room."""
        deadline = began + self._settings.sparql_seconds
        quick = began + min(QUICK_SECONDS, self._settings.sparql_seconds / 2)
        try:
            return worker.receive(quick)
        except TimeoutError:
            pass
        while True:
            with self._idle:
                if self._turns.slow_down(turn):
                    break
                if self._turns.anybody_waits:
                    raise _Interrupted
            now = time.monotonic()
            try:
                return worker.receive(min(deadline, now + _LOOK))
            except TimeoutError:
                if now >= deadline:
                    raise
        return worker.receive(deadline)

    def _start(self) -> WorkerProcess:
        settings = self._settings
        return WorkerProcess(
            self._store, settings.sparql_memory_mib, settings.sparql_output_mib, self._namespace
        )

    def _admit(self, client: str) -> Turn:
        with self._idle:
            if self._closed:
                raise _closed()
            return self._turns.admit(client)

    def _leave(self, turn: Turn) -> None:
        with self._idle:
            self._turns.leave(turn)

    def _take(self, deadline: float, turn: Turn, ticket: Ticket) -> WorkerProcess:
        with self._idle:
            self._turns.wait(turn)
            try:
                while not (self._free and self._turns.is_next(turn)):
                    left = deadline - time.monotonic()
                    if self._closed or ticket.cancelled or left <= 0:
                        raise _closed() if self._closed else _cancelled() if ticket.cancelled else busy()
                    self._idle.wait(left)
            except QueryError:
                self._turns.give_up(turn)
                self._idle.notify_all()
                raise
            self._turns.start(turn)
            worker = self._free.pop()
            self._idle.notify_all()
            return worker if worker.alive else self._replace(worker)

    def _give_back(self, worker: WorkerProcess, turn: Turn, seconds: float, *, usable: bool) -> None:
        usable = usable and worker.alive
        if not usable:
            worker.kill()
        with self._idle:
            self._turns.stop(turn, seconds)
            if not usable:
                # What did not answer is slow when it is asked again.
                turn.slow = True
            if not self._closed:
                self._free.append(worker if usable else self._replace(worker))
                self._idle.notify_all()
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
