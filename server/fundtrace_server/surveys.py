"""Pages over a whole release: findings, sources, and a comparison of two departments, regions or years."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from fundtrace_server.holding import serving_of
from fundtrace_server.problems import not_found
from fundtrace_server.rendering import language_of, page
from fundtrace_server.views.comparing import read_side, sides, view_comparison
from fundtrace_server.views.finding_list import read_findings_wanted, view_findings
from fundtrace_server.views.sources import view_sources
from fundtrace_server.views.wanted import page_number


def findings(request: Request) -> Response:
    """`GET /findings`: all findings of the release, by rule, severity, department or source."""
    wanted = read_findings_wanted(request.query_params)
    view = view_findings(serving_of(request).release.index, wanted, language_of(request))
    if wanted.page > 1 and not view.rows:
        raise not_found(f"/findings?page={wanted.page}")
    return page(request, "findings.html", {"view": view})


def sources(request: Request) -> Response:
    """`GET /sources`: what the release was read from, and how much of it was understood."""
    number = page_number(request.query_params)
    view = view_sources(serving_of(request).release, language_of(request), number)
    if number > 1 and not view.rows:
        raise not_found(f"/sources?page={number}")
    return page(request, "sources.html", {"view": view})


def compare(request: Request) -> Response:
    """`GET /compare?left=&right=`: two departments or regions side by side; the form alone until both are named."""
    index, language = serving_of(request).release.index, language_of(request)
    left, right = (read_side(request.query_params, name) for name in ("left", "right"))
    view = view_comparison(index, left, right, language) if left and right else None
    context = {"view": view, "left": left, "right": right, "sides": sides(index, language)}
    return page(request, "compare.html", context)
