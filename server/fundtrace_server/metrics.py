"""`/metrics`: what was asked, how long it took and what went wrong, over all server processes, for Prometheus."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import REGISTRY
from starlette.requests import Request
from starlette.responses import Response

from fundtrace_server.counting import FOLDER_VARIABLE
from fundtrace_server.holding import Holder, serving_of

METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
"""Methods that have figures and log lines of their own."""

_LOOK_SECONDS = 0.5
_NONE = (0, 0, 0, 0)
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_SECONDS = Histogram(
    "fundtrace_request_seconds",
    "Seconds from the arrival of a request to the end of its answer, by method, route and status.",
    ["method", "route", "status"],
    buckets=_BUCKETS,
)
_UNDER_WAY = Gauge(
    "fundtrace_requests_under_way", "Requests that are being answered.", multiprocess_mode="livesum"
)
_QUERIES = Gauge(
    "fundtrace_sparql_queries",
    "SPARQL queries of the current release: under way, and those of them that wait for a worker.",
    ["state"],
    multiprocess_mode="livesum",
)
_KEPT = Gauge(
    "fundtrace_sparql_kept_bytes", "Bytes of SPARQL answers that are kept.", multiprocess_mode="livesum"
)
_LENT = Gauge(
    "fundtrace_sparql_lent_connections",
    "Connections of clients that query processes answer by themselves.",
    multiprocess_mode="livesum",
)
_PROBLEMS = Counter(
    "fundtrace_problems", "Answers that were errors, by the code that stands in them.", ["code"]
)


class _UnderWay:
    """Requests that this process is answering: a plain count, which `watch_queries` tells now and then."""

    def __init__(self) -> None:
        self.requests = 0


UNDER_WAY: Final = _UnderWay()


def time_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request and its time; a status of 0 is that of a request that had no answer."""
    _seconds_of(method, route, status).observe(seconds)


async def watch_queries(holder: Holder) -> None:
    """Keep the figures of the query processes, which cost no request anything, until it is cancelled.

    They are told as differences: a process that holds several applications has the sum of them.
    """
    gauges = (_QUERIES.labels("under-way"), _QUERIES.labels("waiting"), _KEPT, _LENT)
    told = _NONE
    try:
        while True:
            now = holder.serving.pool.figures
            _tell(gauges, told, now)
            told = now
            _UNDER_WAY.set(UNDER_WAY.requests)
            await asyncio.sleep(_LOOK_SECONDS)
    finally:
        _tell(gauges, told, _NONE)


def count_problem(code: str) -> None:
    """Count an answer that is an error of ours."""
    _PROBLEMS.labels(code).inc()


def metrics(request: Request) -> Response:
    """`GET /metrics`: the figures of all server processes, in the text format of Prometheus, and the release that is current."""
    registry = REGISTRY
    if folder := os.environ.get(FOLDER_VARIABLE):
        _forget_the_dead(Path(folder))
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library types it not
    info = serving_of(request).release.info
    text = generate_latest(registry) + (
        "# HELP fundtrace_release_statements Statements of the release that is current.\n"
        "# TYPE fundtrace_release_statements gauge\n"
        f'fundtrace_release_statements{{version="{info.version}"}} {info.statements}\n'
    ).encode("ascii")
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


def _tell(gauges: Sequence[Gauge], told: Sequence[int], now: Sequence[int]) -> None:
    for gauge, before, after in zip(gauges, told, now, strict=True):
        gauge.inc(after - before)


@cache
def _seconds_of(method: str, route: str, status: int) -> Histogram:
    return _SECONDS.labels(method, route, str(status) if status else "none")


def _forget_the_dead(folder: Path) -> None:
    for file in folder.glob("gauge_live*_*.db"):
        number = file.stem.rpartition("_")[2]
        if not Path("/proc", number).exists():
            mark_process_dead(int(number))  # type: ignore[no-untyped-call]  # nor this
