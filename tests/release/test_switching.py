"""Going back and clearing up: one step or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.release import Account, build_release, current_version, list_releases, prune, rollback
from fundtrace.release.locking import build_lock

BASE = "http://localhost:8000/"
Lines = Callable[..., list[str]]


@pytest.fixture
def made(tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Four releases, the last of them current."""
    versions = []
    for number, name in enumerate("甲乙丙丁"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(number))
        versions.append(
            build_release(tmp_path, lines(name), BASE, f"{BASE}ontology#", Account()).release.version
        )
    return versions


def test_going_back_goes_back_one_at_a_time(tmp_path: Path, made: list[str]) -> None:
    """Each step leads to the one before, until there is none; a named one leads forward again."""
    assert [rollback(tmp_path).version for _ in range(3)] == made[2::-1]
    with pytest.raises(SystemFailure, match="no earlier release") as caught:
        rollback(tmp_path)
    assert caught.value.code == "no-earlier-release"
    assert rollback(tmp_path, made[3]).version == current_version(tmp_path) == made[3]
    assert rollback(tmp_path).version == made[2]


def test_a_build_after_going_back_follows_the_release_it_went_to(
    tmp_path: Path, made: list[str], lines: Lines
) -> None:
    """What was left by going back is not gone back to."""
    rollback(tmp_path, made[1])
    build_release(tmp_path, lines("戊"), BASE, f"{BASE}ontology#", Account())
    assert [rollback(tmp_path).version for _ in range(2)] == made[1::-1]


def test_a_release_that_is_built_again_comes_last(tmp_path: Path, made: list[str], lines: Lines) -> None:
    """Who builds the first release again and goes back finds the release that was current before that."""
    build_release(tmp_path, lines("甲"), BASE, f"{BASE}ontology#", Account())
    assert [rollback(tmp_path).version for _ in range(3)] == made[:0:-1]


def test_going_back_passes_over_damaged_and_removed_ones(tmp_path: Path, made: list[str]) -> None:
    """Only an intact release becomes current; a damaged one that is named is refused and nothing changes."""
    packed = tmp_path / "releases" / made[2] / "statements.nt.gz"
    packed.write_bytes(packed.read_bytes()[:-9])
    with pytest.raises(SystemFailure, match="is damaged") as caught:
        rollback(tmp_path, made[2])
    assert caught.value.code == "corrupt-release"
    assert current_version(tmp_path) == made[3]
    assert rollback(tmp_path).version == made[1]


def test_without_a_history_the_times_of_the_releases_decide(tmp_path: Path, made: list[str]) -> None:
    """A data folder that lost its history, or whose history is broken, is still gone back in."""
    (tmp_path / "history").write_bytes(b"\xff")
    assert rollback(tmp_path).version == made[2]
    (tmp_path / "history").unlink()
    assert rollback(tmp_path).version == made[1]


def test_an_unknown_release_and_an_empty_folder_are_refused(tmp_path: Path, made: list[str]) -> None:
    """There must be something to go back from and to."""
    for data, version in ((tmp_path, "000000000000"), (tmp_path / "empty", None)):
        with pytest.raises(SystemFailure) as caught:
            rollback(data, version)
        assert caught.value.code == "no-release"
    assert not (tmp_path / "empty").exists()


def test_nothing_is_switched_while_a_build_runs(tmp_path: Path, made: list[str]) -> None:
    """Going back and clearing up wait for nobody: they say that a build is running."""
    with build_lock(tmp_path / ".build-lock"):
        for action in (lambda: rollback(tmp_path), lambda: prune(tmp_path, 1)):
            with pytest.raises(SystemFailure) as caught:
                action()
            assert caught.value.code == "build-running"
    assert len(list_releases(tmp_path)) == 4


def test_old_releases_are_removed_and_the_current_one_is_not(tmp_path: Path, made: list[str]) -> None:
    """The newest stay; the current one stays even when it is the oldest."""
    rollback(tmp_path, made[0])
    assert [info.version for info in prune(tmp_path, 1, dry_run=True)] == made[1:3]
    assert len(list_releases(tmp_path)) == 4
    assert [info.version for info in prune(tmp_path, 1)] == made[1:3]
    assert [info.version for info in list_releases(tmp_path)] == [made[0], made[3]]
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == sorted([made[0], made[3]])
    assert prune(tmp_path, 5) == ()
