"""The worker processes of a pool: who is free, and who takes the place of one that has ended."""

from __future__ import annotations

import asyncio
import json
import select
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fundtrace.query import frames, zygote
from fundtrace.query.passing import LARGEST_MESSAGE, Wanted, send
from fundtrace.query.process import Worker
from fundtrace.settings import Settings

BYTES_A_STATEMENT: Final = 350
"""Memory that a statement takes in the engine's store (measured: 0.34 kB)."""

_AGAIN_SECONDS: Final = 1.0
_SIGNAL_SECONDS: Final = 5.0
_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """A graph as it lies on disk.

    `folder` is that of its store; `namespace` that of the functions that queries may call. `text` is the file of its
    statements (gzipped N-Triples), which are loaded where the graph is held in memory, and `statements` how many they are.
    """

    folder: Path
    namespace: str
    text: Path | None = None
    statements: int = 0


def storage_for(stored: Stored, settings: Settings) -> str:
    """`memory` or `disk`: what the settings say, and for `auto` memory as long as the graph fits into `sparql_store_mib`."""
    if stored.text is None or not stored.text.is_file():
        return "disk"
    if settings.sparql_storage != "auto":
        return settings.sparql_storage
    return "memory" if stored.statements * BYTES_A_STATEMENT <= settings.sparql_store_mib * _MIB else "disk"


class Crew:
    """The workers of one pool. `on_free` is called when one has become free without having been given back."""

    def __init__(self, stored: Stored, settings: Settings, on_free: Callable[[], None]) -> None:
        self.storage = storage_for(stored, settings)
        text = str(stored.text) if self.storage == "memory" else None
        self._wanted = Wanted(str(stored.folder.absolute()), text, stored.namespace)
        self._size = settings.sparql_processes
        self._limits = {"memory_mib": settings.sparql_memory_mib, "output_mib": settings.sparql_output_mib}
        self._on_free = on_free
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._numbers = 0
        self._ended: dict[int, asyncio.Future[int | None]] = {}
        self._connection = zygote.connect(self._wanted)
        self._workers = [self._start() for _ in range(self._size)]
        self._free = list(self._workers)

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes that are ready."""
        return tuple(worker.started["pid"] for worker in self._workers if worker.ready)

    @property
    def started(self) -> frames.Header | None:
        """What a worker has said of its start; None as long as none has."""
        return next((worker.started for worker in self._workers if worker.started), None)

    @property
    def has_free(self) -> bool:
        """Whether there is one to take."""
        return bool(self._free)

    def wait(self, seconds: float) -> None:
        """Block until the first worker says that it is ready, or cannot start."""
        if self._loop is None and self._workers:
            poll = select.poll()
            poll.register(self._workers[0].channel, select.POLLIN)
            poll.poll(seconds * 1000)

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Belong to an event loop from now on."""
        if self._loop is None:
            self._loop = loop
            loop.add_reader(self._connection, self._on_message)
            for worker in self._workers:
                worker.open(loop)

    def take(self) -> Worker:
        """A free worker, ready or about to be."""
        worker = self._free.pop()
        return self._replace(worker) if worker.ended else worker

    def give_back(self, worker: Worker, *, usable: bool) -> None:
        """Have it back; one that is not usable is ended and replaced, and one that is too many is ended."""
        if self._closed or worker not in self._workers:
            worker.end()
        elif len(self._workers) > self._size:
            self._dismiss(worker)
        else:
            self._free.append(worker if usable and not worker.ended else self._replace(worker))

    def reinforce(self) -> None:
        """One more until `relieve`."""
        self._size += 1
        worker = self._start()
        self._workers.append(worker)
        self._free.append(worker)
        self._on_free()

    def relieve(self) -> None:
        """One less, now or when it is given back."""
        self._size -= 1
        if self._free and len(self._workers) > self._size:
            self._dismiss(self._free.pop())

    async def signal_of(self, worker: Worker) -> int | None:
        """The signal that ended a worker; 0 if none did, None when the holder has ended and nobody knows."""
        assert self._loop is not None  # noqa: S101 - a worker has been asked
        future: asyncio.Future[int | None]
        future = self._ended[worker.number] = self._loop.create_future()
        try:
            self._tell_end(worker)
            async with asyncio.timeout(_SIGNAL_SECONDS):
                return await future
        except TimeoutError:
            return None
        finally:
            self._ended.pop(worker.number, None)

    def close(self, on_closed: Callable[[], None]) -> None:
        """End all; from any thread. `on_closed` is called in the loop."""

        def act() -> None:
            if self._closed:
                return
            self._closed = True
            for worker in self._workers:
                worker.end()
            if self._loop is not None:
                self._loop.remove_reader(self._connection)
            self._connection.close()
            on_closed()

        if self._loop is not None and self._loop.is_closed():
            self._loop = None
        self.call(act)

    def call(self, act: Callable[[], None]) -> None:
        """Do something in the loop that this belongs to, at once where that is this one or there is none; from any thread."""
        if self._loop is None or self._loop.is_closed():
            act()
            return
        try:
            inside = asyncio.get_running_loop() is self._loop
        except RuntimeError:
            inside = False
        if inside:
            act()
        else:
            self._loop.call_soon_threadsafe(act)

    def _start(self) -> Worker:
        self._numbers += 1
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        worker = Worker(self._numbers, ours, self._on_end)
        with theirs, suppress(OSError):
            # Where the holder has gone, the worker ends before it is ready, and its connection is made anew.
            send(self._connection, {"start": worker.number, **self._limits}, theirs.fileno())
        if self._loop is not None:
            worker.open(self._loop)
        return worker

    def _replace(self, worker: Worker) -> Worker:
        self._tell_end(worker)
        worker.end()
        fresh = self._start()
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    def _dismiss(self, worker: Worker) -> None:
        self._tell_end(worker)
        worker.end()
        self._workers.remove(worker)

    def _tell_end(self, worker: Worker) -> None:
        with suppress(OSError):
            send(self._connection, {"end": worker.number})

    def _on_end(self, worker: Worker) -> None:
        """A worker has ended: one that nobody was asking is replaced at once, if it had ever been ready."""
        if worker in self._free and worker.started and not self._closed:
            self._free[self._free.index(worker)] = self._replace(worker)

    def _on_message(self) -> None:
        try:
            data = self._connection.recv(LARGEST_MESSAGE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            message = json.loads(data)
            future = self._ended.get(message["ended"])
            if future is not None and not future.done():
                future.set_result(message["signal"])
            return
        # The holder has ended, and with it what it knew of the workers.
        assert self._loop is not None  # noqa: S101 - it calls this
        self._loop.remove_reader(self._connection)
        self._connection.close()
        lasted = any(worker.started for worker in self._workers)
        self._loop.call_later(0 if lasted else _AGAIN_SECONDS, self._connect_again)

    def _connect_again(self) -> None:
        if self._closed or self._loop is None:
            return
        self._connection = zygote.connect(self._wanted)
        self._loop.add_reader(self._connection, self._on_message)
        for future in self._ended.values():
            if not future.done():
                future.set_result(None)
        for worker in list(self._workers):
            self._replace(worker)
        self._free = list(self._workers)
        self._on_free()
