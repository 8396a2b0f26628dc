"""Building: one step from nothing to a release, or nothing changes."""

from __future__ import annotations

import gzip
import hashlib
import os
import random
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.serving import SECONDS

from fundtrace.errors import SystemFailure
from fundtrace.release import Account, Unread, build_release, current_version, list_releases, open_release
from fundtrace.release.locking import build_lock

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
Lines = Callable[..., list[str]]


def _build(data: Path, lines: list[str], account: Account | None = None, run_lines: int = 250_000) -> str:
    built = build_release(data, lines, BASE, NS, account or Account(), run_lines=run_lines)
    return built.release.version


def test_a_release_says_what_it_is(tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts, sources and checksums are in release.json, and the release is an entity of its own graph."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    unread = Unread(path="b.txt", code="empty-file", zh="空", en="empty")
    version = _build(tmp_path, lines(), Account(skipped=("c.png",), quarantined=(unread,)))
    release = open_release(tmp_path)
    info = release.info
    assert release.version == version == current_version(tmp_path)
    assert info.created == "2023-11-14T22:13:20+00:00"
    assert info.counts == {"Concept": 1, "Finding": 1, "Project": 3, "Release": 1, "SourceDocument": 1}
    assert info.findings == {"info": 1}
    assert [(source.file, source.sha256) for source in info.sources] == [("a.txt", "00")]
    assert info.skipped == ("c.png",)
    assert info.quarantined == (unread,)
    text = gzip.decompress((release.path / "statements.nt.gz").read_bytes())
    assert hashlib.sha256(text).hexdigest() == info.statements_sha256
    own = f"<{BASE}id/release/".encode()
    content = b"".join(line for line in text.splitlines(keepends=True) if not line.startswith(own))
    assert hashlib.sha256(content).hexdigest()[:12] == version
    node = ox.NamedNode(f"{BASE}id/release/{version}")
    found = {
        quad.predicate.value.removeprefix(NS): quad.object
        for quad in release.store.quads_for_pattern(node, None, None, None)
    }
    assert found["projectCount"] == ox.Literal(3)
    assert found["version"] == ox.Literal(version)
    assert len(release.store) == info.statements == text.count(b"\n")


def test_what_the_index_has_no_place_for_is_told(tmp_path: Path, lines: Callable[..., list[str]]) -> None:
    """The graph keeps every statement; the release says which ones pages and GraphQL do not know."""
    project = f"<{BASE}id/project/p1~b>"
    twice = [f'{project} <{NS}purpose> "另一用途" .', *lines()]
    info = build_release(tmp_path, twice, BASE, NS, Account()).release.info
    assert info.left_out == {f"second-value {NS}purpose": 1}
    assert info.statements == len(set(twice)) + 9


def test_equal_statements_are_one_release(tmp_path: Path, lines: Lines) -> None:
    """Order and repetition do not matter; an intact release is used again as it is."""
    shuffled = lines() * 2
    random.Random(7).shuffle(shuffled)
    first = build_release(tmp_path, lines(), BASE, NS, Account())
    stamp = (first.release.path / "release.json").stat().st_mtime_ns
    second = build_release(tmp_path, shuffled, BASE, NS, Account())
    assert (first.reused, second.reused) == (False, True)
    assert first.release.version == second.release.version
    assert (second.release.path / "release.json").stat().st_mtime_ns == stamp


def test_two_data_folders_hold_the_same_bytes(tmp_path: Path, lines: Lines) -> None:
    """The compressed statements are equal byte for byte."""
    for name in ("a", "b"):
        _build(tmp_path / name, lines())
    packed = [(open_release(tmp_path / name).path / "statements.nt.gz").read_bytes() for name in ("a", "b")]
    assert packed[0] == packed[1]


@pytest.mark.parametrize("anew", [True, False])
def test_runs_of_any_size_make_the_same_release(tmp_path: Path, lines: Lines, *, anew: bool) -> None:
    """Statements, index, ledger and store are the same whether the store is filled while lines are sorted, later, or in one piece."""
    for name in ("a", "b"):
        _build(tmp_path / name, lines("乙"))
    whole = build_release(tmp_path / "a", lines(), BASE, NS, Account()).release
    pieces = build_release(tmp_path / "b", lines() * 2, BASE, NS, Account(), anew=anew, run_lines=7).release
    assert pieces.version == whole.version
    for name in ("statements.nt.gz", "index.sqlite", "void.ttl", f"../../ledger/{whole.version}"):
        assert (pieces.path / name).read_bytes() == (whole.path / name).read_bytes()
    assert set(pieces.store) == set(whole.store)


def test_what_is_filled_while_lines_are_sorted_may_be_there(tmp_path: Path, lines: Lines) -> None:
    """A release that turns out to be there is used again, and the store that was begun is gone."""
    version = _build(tmp_path, lines())
    built = build_release(tmp_path, lines(), BASE, NS, Account(), run_lines=5)
    assert built.reused
    assert [path.name for path in (tmp_path / "releases").iterdir()] == [version]


def test_releases_follow_one_another(tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest build is current, older ones stay readable, and going back is a build like any other."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    first = _build(tmp_path, lines())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2")
    second = _build(tmp_path, lines("乙项目"))
    assert [info.version for info in list_releases(tmp_path)] == [first, second]
    assert open_release(tmp_path).version == second
    assert open_release(tmp_path, first).version == first
    assert _build(tmp_path, lines()) == first == current_version(tmp_path)


def test_a_damaged_release_is_made_anew(tmp_path: Path, lines: Lines) -> None:
    """The next build of the same statements notices the damage and replaces the folder."""
    version = _build(tmp_path, lines())
    packed = open_release(tmp_path).path / "statements.nt.gz"
    packed.write_bytes(packed.read_bytes()[:-20])
    built = build_release(tmp_path, lines(), BASE, NS, Account())
    assert not built.reused
    assert built.release.version == version
    assert built.release.is_intact()
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == [version]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"<{BASE}id/project/p1~b> <{NS}nonsense> <{BASE}id/source/s> .", "predicate"),
        (f"<{BASE}id/x/y> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Nonsense> .", "class"),
        (f"<{BASE}id/project/p1~b> <{NS}region> <{BASE}id/region/1> .", "nothing is said"),
        (f'<{BASE}id/project/p1~b> <{NS}purpose> " " .', "empty"),
        (f'<{BASE}id/project/p1~b> <http://www.w3.org/2000/01/rdf-schema#label> ""@zh .', "empty"),
        (f"<{BASE}id/project/p1~b> <{NS}source> _:b .", "blank node"),
        (f'_:b <{NS}purpose> "x" .', "blank node"),
    ],
)
@pytest.mark.parametrize("run_lines", [10, 250_000])
def test_a_build_that_fails_changes_nothing(
    tmp_path: Path, lines: Lines, line: str, reason: str, run_lines: int
) -> None:
    """Statements that no release may have are refused, named, and leave the current release and no litter."""
    version = _build(tmp_path, lines())
    with pytest.raises(SystemFailure, match=reason) as caught:
        _build(tmp_path, [*lines("乙"), line], run_lines=run_lines)
    assert caught.value.code == "invalid-release"
    assert current_version(tmp_path) == version
    assert [path.name for path in (tmp_path / "releases").iterdir()] == [version]


