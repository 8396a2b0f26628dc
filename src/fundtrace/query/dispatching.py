"""Brings the queries whose turn it is to free workers, and keeps their times.

A worker that has answered is given the next query within the same call of the event loop. No query has a timer: one timer
of a pool comes when the first of all its moments does.
"""

from __future__ import annotations

import asyncio
import math
from typing import Final

from fundtrace.errors import QueryError
from fundtrace.query import frames
from fundtrace.query.crew import Crew, Stored
from fundtrace.query.lending import Lender
from fundtrace.query.process import OUT_OF_TIME, Worker, WorkerDied
from fundtrace.query.reasons import busy, cannot_start, closed, lost, out_of_memory, too_slow
from fundtrace.query.turns import Turn, Turns
from fundtrace.settings import Settings

QUICK_SECONDS: Final = 1.0
"""Seconds after which a query is slow, and may have to give its worker to one that waits."""

FRESH_SECONDS: Final = 0.02
"""Seconds for which a query counts among those that share the processors; then another one gets a worker beside it."""

PATIENCE_SECONDS: Final = 0.05
"""Seconds that a query waits before workers are called back from clients that they answer by themselves."""

_LOOK: Final = 0.05
_LEAST_WAIT: Final = 10.0
_START_SECONDS: Final = 30.0
"""Seconds that a worker may take to have the graph, which are not the query's."""
_RESTARTS: Final = 2
"""How often a query is asked again because the process that its worker was forked from has ended."""


class _Interrupted(Exception):
    """A query has to be asked again: it was slow and gave its worker to one that waits."""


class Run:
    """A query on its way to the first frame of its answer, which `heard` gets.

    `began` is when its worker was asked, and `due` when something is to be done about it, by the clock of the loop.
    """

    __slots__ = ("_dispatcher", "began", "due", "heard", "request", "turn", "worker")

    def __init__(self, dispatcher: Dispatcher, turn: Turn, request: bytes, due: float) -> None:
        self._dispatcher = dispatcher
        self.turn = turn
        self.request = request
        self.due = due
        self.began = math.inf
        self.worker: Worker | None = None
        self.heard: asyncio.Future[tuple[frames.Header, bytes]] = dispatcher.loop.create_future()

    def on_ready(self) -> None:
        """Ask."""
        self._dispatcher.ask(self)

    def on_heard(self, header: frames.Header, body: bytes) -> None:
        """Pass it on; the worker of a whole answer is free for the next one at once."""
        if "more" not in header:
            self._dispatcher.give_back(self, usable=True)
        if not self.heard.done():
            self.heard.set_result((header, body))

    def on_death(self, death: WorkerDied) -> None:
        """Nothing will be heard."""
        self.fail(death)

    def fail(self, error: Exception) -> None:
        """Have whoever waits for the answer get an error."""
        if not self.heard.done():
            self.heard.set_exception(error)


