"""Every kind of page at both widths: nothing that axe-core finds, nothing that scrolls sideways, little script."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

import fundtrace_server
from fundtrace_server.assets import STATIC

pytestmark = pytest.mark.browser

AXE = Path(fundtrace_server.__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
# A table of Markdown has a row of headings even where it has none to say, hence the one rule of good practice left out.
RUN = """async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
  rules: {"empty-table-header": {enabled: false}},
})).violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" … ")}`)"""

PAGES = (
    "/",
    "/search?q=就业",
    "/search?q=就业&class=Indicator&lang=en",
    "/search?q=没有这样的东西",
    "/resolve?q=就业",
    "/resolve?q=冀财社[2020]999",
    "/inspect",
    "/about",
    "/questions",
    "/questions/documents/by-budget",
    "/questions/documents/projects-citing?number=冀财社[2020]172&lang=en",
    "/ontology",
    "/ontology/Project.html",
    "/shapes",
    "/releases",
    "/findings",
    "/sources",
    "/compare",
    "/docs",
    "/dumps/",
    "/nothing",
    "/page/document/冀财社-2020-186",
    "/page/project/13063621KBZ5IOG4SDMWN-2021",
    "/page/series/13063621KBZ5IOG4SDMWN",
    "/page/department/130636-323",
    "/page/unit/130636-323001",
    "/page/region/130636",
    "/page/agency/河北省财政厅",
    "/page/source/130636-323-2021",
    "/page/table/130529-323-2025-1",
    "/page/indicator/13063621KBZ5IOG4SDMWN-2021-1",
    "/page/concept/stage-budget",
)
FEW = """() => document.querySelectorAll("tbody, ul, ol, dl, main, article").forEach((list) => {
  const alike = [...list.children].filter((one) => ["TR", "LI", "DIV", "SECTION"].includes(one.tagName));
  alike.slice(12).forEach((one) => one.remove());
})"""
"""Leaves twelve of what a page repeats: the hundredth row is made as the first, and axe-core looks at each for a long time."""

EDITORS = ("/sparql", "/graphql")
"""They come last: what they load may still be coming when the next page is opened."""

MOST_SCRIPT = 150_000
"""Bytes of compressed script on a page without an editor."""


@pytest.mark.parametrize("start", range(3))
def test_every_kind_of_page_can_be_used_by_everybody(opened: Callable[..., Page], start: int) -> None:
    """No violation of WCAG 2.2 AA that axe-core knows, at 390 and at 1600 pixels, and no page wider than its window."""
    page = opened(390)
    axe = AXE.read_text(encoding="utf-8")
    found = []
    for path in (*PAGES[start::3], *EDITORS[start : start + 1]):
        page.set_viewport_size({"width": 390, "height": 900})
        scripts = _scripts(page, path)
        assert path in EDITORS or scripts < MOST_SCRIPT, path
        for width in (390, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (path, width)
        if path == "/graphql":  # GraphiQL's own controls are not ours to judge
            continue
        page.evaluate(FEW)
        page.evaluate(axe)
        for width in (1600, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{path} {width} {one}" for one in page.evaluate(RUN)]
    assert found == []


def _scripts(page: Page, path: str) -> int:
    """Opens a page, and counts the bytes of the scripts that it loads, as a server with gzip would send them."""
    loaded: list[str] = []

    def on_request(request: Request) -> None:
        loaded.append(request.url.rpartition("/")[2])

    page.on("request", on_request)
    page.goto(path, wait_until="load")
    page.remove_listener("request", on_request)
    return sum(len(gzip.compress((STATIC / name).read_bytes())) for name in loaded if name.endswith(".js"))
