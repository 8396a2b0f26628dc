"""Opening: what is missing or damaged says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.release import Account, Release, build_release, current_version, list_releases, open_release
from fundtrace.release.opening import forget_stores

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
Lines = Callable[..., list[str]]


@pytest.fixture
def release(tmp_path: Path, lines: Lines) -> Release:
    """A release in a data folder of its own."""
    return build_release(tmp_path, lines(), BASE, NS, Account()).release


def _refused(data: Path, version: str | None = None) -> SystemFailure:
    with pytest.raises(SystemFailure) as caught:
        open_release(data, version)
    return caught.value


def test_a_store_is_opened_once(release: Release, tmp_path: Path) -> None:
    """Two openings of one release share the store."""
    assert open_release(tmp_path).store is open_release(tmp_path).store


def test_no_release(tmp_path: Path) -> None:
    """An empty data folder asks for a build."""
    assert current_version(tmp_path) is None
    assert list_releases(tmp_path) == ()
    error = _refused(tmp_path / "none")
    assert (error.code, error.exit_code) == ("no-release", 4)
    assert "fundtrace build" in error.en


@pytest.mark.parametrize("version", ["0123456789ab", "../..", "x"])
def test_an_unknown_version(release: Release, tmp_path: Path, version: str) -> None:
    """A version that is not there, or is no version, is refused without looking outside the folder."""
    assert _refused(tmp_path, version).code == "no-release"


def test_a_current_file_with_nonsense(release: Release, tmp_path: Path) -> None:
    """The file current must name a version."""
    (tmp_path / "current").write_text("../../etc\n")
    assert _refused(tmp_path).code == "corrupt-release"
    (tmp_path / "current").write_bytes(b"\xff\xff")
    assert _refused(tmp_path).code == "corrupt-release"


def test_a_current_version_that_is_gone(release: Release, tmp_path: Path) -> None:
    """A current release whose folder is missing is damage, not an empty data folder."""
    (tmp_path / "current").write_text("0123456789ab\n")
    assert _refused(tmp_path).code == "corrupt-release"


def test_a_broken_description(release: Release, tmp_path: Path) -> None:
    """A release.json that is no description, or another's, is refused and left out of the list."""
    path = release.path / "release.json"
    good = path.read_text(encoding="utf-8")
    path.write_text("{}", encoding="utf-8")
    assert "fundtrace build" in _refused(tmp_path).en
    assert list_releases(tmp_path) == ()
    path.write_text(json.dumps({**json.loads(good), "version": "0123456789ab"}), encoding="utf-8")
    assert _refused(tmp_path).code == "corrupt-release"


def test_a_broken_store(tmp_path: Path, lines: Lines) -> None:
    """A store without its files is refused."""
    folder = build_release(tmp_path / "x", lines(), BASE, NS, Account()).release.path
    moved = tmp_path / "y"
    (tmp_path / "x").rename(moved)
    store = moved / "releases" / folder.name / "store"
    for file in store.iterdir():
        file.unlink()
    assert _refused(moved).code == "corrupt-release"


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"x" + data[1:], lambda data: b""])
def test_broken_statements(release: Release, damage: Callable[[bytes], bytes]) -> None:
    """Cut or overwritten statements are noticed when they are read."""
    path = release.path / "statements.nt.gz"
    path.write_bytes(damage(path.read_bytes()))
    assert not release.is_intact()
    if path.stat().st_size:
        with pytest.raises(SystemFailure, match="damaged") as caught:
            list(release.statements())
        assert caught.value.code == "corrupt-release"


def test_missing_statements(release: Release) -> None:
    """A release without its text is damaged."""
    (release.path / "statements.nt.gz").unlink()
    with pytest.raises(SystemFailure, match="damaged"):
        list(release.statements())


def test_an_index_that_is_lost_or_damaged_is_made_again(
    tmp_path: Path, lines: Callable[..., list[str]]
) -> None:
    """It is opened once per process, and a build of the same statements restores it."""
    built = build_release(tmp_path, lines(), BASE, NS, Account())
    assert built.release.index is built.release.index
    assert built.release.index.version == built.release.version
    (built.release.path / "index.sqlite").unlink()
    with pytest.raises(SystemFailure, match="no-index"):
        _ = open_release_anew(tmp_path).index
    build_release(tmp_path, lines(), BASE, NS, Account())
    (built.release.path / "index.sqlite").write_bytes(b"nonsense")
    assert build_release(tmp_path, lines(), BASE, NS, Account()).reused
    assert open_release_anew(tmp_path).index.run('SELECT count(*) FROM "Project"', {}).rows == [(3,)]


def open_release_anew(data: Path) -> Release:
    """The current release, with nothing kept open from before."""
    forget_stores()
    return open_release(data)
