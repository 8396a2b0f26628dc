"""The documentation as pages of the server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fundtrace_server.documentation import anchor

DOCS = Path(__file__).parents[2] / "docs"


def test_every_page_is_served_and_every_link_answers(client) -> None:
    """From the first page on, all pages of the repository are reached, and no link among them is dead."""
    reached: dict[str, str] = {}
    waiting = ["/docs"]
    while waiting:
        address = waiting.pop()
        if address in reached:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        reached[address] = answer.text
        main = answer.text.partition("<main")[2].partition("</main>")[0]
        waiting += re.findall(r'href="(/docs[^"#?]*)', main)
    assert len(reached) == len(list(DOCS.rglob("*.md")))
    assert "从文号追到资金" in reached["/docs/tutorials/analyst"]


def test_headings_can_be_linked(client) -> None:
    """A fragment that a page links to is the anchor of a heading."""
    assert 'href="/docs/python#in-english"' in client.get("/docs").text
    assert 'id="in-english"' in client.get("/docs/python").text
    assert anchor("设置 · Settings") == "设置--settings"


@pytest.mark.parametrize(
    "name",
    ["nothing", "../README", "%2e%2e/README", "findings/../../README", "images/none.png", "A", "a/b/c"],
)
def test_no_address_leads_out_of_the_folder(client, name: str) -> None:
    """What is no page of the documentation is not found."""
    assert client.get(f"/docs/{name}").status_code == 404


def test_links_keep_the_language(client) -> None:
    """Who reads in English goes on in English."""
    assert "/docs/tutorials/analyst.en?lang=en" in client.get("/docs?lang=en").text


def test_pictures_are_served(client) -> None:
    """A picture that a page shows is there."""
    name = next((DOCS / "images").glob("*.png")).name
    answer = client.get(f"/docs/images/{name}")
    assert answer.headers["content-type"] == "image/png"
