"""Answers that go out while they are made, and clients that go away before they have them."""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import Iterable
from contextlib import aclosing
from types import TracebackType

from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from fundtrace.errors import QueryError
from fundtrace.query import Stream

_log = logging.getLogger(__name__)
_PATIENCE = 0.1
"""Seconds before anybody looks whether the client is still there: most answers are ready sooner."""

_GZIP = 31
_FAST = 1


class Presence:
    """Cancels what it surrounds when the client goes away, says so in `gone`, and lets the cancellation go no further.

    Use it when the request has been read: whatever still comes is taken and thrown away.
    """

    def __init__(self, receive: Receive) -> None:
        self.gone = False
        self._receive = receive
        self._watcher: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Presence:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this is a coroutine
        self._task = task
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE, self._watch)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        if self.gone:
            self._task.uncancel()
        return self.gone and kind is asyncio.CancelledError

    def _watch(self) -> None:
        self._watcher = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        self._task.cancel()


class Streamed:
    """A large answer. One that is cut off ends without its last chunk, so that the client sees that it is not whole."""

    def __init__(self, stream: Stream, head: Iterable[tuple[bytes, bytes]], *, packed: bool) -> None:
        self._head = [*head, (b"content-encoding", b"gzip")] if packed else list(head)
        self._stream = stream
        self._packer = zlib.compressobj(_FAST, wbits=_GZIP) if packed else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it while the client is there; a `HEAD` ends the query."""
        if scope["method"] == "HEAD":
            self._stream.abandon()
        await send({"type": "http.response.start", "status": 200, "headers": self._head})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            async with Presence(receive), aclosing(self._stream.pieces()) as pieces:
                async for piece in pieces:
                    body = await run_in_threadpool(self._packer.compress, piece) if self._packer else piece
                    await send({"type": "http.response.body", "body": body, "more_body": True})
                last = self._packer.flush() if self._packer else b""
                await send({"type": "http.response.body", "body": last})
        except QueryError as error:
            _log.info("an answer was cut off: %s", error)
