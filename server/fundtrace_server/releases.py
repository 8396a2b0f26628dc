"""`/releases`: which releases there are, and what changed between them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fundtrace.release import lookup
from fundtrace.settings import Settings
from fundtrace_server.addresses import page_path
from fundtrace_server.caching import conditional
from fundtrace_server.formats import wanted
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.linker import linker_of
from fundtrace_server.rendering import language_of, page
from fundtrace_server.terms import term_names
from fundtrace_server.views.releases import ListedRelease, view_releases

_AVAILABLE = {"html": "text/html", "json": "application/json"}


def releases(request: Request) -> Response:
    """`GET /releases`: the releases kept, newest first, as a page or JSON by `?format=` or `Accept`."""
    release = serving_of(request).release
    form = wanted(request, _AVAILABLE)
    settings: Settings = request.app.state.settings
    listed = view_releases(settings.data_path, release)
    if form == "html":
        names, language = term_names(release.namespace), language_of(request)
        context = {
            "releases": listed,
            "class_label": lambda name: names.label(release.namespace + name, language),
            "path_of": lambda iri: page_path(iri, release.base) if _has_page(request, iri) else None,
        }
        response = page(request, "releases.html", context)
    else:
        told = {"current": release.version, "releases": [_told(one) for one in listed]}
        headers = {**CORS, "Cache-Control": "no-cache"}
        response = conditional(request, JSONResponse(told, headers=headers))
    response.headers["Vary"] = "Accept"
    return response


def _has_page(request: Request, iri: str) -> bool:
    """A server knows what became of an IRI; a file must be there."""
    return linker_of(request).live or lookup(request.app.state.settings.data_path, iri).state == "live"


def _told(listed: ListedRelease) -> dict[str, object]:
    info, changes = listed.info, listed.changes
    return {
        "version": info.version,
        "iri": f"{info.base}id/release/{info.version}",
        "created": info.created,
        "software_version": info.software_version,
        "current": listed.current,
        "statements": info.statements,
        "counts": info.counts,
        "findings": info.findings,
        "content_sha256": info.content_sha256,
        "before": listed.before,
        "changes": changes
        and {
            "zh": changes.zh,
            "en": changes.en,
            "entities": [
                {
                    "class": named.class_name,
                    "action": named.action,
                    "count": named.count,
                    "first": [{"iri": change.iri, "label": change.label} for change in named.changes],
                }
                for named in changes.named
            ],
        },
    }
