"""For search engines: `/robots.txt`, and sitemaps of the pages in bounded parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from xml.sax.saxutils import escape

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fundtrace.release import Release
from fundtrace_server.addresses import page_path
from fundtrace_server.caching import conditional
from fundtrace_server.description import RDF_TYPE
from fundtrace_server.holding import serving_of
from fundtrace_server.linker import encode_path
from fundtrace_server.problems import not_found

CLASSES = (
    "FundingDocument",
    "Project",
    "Department",
    "BudgetUnit",
    "Region",
    "SourceDocument",
    "ProjectSeries",
    "BudgetTable",
)
"""The classes whose pages are listed: those with a template of their own."""

PART = 10_000
"""Pages in one sitemap; the protocol allows 50 000."""

_PART = re.compile(r"(?P<name>[A-Za-z]+)-(?P<number>[1-9]\d{0,5})\.xml")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CLOSED = ("/resolve", "/search", "/sparql", "/graphql", "/questions/")


def robots(request: Request) -> Response:
    """`GET /robots.txt`: pages and data are open, what computes an answer is not for crawlers."""
    base = serving_of(request).release.base
    closed = "".join(f"Disallow: {path}\n" for path in _CLOSED)
    text = f"User-agent: *\n{closed}\nSitemap: {base}sitemap.xml\n"
    return conditional(request, PlainTextResponse(text, headers={"Cache-Control": "public, max-age=3600"}))


def sitemap_index(request: Request) -> Response:
    """`GET /sitemap.xml`: the sitemaps, one for each class and 10 000 pages."""
    release = serving_of(request).release
    addresses = [f"{release.base}sitemaps/{name}" for name in sitemap_names(release)]
    return _xml(request, "sitemapindex", "sitemap", addresses)


def sitemap_names(release: Release) -> list[str]:
    """The names of the sitemaps of a release."""
    return [f"{name}-{number}.xml" for name in CLASSES for number in range(1, _parts(release, name) + 1)]


def sitemap(request: Request) -> Response:
    """`GET /sitemaps/{class}-{number}.xml`: the addresses of at most 10 000 pages."""
    release = serving_of(request).release
    named = _PART.fullmatch(request.path_params["name"])
    if named is None or named["name"] not in CLASSES or int(named["number"]) > _parts(release, named["name"]):
        raise not_found(request.url.path)
    start = (int(named["number"]) - 1) * PART
    kind = NamedNode(release.namespace + named["name"])
    quads = release.store.quads_for_pattern(None, NamedNode(RDF_TYPE), kind)
    iris = [
        quad.subject.value
        for quad in islice(quads, start, start + PART)
        if isinstance(quad.subject, NamedNode)
    ]
    paths = (page_path(iri, release.base) for iri in iris)
    return _xml(
        request,
        "urlset",
        "url",
        (release.base + encode_path(path).removeprefix("/") for path in paths if path),
    )


def _parts(release: Release, name: str) -> int:
    return -(-release.info.counts.get(name, 0) // PART)


def _xml(request: Request, root: str, entry: str, addresses: Iterable[str]) -> Response:
    entries = "".join(f"<{entry}><loc>{escape(one)}</loc></{entry}>\n" for one in addresses)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{entries}</{root}>\n'
    headers = {"Cache-Control": "public, max-age=3600", "Content-Type": "application/xml; charset=utf-8"}
    return conditional(request, Response(text, headers=headers))
