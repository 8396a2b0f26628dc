"""Memory: a file that has not changed is not read again, and no release differs for it."""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from fundtrace.graph import outline
from fundtrace.pipeline import build
from fundtrace.pipeline.documents import Outcome, read_file
from fundtrace.pipeline.remembering import Memory, stamp
from fundtrace.settings import Settings

Document = Callable[..., str]


def _entries(settings: Settings) -> list[Path]:
    return sorted(path for path in (settings.data_path / "records").rglob("*") if path.is_file())


def test_adding_one_document_to_many_reads_one(
    tmp_path: Path, settings: Settings, document: Document
) -> None:
    """Of 60 files, 59 of them known, one is read."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(59):
        text = document(code=f"13063621{number:03}IPGKMEFI2I"[:21], name=f"培训补助{number}")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    assert build([folder], settings).unchanged == 0
    (folder / "new.txt").write_text(document(name="新的一份"), encoding="utf-8")
    report = build([folder], settings)
    assert (report.files, report.unchanged) == (60, 59)


def test_the_release_is_the_same_with_and_without_memory(
    folder: Path, settings: Settings, tmp_path: Path
) -> None:
    """What is recalled says what was read."""
    first = build([folder], settings)
    steps: list[tuple[int, int, bool]] = []
    again = build(
        [folder], settings, lambda done, total, *, failed=False: steps.append((done, total, failed))
    )
    assert (first.unchanged, again.unchanged, again.files) == (0, 3, 3)
    assert again.reused
    assert [unread.code for unread in again.quarantined] == ["empty-file"]
    assert steps == [(1, 4, False), (2, 4, False), (3, 4, True), (4, 4, False)]


def test_a_changed_or_renamed_file_is_read(folder: Path, settings: Settings, document: Document) -> None:
    """The name counts, because it decides the format and is told in the release."""
    build([folder], settings)
    (folder / "a.txt").rename(folder / "z.txt")
    (folder / "b.txt").write_text(document(amount="1.00"), encoding="utf-8")
    assert build([folder], settings).unchanged == 1


def test_outlines_are_remembered_beside_the_records(folder: Path, settings: Settings) -> None:
    """They are read without the records, and what is no entry gives none."""
    build([folder], settings)
    memory, path = Memory(settings.data_path), folder / "a.txt"
    key = memory.key(path)
    assert memory.outlines(key) == tuple(map(outline, read_file(path).documents))
    assert memory.recall(key) == read_file(path)
    assert memory.outlines(None) is None
    assert memory.outlines("0" * 64) is None
    packed = zlib.compress(b"[1]")
    (settings.data_path / "records" / stamp() / str(key)[:2] / str(key)).write_bytes(
        hashlib.sha256(packed).hexdigest().encode() + b"\n" + packed
    )
    assert (memory.outlines(key), memory.recall(key)) == (None, None)


def test_a_build_reads_the_records_once(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first round is content with the outlines."""
    recalled: list[str | None] = []
    recall = Memory.recall

    def noting(memory: Memory, key: str | None) -> Outcome | None:
        recalled.append(key)
        return recall(memory, key)

    monkeypatch.setattr(Memory, "recall", noting)
    assert build([folder], settings).files == len(recalled) == len(set(recalled)) == 3


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\n", b"0" * 64 + b"\nxyz"])
def test_a_damaged_entry_is_read_anew(folder: Path, settings: Settings, damage: bytes) -> None:
    """It is replaced by a good one."""
    version = build([folder], settings).release.version
    entry = next(path for path in _entries(settings) if path.suffix != ".refused")
    good = entry.read_bytes()
    entry.write_bytes(damage)
    report = build([folder], settings)
    assert (report.unchanged, report.release.version) == (2, version)
    assert entry.read_bytes() == good


def test_what_other_software_remembered_is_removed(folder: Path, settings: Settings) -> None:
    """Only the records of the present software are kept."""
    other = settings.data_path / "records" / "0123456789ab"
    other.mkdir(parents=True)
    build([folder], settings)
    assert [path.name for path in (settings.data_path / "records").iterdir()] == [stamp()]


def test_what_changed_while_it_was_read_is_not_remembered(folder: Path, settings: Settings) -> None:
    """Nor is a file that cannot be opened."""
    memory, path = Memory(settings.data_path), folder / "a.txt"
    key, outcome = memory.key(path), read_file(path)
    path.write_text("something else", encoding="utf-8")
    memory.keep(key, path, outcome)
    assert memory.key(folder / "absent.txt") is None
    assert memory.recall(None) is None
    assert not (settings.data_path / "records").exists()


def test_a_refusal_is_remembered_until_somebody_asks(
    folder: Path, settings: Settings, document: Document
) -> None:
    """A file that was refused is refused again without being read; `retry` reads it again."""
    build([folder], settings)
    told: list[tuple[str, object]] = []
    again = build([folder], settings, log=lambda event, about: told.append((event, about.get("known"))))
    assert [unread.code for unread in again.quarantined] == ["empty-file"]
    assert told == [("found", 4), ("release", None)]
    retried = build(
        [folder], settings, retry=True, log=lambda event, about: told.append((event, about.get("code")))
    )
    assert told[2:] == [("found", None), ("read", "empty-file"), ("release", None)]
    assert retried.quarantined == again.quarantined
    (folder / "empty.txt").write_text(document(name="补交的"), encoding="utf-8")
    assert build([folder], settings).quarantined == ()


def test_a_disk_that_fails_costs_time_only(
    folder: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that cannot be made is told in the log."""
    settings.data_path.mkdir()
    (settings.data_path / "records").write_text("x")
    memory, path = Memory(settings.data_path), folder / "a.txt"
    with caplog.at_level(logging.WARNING):
        memory.keep(memory.key(path), path, read_file(path))
    assert "records are not kept" in caplog.text
    assert memory.recall(memory.key(path)) is None


def test_letters_are_kept_from_build_to_build(folder: Path, settings: Settings, document: Document) -> None:
    """A third telling of a project takes a new letter, and the two that were there keep theirs."""

    def amounts() -> dict[str, str]:
        release = build([folder], settings).release
        found = {}
        for line in release.statements():
            if "/id/project/130636213IPGKMEFI2I8Y-2021" in line.split(" ")[0] and "#totalBudget>" in line:
                found[line.split(" ")[0].rpartition("/")[2][:-1].rpartition("-")[2]] = line.split('"')[1]
        return found

    (folder / "d.txt").write_text(document(amount="1.00"), encoding="utf-8")
    first = amounts()
    assert set(first) == {"2021", "2021~b"}
    for number in range(2, 8):
        (folder / f"e{number}.txt").write_text(document(amount=f"{number}.00"), encoding="utf-8")
    later = amounts()
    assert {key: later[key] for key in first} == first
    assert len(later) == 8
    (folder / "a.txt").unlink()
    left = amounts()
    assert left == {key: value for key, value in later.items() if value != "250000"}
