"""A pool of disposable worker processes for the queries of the public.

pyoxigraph has neither timeout nor cancel, and a small query can end the process that evaluates it. So each query runs in a
process that can be killed, and a dead one is replaced at once; nobody else's query is in it.
"""

from __future__ import annotations

import asyncio
import math
import os
from typing import Final

from fundtrace.errors import QueryError
from fundtrace.query import frames
from fundtrace.query.answers import Answer, Answers, is_lasting
from fundtrace.query.asked import Asked, Dataset
from fundtrace.query.crew import Crew, Stored
from fundtrace.query.guarding import guard
from fundtrace.query.process import OUT_OF_TIME, Worker, WorkerDied
from fundtrace.query.reasons import busy, cannot_start, check_encoding, closed, lost, out_of_memory, too_slow
from fundtrace.query.streams import Ahead, Stream
from fundtrace.query.turns import Turn, Turns
from fundtrace.settings import Settings

RETRY_AFTER: Final = 1
"""Seconds after which a client may try again what was unavailable."""

QUICK_SECONDS: Final = 1.0
"""Seconds after which a query is slow, and may have to give its worker to one that waits."""

FRESH_SECONDS: Final = 0.02
"""Seconds for which a query counts among those that share the processors; then another one gets a worker beside it."""

_LOOK: Final = 0.05
_LEAST_WAIT: Final = 10.0
_START_SECONDS: Final = 30.0
"""Seconds that a worker may take to have the graph, which are not the query's."""
_RESTARTS: Final = 2
"""How often a query is asked again because the process that its worker was forked from has ended."""
_MIB: Final = 1 << 20

_EVERYTHING: Final = Dataset()


class _Interrupted(Exception):
    """A query has to be asked again: it was slow and gave its worker to one that waits, or lost its worker by no fault of its own."""


