"""`/graphql`: GraphQL over HTTP; the query page for browsers; the SDL and the possible types."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from fundtrace import __version__
from fundtrace.errors import FundtraceError
from fundtrace.graphql import possible_types, respond, respond_quickly, sdl
from fundtrace.settings import Settings
from fundtrace_server.admission import Admission
from fundtrace_server.caching import conditional, has_already, modified
from fundtrace_server.headers import CORS, preflight
from fundtrace_server.holding import serving_of
from fundtrace_server.identifying import REQUEST_ID
from fundtrace_server.negotiation import best_media_type, prefers_html
from fundtrace_server.operations import JSON, asks, read_operation
from fundtrace_server.problems import Problem, from_error, graphql_answer, not_acceptable
from fundtrace_server.query_pages import graphql_page
from fundtrace_server.sparql import client_of
from fundtrace_server.trusted import TrustedDocuments, read_trusted, time_operation

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""What the endpoint takes."""

RESPONSE = "application/graphql-response+json"

_AVAILABLE = {"json": JSON, "graphql-response": RESPONSE}
_EXAMPLES = ("document", "project", "departments")
_FOUND_BY_LINKS = frozenset({"PERSISTED_QUERY_NOT_FOUND", "PERSISTED_QUERY_NOT_SUPPORTED"})

_Head = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What the endpoint has for as long as the process lives: who may be answered now, and the trusted documents."""

    admission: Admission
    trusted: TrustedDocuments
    trusted_only: bool
    explains: bool

    @classmethod
    def of(cls, settings: Settings) -> Endpoint:
        """As the settings say. Raises `UsageError` for trusted documents that cannot be read."""
        admission = Admission(settings.graphql_operations, settings.graphql_queue)
        return cls(
            admission,
            read_trusted(settings.graphql_documents),
            settings.graphql_trusted_only,
            settings.graphql_explain,
        )


async def graphql(request: Request) -> Response:
    """`GET`, `HEAD`, `POST` and `OPTIONS /graphql`; a browser that brings no operation gets the query page.

    An answer in `application/json` is 200 whenever the request could be read; in `application/graphql-response+json`
    it is 400 when there is no data. GET has an `ETag` of release and operation, and is 304 before anything is run.
    What cannot be read is 400, 406, 413 or 415; 403 where only trusted documents are answered; 429 and 503 have
    `Retry-After`. Every refusal is a response of GraphQL with `errors`.
    """
    if request.method == "OPTIONS":
        return _preflight(request)
    if not asks(request) and prefers_html(request.headers.get("accept")):
        return graphql_page(request, examples())
    chosen = _media_type(request.headers.get("accept"))
    try:
        if chosen is None:
            raise not_acceptable(_AVAILABLE)
        return await _answered(request, chosen)
    except Problem as problem:
        return _refusal(problem, chosen or JSON)
    except FundtraceError as error:
        return _refusal(from_error(error), chosen or JSON)


@cache
def examples() -> Mapping[str, str]:
    """The example operations of the query page, by name; the first stands in the form."""
    folder = Path(__file__).parent / "examples"
    return {name: (folder / f"{name}.graphql").read_text(encoding="utf-8").strip() for name in _EXAMPLES}


async def schema(request: Request) -> Response:
    """`GET /graphql/schema.graphql`: the schema definition."""
    return conditional(request, PlainTextResponse(sdl(), headers={**CORS, "Cache-Control": "no-cache"}))


async def types(request: Request) -> Response:
    """`GET /graphql/possible-types.json`: the object types behind each interface, for the caches of clients."""
    return conditional(request, JSONResponse(possible_types(), headers={**CORS, "Cache-Control": "no-cache"}))


class _Told(Response):
    """An answer whose head is made already: making one takes the framework longer than a small answer."""

    def __init__(self, body: bytes, status: int, head: _Head) -> None:
        # Not the framework's own, which would make the head.
        self.status_code, self.body, self.background = status, body, None
        self.raw_headers = [*head, (b"content-length", b"%d" % len(body))] if body else [*head]


@lru_cache(256)
def _media_type(accept: str | None) -> str | None:
    # A browser's form names HTML; its answer is JSON all the same.
    return best_media_type("*/*" if prefers_html(accept) else accept, list(_AVAILABLE.values()))


@lru_cache(64)
def _head(version: str, kind: str = "", keeping: str = "no-cache") -> _Head:
    """What the answers of one kind have in common; 304 has none."""
    told = {"Cache-Control": keeping, "Vary": "Accept", "X-Release": version, **CORS}
    if kind:
        told["Content-Type"] = kind
    return tuple((name.lower().encode("ascii"), value.encode("ascii")) for name, value in told.items())


async def _answered(request: Request, chosen: str) -> Response:
    endpoint: Endpoint = request.app.state.graphql
    operation = await read_operation(request, endpoint.trusted, trusted_only=endpoint.trusted_only)
    release = serving_of(request).release
    kept: _Head = ()
    explain = endpoint.explains and request.headers.get("x-explain") == "1"
    if not explain and request.method != "POST":
        etag = f'"{release.version}-{operation.key(chosen, _software())}"'
        kept = ((b"etag", etag.encode("ascii")), (b"last-modified", modified(release).encode("ascii")))
        if request.headers.get("if-none-match") != "*" and has_already(request, etag):
            return _Told(b"", 304, (*_head(release.version), *kept))
    asked = (release, operation.document, operation.variables, operation.name)
    measured = endpoint.trusted.measured(operation.document, operation.name)
    request_id, begun = REQUEST_ID.get(), time.perf_counter()
    # A change of threads takes as long as many an answer does.
    told = None if explain else respond_quickly(*asked, request=request_id)
    if told is None:
        told = await endpoint.admission.run(
            client_of(request), partial(respond, *asked, explain=explain, request=request_id)
        )
    if measured:
        time_operation(measured, time.perf_counter() - begun)
    status = 400 if chosen == RESPONSE and not told.has_data else 200
    head = _head(release.version, chosen, "no-store" if explain else "no-cache")
    # A failure may pass, so it is not kept.
    return _Told(told.body, status, head if told.has_errors else (*head, *kept))


@cache
def _software() -> str:
    """What decides an answer beside the release: the version of the software, and its schema."""
    return f"{__version__} {hashlib.blake2b(sdl().encode(), digest_size=8).hexdigest()}"


def _refusal(problem: Problem, chosen: str) -> Response:
    # Links of clients look for these two in an answer that is otherwise in order.
    status = 200 if chosen == JSON and problem.code in _FOUND_BY_LINKS else problem.status
    response = graphql_answer(problem, status, chosen)
    response.headers.update(CORS)
    return response


def _preflight(request: Request) -> Response:
    response = preflight(METHODS)
    # Clients send headers of their own (name, version, tracing); there are no credentials that they could misuse.
    asked = request.headers.get("access-control-request-headers", "")
    names = [one.strip() for one in asked.split(",")]
    if asked and len(names) <= 32 and all(one.replace("-", "").isalnum() and one.isascii() for one in names):
        response.headers["Access-Control-Allow-Headers"] = ", ".join(names)
        response.headers["Vary"] = "Access-Control-Request-Headers"
    return response
