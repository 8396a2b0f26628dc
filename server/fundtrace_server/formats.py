"""RDF serialisations that the server writes, and which of them a request wants."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import RdfFormat, Triple, parse, serialize
from starlette.requests import Request
from starlette.responses import Response

from fundtrace_server.headers import CORS
from fundtrace_server.negotiation import best_media_type
from fundtrace_server.problems import not_acceptable

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

_DESCRIBED_IN = ("ttl", "jsonld", "rdf", "nt")


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

    The text is sent as it stands to those who take Turtle. Raises `Problem` 406.
    """
    available = media_types(_DESCRIBED_IN)
    if page:
        available = {HTML: "text/html", **available}
    suffix = wanted(request, available, ALIASES)
    if suffix == HTML:
        return None
    headers = {**CORS, "Vary": "Accept", "Cache-Control": "no-cache", "Content-Type": content_type(suffix)}
    if suffix == "ttl":
        return Response(turtle, headers=headers)
    triples = [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]
    return Response(written(triples, suffix, prefixes), headers=headers)


def written(triples: Iterable[Triple], suffix: str, prefixes: Mapping[str, str]) -> bytes:
    """Statements in a serialisation."""
    text = io.BytesIO()
    serialize(triples, text, format=FORMATS[suffix].rdf, prefixes=dict(prefixes))
    return text.getvalue()


def content_type(suffix: str) -> str:
    """The `Content-Type` of a serialisation; the text types name their encoding."""
    media_type = FORMATS[suffix].media_type
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
