"""A release as static files: every page and all data of every entity, for a plain web server, an object store, or a disk."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import secrets
import shutil
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from pyoxigraph import QueryResultsFormat, QuerySolutions
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from fundtrace.errors import UsageError
from fundtrace.query import Answer, Question, WorkerPool, catalogue
from fundtrace.release import Release, dumps
from fundtrace.settings import Settings
from fundtrace_server.addresses import Address, address_of
from fundtrace_server.assets import STATIC, built_names
from fundtrace_server.crawling import robots, sitemap, sitemap_index, sitemap_names
from fundtrace_server.description import describe
from fundtrace_server.descriptions import catalog, document_schema, provenance, quality, void
from fundtrace_server.dumps import dump_list
from fundtrace_server.entities import prefixes_of, told
from fundtrace_server.filing import FileLinker, file_of
from fundtrace_server.formats import DESCRIBED_IN, FORMATS, HTML, written
from fundtrace_server.holding import SCOPE_KEY, Serving
from fundtrace_server.linker import LINKER_KEY
from fundtrace_server.messages import LANGUAGES
from fundtrace_server.ontology import ontology, shapes, term_face
from fundtrace_server.pages import entity_page, home
from fundtrace_server.pointing import pointing_at
from fundtrace_server.questions import FILES, question_data, question_list, question_page
from fundtrace_server.releases import releases
from fundtrace_server.terms import term_names

MARK = "fundtrace-site.json"
"""The file by which a folder is known as a site that may be replaced."""

_WHOLE = "export/"
"""The questions whose answers are meant to be taken whole."""

Handler = Callable[[Request], Response | Coroutine[Any, Any, Response]]


def write_site(release: Release, folder: Path, settings: Settings, told_of: Callable[[int], None]) -> int:
    """Writes the site of a release into a folder, which appears in one step; gives the number of entities.

    `told_of` is called with the number of entities after each. Raises `UsageError` `site-folder` for a folder that holds
    anything else than a site. The same release gives the same bytes.
    """
    _check(folder)
    draft = folder.with_name(f".{folder.name}-unfinished-{secrets.token_hex(4)}")
    draft.mkdir(parents=True)
    try:
        with closing(_Writer(release, draft, settings)) as writer:
            writer.describe_release()
            count = 0
            for count, address in enumerate(_addresses(release), 1):
                writer.entity(address)
                told_of(count)
        mark = {"release": release.version, "base": release.base, "entities": count}
        (draft / MARK).write_text(json.dumps(mark) + "\n", encoding="utf-8")
        _replace(folder, draft)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return count


class _OwnQuestions:
    """Answers our own questions in this process: no stranger asks them, and nobody waits."""

    def __init__(self, release: Release) -> None:
        self._release = release

    async def answer(self, query: str, **_forms: object) -> Answer:
        """The whole answer to a SELECT as TSV."""
        found = self._release.store.query(query)
        if not isinstance(found, QuerySolutions):
            raise TypeError("a question is a SELECT")
        body = found.serialize(format=QueryResultsFormat.TSV) or b""
        return Answer(body, QueryResultsFormat.TSV.media_type, "solutions")


class _Patient(Serving):
    """A release that is asked by nobody but us."""

    @property
    def pool(self) -> WorkerPool:
        """What answers in place of worker processes, whose limits are for strangers."""
        return cast(WorkerPool, _OwnQuestions(self.release))


class _Writer:
    """Asks the handlers of the server for what they would answer, and writes it where its links expect it."""

    def __init__(self, release: Release, folder: Path, settings: Settings) -> None:
        self._release = release
        self._folder = folder
        self._serving = _Patient(release, settings)
        self._thread = ThreadPoolExecutor(1)
        self._app = Starlette()
        self._app.state.settings = dataclasses.replace(settings, data=str(release.path.parents[1]))

    def close(self) -> None:
        """Ends what the answers needed."""
        self._thread.shutdown()
        self._serving.retire()

    def describe_release(self) -> None:
        """Everything that is not about one entity."""
        self._pages("/", home)
        for path, handler in (("/ontology", ontology), ("/shapes", shapes), ("/catalog", catalog), ("/.well-known/void", void)):  # fmt: skip
            self._pages(path, handler, suffix=HTML)
            for suffix in DESCRIBED_IN:
                self._file(f"{path}.{suffix}", handler, suffix=suffix)
        for path, handler in (("/provenance", provenance), ("/quality", quality)):
            for suffix in DESCRIBED_IN:
                self._file(f"{path}.{suffix}", handler, suffix=suffix)
        self._pages("/releases", releases)
        self._file("/releases.json", releases, query={"format": "json"})
        self._pages("/questions", question_list)
        for question in catalogue().values():
            self.question(question)
        for term in term_names(self._release.namespace).terms.values():
            for suffix in (HTML, *DESCRIBED_IN):
                write = self._pages if suffix == HTML else self._file
                write(f"/ontology/{term.name}.{suffix}", term_face, name=term.name, suffix=suffix)
        self._file("/schemas/document.json", document_schema)
        self._plain("robots.txt", robots)
        self._plain("sitemap.xml", sitemap_index)
        for name in sitemap_names(self._release):
            self._plain(f"sitemaps/{name}", sitemap, name=name)
        if dumps(self._release):
            self._pages("/dumps/", dump_list)
            for file in sorted((self._release.path / "dumps").iterdir()):
                shutil.copyfile(file, self._place(f"dumps/{file.name}"))
        for name in sorted(built_names()):
            shutil.copyfile(STATIC / name, self._place(f"static/{name}"))

    def question(self, question: Question) -> None:
        """An export with its whole answer, another question with that of its example; without values, as files too."""
        path = f"/questions/{question.id}"
        asked = {} if question.id.startswith(_WHOLE) else dict(question.example)
        self._pages(path, question_page, query=asked, id=question.id)
        for suffix in () if asked or not question.answers_at_once else FILES:
            self._file(f"{path}.{suffix}", question_data, id=question.id, suffix=suffix)

    def entity(self, address: Address) -> None:
        """The pages of an entity in each language, the same files at its IRI, and its data in each format."""
        named = {"kind": address.kind, "key": address.key}
        self._pages(address.page, entity_page, None, **named)
        for language in LANGUAGES:
            page = file_of(address.page, language) or ""
            _link(self._folder / page, self._place(f"id/{page.removeprefix('page/')}"))
        iri = address.iri(self._release).value
        description, number, more = describe(self._release, iri), 1, True
        while more:
            pointing = pointing_at(self._release, iri, number)
            statements = told(description, pointing)
            for suffix in FORMATS:
                path = file_of(address.data(suffix), number=number) or ""
                self._place(path).write_bytes(written(statements, suffix, prefixes_of(self._release)))
            number, more = number + 1, pointing.more

    def _pages(
        self, path: str, handler: Handler, query: Mapping[str, str] | None = None, **named: str
    ) -> None:
        """A page in each language, and the later pages that it leads to."""
        for language in LANGUAGES:
            waiting, done = [1], {1}
            while waiting:
                number = waiting.pop()
                file = file_of(path, language, number) or ""
                link = FileLinker(file, self._release.base, language)
                asked = {**(query or {}), "lang": language, **({"page": str(number)} if number > 1 else {})}
                self._place(file).write_bytes(self._answer(path, handler, link, asked, named))
                new = {page for of, page in link.further if of == path} - done
                done |= new
                waiting += sorted(new)

    def _file(
        self, path: str, handler: Handler, query: Mapping[str, str] | None = None, **named: str
    ) -> None:
        self._plain(file_of(path) or "", handler, query, **named)

    def _plain(
        self, file: str, handler: Handler, query: Mapping[str, str] | None = None, **named: str
    ) -> None:
        link = FileLinker(file, self._release.base)
        self._place(file).write_bytes(self._answer(f"/{file}", handler, link, query or {}, named))

    def _answer(
        self,
        path: str,
        handler: Handler,
        link: FileLinker,
        query: Mapping[str, str],
        named: Mapping[str, str],
    ) -> bytes:
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": urlencode(query).encode(),
            "headers": [(b"accept", b"text/html")],
            "path_params": named,
            "app": self._app,
            SCOPE_KEY: self._serving,
            LINKER_KEY: link,
        }
        told = handler(Request(scope))
        # In a thread of its own, since whoever writes a site may have an event loop in this one.
        answer = self._thread.submit(asyncio.run, told).result() if isinstance(told, Coroutine) else told
        return bytes(answer.body)

    def _place(self, file: str) -> Path:
        path = self._folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _addresses(release: Release) -> Iterator[Address]:
    """The entities of a release, in the order of its sorted statements."""
    before = ""
    for line in release.statements():
        subject = line.split(" ", 1)[0]
        if subject != before:
            before = subject
            address = address_of(subject[1:-1], release.base)
            if address:
                yield address


def _check(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            "site-folder",
            f"文件夹里已有别的东西，未作改动；请换一个空文件夹（站点文件夹里有 {MARK}）",
            f"the folder holds something else and was left alone; name an empty one (a site has {MARK} in it)",
            subject=str(folder),
        )


def _replace(folder: Path, draft: Path) -> None:
    old = folder.with_name(f".{folder.name}-old-{secrets.token_hex(4)}")
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
