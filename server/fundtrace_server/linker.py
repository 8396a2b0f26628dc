"""Addresses on this server for pages and headers: under the prefix that a request came by, keeping what it chose."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from starlette.requests import Request

from fundtrace_server.amounts import UNITS
from fundtrace_server.holding import CURRENT_KEY, SCOPE_KEY, Serving
from fundtrace_server.messages import LANGUAGES

VERSIONED = ("/id/", "/page/", "/data/", "/questions", "/dumps")
"""Where `?release=` is understood: what these paths begin with."""

LINKER_KEY = "fundtrace.linker"
"""Where a request's scope holds a linker of its own, for answers that become files."""

_SAFE_IN_PATH = "/~-_."
_DATA = "/data/"


class Linker:
    """Makes an address of a path: percent-encoded once, behind a root, with the language, unit and release that were chosen.

    `root` is what stands before every path, without a slash at its end: empty, or the path of the base IRI (`/budget`).
    """

    live = True
    """Whether something answers that computes: search, questions, queries."""

    def __init__(
        self,
        root: str = "",
        language: str | None = None,
        release: str | None = None,
        unit: str | None = None,
    ) -> None:
        self.root = root
        self.language = language if language in LANGUAGES else None
        self.release = release
        self.unit = unit if unit in UNITS else None

    def __call__(self, path: str, **query: str | int) -> str:
        """The address of a path of this server, with a query."""
        if self.release and is_versioned(path):
            query["release"] = self.release
        if self.language and not path.startswith(_DATA):
            query["lang"] = self.language
        if self.unit and _is_page(path):
            query["unit"] = self.unit
        address = encode_path(self.root + path)
        return f"{address}?{urlencode(query)}" if query else address

    def translated(self, path: str, query: Iterable[tuple[str, str]], language: str) -> str:
        """The address of the page at hand in another language, its query kept."""
        return self._changed(path, query, "lang", language)

    def in_unit(self, path: str, query: Iterable[tuple[str, str]], unit: str) -> str:
        """The address of the page at hand with money in another unit, its query kept."""
        return self._changed(path, query, "unit", unit)

    def _changed(self, path: str, query: Iterable[tuple[str, str]], name: str, value: str) -> str:
        kept = [(one, text) for one, text in query if one != name]
        return f"{encode_path(self.root + path)}?{urlencode([*kept, (name, value)])}"

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
        request.query_params.get("unit"),
    )


def route_path(request: Request) -> str:
    """The path of a request without the prefix that it came by."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")) or "/"


def is_versioned(path: str) -> bool:
    """Whether a path without root can be asked of an older release."""
    return path.startswith(VERSIONED)


def _is_page(path: str) -> bool:
    """Whether a path is that of a page, and not of a file, whose money is in yuan."""
    return not path.startswith(_DATA) and PurePosixPath(path).suffix in {"", ".html"}


def encode_path(path: str) -> str:
    """A path with everything percent-encoded that an address may not hold raw."""
    return quote(path, safe=_SAFE_IN_PATH)
