"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, evaluated in worker processes, never in this one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from fundtrace.errors import FundtraceError, QueryError
from fundtrace.query import GRAPH_FORMATS, SOLUTION_FORMATS, Dataset, Format
from fundtrace_server.caching import conditional
from fundtrace_server.formats import rdf_answer
from fundtrace_server.headers import CORS, preflight
from fundtrace_server.holding import serving_of
from fundtrace_server.negotiation import best_media_type, parse_preferences, prefers_html
from fundtrace_server.problems import Problem, answer, from_error, not_acceptable
from fundtrace_server.query_pages import sparql_page
from fundtrace_server.service import PREFIXES, service_description

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"

PROBLEM_KEY = "fundtrace.problem"
"""Where the scope of a request holds the `Problem` that its query ended in."""

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
_LONGEST_MEDIA_TYPE = 100

Fields = list[tuple[str, str]]


async def sparql(request: Request) -> Response:
    """`OPTIONS /sparql`, and what is no query: a browser gets the query page, a program the description of the service.

    Queries are answered by `direct`, which leaves their errors here to be told. Statuses other than 200: 304, 400 malformed or
    refused, 405, 406, 413 too large, 415, 429 for a client with more queries than its share, 503 with `Retry-After` when a limit
    was hit or the queue is full. An answer of up to 1 MiB is sent whole or not at all; a larger one is streamed, and where it is
    cut off the connection ends without the last chunk.
    """
    if request.method == "OPTIONS":
        return preflight(METHODS)
    try:
        response = _described(request)
    except Problem as problem:
        response = answer(request, problem)
    response.headers.update(CORS)
    return response


def _described(request: Request) -> Response:
    if PROBLEM_KEY in request.scope:
        raise request.scope[PROBLEM_KEY]
    if prefers_html(request.headers.get("accept")):
        return sparql_page(request)
    if request.url.query:
        raise query_missing()
    serving = serving_of(request)
    described = service_description(serving.release, request.app.state.settings, serving.pool)
    response = rdf_answer(request, described, PREFIXES)
    assert response is not None  # noqa: S101 - only a page is none
    return conditional(request, response)


def client_of(request: Request) -> str:
    """Who asks, by address, as `callers` found it; empty for nobody in particular."""
    return request.client.host if request.client else ""


@lru_cache(256)
def takes_gzip(accepted: str) -> bool:
    """Whether an `Accept-Encoding` header allows gzip."""
    weights = {one.value: one.weight for one in parse_preferences(accepted)}
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def dataset_of(fields: Fields, everything: str) -> Dataset:
    """The graphs of the protocol's parameters; `everything` stands for the default graph, which has all data. Raises `Problem`."""
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


def query_of(fields: Fields) -> str | None:
    """The one query of a request; None when it names none. Raises `Problem` for several, an empty one, and for updates."""
    queries = [value for name, value in fields if name == "query"]
    if any(name == "update" for name, _ in fields):
        raise Problem(
            400,
            "query-refused",
            "本服务只读，不接受更新",
            "this endpoint is read-only and takes no updates",
        )
    if not queries:
        return None
    if len(queries) != 1 or not queries[0].strip():
        raise query_missing()
    return queries[0]


def query_missing() -> Problem:
    """400 for a request without exactly one query."""
    return Problem(
        400,
        "query-missing",
        "请用 query 参数给出恰好一条查询",
        "give exactly one query in the parameter query",
    )


def unsupported() -> Problem:
    """415 for a body of another kind."""
    return Problem(
        415,
        "unsupported-media-type",
        f"请求正文应为 {FORM} 或 {QUERY}；本服务只读，不接受更新",
        f"the body must be {FORM} or {QUERY}; this endpoint is read-only and takes no updates",
        headers={"Accept-Post": f"{FORM}, {QUERY}"},
    )


@lru_cache(256)
def _formats_of(accept: str | None) -> tuple[str | None, str | None]:
    return _accepted(accept, SOLUTION_FORMATS), _accepted(accept, GRAPH_FORMATS)


def formats_of(asked: str | None, accept: str | None) -> tuple[str | None, str | None]:
    """The formats wanted for solutions and for a graph: by `?format=`, else by `Accept`. Raises `Problem` 406 for neither."""
    if asked and "/" in asked:
        # Some clients name a media type here.
        chosen = _formats_of(asked[:_LONGEST_MEDIA_TYPE])
    elif asked:
        name = ALIASES.get(asked.lower(), asked.lower())
        graph = "jsonld" if name == "json" else "rdfxml" if name == "xml" else name
        chosen = name if name in SOLUTION_FORMATS else None, graph if graph in GRAPH_FORMATS else None
    else:
        chosen = _formats_of(accept)
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


def problem_of(error: Problem | FundtraceError) -> Problem:
    """An error of a query as an answer, with line and column where the engine tells them."""
    if isinstance(error, Problem):
        return error
    problem = from_error(error)
    place = _PLACE.search(error.en) if isinstance(error, QueryError) else None
    if place:
        problem.details.update(line=int(place[1]), column=int(place[2]))
    return problem
