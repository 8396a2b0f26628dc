"""Who may be answered now: a bound on the requests under way in this process, and on those of one client."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from fundtrace_server.problems import Problem

RETRY_SECONDS = 1
"""Seconds after which a client that was turned away may try again."""

TURN_SECONDS = 0.1
"""Seconds that work waits for the work before it to end, and then runs beside it."""

T = TypeVar("T")


class Admission:
    """Places for work in threads: so many run at once, so many wait, and one client has half of the places at most.

    Quick work is done one after the other, although threads are free: two threads that take the interpreter from each other
    at every call that SQLite makes into Python were seen to answer half as much together as one. Slow work is not waited for.
    It belongs to one event loop.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._threads = CapacityLimiter(at_once)
        self._places = at_once + waiting
        self._share = max(1, self._places // 2)
        self._held: Counter[str] = Counter()
        self._turn = threading.Lock()

    async def run(self, client: str, work: Callable[[], T]) -> T:
        """What the work gives, done in a thread when its turn comes.

        Raises `Problem`: 503 when every place is taken, 429 when the client has its share of them.
        """
        async with self._place(client):
            return await to_thread.run_sync(self._in_turn, work, limiter=self._threads)

    def _in_turn(self, work: Callable[[], T]) -> T:
        has_turn = self._turn.acquire(timeout=TURN_SECONDS)
        try:
            return work()
        finally:
            if has_turn:
                self._turn.release()

    @asynccontextmanager
    async def _place(self, client: str) -> AsyncIterator[None]:
        if self._held.total() >= self._places:
            raise _turned_away(
                503,
                "too-many-operations",
                f"正在处理的请求已达上限（{self._places}），请稍后重试",
                f"{self._places} requests are under way, which is the most; try again in a moment",
                self._places,
            )
        if self._held[client] >= self._share:
            raise _turned_away(
                429,
                "too-many-of-one-client",
                f"这个客户端已有 {self._share} 个请求在进行，请等它们完成",
                f"this client has {self._share} requests under way; wait until they are answered",
                self._share,
            )
        self._held[client] += 1
        try:
            yield
        finally:
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]


def _turned_away(status: int, code: str, zh: str, en: str, maximum: int) -> Problem:
    return Problem(
        status,
        code,
        zh,
        en,
        headers={"Retry-After": str(RETRY_SECONDS)},
        details={"number": maximum + 1, "maximum": maximum},
    )
