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
from fundtrace.query.asked import Dataset, request
from fundtrace.query.crew import Stored
from fundtrace.query.dispatching import QUICK_SECONDS, Dispatcher, Run
from fundtrace.query.guarding import guard
from fundtrace.query.loans import Borrowed, Terms
from fundtrace.query.process import WorkerDied
from fundtrace.query.reasons import closed, encoded, lost, too_slow
from fundtrace.query.streams import Ahead, Stream
from fundtrace.query.turns import Turn, Turns
from fundtrace.settings import Settings

RETRY_AFTER: Final = 1
"""Seconds after which a client may try again what was unavailable."""

_MIB: Final = 1 << 20


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
        self._closed = False
        self._dispatcher = Dispatcher(stored, settings, self._turns)
        self._crew = self._dispatcher.crew

    @property
    def storage(self) -> str:
        """What the workers answer from: `memory` or `disk`."""
        return self._crew.storage

    @property
    def figures(self) -> tuple[int, int, int, int]:
        """Queries under way, those of them that wait for a worker, bytes of answers that are kept, and connections that are lent."""
        return self._turns.under_way, self._turns.waiting, self._answers.size, self.lent

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

    @property
    def lent(self) -> int:
        """Connections that workers have."""
        return self._dispatcher.lender.lent

    def kept(
        self, query: str, *, solutions: str | None, graph: str | None, dataset: Dataset | None = None
    ) -> Answer | None:
        """The answer that was kept, if there is one."""
        return self._answers.get((query, solutions, graph, dataset))

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
        found = self.kept(query, solutions=solutions, graph=graph, dataset=dataset)
        if found is not None:
            return found
        self._dispatcher.bind(asyncio.get_running_loop())
        turn = self._turns.admit(client)
        streaming = False
        try:
            text = encoded(query)
            guard(query)
            run, header, body = await self._dispatcher.run(
                turn, request(text, solutions, graph, dataset, self._seconds)
            )
            if "more" in header:
                streaming = True
                return self._stream(run, turn, header, body)
            if "error" in header:
                raise QueryError(**header["error"])
            found = Answer(body, header["media_type"], header["form"])
            if is_lasting(query):
                self._answers.put((query, solutions, graph, dataset), found)
            return found
        finally:
            # A stream keeps the place until it has been read.
            if not streaming:
                self._turns.leave(turn)

    def lend(self, descriptor: int, terms: Terms, client: str, borrowed: Borrowed) -> bool:
        """Lend a client's connection to a worker, which answers by itself what is quick; whether one takes it.

        `borrowed` is told of the answers, and gets the connection back when something else comes over it or nothing does.
        """
        return self._dispatcher.lender.lend(descriptor, terms, client, borrowed)

    def recall(self) -> None:
        """Ask for all connections that are lent."""
        self._dispatcher.lender.recall()

    def retire(self) -> None:
        """Lend no more and have back what is lent, from any thread."""
        self._dispatcher.retire()

    def close(self) -> None:
        """End all workers, busy ones too. What is still asked fails with `unavailable`."""
        self._closed = True
        self._dispatcher.close()

    def _stream(self, run: Run, turn: Turn, header: frames.Header, body: bytes) -> Stream:
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
            self._dispatcher.give_back(run, usable=not done.cancelled() and done.result())

        stream = Stream(header["media_type"], header["form"], self._ahead, end)
        stream.put(body)
        slow = loop.call_at(run.began + QUICK_SECONDS, look)
        task = loop.create_task(self._pump(run, stream))
        task.add_done_callback(give_back)
        self._dispatcher.loosen(turn)
        return stream

    async def _pump(self, run: Run, stream: Stream) -> bool:
        """Carry the rest of a large answer over; whether the worker can be asked again."""
        worker = run.worker
        assert worker is not None  # noqa: S101 - there is more to come
        try:
            async with asyncio.timeout_at(run.began + self._seconds):
                header: frames.Header = {"more": True}
                while "more" in header:
                    await stream.room()
                    header, body = await worker.receive()
                    stream.put(body)
        except TimeoutError:
            stream.cut(too_slow(self._seconds))
            return False
        except WorkerDied as death:
            stream.cut(await self._dispatcher.why(run, death) or lost())
            return False
        if "error" in header:
            stream.cut(QueryError(**header["error"]))
        else:
            stream.finish()
        return True
