"""What lets a client keep an answer: validators made of the release and the bytes, and 304 for who has them already.

`If-Modified-Since` is not looked at (RFC 9110, section 13.1.3 allows that): after a rollback the current release is older.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from fundtrace.release import Release
from fundtrace_server.holding import serving_of

_METHODS = frozenset({"GET", "HEAD"})
_KEPT = ("cache-control", "content-location", "vary", "link", "access-control-allow-origin")


def conditional(request: Request, response: Response) -> Response:
    """The answer with a strong `ETag` and `Last-Modified`, or 304 when the client names that `ETag`."""
    if request.method not in _METHODS or response.status_code != 200:
        return response
    release = serving_of(request).release
    kind = response.headers.get("content-type", "").encode()
    digest = hashlib.blake2b(kind + b"\n" + bytes(response.body), digest_size=12).hexdigest()
    return validated(request, response, f'"{release.version}-{digest}"')


def validated(request: Request, response: Response, etag: str) -> Response:
    """The answer with this `ETag`, or 304 when the client has it."""
    headers = {"ETag": etag, "Last-Modified": modified(serving_of(request).release)}
    if has_already(request, etag):
        kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
        return Response(status_code=304, headers={**kept, **headers})
    response.headers.update(headers)
    return response


def has_already(request: Request, etag: str) -> bool:
    """Whether `If-None-Match` names an `ETag`, by weak comparison (RFC 9110, section 13.1.2)."""
    named = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return bool(named & {etag, "*"})


def modified(release: Release) -> str:
    """When a release was made, as HTTP writes times."""
    return format_datetime(datetime.fromisoformat(release.info.created), usegmt=True)
