"""`/about`: what the data is, what its limits are, and who may use it, in plain words."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from fundtrace import __version__
from fundtrace.settings import Settings
from fundtrace_server.holding import serving_of
from fundtrace_server.rendering import language_of, page
from fundtrace_server.views.home import view_home


def about(request: Request) -> Response:
    """`GET /about`."""
    settings: Settings = request.app.state.settings
    release = serving_of(request).release
    context = {
        "counts": dict(view_home(release, language_of(request)).counts),
        "publisher": settings.publisher,
        "licence": settings.licence,
        "contact": settings.contact
        if "://" in settings.contact or not settings.contact
        else f"mailto:{settings.contact}",
        "software": __version__,
        "base": release.base,
    }
    return page(request, "about.html", context)
