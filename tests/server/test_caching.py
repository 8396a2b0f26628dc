"""Validators: who has an answer already is told so, and a new release changes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fundtrace.settings import Settings

PATHS = (
    "/",
    "/page/project/13063621KBZ5IOG4SDMWN-2021",
    "/data/project/13063621KBZ5IOG4SDMWN-2021.ttl",
    "/data/project/13063621KBZ5IOG4SDMWN-2021.rdf",
    "/ontology",
    "/shapes",
    "/catalog",
    "/.well-known/void",
    "/schemas/document.json",
    "/releases",
    "/dumps/",
    "/dumps/SHA256SUMS",
    "/robots.txt",
    "/sitemap.xml",
)


@pytest.mark.parametrize("path", PATHS)
def test_who_has_an_answer_is_told_so(client, path: str) -> None:
    """A strong ETag and Last-Modified; If-None-Match gives 304 without a body, to GET and to HEAD."""
    response = client.get(path)
    assert response.status_code == 200
    etag = response.headers["etag"]
    assert etag.startswith('"')
    assert response.headers["last-modified"].endswith(" GMT")
    for named in (etag, f'W/{etag}, "x"', "*"):
        for method in ("GET", "HEAD"):
            again = client.request(method, path, headers={"If-None-Match": named})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
            assert again.headers.get("vary") == response.headers.get("vary")
            assert again.headers["cache-control"] == response.headers["cache-control"]
            assert "content-security-policy" in again.headers
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.request("HEAD", path)
    assert (head.status_code, head.headers["etag"]) == (200, etag)


def test_each_representation_has_a_validator_of_its_own(client) -> None:
    """Formats and languages never share one."""
    data = [
        client.get(f"/data/document/冀财社-2020-186.{suffix}") for suffix in ("ttl", "jsonld", "nt", "trig")
    ]
    pages = [client.get(f"/page/document/冀财社-2020-186{query}") for query in ("", "?lang=en")]
    assert len({one.headers["etag"] for one in [*data, *pages]}) == 6


def test_refusals_have_no_validator(client) -> None:
    """What is not there may be there in the next release."""
    for path in ("/page/document/没有这个", "/dumps/x"):
        response = client.get(path, headers={"If-None-Match": "*"})
        assert response.status_code == 404
        assert "etag" not in response.headers
        assert response.headers["cache-control"] == "no-store"


def test_a_new_release_changes_every_validator(
    connect, data: Path, publish, taken_up, tmp_path: Path
) -> None:
    """Also of entities that say the same as before, since the release is named on their page."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    path = "/page/document/冀财社-2020-186"
    with connect(Settings(data=str(folder), sparql_processes=1)) as client:
        before = client.get(path).headers["etag"]
        version = publish(folder, '<region/1> a ft:Region ; rdfs:label "甲"@zh .')
        taken_up(client, version)
        after = client.get(path, headers={"If-None-Match": before})
        assert (after.status_code, after.headers["x-release"]) == (200, version)
        assert after.headers["etag"] != before
