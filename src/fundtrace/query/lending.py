"""Lends connections to workers, as the pool sees it: whom, to which worker, and what happens when a worker ends.

One worker has connections of one client only, and never have all workers some: whoever else asks finds one soon. What takes
longer than a quick query may, ends its worker by an alarm of the system, and is asked again by who lent the connection.
"""

from __future__ import annotations

import asyncio
import itertools
import signal
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from fundtrace.query import frames
from fundtrace.query.crew import Crew
from fundtrace.query.loans import LEND, RECALL, Borrowed, Terms, read_back, read_told
from fundtrace.query.process import Worker, WorkerDied

MOST_LOANS: Final = 32
"""Connections that a worker may have."""

PAUSE_SECONDS: Final = 60.0
"""Seconds for which nothing is lent of a client whose query was not quick."""

ALARMS: Final = frozenset({signal.SIGPROF, signal.SIGALRM})
"""Signals that end a worker whose query is not quick: by its own time, and by the clock."""

_MOST_PAUSED: Final = 1_000


class Lender:
    """The connections of one pool that are lent, to `most` workers at a time. For one event loop.

    `on_free` is called when a worker has become free; `is_crowded` says whether somebody waits for one too long,
    `has_spare` whether one can be lent to. `closed` is set before the
    workers are ended with the pool.
    """

    def __init__(
        self,
        crew: Crew,
        most: int,
        on_free: Callable[[], None],
        *,
        is_crowded: Callable[[], bool],
        has_spare: Callable[[], bool],
    ) -> None:
        self._crew = crew
        self._most = most
        self._on_free = on_free
        self._is_crowded = is_crowded
        self._has_spare = has_spare
        self._desks: list[_Desk] = []
        self._numbers = itertools.count(1)
        self._paused: OrderedDict[str, float] = OrderedDict()
        self._retired = False
        self.closed = False

    @property
    def lent(self) -> int:
        """Connections that workers have."""
        return sum(len(desk.loans) for desk in self._desks)

    def lend(self, descriptor: int, terms: Terms, client: str, borrowed: Borrowed) -> bool:
        """Lend a connection; whether there is a worker for it. Then `borrowed` is told until it is back."""
        if self._retired or self._is_crowded() or self._is_paused(client):
            return False
        desk = self._desk_for(client)
        if desk is None:
            return False
        number = next(self._numbers)
        frame = frames.pack(LEND, terms.numbered(number).written())
        try:
            taken = desk.worker.lend(frame, descriptor)
        except WorkerDied:
            # It is about to be told of its end.
            taken = False
        if taken:
            desk.loans[number] = borrowed
        elif not desk.loans:
            desk.close()
        return taken

    def recall(self) -> None:
        """Ask for all that is lent; it comes back when the worker has answered what it is at."""
        for desk in self._desks:
            desk.recall()

    def retire(self) -> None:
        """Lend nothing any more, and ask for all that is lent."""
        self._retired = True
        self.recall()

    def forget(self, desk: _Desk, *, usable: bool) -> None:
        """A worker has no connections any more."""
        self._desks.remove(desk)
        self._crew.give_back(desk.worker, usable=usable)
        self._on_free()

    async def was_slow(self, worker: Worker) -> bool:
        """Whether a worker has ended because a query was not quick."""
        return await self._crew.signal_of(worker) in ALARMS

    def pause(self, client: str) -> None:
        """Lend nothing of a client for a while."""
        self._paused[client] = asyncio.get_running_loop().time() + PAUSE_SECONDS
        self._paused.move_to_end(client)
        if len(self._paused) > _MOST_PAUSED:
            self._paused.popitem(last=False)

    def _is_paused(self, client: str) -> bool:
        until = self._paused.get(client)
        return until is not None and asyncio.get_running_loop().time() < until

    def _desk_for(self, client: str) -> _Desk | None:
        own = [desk for desk in self._desks if desk.client == client and desk.takes_more]
        fewest = min(own, key=lambda desk: len(desk.loans), default=None)
        if len(self._desks) < self._most and self._has_spare():
            worker = self._crew.take()
            if worker.ready:
                desk = _Desk(self, worker, client)
                self._desks.append(desk)
                return desk
            self._crew.give_back(worker, usable=True)
        return fewest


class _Desk:
    """A worker that has connections, of which it tells."""

    def __init__(self, lender: Lender, worker: Worker, client: str) -> None:
        self._lender = lender
        self.worker = worker
        self.client = client
        self.loans: dict[int, Borrowed] = {}
        self._recalled = False
        self._ending: asyncio.Task[None] | None = None
        worker.listener = self

    @property
    def takes_more(self) -> bool:
        """Whether it can be lent another one."""
        return not self._recalled and self._ending is None and len(self.loans) < MOST_LOANS

    def recall(self) -> None:
        """Have it give back what it has."""
        if not self._recalled and self._ending is None:
            self._recalled = True
            try:
                self.worker.send(RECALL)
            except WorkerDied:
                # It is about to be told of its end.
                return

    def close(self) -> None:
        """It has nothing any more."""
        self.worker.listener = None
        self._lender.forget(self, usable=True)

    def on_ready(self) -> None:
        """It was ready before."""

    def on_heard(self, header: frames.Header, body: bytes) -> None:
        """Answers were given, or a connection is back."""
        self.worker.listener = self
        if "told" in header:
            for told in read_told(body):
                self.loans[told.number].on_told(told)
            return
        number, rest = read_back(body)
        self.loans.pop(number).on_back(rest, sure=True)
        if not self.loans:
            self.close()

    def on_death(self, death: WorkerDied) -> None:  # noqa: ARG002 - a listener's signature
        """The worker has ended in the middle of a query, or the pool is closed."""
        if self._lender.closed:
            self._take_all_back(sure=False)
        else:
            self._ending = asyncio.get_running_loop().create_task(self._end())

    async def _end(self) -> None:
        slow = await self._lender.was_slow(self.worker)
        if slow:
            self._lender.pause(self.client)
        self._take_all_back(sure=slow)
        self._lender.forget(self, usable=False)

    def _take_all_back(self, *, sure: bool) -> None:
        loans = list(self.loans.values())
        self.loans.clear()
        for borrowed in loans:
            borrowed.on_back(b"", sure=sure)
