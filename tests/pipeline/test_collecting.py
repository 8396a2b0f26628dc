"""Collecting: a build that was stopped goes on, and one bad file in twenty stops nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.pipeline import build
from fundtrace.pipeline.collecting import collect
from fundtrace.release import current_version, open_release
from fundtrace.settings import Settings

MOMENTS = 10


def _command(folder: Path, data: Path, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "fundtrace",
        "build",
        str(folder),
        "--data",
        str(data),
        "--jobs",
        "1",
        *more,
    ]


def test_a_build_killed_at_ten_moments_goes_on(
    folder: Path, settings: Settings, tmp_path: Path, document: Callable[..., str]
) -> None:
    """SIGKILL leaves the old release, and the build that is let alone gives the bytes of one that never was killed."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    old = build([folder], settings).release.version
    for number in range(6):
        text = document(name=f"培训补助{number}", code=f"13063621{number:03}IPGKMEFI2I"[:21])
        (folder / f"n{number}.txt").write_text(text, encoding="utf-8")
    # Letters depend on what was published before, so both begin with the same release.
    shutil.copytree(settings.data_path, tmp_path / "whole")
    start = time.monotonic()
    whole = subprocess.run(
        _command(folder, tmp_path / "whole"), env=environment, capture_output=True, check=False, timeout=120
    )
    seconds = time.monotonic() - start
    assert whole.returncode == 3
    expected = open_release(tmp_path / "whole")
    for moment in range(1, MOMENTS + 1):
        process = subprocess.Popen(
            _command(folder, settings.data_path),
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(seconds * moment / (MOMENTS + 1))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert open_release(settings.data_path).version in {old, expected.version}
    subprocess.run(
        _command(folder, settings.data_path), env=environment, capture_output=True, check=False, timeout=120
    )
    made = open_release(settings.data_path)
    assert made.version == expected.version
    for path in ("statements.nt.gz", "void.ttl", "dcat.ttl", "prov.ttl", "dqv.ttl", "dumps/SHA256SUMS"):
        assert (made.path / path).read_bytes() == (expected.path / path).read_bytes()


def test_one_document_more_among_five_hundred_is_the_only_one_read(
    settings: Settings, tmp_path: Path, document: Callable[..., str]
) -> None:
    """Five hundred files are known from the build before; the one that is added is the one that is opened by a reader."""
    folder, read = tmp_path / "corpus", list[str]()
    folder.mkdir()

    def log(event: str, about: Mapping[str, object]) -> None:
        if event == "read":
            read.append(str(about["file"]))

    def add(number: int) -> tuple[Path, str]:
        path = folder / f"{number:03}.txt"
        text = document(name=f"培训补助{number}", code=f"13063621{number:03}IPGKMEFI2I"[:21])
        path.write_text(text, encoding="utf-8")
        return path, path.name

    files = [add(number) for number in range(500)]
    collect(files, settings.data_path, 2, lambda *_, **__: None, log)
    assert len(read) == 500
    read.clear()
    collected = collect([*files, add(500)], settings.data_path, 2, lambda *_, **__: None, log)
    assert (read, collected.unchanged, collected.files) == (["500.txt"], 500, 501)


def test_one_bad_file_in_twenty(tmp_path: Path, document: Callable[..., str]) -> None:
    """The release is made, the bad ones are listed with their reasons, the log has every file, and the exit code is 3."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(38):
        text = document(name=f"培训补助{number}", code=f"13063621{number:03}IPGKMEFI2I"[:21])
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "x.docx").write_bytes(b"PK\x03\x04nonsense")
    (folder / "y.xlsx").write_bytes(b"nonsense")
    log = tmp_path / "log.jsonl"
    done = subprocess.run(
        _command(folder, tmp_path / "data", "--log-json", str(log), "--no-dumps"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 3
    release = open_release(tmp_path / "data")
    assert release.info.counts["Project"] == 38
    assert [unread.path for unread in release.info.quarantined] == ["corpus/x.docx", "corpus/y.xlsx"]
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [events[0]["event"], events[-1]["event"]] == ["found", "release"]
    assert events[-1]["version"] == release.version
    assert sum(event["event"] == "read" for event in events) == 40
    assert {event["file"] for event in events if event.get("code")} == {"corpus/x.docx", "corpus/y.xlsx"}


def test_records_that_are_lost_are_read_again(folder: Path, settings: Settings) -> None:
    """What could not be remembered is read when it is needed; a file that went away in between stops the build."""
    files = [(folder / "a.txt", "a.txt"), (folder / "b.txt", "b.txt")]
    collected = collect(files, settings.data_path, 1, lambda *_, **__: None, lambda *_: None)
    for path in (settings.data_path / "records").rglob("*"):
        if path.is_file():
            path.unlink()
    assert [document.source.file for document in collected.documents()] == ["a.txt", "b.txt"]
    cells = collected.coverage.cells
    assert cells > 0
    assert len(list(collected.documents())) == 2
    assert collected.coverage.cells == cells
    (folder / "b.txt").unlink()
    with pytest.raises(SystemFailure, match=r"b\.txt") as caught:
        list(collected.documents())
    assert caught.value.code == "file-changed"
    assert current_version(settings.data_path) is None
