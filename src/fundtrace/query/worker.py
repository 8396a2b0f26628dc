"""A worker: a process that evaluates queries of the public and may be killed at any moment. `forking` starts it.

Requests and answers go over one socket, as `frames` says. An answer of up to 1 MiB is one frame; a larger one begins
with a frame whose header says `more`, as do all that follow but the last, which may be an error instead. The process
has one thread, and ends with the process that forked it.

Limits that the system keeps: address space, processor time of each query, no core file, no file written, and no new file
descriptor, so that no connection can be made whatever a query says.
"""

from __future__ import annotations

import io
import math
import os
import resource
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from fundtrace.query import frames
from fundtrace.query.answers import LARGEST
from fundtrace.query.borrowing import Borrower, Evaluate
from fundtrace.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, graph_format, solution_format
from fundtrace.query.functions import Function
from fundtrace.query.loans import Terms

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MIB: Final = 1024 * 1024
PIECE: Final = 1 << 18
"""Bytes of a piece of a large answer behind its first one."""

Send: TypeAlias = Callable[[bytes], object]
"""Takes the bytes of a frame."""


@dataclass(frozen=True, slots=True)
class Graph:
    """What a worker answers from.

    `store` is the graph in memory, None for one that is read from its `folder`; `functions` are those that queries may
    call; `seconds` is how long it took to have both.
    """

    store: Store | None
    folder: Path
    functions: dict[NamedNode, Function]
    seconds: float


class _TooLarge(Exception):
    pass


class _Output(io.BytesIO):
    """What the engine writes an answer to: held until it is whole, or sent in pieces once it is large."""

    def __init__(self, send: Send, limit: int) -> None:
        super().__init__()
        self._send = send
        self._left = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._room = LARGEST
        self.media_type = self.form = ""

    def write(self, data: ReadableBuffer, /) -> int:
        """Take some bytes. Raises `_TooLarge` beyond the limit."""
        piece = bytes(data)
        size = len(piece)
        self._left -= size
        if self._left < 0:
            raise _TooLarge
        self._parts.append(piece)
        self._size += size
        if self._size > self._room:
            self._send(frames.pack(_header(self.media_type, self.form, more=True), b"".join(self._parts)))
            self._parts.clear()
            self._size = 0
            self._room = PIECE
        return size

    def finish(self) -> None:
        """Send what is left."""
        self._send(frames.pack(_header(self.media_type, self.form, more=False), b"".join(self._parts)))


@cache
def _header(media_type: str, form: str, *, more: bool) -> bytes:
    return frames.written({"media_type": media_type, "form": form, **({"more": True} if more else {})})


def answer(
    store: Store, asked: frames.Header, query: str, send: Send, limit: int, known: dict[NamedNode, Function]
) -> None:
    """Send the answer to one query.

    `asked` has the names of the formats wanted: `solutions` and `graph`, null for one that is not acceptable. `default` and
    `named` list the IRIs of its graphs, null for all; an empty one is the default graph. `limit` is the size in bytes that
    the answer may have, `known` the functions that may be called.
    """
    output = _Output(send, limit)
    try:
        results = store.query(query, custom_functions=known, **_dataset(asked))
        kind = _kind(results, asked["solutions"], asked["graph"])
        if kind is None:
            formats = GRAPH_FORMATS if isinstance(results, QueryTriples) else SOLUTION_FORMATS
            send(
                _refusal(
                    "answer-format",
                    "not-acceptable",
                    f"这种查询的结果可用的格式：{'、'.join(formats)}",
                    f"answers of this form come as {', '.join(formats)}",
                )
            )
            return
        output.media_type, output.form, name = kind
        _serialize(results, output, name)
        output.finish()
    except _TooLarge:
        send(
            _refusal(
                "answer-size",
                "too-large",
                f"结果超过 {limit // MIB} MiB；请用 LIMIT 分批查询",
                f"the answer has more than {limit // MIB} MiB; ask for less with LIMIT",
            )
        )
    except SyntaxError as error:
        send(
            _refusal(
                "query-syntax",
                "malformed",
                f"查询有语法错误：{error}",
                f"the query has a syntax error: {error}",
            )
        )
    except (RuntimeError, ValueError) as error:
        send(
            _refusal(
                "query-evaluation",
                "malformed",
                f"查询无法求值：{error}",
                f"cannot evaluate the query: {error}",
            )
        )
    except OSError as error:
        send(
            _refusal(
                "query-input", "unavailable", f"读取数据出错：{error}", f"reading the data failed: {error}"
            )
        )


