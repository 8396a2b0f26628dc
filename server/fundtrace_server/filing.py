"""Where an answer lies when the site is a folder of files, and links between such files, relative so that it opens anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from fundtrace_server.linker import Linker, encode_path
from fundtrace_server.messages import LANGUAGES

_FOLDERS = ("/page/", "/id/")
_PAGES = ("/", "/ontology", "/shapes", "/catalog", "/.well-known/void", "/dumps/", "/questions", "/releases")
_QUESTIONS = "/questions/"
_FILES = (
    "/data/",
    "/ontology.",
    "/ontology/",
    "/shapes.",
    "/catalog.",
    "/.well-known/void.",
    "/provenance.",
    "/quality.",
    "/releases.",
    "/dumps/",
    "/static/",
)
_SCHEMA = "/schemas/document.json"


def file_of(path: str, language: str | None = None, number: int = 1) -> str | None:
    """The file of a path, a language and a page number, relative to the folder of the site; None for what has none.

    `/page/region/130636` is `page/region/130636/index.html`, its English form `index.en.html`, its second page `2.html`.
    """
    tail = "" if language in {None, LANGUAGES[0]} else f".{language}"
    name = f"{'index' if number == 1 else number}{tail}.html"
    if path.startswith(_QUESTIONS) and "." in path:
        return path[1:]
    if path.startswith((*_FOLDERS, _QUESTIONS)):
        return f"{path[1:]}/{name}"
    if path in _PAGES:
        return f"{path[1:].rstrip('/')}/{name}".lstrip("/")
    if path == _SCHEMA or path.startswith(_FILES):
        stem, _, suffix = path[1:].rpartition(".")
        if suffix == "html":
            return f"{stem}{tail}.html"
        return path[1:] if number == 1 else f"{stem}.{number}.{suffix}"
    return None


class FileLinker(Linker):
    """Links from one file of the site to others; what has no file is named by its address under the base.

    It remembers in `further` which later pages were linked to, so that they are written too.
    """

    live = False

    def __init__(self, here: str, base: str, language: str | None = None) -> None:
        super().__init__("../" * here.count("/"), language)
        self._base = base
        self.further: set[tuple[str, int]] = set()

    def __call__(self, path: str, **query: str | int) -> str:
        """The relative address of a path."""
        number = int(query.get("page", 1))
        found = file_of(path, self.language, number)
        if found is None or set(query) - {"page"}:
            address = self._base + encode_path(path).removeprefix("/")
            return f"{address}?{urlencode(query)}" if query else address
        if number > 1:
            self.further.add((path, number))
        return self.root + encode_path(found)

    def file(self, path: str) -> str:
        """The relative address of a file that is the same in every language."""
        return self.root + encode_path(file_of(path) or path.removeprefix("/"))

    def translated(self, path: str, query: Iterable[tuple[str, str]], language: str) -> str:
        """The same page in another language."""
        number = next((int(value) for name, value in query if name == "page"), 1)
        return self.root + encode_path(file_of(path, language, number) or "")
