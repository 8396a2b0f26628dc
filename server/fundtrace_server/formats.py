"""RDF serialisations that the server writes, and which of them a request wants."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from starlette.requests import Request
from starlette.responses import Response

from fundtrace_server.headers import CORS
from fundtrace_server.negotiation import best_media_type
from fundtrace_server.problems import not_acceptable, not_found

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

HTML = "html"
"""The name of the page among the names of formats."""


@dataclass(frozen=True, slots=True)
class DataFormat:
    """An RDF serialisation: its suffix, media type, and pyoxigraph's name of it."""

    suffix: str
    media_type: str
    rdf: RdfFormat


FORMATS = {
    one.suffix: one
    for one in (
        DataFormat("ttl", "text/turtle", RdfFormat.TURTLE),
        DataFormat("jsonld", "application/ld+json", RdfFormat.JSON_LD),
        DataFormat("nt", "application/n-triples", RdfFormat.N_TRIPLES),
        DataFormat("rdf", "application/rdf+xml", RdfFormat.RDF_XML),
        DataFormat("trig", "application/trig", RdfFormat.TRIG),
    )
}
"""The formats of `/data`, by suffix."""

ALIASES = {
    "turtle": "ttl",
    "json-ld": "jsonld",
    "ntriples": "nt",
    "rdfxml": "rdf",
    "xml": "rdf",
    "json": "jsonld",
}
"""Other names that `?format=` takes."""

DESCRIBED_IN = ("ttl", "jsonld", "rdf", "nt")
"""The formats of small graphs: the ontology, shapes and descriptions."""


def wanted(request: Request, available: Mapping[str, str], aliases: Mapping[str, str] | None = None) -> str:
    """The name of the format that `?format=` or else `Accept` asks for, of name to media type; ties go to the first.

    Raises `Problem` 406, which lists what there is.
    """
    asked = request.query_params.get("format", "").lower()
    if asked:
        name = (aliases or {}).get(asked, asked)
        if name not in available:
            raise not_acceptable(available)
        return name
    best = best_media_type(request.headers.get("accept"), list(available.values()))
    if best is None:
        raise not_acceptable(available)
    return next(name for name, media_type in available.items() if media_type == best)


def media_types(suffixes: Iterable[str] = FORMATS) -> dict[str, str]:
    """Suffix to media type."""
    return {suffix: FORMATS[suffix].media_type for suffix in suffixes}


def rdf_answer(
    request: Request, turtle: str, prefixes: Mapping[str, str], *, page: bool = False
) -> Response | None:
    """A small graph in the serialisation that a request wants; None when it wants the page and there is one.

    A suffix in the address (`/ontology.ttl`) decides; Turtle is sent as the text stands. Raises `Problem` 406, and 404 for a
    suffix that is none.
    """
    available = media_types(DESCRIBED_IN)
    if page:
        available[HTML] = "text/html"
    suffix = request.path_params.get("suffix") or wanted(request, available, ALIASES)
    if suffix not in available:
        raise not_found(request.url.path)
    if suffix == HTML:
        return None
    headers = {**CORS, "Vary": "Accept", "Cache-Control": "no-cache", "Content-Type": content_type(suffix)}
    if suffix == "ttl":
        return Response(turtle, headers=headers)
    return Response(written(statements_in(turtle), suffix, prefixes), headers=headers)


@lru_cache(maxsize=16)
def statements_in(turtle: str) -> tuple[Triple, ...]:
    """The statements of a small Turtle text in its order, its blank nodes named by their order, so that equal texts give equal bytes."""
    names: dict[str, BlankNode] = {}

    def named(term: Term) -> Term:
        if isinstance(term, BlankNode):
            return names.setdefault(term.value, BlankNode(f"b{len(names) + 1}"))
        return term

    return tuple(
        Triple(named(quad.subject), quad.predicate, named(quad.object))  # type: ignore[arg-type]  # a node stays a node
        for quad in parse(turtle, format=RdfFormat.TURTLE)
    )


def written(triples: Iterable[Triple], suffix: str, prefixes: Mapping[str, str]) -> bytes:
    """Statements in a serialisation."""
    text = io.BytesIO()
    serialize(triples, text, format=FORMATS[suffix].rdf, prefixes=dict(prefixes))
    return text.getvalue()


def content_type(suffix: str) -> str:
    """The `Content-Type` of a serialisation; the text types name their encoding."""
    media_type = FORMATS[suffix].media_type
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
