"""A real server over the samples and one hostile document, and what tests need of a page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect
from tests.serving import SECONDS, serving

from fundtrace.pipeline import build
from fundtrace.settings import Settings

HOSTILE = '<script>alert("就业")</script> “引号” \'"& \u202e反 \u2067שלום\u2069'
"""The name of a project in the hostile document: markup, quotes of every kind, and marks that turn the direction of text."""

expect.set_options(timeout=1000 * SECONDS)


@pytest.fixture(scope="session")
def address(samples: Path, sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a release of the samples and the hostile document.

    The data folder begins as that of the samples, so that one document alone has to be read.
    """
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(sample_data, folder / "data")
    shutil.copytree(samples, folder / "documents")
    text = (samples / "funing-2020.md").read_text(encoding="utf-8")
    hostile = text.replace("2020", "2019").replace("劳动监察业务费", HOSTILE)
    (folder / "documents" / "hostile-2019.md").write_text(hostile, encoding="utf-8")
    build([folder / "documents"], Settings(data=str(folder / "data"), jobs=1))
    with serving(folder / "data") as server:
        yield server.address


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a window of a width; when the test ends, nothing may have gone wrong in it: no message, no foreign request."""
    troubles: list[str] = []
    contexts = []

    def open_page(width: int = 1600, *, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            java_script_enabled=script,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(1000 * SECONDS)
        contexts.append(context)
        page = context.new_page()

        def on_console(message: ConsoleMessage) -> None:
            # A page that says 404 or 400 is an answer too, and the browser remarks on its status.
            if (
                message.type in {"error", "warning"}
                and "the server responded with a status of" not in message.text
            ):
                troubles.append(f"{page.url}: {message.text}")

        def on_request(request: Request) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                troubles.append(request.url)

        page.on("console", on_console)
        page.on("request", on_request)
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert troubles == []
