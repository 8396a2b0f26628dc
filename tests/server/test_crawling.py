"""What search engines read: robots, sitemaps, and the data block of a page."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from fundtrace_server import crawling

_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def _addresses(client, path: str) -> list[str]:
    response = client.get(path)
    assert response.headers["content-type"] == "application/xml; charset=utf-8"
    return [one.text or "" for one in ElementTree.fromstring(response.content).iter(_LOC)]


def _path(address: str) -> str:
    assert address.startswith("http://localhost:8000/")
    return address.removeprefix("http://localhost:8000")


def test_robots_may_read_pages_and_not_ask(client) -> None:
    """Computed answers are closed, and the sitemap is named."""
    text = client.get("/robots.txt").text
    assert "Disallow: /sparql\n" in text
    assert "Disallow: /page" not in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


def test_the_sitemaps_list_every_page_once(client, release) -> None:
    """The index leads to parts, and those to pages that answer."""
    parts = [_path(one) for one in _addresses(client, "/sitemap.xml")]
    pages = [_path(one) for part in parts for one in _addresses(client, part)]
    expected = sum(release.info.counts.get(name, 0) for name in crawling.CLASSES)
    assert len(pages) == len(set(pages)) == expected
    assert all(page.isascii() for page in pages)
    assert {client.get(page).status_code for page in pages} == {200}


def test_many_pages_are_cut_into_parts(client, release, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts are bounded, together hold all, and there is none behind the last."""
    whole = _addresses(client, "/sitemaps/FundingDocument-1.xml")
    monkeypatch.setattr(crawling, "PART", 2)
    parts = [one for one in _addresses(client, "/sitemap.xml") if "FundingDocument" in one]
    assert len(parts) == -(-len(whole) // 2) > 1
    cut = [_addresses(client, _path(part)) for part in parts]
    assert max(map(len, cut)) == 2
    assert [one for part in cut for one in part] == whole
    assert client.get(f"/sitemaps/FundingDocument-{len(parts) + 1}.xml").status_code == 404


@pytest.mark.parametrize(
    "name", ["FundingDocument-0.xml", "Row-1.xml", "x", "FundingDocument-1", "Agency-1.xml"]
)
def test_no_other_sitemap_exists(client, name: str) -> None:
    """Classes without pages of their own and junk are 404."""
    assert client.get(f"/sitemaps/{name}").status_code == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "Dataset"),
        ("/page/document/冀财社-2020-186", "CreativeWork"),
        ("/page/document/130529-政办-2019-3", "CreativeWork"),
        ("/page/document/劳动争议仲裁法", "CreativeWork"),
        ("/page/source/130636-323-2021", "DigitalDocument"),
        ("/page/region/130636", "AdministrativeArea"),
        ("/page/department/130636-323", "GovernmentOrganization"),
        ("/page/project/130636210000000000001-2021", "Project"),
    ],
)
def test_a_page_tells_schema_org_what_it_shows(client, path: str, kind: str) -> None:
    """One data block of JSON-LD, which no name of a stranger's file can end."""
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', client.page(path).text, re.DOTALL
    )
    assert len(blocks) == 1
    assert "<" not in blocks[0]
    told = json.loads(blocks[0])
    assert (told["@context"], told["@type"]) == ("https://schema.org", kind)
    assert told["url"].startswith("http://localhost:8000/")


def test_what_schema_org_has_no_type_for_is_not_told(client) -> None:
    """A finding or a row has no block."""
    assert "ld+json" not in client.page("/page/finding/130636-323-2021-1").text


def test_a_document_is_told_with_its_number_and_titles(client) -> None:
    """The number is the identifier; a title that differs stands beside it."""
    text = client.page("/page/document/冀财社-2020-186").text
    told = json.loads(re.findall(r"ld\+json\">(.*?)</script>", text)[0])
    assert told["identifier"] == "冀财社〔2020〕186号"
    assert told["alternateName"] == "关于提前下达2021年省级就业补助资金预算指标的通知"
