"""Headers that every answer carries: what a page may load, and that nothing guesses or leaks."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from starlette.responses import Response

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere and nothing inline: names come from strangers' files."""

EDITOR_POLICY = CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") + (
    "; font-src 'self' data:; worker-src 'self'"
)
"""For the two pages with an editor alone: editors write styles, and one has fonts; what they load is still our own."""

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, X-Release, X-Request-Id",
}
"""The data is public and there are no cookies, so any page may read the answers."""

_HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_TO_SLASH = 307
"""With what the framework leads from `/dumps` to `/dumps/`; nothing of ours uses it."""

Headers = list[tuple[bytes, bytes]]


def secured(headers: Iterable[tuple[bytes, bytes]], status: int, *more: tuple[bytes, bytes]) -> Headers:
    """The headers of an answer with the security headers that it does not set itself, and more."""
    made = list(headers)
    set_already = {name for name, _ in made}
    made.extend(one for one in _HEADERS if one[0] not in set_already)
    made.extend(more)
    if status == _TO_SLASH:
        made = [(name, _path_of(value) if name == b"location" else value) for name, value in made]
    return made


def _path_of(location: bytes) -> bytes:
    """The address without the server's name, which the framework takes from what the client says it is."""
    parts = urlsplit(location)
    return urlunsplit((b"", b"", b"/" + parts.path.lstrip(b"/"), parts.query, b""))


def preflight(methods: Iterable[str]) -> Response:
    """The answer to `OPTIONS`, also to a browser that asks before it sends."""
    allowed = ", ".join(methods)
    headers = {
        **CORS,
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Content-Type",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=headers)
