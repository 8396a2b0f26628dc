"""Addresses on this server for pages and headers: under the prefix that a request came by, keeping what it chose."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from starlette.requests import Request

from fundtrace_server.holding import CURRENT_KEY, SCOPE_KEY, Serving
from fundtrace_server.messages import LANGUAGES

VERSIONED = ("/id/", "/page/", "/data/", "/questions", "/dumps")
"""Where `?release=` is understood: what these paths begin with."""

LINKER_KEY = "fundtrace.linker"
"""Where a request's scope holds a linker of its own, for answers that become files."""

_SAFE_IN_PATH = "/~-_."


class Linker:
    """Makes an address of a path: percent-encoded once, behind a root, with the language and the release that were chosen.

    `root` is what stands before every path, without a slash at its end: empty, or the path of the base IRI (`/budget`).
    """

    live = True
    """Whether something answers that computes: search, questions, queries."""

    def __init__(self, root: str = "", language: str | None = None, release: str | None = None) -> None:
        self.root = root
        self.language = language if language in LANGUAGES else None
        self.release = release

    def __call__(self, path: str, **query: str | int) -> str:
        """The address of a path of this server, with a query."""
        if self.release and is_versioned(path):
            query["release"] = self.release
        if self.language:
            query["lang"] = self.language
        address = encode_path(self.root + path)
        return f"{address}?{urlencode(query)}" if query else address

    def translated(self, path: str, query: Iterable[tuple[str, str]], language: str) -> str:
        """The address of the page at hand in another language, its query kept."""
        kept = [(name, value) for name, value in query if name != "lang"]
        return f"{encode_path(self.root + path)}?{urlencode([*kept, ('lang', language)])}"

    def file(self, path: str) -> str:
        """The address of a file that is the same in every language and release."""
        return encode_path(self.root + path)

    def reference(self, path: str) -> str:
        """The address of a path that may end in a fragment, which is kept."""
        before, sign, fragment = path.partition("#")
        return f"{self(before)}{sign}{encode_path(fragment)}"

    @property
    def neutral(self) -> Linker:
        """For data, which has no language."""
        return Linker(self.root, None, self.release)


def linker_of(request: Request) -> Linker:
    """The linker for the answer to a request."""
    own: Linker | None = request.scope.get(LINKER_KEY)
    if own is not None:
        return own
    serving: Serving | None = request.scope.get(SCOPE_KEY)
    return Linker(
        request.scope.get("root_path", ""),
        request.query_params.get("lang"),
        serving.release.version if serving and CURRENT_KEY in request.scope else None,
    )


def route_path(request: Request) -> str:
    """The path of a request without the prefix that it came by."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")) or "/"


def is_versioned(path: str) -> bool:
    """Whether a path without root can be asked of an older release."""
    return path.startswith(VERSIONED)


def encode_path(path: str) -> str:
    """A path with everything percent-encoded that an address may not hold raw."""
    return quote(path, safe=_SAFE_IN_PATH)
