"""One worker process, as its pool sees it from the event loop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections import deque
from collections.abc import Callable
from typing import Final, cast

from fundtrace.query import frames

_AHEAD: Final = 1 << 20
"""Bytes that are read before anybody takes them."""


class WorkerDied(Exception):
    """The process ended before it answered; `reason` is what it said when it could not start."""

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason


class Worker(asyncio.Protocol):
    """A worker behind its channel: asked for at once, ready some time later, and then asked one query at a time.

    `on_end` is told when it has ended by itself or by `end`.
    """

    def __init__(self, number: int, channel: socket.socket, on_end: Callable[[Worker], None]) -> None:
        self.number = number
        self.started: frames.Header = {}
        self.channel = channel
        self._on_end = on_end
        self._opening: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._frames: deque[tuple[frames.Header, bytes]] = deque()
        self._held = 0
        self._paused = False
        self._waiter: asyncio.Future[bool] | None = None
        self._reason: str | None = None
        self._ended = False

    @property
    def ready(self) -> bool:
        """Whether it has opened the graph and is still there."""
        return bool(self.started) and not self._ended

    @property
    def ended(self) -> bool:
        """Whether the process has ended, as far as is known."""
        return self._ended

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Listen to it; to be called once, in the loop."""
        self._opening = loop.create_task(self._open(loop))

    async def wait_ready(self) -> None:
        """Wait until it has opened the graph. Raises `WorkerDied`."""
        while not self.started:
            await self._wait()

    def send(self, frame: bytes) -> None:
        """Hand over a request to a worker that is ready. Raises `WorkerDied`."""
        if self._transport is None or self._ended:
            raise WorkerDied(self._reason)
        self._transport.write(frame)

    async def receive(self) -> tuple[frames.Header, bytes]:
        """The next frame; may be given up and called again. Raises `WorkerDied`."""
        while not self._frames:
            await self._wait()
        return self._next()

    async def receive_until(self, moment: float) -> tuple[frames.Header, bytes] | None:
        """The next frame, None when it has not come by a time of the loop's clock. Raises `WorkerDied`."""
        while not self._frames:
            if not await self._wait(moment):
                return None
        return self._next()

    def _next(self) -> tuple[frames.Header, bytes]:
        header, body = self._frames.popleft()
        self._held -= len(body)
        if self._paused and self._transport is not None and self._held <= _AHEAD:
            self._paused = False
            self._transport.resume_reading()
        return header, body

    def end(self) -> None:
        """Hang up: the process ends soon, even in the middle of a query."""
        self._ended = True
        if self._opening is not None:
            self._opening.cancel()
        if self._transport is not None:
            self._transport.abort()
        self.channel.close()
        self._wake()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The channel is open."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Part of a frame, or several."""
        self._data += data
        while frame := frames.unpack(self._data):
            header, body = frame
            if "ready" in header:
                self.started = header
            elif "failed" in header:
                self._reason = header["failed"]
            else:
                self._frames.append(frame)
                self._held += len(body)
        if self._transport is not None and self._held > _AHEAD and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """The process has ended."""
        self._ended = True
        self._wake()
        self._on_end(self)

    async def _open(self, loop: asyncio.AbstractEventLoop) -> None:
        await loop.create_unix_connection(lambda: self, sock=self.channel)

    async def _wait(self, until: float | None = None) -> bool:
        """Wait until something has come or gone; False when a time of the loop's clock comes first."""
        if self._ended:
            raise WorkerDied(self._reason)
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[bool] = loop.create_future()
        self._waiter = waiter
        # `asyncio.timeout` costs several times as much, which a small query would feel.
        timer = None if until is None else loop.call_at(until, _settle, waiter, False)
        try:
            return await waiter
        finally:
            if timer is not None:
                timer.cancel()
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None:
            _settle(self._waiter, True)


def _settle(waiter: asyncio.Future[bool], came: bool) -> None:
    if not waiter.done():
        waiter.set_result(came)


OUT_OF_TIME: Final = frozenset({signal.SIGXCPU})
"""Signals that say that a query used up its processor time."""
