"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, evaluated in worker processes, never in this one."""

from __future__ import annotations

import gzip
import ipaddress
import re
from collections.abc import Mapping
from functools import lru_cache

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from fundtrace.errors import FundtraceError, QueryError
from fundtrace.query import GRAPH_FORMATS, SOLUTION_FORMATS, Answer, Dataset, Format, Stream
from fundtrace_server.bodies import decode, decode_form, media_type, read_body
from fundtrace_server.caching import conditional, validated
from fundtrace_server.formats import rdf_answer
from fundtrace_server.headers import CORS, preflight
from fundtrace_server.holding import serving_of
from fundtrace_server.negotiation import best_media_type, parse_preferences, prefers_html
from fundtrace_server.problems import Problem, answer, from_error, not_acceptable
from fundtrace_server.query_pages import sparql_page
from fundtrace_server.service import PREFIXES, service_description
from fundtrace_server.streaming import Presence, Streamed

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""What the endpoint takes."""

ALIASES = {
    "ttl": "turtle",
    "n3": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "nq": "nquads",
    "n-quads": "nquads",
    "json-ld": "jsonld",
}
"""Other names that `?format=` takes."""

_PLACE = re.compile(r"(?:\bline |\berror at )(\d+)(?:, column |:)(\d+)")
_CLIENT_GONE = 499  # nobody reads it; the log does
_LONGEST_MEDIA_TYPE = 100
_WORTH_PACKING = 1024
"""Bytes below which gzip saves nothing."""

Fields = list[tuple[str, str]]


async def sparql(request: Request) -> Response:
    """`GET`, `HEAD`, `POST` and `OPTIONS /sparql`.

    Without a query a browser gets the query page, a program the description of the service. Statuses other than 200: 304,
    400 malformed or refused, 405, 406, 413 too large, 415, 429 for a client with more queries than its share, 503 with
    `Retry-After` when a limit was hit or the queue is full. An answer of up to 1 MiB is sent whole or not at all; a larger one is
    streamed, and where it is cut off the connection ends without the last chunk. When the client goes, the query ends.
    """
    if request.method == "OPTIONS":
        return preflight(METHODS)
    try:
        response = await _answered(request)
    except Problem as problem:
        response = answer(request, problem)
    except FundtraceError as error:
        response = answer(request, _located(error))
    response.headers.update(CORS)
    return response


async def _answered(request: Request) -> Response:
    fields = await _fields(request)
    queries = [value for name, value in fields if name == "query"]
    settings, serving = request.app.state.settings, serving_of(request)
    if not queries and request.method != "POST" and prefers_html(request.headers.get("accept")):
        return sparql_page(request)
    if not request.url.query and request.method != "POST":
        described = rdf_answer(
            request, service_description(serving.release, settings, serving.pool), PREFIXES
        )
        if described:
            return conditional(request, described)
    _check(fields, queries)
    solutions, graph = _formats(request, dict(fields).get("format"))
    async with Presence(request.receive) as client:
        found = await serving.pool.answer(
            queries[0],
            solutions=solutions,
            graph=graph,
            client=client_of(request),
            dataset=_dataset(fields, f"{serving.release.base}id/release/{serving.release.version}"),
        )
    if client.gone:
        return Response(status_code=_CLIENT_GONE)
    return await _sent(request, found)


async def _sent(request: Request, found: Answer | Stream) -> Response:
    release = serving_of(request).release
    headers = {
        "Content-Type": found.media_type,
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Encoding",
        "X-Release": release.version,
    }
    packed = _takes_gzip(request.headers.get("accept-encoding", ""))
    if isinstance(found, Stream):
        return Streamed(found, headers, packed=packed)
    body = found.body
    etag = f'"{release.version}-{found.digest}"'
    if packed and len(body) > _WORTH_PACKING:
        body = await run_in_threadpool(gzip.compress, body, 5, mtime=0)
        headers["Content-Encoding"] = "gzip"
        etag = f'{etag[:-1]}-gzip"'
    response = Response(body, headers=headers)
    return response if request.method == "POST" else validated(request, response, etag)


def client_of(request: Request) -> str:
    """Who asks: the address, or what a reverse proxy on this machine says it is."""
    address = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    try:
        proxied = ipaddress.ip_address(address).is_loopback
    except ValueError:
        proxied = False
    return forwarded[:64] if proxied and forwarded else address


@lru_cache(256)
def _takes_gzip(accepted: str) -> bool:
    weights = {one.value: one.weight for one in parse_preferences(accepted)}
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _dataset(fields: Fields, everything: str) -> Dataset:
    """The graphs of the protocol's parameters; the IRI of the release stands for the default graph, which has all data."""
    default = [value for name, value in fields if name == "default-graph-uri"]
    named = [value for name, value in fields if name == "named-graph-uri"]
    try:
        for iri in (*default, *named):
            NamedNode(iri)
    except ValueError as error:
        raise Problem(400, "dataset-iri", f"不是合法的 IRI：{error}", f"this is no IRI: {error}") from error
    if not default and not named:
        return Dataset()
    return Dataset(tuple("" if iri == everything else iri for iri in default), tuple(named))