def test_an_interrupted_source_of_statements_changes_nothing(tmp_path: Path, lines: Lines) -> None:
    """Whatever stops the statements stops the build."""

    def broken() -> Iterator[str]:
        yield from lines()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_release(tmp_path, broken(), BASE, NS, Account(), run_lines=3)
    assert current_version(tmp_path) is None
    assert list((tmp_path / "releases").iterdir()) == []


def test_two_builds_do_not_run_at_once(tmp_path: Path, lines: Lines) -> None:
    """The second says so and changes nothing."""
    (tmp_path / "releases").mkdir()
    with build_lock(tmp_path / ".build-lock"), pytest.raises(SystemFailure, match="another build") as caught:
        _build(tmp_path, lines())
    assert caught.value.code == "build-running"
    _build(tmp_path, lines())


def test_a_data_folder_that_cannot_be_written(tmp_path: Path, lines: Lines) -> None:
    """A file where the folder should be is a failure that names it."""
    (tmp_path / "data").write_text("x")
    with pytest.raises(SystemFailure, match="cannot write") as caught:
        _build(tmp_path / "data", lines())
    assert caught.value.code == "data-folder"


_DRIVER = """
    import os, signal, sys
    from pathlib import Path
    from fundtrace.release import Account, build_release, open_release

    data, base, lines = Path(sys.argv[1]), sys.argv[2], sys.stdin.read().splitlines()
    EVENTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}

    def build(moment):
        seen = 0

        def hook(event, arguments):
            nonlocal seen
            if event in EVENTS and str(data) in str(arguments[0]):
                seen += 1
                if seen == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        build_release(data, lines, base, base + "ontology#", Account(), run_lines=int(sys.argv[3]))
        os._exit(0)

    moment, ended = 0, False
    while not ended:
        moment += 4
        child = os.fork()
        if child == 0:
            build(moment)
        _, status = os.waitpid(child, 0)
        ended = os.WIFEXITED(status)
        checker = os.fork()
        if checker == 0:
            release = open_release(data)
            intact = release.is_intact()
            print(moment, os.WIFSIGNALED(status), release.version, intact, flush=True)
            os._exit(0)
        os.waitpid(checker, 0)
"""


@pytest.mark.parametrize("run_lines", [20, 250_000])
def test_a_build_killed_at_any_moment_leaves_a_whole_release(
    tmp_path: Path, lines: Lines, run_lines: int
) -> None:
    """SIGKILL at every fourth step on the disk: the current release is the old one or the new one, and intact."""
    old = _build(tmp_path, lines())
    new = _build(tmp_path / "elsewhere", lines("乙"))
    driver = tmp_path / "driver.py"
    driver.write_text(textwrap.dedent(_DRIVER), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(driver), str(tmp_path), BASE, str(run_lines)],
        input="\n".join(lines("乙")),
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    reports = [line.split() for line in done.stdout.splitlines()]
    assert len(reports) > 10, done.stderr
    assert all(report[3] == "True" for report in reports)
    versions = [report[2] for report in reports]
    assert versions[0] == old
    assert versions[-1] == new
    switch = versions.index(new)
    assert set(versions[:switch]) == {old}
    assert set(versions[switch:]) == {new}
    leftovers = [path.name for path in (tmp_path / "releases").iterdir()]
    assert sorted(leftovers) == sorted([old, new])