class WorkerPool:
    """Evaluates queries over a graph, as many at a time as `settings.sparql_processes` says.

    It belongs to the event loop that first asks it something; `close` may be called from any thread. `settings` also gives the
    seconds and the memory of a query, the size of an answer, how many may wait and how much is kept; the last two are for all
    server processes together.
    """

    def __init__(self, stored: Stored, settings: Settings) -> None:
        self._seconds = settings.sparql_seconds
        places = settings.sparql_processes + math.ceil(max(0, settings.sparql_queue) / settings.workers)
        # More at a time than there are processors for are slower together: each has a memory of its own to go through.
        at_once = max(1, len(os.sched_getaffinity(0)) // settings.workers)
        self._turns = Turns(settings.sparql_processes, places, max(1, places // 2), at_once)
        self._answers = Answers(settings.sparql_cache_mib * _MIB // settings.workers)
        self._ahead = Ahead()
        self._wanting: dict[Turn, asyncio.Future[Worker]] = {}
        self._closed = False
        self._crew = Crew(stored, settings, self._hand_out)

    @property
    def storage(self) -> str:
        """What the workers answer from: `memory` or `disk`."""
        return self._crew.storage

    @property
    def figures(self) -> tuple[int, int, int]:
        """Queries under way, those of them that wait for a worker, and bytes of answers that are kept."""
        return self._turns.under_way, self._turns.waiting, self._answers.size

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the worker processes that are ready."""
        return self._crew.pids

    @property
    def started(self) -> frames.Header | None:
        """What the workers say of their start: `seconds` to have the graph, `resident_mib` of each; None before."""
        return self._crew.started

    def wait(self, seconds: float) -> None:
        """Block until a worker is ready to answer, but no longer than that; for who opens a pool before it is used."""
        self._crew.wait(seconds)

    async def answer(
        self,
        query: str,
        *,
        solutions: str | None = "json",
        graph: str | None = "turtle",
        client: str = "",
        dataset: Dataset | None = None,
    ) -> Answer | Stream:
        """The answer to a query, in the named format of `formats` that suits its form; a large one as a stream.

        None stands for a form that the client cannot take. `client` names who asks: turns are shared out among clients.
        When the coroutine is cancelled, the query ends. Raises `QueryError`: `malformed`; `refused` or `too-large` by the
        guard; `too-large` for the answer; `not-acceptable`; `too-many` for a client with more than its share;
        `unavailable` when a limit was hit, the queue is full or the pool is closed.
        """
        if self._closed:
            raise closed()
        asked = Asked(query, solutions, graph, dataset or _EVERYTHING)
        kept = self._answers.get(asked.key)
        if kept:
            return kept
        self._crew.bind(asyncio.get_running_loop())
        turn = self._turns.admit(client)
        streaming = False
        try:
            check_encoding(query)
            guard(query)
            while True:
                try:
                    found = await self._run(asked, turn)
                    break
                except _Interrupted:
                    continue
            streaming = isinstance(found, Stream)
            if isinstance(found, Answer) and is_lasting(query):
                self._answers.put(asked.key, found)
            return found
        finally:
            # A stream keeps the place until it has been read.
            if not streaming:
                self._turns.leave(turn)

    def close(self) -> None:
        """End all workers, busy ones too. What is still asked fails with `unavailable`."""
        self._closed = True
        self._crew.close(self._refuse_all)

    def _refuse_all(self) -> None:
        for future in self._wanting.values():
            if not future.done():
                future.set_exception(closed())

    async def _run(self, asked: Asked, turn: Turn) -> Answer | Stream:
        worker = await self._take(turn)
        loop = asyncio.get_running_loop()
        began = loop.time()
        usable = streaming = False
        try:
            if not worker.ready:
                self._loosen(turn)
                async with asyncio.timeout(_START_SECONDS):
                    await worker.wait_ready()
                began = loop.time()
            worker.send(asked.frame(self._seconds))
            header, body = await self._first(worker, turn, began)
            usable = True
            if "more" in header:
                streaming = True
                self._loosen(turn)
                return self._stream(worker, turn, began, header, body)
        except TimeoutError as error:
            raise too_slow(self._seconds) from error
        except WorkerDied as death:
            reason = await self._why(worker, death)
            if reason is None and turn.restarts < _RESTARTS:
                turn.restarts += 1
                raise _Interrupted from death
            raise reason or lost() from death
        finally:
            if not streaming:
                self._give_back(worker, turn, loop.time() - began, usable=usable)
        if "error" in header:
            raise QueryError(**header["error"])
        return Answer(body, header["media_type"], header["form"])

    async def _first(self, worker: Worker, turn: Turn, began: float) -> tuple[frames.Header, bytes]:
        """The first frame of an answer. Raises `_Interrupted` when the query is slow and has to make room."""
        deadline = began + self._seconds
        found = await worker.receive_until(began + FRESH_SECONDS)
        if found is not None:
            return found
        self._loosen(turn)
        found = await worker.receive_until(began + min(QUICK_SECONDS, self._seconds / 2))
        while found is None and not self._turns.slow_down(turn):
            if self._turns.anybody_waits:
                raise _Interrupted
            now = asyncio.get_running_loop().time()
            if now >= deadline:
                raise TimeoutError
            found = await worker.receive_until(min(deadline, now + _LOOK))
        if found is None:
            found = await worker.receive_until(deadline)
        if found is None:
            raise TimeoutError
        return found

    def _stream(self, worker: Worker, turn: Turn, began: float, header: frames.Header, body: bytes) -> Stream:
        loop = asyncio.get_running_loop()
        ended = reinforced = False

        def end() -> None:
            nonlocal ended
            if not ended:
                ended = True
                task.cancel()
                self._turns.leave(turn)

        def look() -> None:
            # What has been sent in part cannot make room and be asked again; another worker comes beside it.
            nonlocal reinforced
            if not self._turns.slow_down(turn):
                reinforced = True
                self._crew.reinforce()

        def give_back(done: asyncio.Task[bool]) -> None:
            slow.cancel()
            if reinforced:
                self._crew.relieve()
            usable = not done.cancelled() and done.result()
            self._give_back(worker, turn, loop.time() - began, usable=usable)

        stream = Stream(header["media_type"], header["form"], self._ahead, end)
        stream.put(body)
        slow = loop.call_at(began + QUICK_SECONDS, look)
        task = loop.create_task(self._pump(worker, began, stream))
        task.add_done_callback(give_back)
        return stream

    async def _pump(self, worker: Worker, began: float, stream: Stream) -> bool:
        """Carry the rest of a large answer over; whether the worker can be asked again."""
        try:
            async with asyncio.timeout_at(began + self._seconds):
                header: frames.Header = {"more": True}
                while "more" in header:
                    await stream.room()
                    header, body = await worker.receive()
                    stream.put(body)
        except TimeoutError:
            stream.cut(too_slow(self._seconds))
            return False
        except WorkerDied as death:
            stream.cut(await self._why(worker, death) or lost())
            return False
        if "error" in header:
            stream.cut(QueryError(**header["error"]))
        else:
            stream.finish()
        return True

    async def _take(self, turn: Turn) -> Worker:
        self._turns.wait(turn)
        if not self._wanting and self._crew.has_free and self._turns.next() is turn:
            self._turns.start(turn)
            return self._crew.take()
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._wanting[turn] = future
        self._hand_out()
        taken = False
        try:
            if not future.done():
                async with asyncio.timeout(max(self._seconds, _LEAST_WAIT)):
                    await future
            worker = future.result()
            taken = True
        except TimeoutError as error:
            raise busy() from error
        finally:
            if self._wanting.pop(turn, None):
                self._turns.give_up(turn)
            elif not taken and not future.cancelled() and future.exception() is None:
                # Given at the very moment in which the query was given up.
                self._give_back(future.result(), turn, 0, usable=True)
        return worker

    def _hand_out(self) -> None:
        """Give free workers to those whose turn it is."""
        while self._wanting and self._crew.has_free:
            turn = self._turns.next()
            if turn is None:
                break
            future = self._wanting.pop(turn)
            if future.done():
                self._turns.give_up(turn)
            else:
                self._turns.start(turn)
                future.set_result(self._crew.take())

    def _loosen(self, turn: Turn) -> None:
        """Let another query have a worker beside this one."""
        if self._turns.loosen(turn):
            self._hand_out()

    def _give_back(self, worker: Worker, turn: Turn, seconds: float, *, usable: bool) -> None:
        self._turns.stop(turn, seconds)
        if not usable:
            # What did not answer is slow when it is asked again.
            turn.slow = True
        self._crew.give_back(worker, usable=usable and not self._closed)
        self._hand_out()

    async def _why(self, worker: Worker, death: WorkerDied) -> QueryError | None:
        """What the query did to end its worker; None when the process that the worker was forked from ended as well."""
        if self._closed:
            return closed()
        if death.reason:
            return cannot_start(death.reason)
        number = await self._crew.signal_of(worker)
        if number is None:
            return None
        return too_slow(self._seconds) if number in OUT_OF_TIME else out_of_memory()