async def _fields(request: Request) -> Fields:
    if request.method != "POST":
        return list(request.query_params.multi_items())
    kind = media_type(request)
    if kind not in {FORM, QUERY}:
        raise Problem(
            415,
            "unsupported-media-type",
            f"请求正文应为 {FORM} 或 {QUERY}；本服务只读，不接受更新",
            f"the body must be {FORM} or {QUERY}; this endpoint is read-only and takes no updates",
            headers={"Accept-Post": f"{FORM}, {QUERY}"},
        )
    body = await read_body(request, request.app.state.settings.request_kib * 1024)
    in_address = list(request.query_params.multi_items())
    if kind == FORM:
        return [*in_address, *decode_form(body)]
    return [*in_address, ("query", decode(body))]


def _check(fields: Fields, queries: list[str]) -> None:
    names = {name for name, _ in fields}
    if "update" in names:
        raise Problem(
            400,
            "query-refused",
            "本服务只读，不接受更新",
            "this endpoint is read-only and takes no updates",
        )
    if len(queries) != 1 or not queries[0].strip():
        raise Problem(
            400,
            "query-missing",
            "请用 query 参数给出恰好一条查询",
            "give exactly one query in the parameter query",
        )


@lru_cache(256)
def _formats_of(accept: str | None) -> tuple[str | None, str | None]:
    return _accepted(accept, SOLUTION_FORMATS), _accepted(accept, GRAPH_FORMATS)


def _formats(request: Request, asked: str | None) -> tuple[str | None, str | None]:
    if asked and "/" in asked:
        # Some clients name a media type here.
        chosen = _formats_of(asked[:_LONGEST_MEDIA_TYPE])
    elif asked:
        name = ALIASES.get(asked.lower(), asked.lower())
        graph = "jsonld" if name == "json" else "rdfxml" if name == "xml" else name
        chosen = name if name in SOLUTION_FORMATS else None, graph if graph in GRAPH_FORMATS else None
    else:
        chosen = _formats_of(request.headers.get("accept"))
    if chosen == (None, None):
        raise not_acceptable(
            {
                name: one.media_type.split(";")[0]
                for name, one in {**SOLUTION_FORMATS, **GRAPH_FORMATS}.items()
            }
        )
    return chosen


def _accepted(accept: str | None, formats: Mapping[str, Format]) -> str | None:
    offered = {
        kind: name for name, one in formats.items() for kind in (one.media_type.split(";")[0], *one.aliases)
    }
    best = best_media_type(_without_html(accept), list(offered))
    return offered[best] if best else None


def _without_html(accept: str | None) -> str | None:
    """A browser that runs a query asks for HTML first and for XML by the way; it is better served with JSON."""
    return "*/*" if prefers_html(accept) else accept


def _located(error: FundtraceError) -> Problem:
    problem = from_error(error)
    place = _PLACE.search(error.en) if isinstance(error, QueryError) else None
    if place:
        problem.details.update(line=int(place[1]), column=int(place[2]))
    return problem
