"""The process that query workers are forked from: `python -m fundtrace.query.forking`, started by `zygote`.

It has one thread, so that a fork is a whole copy of it, and its standard input is a socket that hands it connections. For each
graph that is asked of it forks a *holder*, which has the graph in memory where that is wanted and forks the workers
of all its connections. A connection belongs to one pool; when it ends, so do its workers. Holders without connections end
after a moment, and everything ends with the socket.

Messages are JSON, one a packet, most with a file descriptor:

- to the first process: `{"store", "text", "namespace"}` and a connection; `text` names the statements to load into
  memory (gzipped N-Triples), null for a graph that stays on disk;
- to a holder: `{"start": number, "memory_mib", "output_mib"}` and the worker's channel, `{"end": number}`, which is
  answered with `{"ended": number, "signal"}`: null for a worker of another holder, one that has ended.
"""

from __future__ import annotations

import ctypes
import gc
import gzip
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from pyoxigraph import RdfFormat, Store

from fundtrace.query import frames
from fundtrace.query.functions import functions
from fundtrace.query.passing import Wanted, receive, send, socket_pair
from fundtrace.query.worker import Graph, work
from fundtrace.settings import ONTOLOGY_NAMESPACE

IDLE_SECONDS: Final = 2.0
"""Seconds that a holder without connections stays."""

_LOWEST_FREE: Final = 3
_LIBC: Final = ctypes.CDLL(None)
_PR_SET_PDEATHSIG: Final = 1


class FirstProcess:
    """Passes connections on to the holder of their graph, and forks the holders."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._holders: dict[Wanted, tuple[int, socket.socket]] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)

    def run(self) -> None:
        """Until nobody can hand over connections any more; then the holders end as well."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is not self._control:
                    self._forget(key.data)
                    continue
                message = receive(self._control)
                if message is None:
                    self._end()
                    return
                asked, connection = message
                if connection is not None:
                    self._pass_on(Wanted(**asked), connection)
                    os.close(connection)

    def _pass_on(self, wanted: Wanted, connection: int) -> None:
        for _ in range(2):
            if wanted not in self._holders:
                self._fork(wanted)
            try:
                send(self._holders[wanted][1], None, connection)
            except OSError:
                # It had nothing to do and has just ended.
                self._forget(wanted)
            else:
                return

    def _fork(self, wanted: Wanted) -> None:
        ours, theirs = socket_pair()
        pid = os.fork()
        if pid == 0:
            _in_child(theirs, lambda control: Holder(control, wanted).run())
        theirs.close()
        self._holders[wanted] = pid, ours
        self._selector.register(ours, selectors.EVENT_READ, wanted)

    def _forget(self, wanted: Wanted) -> None:
        pid, connection = self._holders.pop(wanted)
        self._selector.unregister(connection)
        connection.close()
        os.waitpid(pid, 0)

    def _end(self) -> None:
        for wanted in list(self._holders):
            self._forget(wanted)


@dataclass(slots=True, eq=False)
class _Pool:
    """A connection, and the processes of its workers by number."""

    connection: socket.socket
    workers: dict[int, int]


class Holder:
    """Has one graph, in memory or by its folder, and forks the workers that answer from it."""

    def __init__(self, control: socket.socket, wanted: Wanted) -> None:
        self._control = control
        self._wanted = wanted
        self._selector = selectors.DefaultSelector()
        self._pools: list[_Pool] = []
        self._failed: str | None = None
        self._store: Store | None = None
        begun = time.monotonic()
        if wanted.text is not None:
            try:
                self._store = load(Path(wanted.text))
            except (OSError, EOFError, SyntaxError) as error:
                self._failed = str(error)
        self._functions = functions(wanted.namespace)
        # What the workers share with this process is not to be copied by the garbage collector.
        gc.freeze()
        self._seconds = time.monotonic() - begun

    def run(self) -> None:
        """Until there is nothing to do, or the first process has ended."""
        self._selector.register(self._control, selectors.EVENT_READ)
        while True:
            events = self._selector.select(None if self._pools else IDLE_SECONDS)
            if not events:
                return
            for key, _ in events:
                if key.data is not None:
                    self._serve(key.data)
                    continue
                message = receive(self._control)
                if message is None:
                    for pool in list(self._pools):
                        self._close(pool)
                    return
                if message[1] is not None:
                    self._open(socket.socket(fileno=message[1]))

    def _open(self, connection: socket.socket) -> None:
        pool = _Pool(connection, {})
        self._pools.append(pool)
        self._selector.register(connection, selectors.EVENT_READ, pool)

    def _close(self, pool: _Pool) -> None:
        self._selector.unregister(pool.connection)
        self._pools.remove(pool)
        pool.connection.close()
        for pid in pool.workers.values():
            os.kill(pid, signal.SIGKILL)
        for pid in pool.workers.values():
            os.waitpid(pid, 0)

    def _serve(self, pool: _Pool) -> None:
        message = receive(pool.connection)
        if message is None:
            self._close(pool)
            return
        asked, descriptor = message
        if "end" in asked:
            self._end(pool, asked["end"])
        elif descriptor is not None:
            channel = socket.socket(fileno=descriptor)
            if self._failed is not None:
                with suppress(OSError):
                    channel.sendall(frames.pack({"failed": self._failed}))
            else:
                pool.workers[asked["start"]] = self._fork(channel, asked)
            channel.close()

    def _end(self, pool: _Pool, number: int) -> None:
        last = None
        pid = pool.workers.pop(number, None)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            last = os.WTERMSIG(os.waitpid(pid, 0)[1])
        with suppress(OSError):
            send(pool.connection, {"ended": number, "signal": last})

    def _fork(self, channel: socket.socket, asked: dict[str, int]) -> int:
        pid = os.fork()
        if pid == 0:
            graph = Graph(self._store, Path(self._wanted.store), self._functions, self._seconds)
            _in_child(channel, lambda one: work(one, graph, asked["memory_mib"], asked["output_mib"]))
        return pid


def load(text: Path) -> Store:
    """The statements of a gzipped N-Triples file, in memory. Raises `OSError`, `EOFError` and `SyntaxError`."""
    store = Store()
    with gzip.open(text) as file:
        store.bulk_load(cast(BinaryIO, file), format=RdfFormat.N_TRIPLES, lenient=True)
    return store


def _in_child(connection: socket.socket, act: Callable[[socket.socket], None]) -> None:
    """What a forked process does with the one connection that is its own; it never returns.

    The other sockets of its parent are closed, or nobody would notice that one of their ends has gone.
    """
    status = 1
    _end_with_parent()
    try:
        os.dup2(connection.fileno(), 0)
        os.closerange(_LOWEST_FREE, os.sysconf("SC_OPEN_MAX"))
        act(socket.socket(fileno=0))
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)


def _end_with_parent() -> None:
    """Have the system end this process when the one that forked it has ended, even in the middle of a query."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> int:
    """Load what every worker needs, and wait for connections on standard input."""
    # Ctrl-C on a terminal is for the server, which ends this process by hanging up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    functions(ONTOLOGY_NAMESPACE)
    FirstProcess(socket.socket(fileno=os.dup(0))).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
