"""/releases: the releases that are kept, and what changed from one to the next."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fundtrace.release import open_release
from fundtrace.settings import Settings
from fundtrace_server.views import releases
from fundtrace_server.views.releases import view_releases

OLD = '<project/甲-2021> a ft:Project ; rdfs:label "旧项目"@zh .'
NEW = '<project/乙-2021> a ft:Project ; rdfs:label "搬家的项目"@zh .'


@pytest.fixture(scope="module")
def versions() -> list[str]:
    """The releases of this module's data folder, oldest first."""
    return []


@pytest.fixture(scope="module")
def folder(publish, tmp_path_factory, versions: list[str]) -> Path:
    """A data folder with two releases: one project went and one came."""
    folder: Path = tmp_path_factory.mktemp("releases")
    with pytest.MonkeyPatch.context() as patch:
        for time, extra in (("1600000000", OLD), ("1700000000", NEW)):
            patch.setenv("SOURCE_DATE_EPOCH", time)
            versions.append(publish(folder, extra))
    return folder


@pytest.fixture(scope="module")
def later(connect: Callable[[Settings], Any], folder: Path) -> Iterator[Any]:
    """A client of the second release."""
    with connect(Settings(data=str(folder), sparql_processes=1)) as client:
        yield client


def test_the_releases_tell_what_changed(later, versions: list[str]) -> None:
    """JSON has versions, counts, the current one, and what came and went between the two."""
    told = later.get("/releases?format=json").json()
    assert told["current"] == versions[1]
    newest, oldest = told["releases"]
    assert (newest["version"], newest["current"], newest["before"]) == (versions[1], True, versions[0])
    assert (oldest["version"], oldest["current"], oldest["before"]) == (versions[0], False, None)
    assert oldest["changes"] is None
    assert newest["counts"]["Project"] == oldest["counts"]["Project"]
    entities = {(one["class"], one["action"]): one for one in newest["changes"]["entities"]}
    assert entities["Project", "added"]["first"] == [
        {"iri": "http://localhost:8000/id/project/乙-2021", "label": "搬家的项目"}
    ]
    assert entities["Project", "removed"]["count"] == 1
    assert "1 project added" in newest["changes"]["en"]


def test_the_releases_are_a_page(later, versions: list[str]) -> None:
    """In both languages, with links to what is there now and none to what has left."""
    page = later.page("/releases")
    assert page.status_code == 200
    assert all(version in page.text for version in versions)
    assert 'href="/page/project/%E4%B9%99-2021"' in page.text
    assert "/page/project/%E7%94%B2-2021" not in page.text
    assert "1 project added" in later.page("/releases?lang=en").text
    assert later.get("/releases", headers={"Accept": "image/png"}).status_code == 406


def test_releases_that_are_not_compared_say_how_to(
    later, folder: Path, versions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large releases are not read while somebody waits; the command is told instead."""
    monkeypatch.setattr(releases, "MOST_STATEMENTS", 100)
    page = later.page("/releases")
    assert f"fundtrace release diff {versions[0]} {versions[1]}" in page.text
    assert later.get("/releases?format=json").json()["releases"][0]["changes"] is None


def test_the_list_is_bounded(folder: Path, versions: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest are listed, and the last of them still names the one before it."""
    monkeypatch.setattr(releases, "LISTED", 1)
    (only,) = view_releases(folder, open_release(folder))
    assert (only.info.version, only.before) == (versions[1], versions[0])


def test_a_damaged_release_is_not_compared(folder: Path, tmp_path: Path, versions: list[str]) -> None:
    """Its neighbours are listed all the same."""
    copy = tmp_path / "data"
    shutil.copytree(folder, copy)
    (copy / "releases" / versions[0] / "statements.nt.gz").write_bytes(b"no gzip")
    listed = view_releases(copy, open_release(copy))
    assert [one.changes for one in listed] == [None, None]


def test_what_changed_is_named_up_to_a_bound(
    folder: Path, versions: list[str], tmp_path: Path, publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count is of all, the names are the first."""
    copy = tmp_path / "data"
    shutil.copytree(folder, copy)
    publish(
        copy, NEW + "".join(f'<project/丙{n}-2021> a ft:Project ; rdfs:label "丙{n}"@zh .' for n in range(15))
    )
    newest = view_releases(copy, open_release(copy))[0]
    assert newest.before == versions[1]
    assert newest.changes is not None
    (projects,) = newest.changes.named
    assert (projects.count, len(projects.changes)) == (15, releases.NAMED)
