"""One worker process, as its pool sees it from the event loop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol, cast

from fundtrace.query import frames

_AHEAD: Final = 1 << 20
"""Bytes that are read before anybody takes them."""


class WorkerDied(Exception):
    """The process ended before it answered; `reason` is what it said when it could not start."""

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason


class Listener(Protocol):
    """Who waits for a worker. It is called within the event loop, as soon as there is something to tell."""

    def on_ready(self) -> None:
        """The worker has opened the graph."""

    def on_heard(self, header: frames.Header, body: bytes) -> None:
        """The first frame of an answer has come; the listener is told no more."""

    def on_death(self, death: WorkerDied) -> None:
        """The worker has ended."""


class Worker(asyncio.Protocol):
    """A worker behind its channel: asked for at once, ready some time later, and then asked one query at a time.

    `listener` is told of the first frame of an answer; those that follow wait for `receive`. `on_end` is told when it has
    ended by itself or by `end`.
    """

    def __init__(self, number: int, channel: socket.socket, on_end: Callable[[Worker], None]) -> None:
        self.number = number
        self.started: frames.Header = {}
        self.channel = channel
        self.listener: Listener | None = None
        self._on_end = on_end
        self._opening: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._frames: deque[tuple[frames.Header, bytes]] = deque()
        self._held = 0
        self._paused = False
        self._waiter: asyncio.Future[None] | None = None
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

    def send(self, frame: bytes) -> None:
        """Hand over a request to a worker that is ready and has answered the one before. Raises `WorkerDied`."""
        if self._transport is None or self._ended:
            raise WorkerDied(self._reason)
        if self._transport.get_write_buffer_size():
            self._transport.write(frame)
            return
        try:
            # It spares the transport's way through the loop.
            sent = self.channel.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            raise WorkerDied(self._reason) from error
        if sent < len(frame):
            self._transport.write(frame[sent:])

    def lend(self, frame: bytes, descriptor: int) -> bool:
        """Hand over a connection with a frame; whether it could take it at once. Raises `WorkerDied`."""
        if self._transport is None or self._ended:
            raise WorkerDied(self._reason)
        if self._transport.get_write_buffer_size():
            return False
        try:
            sent = socket.send_fds(self.channel, [frame], [descriptor])
        except BlockingIOError:
            return False
        except OSError as error:
            raise WorkerDied(self._reason) from error
        if sent < len(frame):
            self._transport.write(frame[sent:])
        return True

    async def receive(self) -> tuple[frames.Header, bytes]:
        """The next frame; may be given up and called again. Raises `WorkerDied`."""
        while not self._frames:
            await self._wait()
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
        self._tell_end()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The channel is open."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Part of a frame, or several."""
        whole = None if self._data else frames.only(data)
        if whole is not None:
            self._take(*whole)
        else:
            self._data += data
            while frame := frames.unpack(self._data):
                self._take(*frame)
        if self._frames:
            if self._transport is not None and self._held > _AHEAD and not self._paused:
                self._paused = True
                self._transport.pause_reading()
            self._wake()

    def _take(self, header: frames.Header, body: bytes) -> None:
        listener = self.listener
        if "ready" in header:
            self.started = header
            if listener is not None:
                listener.on_ready()
        elif "failed" in header:
            self._reason = header["failed"]
        elif listener is not None:
            self.listener = None
            listener.on_heard(header, body)
        else:
            self._frames.append((header, body))
            self._held += len(body)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """The process has ended."""
        self._ended = True
        self._tell_end()
        self._on_end(self)

    async def _open(self, loop: asyncio.AbstractEventLoop) -> None:
        await loop.create_unix_connection(lambda: self, sock=self.channel)

    async def _wait(self) -> None:
        """Wait until something has come or gone."""
        if self._ended:
            raise WorkerDied(self._reason)
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _tell_end(self) -> None:
        listener, self.listener = self.listener, None
        if listener is not None:
            listener.on_death(WorkerDied(self._reason))
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


OUT_OF_TIME: Final = frozenset({signal.SIGXCPU})
"""Signals that say that a query used up its processor time."""
