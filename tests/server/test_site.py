"""`fundtrace site`: everything as files that a plain server, or none, can show."""

from __future__ import annotations

import filecmp
import hashlib
import re
import threading
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import httpx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from tests.serving import SECONDS

from fundtrace.errors import UsageError
from fundtrace.release import Release, open_release
from fundtrace.settings import Settings
from fundtrace_server import commands, pointing
from fundtrace_server.filing import FileLinker, file_of
from fundtrace_server.formats import FORMATS
from fundtrace_server.site import MARK, write_site

DOCUMENT = "document/冀财社-2020-186"


@pytest.fixture(scope="module")
def site(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fixture, written by the command."""
    folder = tmp_path_factory.mktemp("site") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "_PROGRESS_SECONDS", 0.0)
        done = CliRunner().invoke(commands.site, [str(folder), "--data", str(data)])
    assert done.exit_code == 0, done.output
    assert open_release(data).version in done.stdout
    assert "entities written" in done.stderr  # a log has a line now and then, apart from the answer
    return folder


def _links(page: Path) -> Iterator[str]:
    html = page.read_text(encoding="utf-8")
    for one in re.findall(r'\b(?:href|src)="([^"]*)"', html):
        address = unquote(unescape(one)).partition("#")[0]
        if address and not address.startswith(("http:", "https:", "data:")):
            yield address


def test_every_link_leads_to_a_file(site: Path) -> None:
    """Links are relative, lead to files of the site, and never out of it."""
    pages = list(site.rglob("*.html"))
    assert len(pages) > 200
    for page in pages:
        for link in _links(page):
            assert not link.startswith("/"), (page, link)
            target = (page.parent / link).resolve()
            assert target.is_relative_to(site.resolve()), (page, link)
            assert target.is_file(), (page, link)


def test_an_entity_has_its_page_at_its_iri_and_its_data_in_every_format(site: Path, client) -> None:
    """The page is the same at both places, and the data is what the server answers."""
    for name in ("index.html", "index.en.html"):
        assert filecmp.cmp(site / "page" / DOCUMENT / name, site / "id" / DOCUMENT / name, shallow=False)
    assert 'rel="alternate"' in (site / "id" / DOCUMENT / "index.html").read_text(encoding="utf-8")
    for suffix, one in FORMATS.items():
        written = (site / f"data/{DOCUMENT}.{suffix}").read_bytes()
        answered = client.get(f"/data/{DOCUMENT}.{suffix}").content
        assert set(ox.parse(written, format=one.rdf)) == set(ox.parse(answered, format=one.rdf))


def test_the_release_is_described(site: Path, release: Release) -> None:
    """Ontology, shapes, catalogue, VoID, dumps with their checksums, sitemaps."""
    for name in ("index.html", "ontology/index.html", "ontology/Project.en.html", "ontology/Project.ttl", "shapes.jsonld", "catalog.ttl", "catalog/index.html", ".well-known/void/index.html", ".well-known/void.nt", "schemas/document.json", "sitemap.xml", "robots.txt", "provenance.ttl", "quality.jsonld", "releases/index.html", "releases.json", "questions/index.en.html", "questions/export/projects.csv"):  # fmt: skip
        assert (site / name).stat().st_size > 0, name
    for line in (site / "dumps/SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((site / "dumps" / name).read_bytes()).hexdigest() == digest


def test_questions_are_answered(site: Path) -> None:
    """Exports wholly, with their files; the others by their example; asking again leads to the service."""
    whole = (site / "questions/export/projects/index.html").read_text(encoding="utf-8")
    assert "../../../questions/export/projects.csv" in whole
    page = (site / "questions/documents/projects-citing/index.html").read_text(encoding="utf-8")
    assert 'action="http://localhost:8000/questions/documents/projects-citing' in page
    assert "冀财社" in page
    assert not (site / "questions/documents/projects-citing.csv").exists()


def test_the_same_release_gives_the_same_bytes(site: Path, release: Release, tmp_path: Path) -> None:
    """File by file; writing again replaces the site in one step."""
    again = tmp_path / "again"
    again.mkdir()
    (again / MARK).write_text("{}")
    (again / "old.html").write_text("left by an older release")
    assert write_site(release, again, Settings(), lambda count: None) > 50
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(again) for path in again.rglob("*") if path.is_file()}
    assert filecmp.cmpfiles(site, again, map(str, files), shallow=False)[1:] == ([], [])
    assert [one.name for one in tmp_path.iterdir()] == ["again"]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_not_a_site_is_left_alone(release: Release, tmp_path: Path, kind: str) -> None:
    """A folder with something else in it, or a file, is refused before anything is written."""
    folder = tmp_path / "mine"
    if kind == "folder":
        folder.mkdir()
        (folder / "thesis.txt").write_text("mine")
    else:
        folder.write_text("mine")
    with pytest.raises(UsageError, match="site-folder"):
        write_site(release, folder, Settings(), lambda count: None)
    assert [path.name for path in tmp_path.rglob("*")] == (
        ["mine", "thesis.txt"] if kind == "folder" else ["mine"]
    )


def test_long_lists_become_several_files(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later pages and later data are written too, and linked."""
    monkeypatch.setattr(pointing, "PAGE", 2)
    write_site(release, tmp_path / "site", Settings(), lambda count: None)
    region = tmp_path / "site/page/agency/河北省财政厅"
    source = tmp_path / "site/data/source/130636-323-2021.2.ttl"
    assert source.is_file()
    concept = tmp_path / "site/page/concept/stage-budget"
    assert (concept / "2.html").is_file()
    assert (concept / "2.en.html").is_file()
    assert 'href="../../../page/concept/stage-budget/2.html"' in (concept / "index.html").read_text(
        encoding="utf-8"
    )
    assert region.is_dir()


def test_a_plain_web_server_and_a_browser_show_it(site: Path, chromium: Browser) -> None:
    """From a plain server and from the disk: the page has its stylesheet, and a link to another page works."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Plain, directory=str(site))) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            root = f"http://127.0.0.1:{server.server_port}"
            with httpx.Client(follow_redirects=True, base_url=root, timeout=SECONDS) as plain:
                iri = plain.get(f"/id/{DOCUMENT}")
                assert iri.status_code == 200
                assert "冀财社〔2020〕186号" in iri.text
                assert "FundingDocument" in plain.get(f"/data/{DOCUMENT}.ttl").text
            page = chromium.new_page()
            page.set_default_timeout(SECONDS * 1000)
            for start in (f"{root}/id/{DOCUMENT}", (site / "id" / DOCUMENT / "index.html").as_uri()):
                page.goto(start)
                assert page.inner_text("h1") == "冀财社〔2020〕186号"
                assert page.evaluate("document.styleSheets.length") == 1
                assert (
                    page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
                )
                with page.expect_navigation():
                    page.locator("main a[href*='/page/']:visible").first.click()
                assert "/page/" in page.url
                assert page.locator("h1").count() == 1
            page.close()
        finally:
            server.shutdown()
            serving.join()


class _Plain(SimpleHTTPRequestHandler):
    """The server of the standard library, which writes no log."""

    def log_message(self, *args: object) -> None:
        """Nothing is logged."""


def test_what_has_no_file_is_named_by_its_address() -> None:
    """Search and queries lead to the live service under the base."""
    link = FileLinker("page/a/b/index.html", "https://example.org/budget/", "en")
    assert link("/resolve", q="甲") == "https://example.org/budget/resolve?q=%E7%94%B2"
    assert link("/page/a/c") == "../../../page/a/c/index.en.html"
    assert link.translated("/page/a/b", [("page", "2")], "zh") == "../../../page/a/b/2.html"
    assert file_of("/sparql") is None