def quick_answers(store: Store, known: dict[NamedNode, Function], processor: Processor) -> Evaluate:
    """Evaluates the queries of connections that are lent; one that has an error has no answer."""

    def evaluate(query: str, terms: Terms, output: io.BytesIO) -> tuple[str, str] | None:
        processor.allow(terms.seconds)
        try:
            results = store.query(query, custom_functions=known)
            kind = _kind(results, terms.solutions, terms.graph)
            if kind is None:
                return None
            media_type, form, name = kind
            _serialize(results, output, name)
        except (SyntaxError, RuntimeError, ValueError, OSError):
            return None
        return media_type, form

    return evaluate


_Results: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples


def _kind(results: _Results, solutions: str | None, graph: str | None) -> tuple[str, str, str] | None:
    """The media type and the form of an answer, and the name of its format; None where no format is acceptable."""
    if isinstance(results, QueryTriples):
        return None if graph is None else (GRAPH_FORMATS[graph].media_type, "graph", graph)
    if solutions is None:
        return None
    form = "boolean" if isinstance(results, QueryBoolean) else "solutions"
    return SOLUTION_FORMATS[solutions].media_type, form, solutions


def _serialize(results: _Results, output: io.BytesIO, name: str) -> None:
    if isinstance(results, QueryTriples):
        results.serialize(output, graph_format(name))
    else:
        results.serialize(output, solution_format(name))


def _dataset(asked: frames.Header) -> dict[str, Any]:
    default, named = asked.get("default"), asked.get("named")
    if default is None and named is None:
        return {}
    return {
        "default_graph": [NamedNode(iri) if iri else DefaultGraph() for iri in default or ()],
        "named_graphs": [NamedNode(iri) for iri in named or ()],
    }


def _refusal(code: str, kind: str, zh: str, en: str) -> bytes:
    return frames.pack({"error": {"code": code, "kind": kind, "zh": zh, "en": en}})


def work(channel: socket.socket, graph: Graph, memory_mib: int, output_mib: int) -> None:
    """Open the graph, say that it is ready or why not, and answer until nobody asks any more."""
    # What the engine says when it is out of memory is not news.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        store = Store.read_only(str(graph.folder)) if graph.store is None else graph.store
    except (OSError, ValueError) as error:
        channel.sendall(frames.pack({"failed": str(error)}))
        return
    processor = Processor()
    borrower = Borrower(channel, quick_answers(store, graph.functions, processor))
    size = resident_mib()
    release = confine(memory_mib)
    channel.sendall(
        frames.pack({"ready": True, "pid": os.getpid(), "resident_mib": size, "seconds": graph.seconds})
    )
    for asked, body in frames.incoming(borrower):
        if "lend" in asked:
            borrower.borrow(body)
        elif "recall" in asked:
            borrower.give_back_all()
        else:
            processor.allow(asked["seconds"])
            answer(store, asked, body.decode(), channel.sendall, output_mib * MIB, graph.functions)
    release()


def _limit(kind: int, soft: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


class Processor:
    """The processor time that this process may use, counted anew for each query.

    The limit is moved when a second has been used since it was moved last, so a query has at most two seconds too many.
    """

    def __init__(self) -> None:
        self._moved_at = self._seconds = -1.0

    def allow(self, seconds: float) -> None:
        """Let this process use so many seconds from now on, and one or two more."""
        used = time.process_time()
        if self._moved_at >= 0 and used - self._moved_at < 1 and seconds == self._seconds:
            return
        self._moved_at, self._seconds = used, seconds
        _limit(resource.RLIMIT_CPU, math.ceil(used + seconds) + 1)


def confine(memory_mib: int) -> Callable[[], None]:
    """Set the limits of this process; the result lifts those that would be in the way of an orderly end."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    size = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_mib * MIB)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 0)

    def release() -> None:
        _limit(resource.RLIMIT_NOFILE, files)
        _limit(resource.RLIMIT_FSIZE, size)

    return release


def resident_mib() -> int:
    """The memory that this process has in use, shared pages included."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // MIB
