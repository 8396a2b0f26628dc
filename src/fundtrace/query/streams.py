"""Large answers on their way from a worker to a client."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from typing import Final

from fundtrace.errors import QueryError

MOST_AHEAD: Final = 64 << 20
"""Bytes of all large answers of a pool that may wait for slow clients before their workers have to wait as well."""


class Ahead:
    """The bytes that wait for the clients of a pool."""

    def __init__(self) -> None:
        self.size = 0


class Stream:
    """An answer that is too large to be held: its media type, its form, and its bytes as they come.

    Its worker is free as soon as it has written everything, however slowly the client reads, unless too much waits for
    slow clients already. `pieces` or `abandon` must be called.
    """

    def __init__(self, media_type: str, form: str, ahead: Ahead, on_end: Callable[[], None]) -> None:
        self.media_type = media_type
        self.form = form
        self._ahead = ahead
        self._on_end = on_end
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._whole = False
        self._error: QueryError | None = None
        self._changed = asyncio.Event()

    async def pieces(self) -> AsyncGenerator[bytes]:
        """The bytes in order. Raises `QueryError` where the answer is cut off, so that nobody takes a part for the whole."""
        try:
            while self._waiting or not self._whole:
                if self._waiting:
                    piece = self._waiting.popleft()
                    self._count(-len(piece))
                    yield piece
                elif self._error:
                    raise self._error
                else:
                    await self._change()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Take no more of it; a query that is still evaluated ends."""
        self._waiting.clear()
        self._count(-self._size)
        self._on_end()

    def put(self, piece: bytes) -> None:
        """Add bytes."""
        self._waiting.append(piece)
        self._count(len(piece))

    async def room(self) -> None:
        """Wait while too much waits for clients, this one among them."""
        while self._waiting and self._ahead.size > MOST_AHEAD:
            await self._change()

    def finish(self) -> None:
        """Nothing more will come."""
        self._whole = True
        self._changed.set()

    def cut(self, error: QueryError) -> None:
        """Nothing more will come, and something is missing."""
        self._error = error
        self._changed.set()

    def _count(self, size: int) -> None:
        self._size += size
        self._ahead.size += size
        self._changed.set()

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
