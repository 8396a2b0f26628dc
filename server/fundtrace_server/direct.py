"""The short way for queries and GraphQL: ahead of the framework, whose work for a request takes longer than a small query."""

from __future__ import annotations

import gzip
import time
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from fundtrace.errors import FundtraceError
from fundtrace.query import Answer, Stream, WorkerPool
from fundtrace.query.borrowing import WORTH_PACKING
from fundtrace_server.bodies import WHOLE, decode, decode_form, media_type_of, received
from fundtrace_server.caching import modified
from fundtrace_server.choosing import HEADER as RELEASE
from fundtrace_server.connections import WRITTEN
from fundtrace_server.graphql import graphql
from fundtrace_server.headers import CORS
from fundtrace_server.holding import SCOPE_KEY, Holder, Serving
from fundtrace_server.lending import OFFER, Offer
from fundtrace_server.problems import Problem
from fundtrace_server.sparql import (
    FORM,
    PROBLEM_KEY,
    QUERY,
    Fields,
    dataset_of,
    formats_of,
    problem_of,
    query_missing,
    query_of,
    sparql,
    takes_gzip,
    unsupported,
)
from fundtrace_server.streaming import Presence, Streamed

_CLIENT_GONE: Final = 499  # nobody reads it; the log does
_ENDPOINTS: Final = {"/sparql": sparql, "/graphql": graphql}
_ENDINGS: Final = tuple(_ENDPOINTS)
_METHODS: Final = frozenset({"GET", "HEAD", "POST"})
_READ: Final = (b"accept", b"accept-encoding", b"content-length", b"content-type", b"if-none-match")
_NOT_MODIFIED: Final = 304

Head = list[tuple[bytes, bytes]]


class Direct:
    """Answers queries of the SPARQL protocol by itself, calls the handler of GraphQL, and has the application answer all else.

    An error of a query is put into the scope under `PROBLEM_KEY`, where the application's own `/sparql` finds it and tells it as
    a page or as JSON. When the client goes, the query ends.
    """

    def __init__(self, app: ASGIApp, holder: Holder, body_limit: int) -> None:
        self._app = app
        self._holder = holder
        self._limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a query, or pass the request on."""
        if (
            scope["type"] != "http"
            or not scope["path"].endswith(_ENDINGS)
            or scope["method"] not in _METHODS
            or not (scope["query_string"] or scope["method"] == "POST")
        ):
            await self._app(scope, receive, send)
            return
        serving = self._holder.enter()
        try:
            prefix, endpoint = _place(scope["path"], serving.release.base)
            answered = False
            if endpoint is sparql:
                scope["endpoint"] = sparql
                try:
                    answered = await self._answer(serving, scope, receive, send)
                except (Problem, FundtraceError) as error:
                    scope[PROBLEM_KEY] = problem_of(error)
            elif endpoint is graphql:
                answered = True
                scope.update({"endpoint": graphql, "app": self._app, SCOPE_KEY: serving, "root_path": prefix})
                response = await graphql(Request(scope, receive))
                response.headers.setdefault(RELEASE, serving.release.version)
                await response(scope, receive, send)
            if not answered:
                await self._app(scope, receive, send)
        finally:
            serving.leave()

    async def _answer(self, serving: Serving, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether there was a query to answer."""
        headers = {name: value for name, value in scope["headers"] if name in _READ}
        fields = await self._fields(scope, headers, receive)
        query = query_of(fields)
        if query is None:
            if scope["method"] != "POST":
                return False
            raise query_missing()
        accept = headers.get(b"accept")
        solutions, graph = formats_of(
            dict(fields).get("format") if len(fields) > 1 else None,
            accept.decode("latin-1") if accept is not None else None,
        )
        release, pool = serving.release, serving.pool
        dataset = (
            dataset_of(fields, f"{release.base}id/release/{release.version}") if len(fields) > 1 else None
        )
        packed = takes_gzip(headers.get(b"accept-encoding", b"").decode("latin-1"))
        found: Answer | Stream | None = pool.kept(query, solutions=solutions, graph=graph, dataset=dataset)
        if found is None:
            began = time.perf_counter()
            async with Presence(receive) as presence:
                found = await pool.answer(
                    query,
                    solutions=solutions,
                    graph=graph,
                    client=scope["client"][0] if scope.get("client") else "",
                    dataset=dataset,
                )
            if presence.gone or found is None:
                await _send(send, _CLIENT_GONE, [], b"")
                return True
            plain = dataset is None and isinstance(found, Answer)
            if plain and WRITTEN in scope and isinstance(pool, WorkerPool):
                taken = time.perf_counter() - began
                scope[OFFER] = Offer(serving, pool, solutions, graph, packed, taken)
        head = _head(found.media_type, release.version)
        if isinstance(found, Answer):
            await self._whole(serving, scope, found, head, headers, send, packed=packed)
        else:
            await Streamed(found, head, packed=packed)(scope, receive, send)
        return True

    async def _whole(
        self,
        serving: Serving,
        scope: Scope,
        found: Answer,
        head: Head,
        headers: dict[bytes, bytes],
        send: Send,
        *,
        packed: bool,
    ) -> None:
        body, packed = found.body, packed and len(found.body) > WORTH_PACKING
        if scope["method"] != "POST":
            etag = f'"{serving.release.version}-{found.digest}{"-gzip" if packed else ""}"'.encode()
            head = [*head, (b"etag", etag), (b"last-modified", modified(serving.release).encode("ascii"))]
            if _has_already(headers.get(b"if-none-match"), etag):
                kept = [one for one in head if one[0] != b"content-type"]
                await _send(send, _NOT_MODIFIED, kept, b"")
                return
        if packed:
            body = await run_in_threadpool(gzip.compress, body, 5, mtime=0)
            head = [*head, (b"content-encoding", b"gzip")]
        head = [*head, (b"content-length", b"%d" % len(body))]
        await _send(send, 200, head, b"" if scope["method"] == "HEAD" else body)

    async def _fields(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive) -> Fields:
        in_address = scope["query_string"]
        fields = parse_qsl(in_address.decode("latin-1"), keep_blank_values=True) if in_address else []
        if scope["method"] != "POST":
            return fields
        kind = media_type_of(headers.get(b"content-type", b""))
        if kind not in {FORM, QUERY}:
            raise unsupported()
        body = await received(receive, self._limit, headers.get(b"content-length", b""), whole=WHOLE in scope)
        return [*fields, *(decode_form(body) if kind == FORM else [("query", decode(body))])]


async def _send(send: Send, status: int, head: Head, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


@lru_cache(64)
def _place(path: str, base: str) -> tuple[str, Callable[[Request], Awaitable[Response]] | None]:
    """The prefix of an address and the endpoint that it names: with the path of the base IRI, and without."""
    prefix = urlsplit(base).path.rstrip("/")
    for known in {"", prefix}:
        for name, endpoint in _ENDPOINTS.items():
            if path == known + name:
                return known, endpoint
    return "", None


@lru_cache(64)
def _head(media_type: str, version: str) -> Head:
    """What the answers of one kind have in common; not to be changed."""
    told = {
        "content-type": media_type,
        "cache-control": "no-cache",
        "vary": "Accept, Accept-Encoding",
        "x-release": version,
        **CORS,
    }
    return [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in told.items()]


def _has_already(named: bytes | None, etag: bytes) -> bool:
    if named is None:
        return False
    return bool({one.strip().removeprefix(b"W/") for one in named.split(b",")} & {etag, b"*"})
