"""/dumps/: the files of a release, and nothing but them."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from pathlib import Path

import pytest

from fundtrace.release import FORMATS, dumps
from fundtrace.settings import Settings


def test_the_list_is_a_page_or_json(client, release) -> None:
    """Every dump with its size and checksum, by Accept or `?format=`."""
    page = client.page("/dumps/")
    told = client.get("/dumps/?format=json").json()
    assert told["release"] == release.version
    assert len(told["files"]) == len(FORMATS)
    for one, dump in zip(told["files"], dumps(release), strict=True):
        assert (one["name"], one["bytes"], one["sha256"]) == (dump.file, dump.size, dump.sha256)
        assert one["url"] == f"http://localhost:8000/dumps/{dump.file}"
        assert f'href="/dumps/{dump.file}"' in page.text
        assert dump.sha256 in page.text
    assert page.headers["vary"] == "Accept"
    assert client.get("/dumps", headers={"Accept": "text/html"}).status_code == 307
    assert client.get("/dumps/?format=xls").status_code == 406


def test_a_dump_is_sent_whole(client, release) -> None:
    """The bytes have their checksum and are the statements; who has them gets 304."""
    for dump in dumps(release):
        response = client.get(f"/dumps/{dump.file}")
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/gzip"
        assert response.headers["content-length"] == str(dump.size)
        assert hashlib.sha256(response.content).hexdigest() == dump.sha256
        etag = response.headers["etag"]
        assert client.get(f"/dumps/{dump.file}", headers={"If-None-Match": etag}).status_code == 304
        head = client.request("HEAD", f"/dumps/{dump.file}")
        assert (head.headers["etag"], head.headers["content-length"]) == (etag, str(dump.size))
    lines = gzip.decompress(client.get(f"/dumps/fundtrace-{release.version}.nt.gz").content)
    assert lines.count(b"\n") == release.info.statements


def test_the_checksums_are_a_file_beside_the_dumps(client, release) -> None:
    """In the form that sha256sum reads."""
    response = client.get("/dumps/SHA256SUMS")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert sorted(response.text.splitlines()) == sorted(f"{one.sha256}  {one.file}" for one in dumps(release))


@pytest.mark.parametrize(
    "name",
    [
        "..%2Frelease.json",
        "..%2F..%2Fcurrent",
        "%2Fetc%2Fpasswd",
        "....%2F%2Frelease.json",
        "release.json",
        "fundtrace-000000000000.ttl.gz",
        "fundtrace-..%2F..%2F000000.ttl.gz",
        "fundtrace-%00.ttl.gz",
        "SHA256SUMS%00",
        "sha256sums",
    ],
)
def test_no_other_file_can_be_named(client, name: str) -> None:
    """What is no dump of a release is 404, wherever it points."""
    assert client.get(f"/dumps/{name}").status_code == 404


def test_the_dumps_of_a_release_that_is_kept_stay(
    connect, data: Path, publish, taken_up, tmp_path: Path, release
) -> None:
    """A file's name has its version, so it can be fetched after another release has become current."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    with connect(Settings(data=str(folder))) as client:
        newer = publish(folder, '<region/1> a ft:Region ; rdfs:label "甲"@zh .')
        assert newer != release.version
        taken_up(client, newer)
        assert client.get(f"/dumps/fundtrace-{release.version}.ttl.gz").status_code == 200


def test_a_release_without_dumps_says_so(connect, data: Path, tmp_path: Path, release) -> None:
    """404 with what to do, on the list, the files and the checksums."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    shutil.rmtree(folder / "releases" / release.version / "dumps")
    with connect(Settings(data=str(folder))) as client:
        for path in ("/dumps/", f"/dumps/fundtrace-{release.version}.ttl.gz", "/dumps/SHA256SUMS"):
            response = client.get(path)
            assert response.status_code == 404
            assert response.json()["error"]["code"] == "no-dumps"
            assert "--no-dumps" in client.page(path).text
