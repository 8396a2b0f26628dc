"""`/docs`: the documentation of the repository, page for page, as HTML."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from fundtrace import resources
from fundtrace_server.linker import Linker, linker_of, route_path
from fundtrace_server.problems import not_found
from fundtrace_server.rendering import page

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_INDEX: Final = "README"
_NAME = re.compile(r"[a-z][a-z.-]*(?:/[a-z][a-z.-]*)?\Z")
_IMAGE = re.compile(r"images/[a-z0-9-]+\.(?:png|webp|svg)\Z")
_NOT_ANCHOR = re.compile(r"[^\w -]")


def documentation(request: Request) -> Response:
    """`GET /docs`, `/docs/{name}`: a page of the documentation, or one of its pictures; 404."""
    name = request.path_params.get("name", "").strip("/")
    folder = resources.folder("docs")
    if _IMAGE.match(name) and (folder / name).is_file():
        return FileResponse(folder / name)
    path = _page(folder, name)
    if path is None:
        raise not_found(route_path(request))
    html, title = _rendered(path, folder, linker_of(request))
    return page(request, "documentation.html", {"html": html, "heading": title})


def _page(folder: Path, name: str) -> Path | None:
    """The file of a page. Names are matched, never joined unseen: no address leads out of the folder."""
    if name and not _NAME.match(name):
        return None
    for candidate in (folder / f"{name}.md", folder / name / f"{_INDEX}.md"):
        wanted = bool(name) or candidate.stem == _INDEX
        if wanted and candidate.is_file() and candidate.resolve().is_relative_to(folder.resolve()):
            return candidate
    return None


def _rendered(path: Path, folder: Path, link: Linker) -> tuple[str, str]:
    """The page as HTML, with links that lead to pages of this server, and its title."""
    markdown = _markdown()
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    here = path.parent.relative_to(folder).as_posix()
    title = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and before.type == "heading_open" and token.children is not None:
            before.attrSet("id", anchor(token.content))
            title = title or token.content
        for child in token.children or ():
            _lead(child, here, link)
    return markdown.renderer.render(tokens, markdown.options, {}), title


def anchor(heading: str) -> str:
    """The anchor of a heading, as code hosts make it: lower case, without punctuation, `-` for a space."""
    return _NOT_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def _lead(token: Token, here: str, link: Linker) -> None:
    for name in ("href", "src"):
        target = token.attrGet(name)
        if not isinstance(target, str) or "://" in target or target.startswith("#"):
            continue
        path, hash_sign, fragment = target.partition("#")
        path = posixpath.normpath(posixpath.join(here, path))
        if path.startswith("../"):
            # The repository has it, this server does not.
            del token.attrs[name]
            continue
        path = path.removesuffix(".md").removesuffix(_INDEX).strip("/").removeprefix(".")
        token.attrSet(name, link(f"/docs/{path}".rstrip("/")) + hash_sign + fragment)


@cache
def _markdown() -> MarkdownIt:
    # Loaded with the first page: few ask for one.
    from markdown_it import MarkdownIt

    # HTML in a page is shown, not taken: what is rendered needs no trust.
    return MarkdownIt("commonmark", {"html": False}).enable("table")
