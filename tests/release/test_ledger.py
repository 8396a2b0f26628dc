"""The ledger: every IRI ever published is known, and says what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.release import Account, Release, build_release, lookup, open_release, prune, rollback
from fundtrace.release.entities import entities
from fundtrace.release.layout import Layout
from fundtrace.release.ledger import Standing
from fundtrace.release.registering import write_ledger

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
Lines = Callable[..., list[str]]


def _build(data: Path, lines: list[str], base: str = BASE) -> str:
    moved = [line.replace(BASE, base) for line in lines]
    return build_release(data, moved, base, f"{base}ontology#", Account()).release.version


def _at_line(lines: list[str], number: int, name: str) -> list[str]:
    """The statements with the one project read at line 7, under a key of its own."""
    old = f"<{BASE}id/project/p1~b>"
    new = f"<{BASE}id/project/{name}>"
    line = f'{old} <{NS}line> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    return [text.replace(old, new) for text in [*lines, line]]


def test_every_iri_of_a_release_is_live(sample_data: Path, sample_release: Release) -> None:
    """Bisection finds each row, from the first to the last, and nothing between them."""
    found = [entity.iri for entity in entities(sample_release.statements())]
    assert len(found) > 1000
    assert {lookup(sample_data, iri).state for iri in found} == {"live"}
    assert {lookup(sample_data, f"{iri}-x").state for iri in found[::7]} == {"unknown"}
    assert lookup(sample_data, found[0]).release == sample_release.version


@pytest.mark.parametrize("iri", ["", "x", "a/0", "zzz/0", f"{BASE}id/project", "project/a/b", "项目/一"])
def test_junk_is_unknown(sample_data: Path, iri: str) -> None:
    """Whatever is asked, the answer is a standing."""
    assert lookup(sample_data, iri) == Standing("unknown")


def test_without_a_release_all_is_unknown(tmp_path: Path, lines: Lines) -> None:
    """A data folder that is empty, or whose ledger was never written, knows nothing."""
    assert lookup(tmp_path, "project/a").state == "unknown"
    version = _build(tmp_path, lines())
    (tmp_path / "ledger" / version).unlink()
    assert lookup(tmp_path, "project/p1~b").state == "unknown"


def test_what_is_gone_has_its_label_and_last_release(tmp_path: Path, lines: Lines) -> None:
    """It is remembered after its release was pruned, and live again when it returns."""
    first = _build(tmp_path, lines(count=3))
    _build(tmp_path, lines(count=2))
    _build(tmp_path, lines(count=1))
    prune(tmp_path, 1)
    gone = lookup(tmp_path, f"{BASE}id/project/p3~b")
    assert gone == Standing("gone", label="甲项目 3", release=first)
    _build(tmp_path, lines(count=3))
    assert lookup(tmp_path, f"{BASE}id/project/p3~b").state == "live"


def test_going_back_keeps_what_was_published(tmp_path: Path, lines: Lines) -> None:
    """After a rollback the newer IRIs are gone, not unknown; going forward makes them live."""
    _build(tmp_path, lines(count=1))
    second = _build(tmp_path, lines(count=2))
    rollback(tmp_path)
    assert lookup(tmp_path, "project/p2~b") == Standing("gone", label="甲项目 2", release=second)
    rollback(tmp_path, second)
    assert lookup(tmp_path, "project/p2~b").state == "live"
    assert [path.name for path in (tmp_path / "ledger").iterdir()] == [second]


def test_a_key_that_moved_leads_to_its_successor(tmp_path: Path, lines: Lines) -> None:
    """Twice moved is one answer; the label is what it was called."""
    for name in ("a", "b", "c"):
        _build(tmp_path, _at_line(lines(name, 1), 7, name))
    standing = lookup(tmp_path, f"{BASE}id/project/a")
    assert standing.state == "moved"
    assert (standing.to, standing.label) == (f"{BASE}id/project/c", "a 1")
    assert lookup(tmp_path, "project/b").to == "project/c"
    _build(tmp_path, _at_line(lines("d", 1), 8, "d"))
    assert lookup(tmp_path, "project/a").state == "gone"


def test_a_change_of_base_loses_nothing(tmp_path: Path, lines: Lines) -> None:
    """Keys are remembered without their base."""
    _build(tmp_path, lines())
    _build(tmp_path, lines(count=1), "https://data.example.org/")
    assert lookup(tmp_path, "https://data.example.org/id/project/p1~b").state == "live"
    assert lookup(tmp_path, f"{BASE}id/project/p2~b").state == "gone"


def test_the_ledger_depends_on_the_releases_alone(tmp_path: Path, lines: Lines) -> None:
    """Two folders with the same past hold the same bytes, which carry their own checksum."""
    texts = []
    for name in ("one", "two"):
        _build(tmp_path / name, lines(count=2))
        version = _build(tmp_path / name, lines(count=1))
        texts.append((tmp_path / name / "ledger" / version).read_bytes())
    assert texts[0] == texts[1]
    content, _, checksum = texts[0].rpartition(b"#")
    assert hashlib.sha256(content).hexdigest().encode() == checksum.strip()


def test_a_ledger_made_of_the_whole_text_is_the_same(tmp_path: Path, lines: Lines) -> None:
    """A build sets aside what the ledger is made of; going back reads it out of all statements."""
    told = _at_line(lines(), 12, "p9")
    version = _build(tmp_path, told)
    ledger = tmp_path / "ledger" / version
    made = ledger.read_bytes()
    ledger.unlink()
    write_ledger(Layout(tmp_path), open_release(tmp_path))
    assert ledger.read_bytes() == made


@pytest.mark.parametrize("damage", [b"x", b"\xff\tx\n", b""])
def test_a_damaged_ledger_stops_a_build(tmp_path: Path, lines: Lines, damage: bytes) -> None:
    """Letters and IRIs are not forgotten in silence: the message names the file, and nothing is changed."""
    version = _build(tmp_path, lines())
    ledger = tmp_path / "ledger" / version
    ledger.write_bytes(ledger.read_bytes()[:-80] + damage)
    with pytest.raises(SystemFailure, match="restore the file") as caught:
        _build(tmp_path, lines(count=1))
    assert caught.value.code == "corrupt-ledger"
    assert open_release(tmp_path).version == version


def test_a_lookup_in_a_damaged_ledger_says_so(tmp_path: Path, lines: Lines) -> None:
    """A row that cannot be read is no answer."""
    version = _build(tmp_path, lines())
    ledger = tmp_path / "ledger" / version
    ledger.write_bytes(ledger.read_bytes().replace(version.encode(), b"\t\t"))
    with pytest.raises(SystemFailure, match="ledger"):
        lookup(tmp_path, "project/p1~b")
