"""The bundle that Vite writes: names with a hash in them, looked up in its manifest."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from fundtrace.errors import SystemFailure

STATIC = Path(__file__).parent / "static"
"""Where the bundle lies; it is built by `npm run build` in `server/web`, never committed."""


_SERVED = frozenset({".js", ".css", ".ttf", ".woff2"})


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    file = STATIC / "manifest.json"
    try:
        manifest: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SystemFailure(
            "no-web-bundle",
            "页面的样式和脚本尚未构建，请运行 make install",
            "the pages' stylesheet and script are not built; run: make install",
            subject=str(file),
        ) from error
    return manifest


def asset(source: str) -> str:
    """The address of a built file by the name of its source, `src/style.css`."""
    return f"/static/{_manifest()[source]['file']}"


def stylesheets(source: str) -> tuple[str, ...]:
    """The addresses of the styles that a built script brings, also by way of the scripts that it imports."""
    found: dict[str, None] = {}
    waiting, seen = [source], {source}
    while waiting:
        entry = _manifest()[waiting.pop(0)]
        found.update(dict.fromkeys(f"/static/{name}" for name in entry.get("css", ())))
        new = [name for name in entry.get("imports", ()) if name not in seen]
        seen.update(new)
        waiting += new
    return tuple(found)


@cache
def built_names() -> frozenset[str]:
    """The names of all built files: scripts, workers, styles and fonts. Raises `SystemFailure` when the bundle is missing."""
    _manifest()
    return frozenset(file.name for file in STATIC.iterdir() if file.suffix in _SERVED)


def check_bundle() -> None:
    """Raise `SystemFailure` now rather than at the first page when the bundle is missing."""
    _manifest()


async def built_file(request: Request) -> Response:
    """`GET /static/{name}`: a file that the manifest names, to be kept for a year since its name has its hash."""
    name = request.path_params["name"]
    if name not in built_names():
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(STATIC / name, headers=headers)
