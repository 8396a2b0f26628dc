"""What points at an entity: bounded pages that together hold everything once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox
import pytest

from fundtrace.settings import Settings
from fundtrace_server.pointing import PAGE

AGENCY = "agency/河北省财政厅"
KIND = "concept/document-law"
MANY = 2 * PAGE + 7


@pytest.fixture(scope="module")
def crowded(connect: Callable[[Settings], Any], publish, tmp_path_factory) -> Iterator[Any]:
    """A client of a release where a thousand documents of one kind come from one agency."""
    folder = tmp_path_factory.mktemp("crowded")
    documents = "".join(
        f'<document/甲-2020-{number}> a ft:FundingDocument ; rdfs:label "甲〔2020〕{number}号"@zh ; ft:leadAgency <{AGENCY}> ; '
        f"ft:documentKind <{KIND}> .\n"
        for number in range(MANY - 1)  # the fixture has one more
    )
    publish(folder, documents)
    with connect(Settings(data=str(folder), sparql_processes=1)) as client:
        yield client


def _next(response: Any) -> str | None:
    found = re.search(r'<([^>]*)>; rel="next"', response.headers["link"])
    return found[1] if found else None


def test_data_is_bounded_and_leads_to_the_rest(crowded) -> None:
    """Each page has at most 500 statements that point here; following `next` gives all, and then there is no more."""
    found: list[str] = []
    address: str | None = f"/data/{AGENCY}.nt"
    sizes = []
    while address:
        response = crowded.get(address)
        assert response.status_code == 200
        pointing = [
            quad.subject.value
            for quad in ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES)
            if quad.predicate.value.endswith("#leadAgency")
        ]
        sizes.append(len(pointing))
        found += pointing
        address = _next(response)
    assert sizes == [PAGE, PAGE, 7]
    assert len(set(found)) == MANY


def test_later_pages_say_where_they_are(crowded) -> None:
    """They link back, and hold nothing but the rest."""
    second = crowded.get(f"/data/{AGENCY}.ttl?page=2")
    assert 'page=1>; rel="prev"' in second.headers["link"]
    assert second.headers["content-location"].endswith(".ttl?page=2")
    assert "a ft:Agency" not in second.text
    assert "甲〔2020〕" in second.text
    assert (
        crowded.get(f"/data/{AGENCY}.ttl?page=1").headers["etag"]
        == crowded.get(f"/data/{AGENCY}.ttl").headers["etag"]
    )


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "4", "99999999999999999999", "1.5"])
@pytest.mark.parametrize("face", [f"/data/{AGENCY}.ttl", f"/page/{KIND}"])
def test_pages_that_are_none_are_not_found(crowded, face: str, page: str) -> None:
    """404 for what is no number and for what lies behind the last page."""
    assert crowded.get(f"{face}?page={page}").status_code == 404


def test_the_page_of_an_entity_is_cut_as_well(crowded) -> None:
    """With links to the neighbouring pages, in the language that was chosen."""
    first = crowded.page(f"/page/{KIND}").text
    assert first.count("/page/document/") == PAGE
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    last = crowded.page(f"/page/{KIND}?page=3&lang=en").text
    assert last.count("/page/document/") == 7
    assert re.search(r'rel="prev" href="[^"]*\?page=2&amp;lang=en"', last)
    assert 'rel="next"' not in last
