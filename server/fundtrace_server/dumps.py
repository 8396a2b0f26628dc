"""`/dumps/`: the whole release as files, with their checksums."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from fundtrace.release import Dump, Release, dumps
from fundtrace_server.caching import conditional, validated
from fundtrace_server.formats import wanted
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.problems import Problem, not_found
from fundtrace_server.rendering import page

_FOLDER = "dumps"
_SUMS = "SHA256SUMS"
_LISTED = {"html": "text/html", "json": "application/json"}
_FILE = re.compile(r"fundtrace-(?P<version>[0-9a-f]{12})\.[a-z]{2,6}\.gz")


def dump_list(request: Request) -> Response:
    """`GET /dumps/`: the files with their sizes and checksums, as a page or JSON; 404 where none were made."""
    release = serving_of(request).release
    found = dumps(release)
    if not found:
        raise _not_made()
    if wanted(request, _LISTED) == "html":
        response: Response = page(request, "dumps.html", {"dumps": found, "sums": _SUMS})
    else:
        response = conditional(
            request, JSONResponse(_told(release, found), headers={**CORS, "Cache-Control": "no-cache"})
        )
    response.headers["Vary"] = "Accept"
    return response


def dump_file(request: Request) -> Response:
    """`GET /dumps/{file}`: a dump of the release served, or of one that is still kept, or the checksums of the current ones."""
    name = request.path_params["file"]
    release = serving_of(request).release
    if name == _SUMS:
        return _sums(request, release)
    named = _FILE.fullmatch(name)
    if named is None:
        raise not_found(request.url.path)
    path = release.path.parent / named["version"] / _FOLDER / name
    if not path.is_file():
        raise not_found(request.url.path) if dumps(release) else _not_made()
    headers = {**CORS, "Cache-Control": "public, max-age=3600", "Content-Type": "application/gzip"}
    status = path.stat()
    answer = FileResponse(path, headers=headers, stat_result=status)
    return validated(request, answer, f'"{name}-{status.st_size:x}-{status.st_mtime_ns:x}"')


def _sums(request: Request, release: Release) -> Response:
    try:
        text = Path(release.path / _FOLDER / _SUMS).read_text(encoding="ascii")
    except FileNotFoundError:
        raise _not_made() from None
    headers = {**CORS, "Cache-Control": "no-cache", "Content-Type": "text/plain; charset=utf-8"}
    return conditional(request, Response(text, headers=headers))


def _told(release: Release, found: tuple[Dump, ...]) -> dict[str, object]:
    return {
        "release": release.version,
        "checksums": f"{release.base}dumps/{_SUMS}",
        "files": [
            {
                "url": f"{release.base}dumps/{one.file}",
                "name": one.file,
                "media_type": one.form.media_type,
                "compression": "gzip",
                "bytes": one.size,
                "sha256": one.sha256,
            }
            for one in found
        ],
    }


def _not_made() -> Problem:
    return Problem(
        404,
        "no-dumps",
        "本版本没有转储文件：构建时用了 --no-dumps；不带它重新运行 fundtrace build 即可补上",
        "this release has no dumps: it was built with --no-dumps; running fundtrace build without it adds them",
    )