class Dispatcher:
    """The queries of one pool that wait for workers or for the first frames of their answers. Lives in one event loop."""

    def __init__(self, stored: Stored, settings: Settings, turns: Turns) -> None:
        self.seconds = settings.sparql_seconds
        self._wait_seconds = max(self.seconds, _LEAST_WAIT)
        self.crew = Crew(stored, settings, self._hand_out)
        # As many as have a processor each, while one is left for those who are not lent to.
        lenders = min(turns.at_once, settings.sparql_processes - 1) if settings.sparql_quick_ms > 0 else 0
        self.lender = Lender(
            self.crew, lenders, self._hand_out, is_crowded=self._is_crowded, has_spare=self._has_spare
        )
        self.loop: asyncio.AbstractEventLoop
        self._turns = turns
        # All wait equally long, so the first of it is the first whose time is over.
        self._waiting: dict[Turn, Run] = {}
        self._running: dict[Run, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._next_look = math.inf
        self._closed = False

    def close(self) -> None:
        """End all workers, busy ones too, from any thread. What is still asked fails with `unavailable`."""
        self._closed = self.lender.closed = True
        self.crew.close(self._refuse_all)

    def retire(self) -> None:
        """Lend nothing any more; from any thread."""
        self.crew.call(self.lender.retire)

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Belong to an event loop from now on."""
        self.loop = loop
        self.crew.bind(loop)

    async def run(self, turn: Turn, request: bytes) -> tuple[Run, frames.Header, bytes]:
        """What a worker says first.

        Where the header says `more`, the run still has its worker, which must be given back. Raises `QueryError` for a limit
        that was hit, a worker that could not start or ended, no worker in time, and a pool that is closed.
        """
        while True:
            if self._closed:
                raise closed()
            run = Run(self, turn, request, self.loop.time() + self._wait_seconds)
            kept = False
            self._turns.wait(turn)
            self._waiting[turn] = run
            self._hand_out()
            if not run.heard.done():
                self._look_by(run.due)
            try:
                header, body = await run.heard
                kept = True
                return run, header, body
            except _Interrupted:
                continue
            except WorkerDied as death:
                reason = await self.why(run, death)
                if reason is not None or turn.restarts >= _RESTARTS:
                    raise reason or lost() from death
                turn.restarts += 1
            finally:
                if self._waiting.pop(turn, None):
                    self._turns.give_up(turn)
                elif not kept:
                    self.give_back(run, usable=False)

    def give_back(self, run: Run, *, usable: bool) -> None:
        """A worker has done, or cannot go on; a run without one has nothing to give."""
        worker = run.worker
        if worker is None:
            return
        run.worker = worker.listener = None
        self._running.pop(run, None)
        self._turns.stop(run.turn, max(0.0, self.loop.time() - run.began))
        if not usable:
            # What did not answer is slow when it is asked again.
            run.turn.slow = True
        self.crew.give_back(worker, usable=usable and not self._closed)
        self._hand_out()

    def loosen(self, turn: Turn) -> None:
        """Let another query have a worker beside this one."""
        if self._turns.loosen(turn):
            self._hand_out()

    async def why(self, run: Run, death: WorkerDied) -> QueryError | None:
        """What a query did to end its worker; None when the process that the worker was forked from ended as well."""
        if self._closed:
            return closed()
        if death.reason:
            return cannot_start(death.reason)
        number = None if run.worker is None else await self.crew.signal_of(run.worker)
        if number is None:
            return None
        return too_slow(self.seconds) if number in OUT_OF_TIME else out_of_memory()

    def ask(self, run: Run) -> None:
        """Hand a query over to its worker, which is ready."""
        assert run.worker is not None  # noqa: S101 - it listens to one
        run.began = self.loop.time()
        run.due = run.began + FRESH_SECONDS
        try:
            run.worker.send(run.request)
        except WorkerDied as death:
            run.fail(death)
        self._look_by(run.due)

    def _hand_out(self) -> None:
        """Give free workers to those whose turn it is."""
        while self._waiting and self.crew.has_free:
            turn = self._turns.next()
            if turn is None:
                break
            run = self._waiting.pop(turn)
            if run.heard.done():
                # It was cancelled, or has just waited too long.
                self._turns.give_up(turn)
                continue
            self._turns.start(turn)
            run.worker = worker = self.crew.take()
            worker.listener = run
            self._running[run] = None
            if worker.ready:
                self.ask(run)
            else:
                run.due = self.loop.time() + _START_SECONDS
                self._look_by(run.due)
                self._turns.loosen(turn)
        self._recall_in_time()

    def _recall_in_time(self) -> None:
        """Have the workers back that are lent to, when somebody waits for longer than quick queries take."""
        if self.lender.lent and self._is_crowded():
            self.lender.recall()
        elif self.lender.lent and self._waiting and not self.crew.has_free:
            self._look_by(self._patient_until())

    def _is_crowded(self) -> bool:
        return bool(self._waiting) and not self.crew.has_free and self.loop.time() >= self._patient_until()

    def _has_spare(self) -> bool:
        """Whether there is a free worker, and all others are free or soon will be."""
        return self.crew.has_free and all(run.turn.fresh for run in self._running)

    def _patient_until(self) -> float:
        first = next(iter(self._waiting.values()))
        return first.due - self._wait_seconds + PATIENCE_SECONDS

    def _look_by(self, moment: float) -> None:
        if moment < self._next_look:
            if self._timer is not None:
                self._timer.cancel()
            self._next_look = moment
            self._timer = self.loop.call_at(moment, self._look)

    def _look(self) -> None:
        """See to all whose moment has come."""
        self._timer, self._next_look = None, math.inf
        now = self.loop.time()
        for run in list(self._running):
            if run.due <= now:
                self._see_to(run, now)
        for run in self._waiting.values():
            if run.due > now:
                self._look_by(run.due)
                break
            run.fail(busy())
        self._look_by(min((run.due for run in self._running), default=math.inf))
        self._recall_in_time()

    def _see_to(self, run: Run, now: float) -> None:
        deadline = run.began + self.seconds
        quick = run.began + min(QUICK_SECONDS, self.seconds / 2)
        run.due = math.inf
        if run.heard.done():
            return
        self.loosen(run.turn)
        if math.isinf(run.began) or now >= deadline:
            run.fail(too_slow(self.seconds))
        elif now < quick:
            run.due = quick
        elif self._turns.slow_down(run.turn):
            run.due = deadline
        elif self._turns.anybody_waits:
            run.fail(_Interrupted())
        else:
            run.due = min(deadline, now + _LOOK)

    def _refuse_all(self) -> None:
        for run in self._waiting.values():
            run.fail(closed())
