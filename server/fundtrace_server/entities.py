"""Linked data: `/id` sends a client to the page or to the data of an entity, by what it accepts."""

from __future__ import annotations

from pyoxigraph import Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fundtrace.release import Release
from fundtrace_server.addresses import Address
from fundtrace_server.caching import conditional
from fundtrace_server.description import Description
from fundtrace_server.distant import stored_statements
from fundtrace_server.formats import ALIASES, FORMATS, HTML, content_type, media_types, wanted, written
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.linkage import WebLink, alternates, data_links, link_header
from fundtrace_server.linker import linker_of
from fundtrace_server.pointing import Pointing, pointing_at, requested_page
from fundtrace_server.problems import not_found
from fundtrace_server.requested import check_told, described, requested_address
from fundtrace_server.sparql import client_of


def entity(request: Request) -> Response:
    """`GET /id/{kind}/{key}`: 303 to the page or the data, by `?format=` or `Accept`; 406, 404."""
    address = requested_address(request)
    check_told(request, address)
    target = wanted(request, {HTML: "text/html", **media_types()}, ALIASES)
    path = address.page if target == HTML else address.data(target)
    link = linker_of(request)
    location = link(path) if target == HTML else link.neutral(path)
    headers = {
        "Vary": "Accept",
        "Cache-Control": "no-cache",
        "Link": link_header(alternates(address, link)),
        **CORS,
    }
    return RedirectResponse(location, status_code=303, headers=headers)


async def data(request: Request) -> Response:
    """`GET /data/{kind}/{key}.{suffix}?page=`: what the release says of an entity, always in that format.

    The first page tells the entity and the first statements that point at it, the others the rest of those. With a remote store the
    entity is told by that store.
    """
    suffix = request.path_params["suffix"]
    if suffix not in FORMATS:
        raise not_found(request.url.path)
    address, number = requested_address(request), requested_page(request)
    if not request.app.state.settings.store or number > 1:
        return await run_in_threadpool(_data, request, address, number)
    await run_in_threadpool(check_told, request, address)
    iri, serving = address.iri(serving_of(request).release).value, serving_of(request)
    own = await stored_statements(serving, iri, client_of(request))
    return await run_in_threadpool(
        _data, request, address, number, Description(iri, own, serving.release.namespace)
    )


def _data(
    request: Request, address: Address, number: int, description: Description | None = None
) -> Response:
    """One page in its format; without a description, what the data folder says."""
    suffix = request.path_params["suffix"]
    release = serving_of(request).release
    description = description or described(request, address)
    pointing = pointing_at(release, description.iri, number)
    if number > 1 and not pointing.triples:
        raise not_found(f"{request.url.path}?page={number}")
    triples = told(description, pointing)
    here = address.data(suffix)
    link = linker_of(request).neutral
    links = data_links(address, suffix, link, release)
    if number > 1:
        links.append(WebLink(link(here, page=number - 1), "prev"))
    if pointing.more:
        links.append(WebLink(link(here, page=number + 1), "next"))
    headers = {
        **CORS,
        "Link": link_header(links),
        "Content-Location": link(here, page=number) if number > 1 else link(here),
        "Cache-Control": "no-cache",
        "Content-Type": content_type(suffix),
    }
    return conditional(request, Response(written(triples, suffix, prefixes_of(release)), headers=headers))


def told(description: Description, pointing: Pointing) -> list[Triple]:
    """The statements of one page of an entity's data, each once: its own on the first page, and those that point at it."""
    own = description.triples if pointing.number == 1 else []
    return list(dict.fromkeys([*own, *pointing.triples, *pointing.names]))


def prefixes_of(release: Release) -> dict[str, str]:
    """The prefixes of an entity's data."""
    return {
        "ft": release.namespace,
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
