"""Linked data: `/id` sends a client to the page or to the data of an entity, by what it accepts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fundtrace_server.caching import conditional
from fundtrace_server.formats import ALIASES, FORMATS, HTML, content_type, media_types, wanted, written
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.linkage import WebLink, alternates, data_links, link_header
from fundtrace_server.pointing import pointing_at, requested_page
from fundtrace_server.problems import not_found
from fundtrace_server.rendering import Linker
from fundtrace_server.requested import described, requested_address


def entity(request: Request) -> Response:
    """`GET /id/{kind}/{key}`: 303 to the page or the data, by `?format=` or `Accept`; 406, 404."""
    address = requested_address(request)
    described(request, address)
    target = wanted(request, {HTML: "text/html", **media_types()}, ALIASES)
    path = address.page if target == HTML else address.data(target)
    location = Linker(request.query_params.get("lang"))(path)
    headers = {
        "Vary": "Accept",
        "Cache-Control": "no-cache",
        "Link": link_header(alternates(address)),
        **CORS,
    }
    return RedirectResponse(location, status_code=303, headers=headers)


def data(request: Request) -> Response:
    """`GET /data/{kind}/{key}.{suffix}?page=`: what the release says of an entity, always in that format.

    The first page tells the entity and the first statements that point at it, the others the rest of those.
    """
    suffix = request.path_params["suffix"]
    if suffix not in FORMATS:
        raise not_found(request.url.path)
    address, number = requested_address(request), requested_page(request)
    release = serving_of(request).release
    description = described(request, address)
    pointing = pointing_at(release, description.iri, number)
    if number > 1 and not pointing.triples:
        raise not_found(f"{request.url.path}?page={number}")
    own = description.triples if number == 1 else []
    triples = dict.fromkeys([*own, *pointing.triples, *pointing.names])
    here = address.data(suffix)
    links = data_links(address, suffix, release)
    if number > 1:
        links.append(WebLink(Linker(None)(here, page=str(number - 1)), "prev"))
    if pointing.more:
        links.append(WebLink(Linker(None)(here, page=str(number + 1)), "next"))
    headers = {
        **CORS,
        "Link": link_header(links),
        "Content-Location": Linker(None)(here, **({"page": str(number)} if number > 1 else {})),
        "Cache-Control": "no-cache",
        "Content-Type": content_type(suffix),
    }
    return conditional(request, Response(written(triples, suffix, _prefixes(request)), headers=headers))


def _prefixes(request: Request) -> dict[str, str]:
    return {
        "ft": serving_of(request).release.namespace,
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
