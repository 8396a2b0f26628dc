"""Linked data: `/id` sends a client to the page or to the data of an entity, by what it accepts."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fundtrace_server.asking import statements
from fundtrace_server.description import Description
from fundtrace_server.holding import serving_of
from fundtrace_server.negotiation import best_media_type
from fundtrace_server.pages import described, requested_address
from fundtrace_server.problems import not_acceptable, not_found
from fundtrace_server.rendering import Linker

HTML = "text/html"


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


def entity(request: Request) -> Response:
    """`GET /id/{kind}/{key}`: 303 to the page or the data, by `?format=` or `Accept`; 406, 404."""
    address = requested_address(request)
    described(serving_of(request), address)
    target = _target(request)
    path = address.page if target == HTML else address.data(target)
    location = Linker(request.query_params.get("lang"))(path)
    return RedirectResponse(location, status_code=303, headers={"Vary": "Accept"})


def data(request: Request) -> Response:
    """`GET /data/{kind}/{key}.{suffix}`: what the release says of an entity, always in that format."""
    suffix = request.path_params["suffix"]
    if suffix not in FORMATS:
        raise not_found(request.url.path)
    address = requested_address(request)
    serving = serving_of(request)
    description = described(serving, address)
    body = serialize(_triples(description, request), format=FORMATS[suffix].rdf, prefixes=_prefixes(request))
    headers = {
        "Link": f'<{Linker(None)(address.page)}>; rel="alternate"; type="text/html"',
        "Content-Location": Linker(None)(address.data(suffix)),
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
    }
    media_type = FORMATS[suffix].media_type
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(body, headers={**headers, "Content-Type": media_type + charset})


def _target(request: Request) -> str:
    asked = request.query_params.get("format", "").lower()
    available = {"html": HTML, **{suffix: one.media_type for suffix, one in FORMATS.items()}}
    if asked:
        suffix = ALIASES.get(asked, asked)
        if suffix not in available:
            raise not_acceptable(available)
        return HTML if suffix == "html" else suffix
    best = best_media_type(request.headers.get("accept"), list(available.values()))
    if best is None:
        raise not_acceptable(available)
    return next((suffix for suffix, one in FORMATS.items() if one.media_type == best), HTML)


def _triples(description: Description, request: Request) -> list[Triple]:
    release = serving_of(request).release
    pointing = statements(release, "pointing-at", iri=NamedNode(description.iri))
    return list(dict.fromkeys([*description.triples, *pointing]))


def _prefixes(request: Request) -> dict[str, str]:
    return {
        "ft": serving_of(request).release.namespace,
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
