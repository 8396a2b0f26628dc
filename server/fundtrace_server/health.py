"""For supervisors: is the process alive, and can it answer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from fundtrace_server.asking import rows
from fundtrace_server.holding import serving_of


async def alive(request: Request) -> Response:  # noqa: ARG001 - starlette's signature
    """`GET /healthz`: the process answers."""
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


def ready(request: Request) -> Response:
    """`GET /readyz`: the graph answers; names the release. An error of the graph becomes 503."""
    release = serving_of(request).release
    rows(release, "ready")
    return JSONResponse({"release": release.version}, headers={"Cache-Control": "no-store"})
