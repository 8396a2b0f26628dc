"""What surrounds every request: who asks, under which id, how often; the headers, figures and log line of its answer."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fundtrace.settings import Settings
from fundtrace_server.callers import Callers
from fundtrace_server.headers import Headers, secured
from fundtrace_server.identifying import HEADER, REQUEST_ID, RequestIds
from fundtrace_server.lending import OFFER, Lending
from fundtrace_server.limiting import RateLimit
from fundtrace_server.logs import AccessLog, Answered
from fundtrace_server.metrics import METHODS, UNDER_WAY, time_request
from fundtrace_server.operations import JSON as GRAPHQL_JSON
from fundtrace_server.problems import Problem, answer, graphql_answer

UNLIMITED: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""What supervisors and monitors ask, however often."""

_GRAPHQL: Final = "/graphql"
_OLD: Final = frozenset({"1", "1.0"})
_OK: Final = 200


class Surroundings:
    """One layer around the application, since each costs every request a call. `routes` gives a route's path by its endpoint."""

    def __init__(
        self,
        app: ASGIApp,
        routes: Mapping[Any, str],
        settings: Settings,
        log: AccessLog | None = None,
    ) -> None:
        self._app = app
        self._routes = routes
        self._callers = Callers(settings)
        self._ids = RequestIds(settings.request_ids)
        self._limit = RateLimit(settings.rate_limit, settings.rate_burst)
        self._log = (log or AccessLog(settings.log_format)) if settings.log_access else None
        self._lending = Lending(settings, self._note, self._limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse what comes too often; take time and note."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        client, request_id = self._callers.address(scope), self._ids.of(scope)
        named = (HEADER, request_id.encode("ascii"))
        status = size = 0
        head: Headers = []

        async def send_noted(message: Message) -> None:
            nonlocal status, size, head
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = head = secured(message["headers"], status, named)
            else:
                size += len(message.get("body", b""))
            await send(message)

        token = REQUEST_ID.set(request_id)
        UNDER_WAY.requests += 1
        try:
            wait = 0.0 if scope["path"] in UNLIMITED else self._limit.wait(client)
            if wait:
                await _refuse(_too_often(wait), scope, receive, send_noted)
            elif not _has_one_host(scope):
                await _refuse(_no_host(), scope, receive, send_noted)
            else:
                await self._app(scope, receive, send_noted)
                if OFFER in scope and status == _OK:
                    self._lending.consider(scope, head, client)
        finally:
            UNDER_WAY.requests -= 1
            REQUEST_ID.reset(token)
            seconds = time.perf_counter() - began
            self._note(scope, Answered(request_id, status, seconds, size, client))

    def _note(self, scope: Scope, answered: Answered) -> None:
        # What a stranger writes is no label: neither paths nor methods that nobody knows.
        route = self._routes.get(scope.get("endpoint"), "none")
        method = scope["method"] if scope["method"] in METHODS else "other"
        time_request(method, route, answered.status, answered.seconds)
        if self._log:
            self._log.note(answered, method, route, scope["path"])


def _has_one_host(scope: Scope) -> bool:
    """As RFC 9112 asks (section 3.2): what one server takes for the host, another may not."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return len(hosts) == 1 or (not hosts and scope["http_version"] in _OLD)


def _no_host() -> Problem:
    return Problem(
        400, "bad-host", "请求应恰有一个 Host 请求头", "a request must have exactly one Host header"
    )


def _too_often(wait: float) -> Problem:
    seconds = math.ceil(wait)
    return Problem(
        429,
        "rate-limit",
        f"请求过于频繁，请在 {seconds} 秒后再试",
        f"there were too many requests; try again in {seconds} s",
        headers={"Retry-After": str(seconds)},
    )


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == _GRAPHQL:
        refusal = graphql_answer(problem, problem.status, GRAPHQL_JSON)
    else:
        refusal = answer(Request(scope), problem)
    await refusal(scope, receive, send)
