"""A process that evaluates queries of the public and may be killed: `python -m fundtrace.query.worker STORE MIB MIB NAMESPACE`.

The arguments are the store's folder, the memory that it may use beyond its size at start, the size that an answer may
have, and the namespace of the functions that queries may call. Requests come on standard input, answers go to standard output, as `frames` says. When the input ends, so does the
process, even in the middle of a query.

Limits that the system keeps: address space, processor time of each query, no core file, no file written, and no new file
descriptor, so that no connection can be made whatever a query says.
"""

from __future__ import annotations

import io
import math
import os
import queue
import resource
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from fundtrace.query import frames
from fundtrace.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, graph_format, solution_format
from fundtrace.query.functions import Function, functions

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MIB: Final = 1024 * 1024
_GRACE: Final = 1.0
"""Seconds that a running query has when the input has ended."""


class _TooLarge(Exception):
    pass


class _Bounded(io.BytesIO):
    """Keeps what is written, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, data: ReadableBuffer, /) -> int:
        self._left -= memoryview(data).nbytes
        if self._left < 0:
            raise _TooLarge
        return super().write(data)


def evaluate(
    store: Store, request: frames.Header, limit: int, known: Mapping[NamedNode, Function]
) -> tuple[frames.Header, bytes]:
    """Header and body of the answer to one request.

    A request has `query`, and the names of the formats wanted: `solutions` and `graph`, null for one that is not
    acceptable. `default` and `named` list the IRIs of its graphs, null for all; an empty one is the default graph. `limit`
    is the size in bytes that the body may have, `known` the functions that may be called.
    """
    try:
        results = store.query(request["query"], custom_functions=dict(known), **_dataset(request))
        return _written(results, request, limit)
    except _TooLarge:
        return _refusal(
            "answer-size",
            "too-large",
            f"结果超过 {limit // MIB} MiB；请用 LIMIT 分批查询",
            f"the answer has more than {limit // MIB} MiB; ask for less with LIMIT",
        )
    except SyntaxError as error:
        return _refusal(
            "query-syntax", "malformed", f"查询有语法错误：{error}", f"the query has a syntax error: {error}"
        )
    except (RuntimeError, ValueError) as error:
        return _refusal(
            "query-evaluation", "malformed", f"查询无法求值：{error}", f"cannot evaluate the query: {error}"
        )
    except OSError as error:
        return _refusal(
            "query-input", "unavailable", f"读取数据出错：{error}", f"reading the data failed: {error}"
        )


def _dataset(request: frames.Header) -> dict[str, Any]:
    default, named = request.get("default"), request.get("named")
    if default is None and named is None:
        return {}
    return {
        "default_graph": [NamedNode(iri) if iri else DefaultGraph() for iri in default or ()],
        "named_graphs": [NamedNode(iri) for iri in named or ()],
    }


def _written(
    results: QuerySolutions | QueryBoolean | QueryTriples, request: frames.Header, limit: int
) -> tuple[frames.Header, bytes]:
    output = _Bounded(limit)
    if isinstance(results, QueryTriples):
        form, name, formats = "graph", request["graph"], GRAPH_FORMATS
    else:
        form = "boolean" if isinstance(results, QueryBoolean) else "solutions"
        name, formats = request["solutions"], SOLUTION_FORMATS
    if name is None:
        return _refusal(
            "answer-format",
            "not-acceptable",
            f"这种查询的结果可用的格式：{'、'.join(formats)}",
            f"answers of this form come as {', '.join(formats)}",
        )
    if isinstance(results, QueryTriples):
        results.serialize(output, graph_format(name))
    else:
        results.serialize(output, solution_format(name))
    return {"form": form, "media_type": formats[name].media_type}, output.getvalue()


def _refusal(code: str, kind: str, zh: str, en: str) -> tuple[frames.Header, bytes]:
    return {"error": {"code": code, "kind": kind, "zh": zh, "en": en}}, b""


def serve(
    store: Store,
    requests: Callable[[], frames.Header | None],
    answers: BinaryIO,
    limit: int,
    known: Mapping[NamedNode, Function],
) -> None:
    """Answer requests until there are none."""
    while request := requests():
        _allow_processor(request["seconds"])
        answers.write(frames.pack(*evaluate(store, request, limit, known)))
        answers.flush()


def _limit(kind: int, soft: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _allow_processor(seconds: float) -> None:
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _limit(resource.RLIMIT_CPU, math.ceil(used + seconds) + 1)


def _confine(memory_mib: int) -> Callable[[], None]:
    """Set the limits; the result lifts those that would be in the way of an orderly end."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    size = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_mib * MIB)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 0)

    def release() -> None:
        _limit(resource.RLIMIT_NOFILE, files)
        _limit(resource.RLIMIT_FSIZE, size)

    return release


def _listen(stream: BinaryIO, inbox: queue.SimpleQueue[frames.Header | None]) -> None:
    while True:
        request = frames.read(stream)
        inbox.put(request)
        if request is None:
            break
    threading.Event().wait(_GRACE)
    os._exit(0)


def main(arguments: list[str]) -> int:
    """Open the store, say that it is ready or why not, and answer until the input ends."""
    path, memory_mib, output_mib, namespace = arguments
    answers = sys.stdout.buffer
    try:
        store = Store.read_only(path)
        # Read here: later it could open no file.
        known = functions(namespace)
    except (OSError, ValueError) as error:
        answers.write(frames.pack({"failed": str(error)}))
        answers.flush()
        return 4
    inbox: queue.SimpleQueue[frames.Header | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, inbox), daemon=True).start()
    release = _confine(int(memory_mib))
    answers.write(frames.pack({"ready": True}))
    answers.flush()
    serve(store, inbox.get, answers, int(output_mib) * MIB, known)
    release()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
