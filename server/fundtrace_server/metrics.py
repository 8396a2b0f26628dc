"""`/metrics`: what was asked, how long it took and what went wrong, over all server processes, for Prometheus."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fundtrace_server.counting import FOLDER_VARIABLE
from fundtrace_server.holding import serving_of

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
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
_PROBLEMS = Counter(
    "fundtrace_problems", "Answers that were errors, by the code that stands in them.", ["code"]
)


class Measuring:
    """Counts and times every request. `routes` gives the address of a route by its endpoint."""

    def __init__(self, app: ASGIApp, routes: Mapping[Any, str]) -> None:
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and take the time."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = "none"

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        began = time.perf_counter()
        with _UNDER_WAY.track_inprogress():
            try:
                await self._app(scope, receive, send_noted)
            finally:
                # What a stranger writes is no label: neither paths nor methods that nobody knows.
                route = self._routes.get(scope.get("endpoint"), "none")
                method = scope["method"] if scope["method"] in _METHODS else "other"
                _SECONDS.labels(method, route, status).observe(time.perf_counter() - began)


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


def _forget_the_dead(folder: Path) -> None:
    for file in folder.glob("gauge_live*_*.db"):
        number = file.stem.rpartition("_")[2]
        if not Path("/proc", number).exists():
            mark_process_dead(int(number))  # type: ignore[no-untyped-call]  # nor this
