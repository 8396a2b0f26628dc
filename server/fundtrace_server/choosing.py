"""Which release answers a request, and under which prefix: settled before any handler sees it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fundtrace.errors import SystemFailure
from fundtrace_server.holding import CURRENT_KEY, SCOPE_KEY, Holder, Serving
from fundtrace_server.linker import is_versioned
from fundtrace_server.problems import Problem, answer, from_error

HEADER = "X-Release"
"""The header by which an answer names the release that it was made from."""

_LISTED = 100


class ReleaseMiddleware:
    """Gives each request the release that it names by `?release=`, else the one that is current when it comes.

    It is kept open until the request has been answered. Where the base IRI has a path (`https://example.org/budget/`), requests
    that come with that prefix are answered with links that have it, and others as before.
    """

    def __init__(self, app: ASGIApp, holder: Holder) -> None:
        self._app = app
        self._holder = holder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the release of this moment, or the one that is named; 404 with the list for one that is not kept."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        serving = self._holder.enter()
        try:
            await self._answered(serving, scope, receive, send)
        finally:
            serving.leave()

    async def _answered(self, serving: Serving, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = urlsplit(serving.release.base).path.rstrip("/")
        if prefix and f"{scope['path']}/".startswith(f"{prefix}/"):
            scope["root_path"] = prefix
        scope[SCOPE_KEY] = serving
        named = _named(scope)
        if named is None:
            await self._app(scope, receive, _naming(serving, send))
            return
        try:
            older = await run_in_threadpool(self._holder.named, named)
        except SystemFailure as error:
            request = Request(scope)
            problem = (
                _unknown(named, self._holder.versions()) if error.code == "no-release" else from_error(error)
            )
            await answer(request, problem)(scope, receive, send)
            return
        older.enter()
        try:
            scope[SCOPE_KEY] = older
            scope[CURRENT_KEY] = serving.release.version
            await self._app(scope, receive, _naming(older, send))
        finally:
            older.leave()


def _named(scope: Scope) -> str | None:
    if not scope["query_string"] or not is_versioned(scope["path"].removeprefix(scope.get("root_path", ""))):
        return None
    query = parse_qsl(scope["query_string"].decode("latin-1"))
    return next((value for name, value in query if name == "release"), None)


def _naming(serving: Serving, send: Send) -> Send:
    async def send_named(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault(HEADER, serving.release.version)
        await send(message)

    return send_named


def _unknown(version: str, kept: tuple[str, ...]) -> Problem:
    listed = kept[:_LISTED]
    return Problem(
        404,
        "unknown-release",
        f"没有版本 {version[:40]}；现有的版本（新的在前）：{'、'.join(listed)}",
        f"there is no release {version[:40]}; those kept, newest first: {', '.join(listed)}",
        details={"available": list(listed)},
    )
