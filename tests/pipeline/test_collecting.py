"""Collecting: a build that was stopped goes on, and one bad file in twenty stops nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.benchmarks.documents.writing import Order, write
from tests.serving import SECONDS

from fundtrace.engines import Local
from fundtrace.errors import SystemFailure
from fundtrace.pipeline import build
from fundtrace.pipeline.collecting import collect
from fundtrace.release import current_version, open_release
from fundtrace.settings import Settings


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


_DRIVER = """
import os, signal, sys
from pathlib import Path
from fundtrace.graph import Iris, statements
from fundtrace.index.metadata import metadata
from fundtrace.pipeline import Workplace, build, inspect
from fundtrace.release import open_release
from fundtrace.settings import Settings

folder, data, whole = map(Path, sys.argv[1:])
EVENTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}


class Here:
    def run(self, function, work):
        return ((number, function(piece)) for number, piece in enumerate(work))


def forked(data, moment):
    # How the build ended, and its steps on the disk: those that keep records, and all.
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        kept = seen = 0

        def hook(event, arguments):
            nonlocal kept, seen
            if event in EVENTS and str(data) in str(arguments[0]):
                seen += 1
                kept += "/records/" in str(arguments[0])
                if seen == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        build([folder], Settings(data=str(data)), workplace=Workplace(Here()), validation="never")
        os.write(sink, f"{kept} {seen}".encode())
        os._exit(0)
    os.close(sink)
    status, counts = os.waitpid(child, 0)[1], os.read(source, 99).split()
    os.close(source)
    return status, *map(int, counts)


# What every process must read of ours is read once, before they part.
list(statements([inspect(folder / "a.txt")], Iris("http://localhost:8000/"), "http://localhost:8000/ontology#"))
metadata()
_, kept, seen = forked(whole, 0)
for number in range(1, 11):
    status = forked(data, (seen - kept) * number // 11)[0]
    child = os.fork()
    if child == 0:
        print(os.WIFSIGNALED(status), open_release(data).version, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


def test_a_build_killed_at_ten_moments_goes_on(
    folder: Path, settings: Settings, tmp_path: Path, document: Callable[..., str]
) -> None:
    """SIGKILL at ten steps on the disk leaves the old release or the new one, and the build that is let alone gives its bytes."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    old = build([folder], settings).release.version
    for number in range(6):
        text = document(name=f"培训补助{number}", code=f"13063621{number:03}IPGKMEFI2I"[:21])
        (folder / f"n{number}.txt").write_text(text, encoding="utf-8")
    # Letters depend on what was published before, so both begin with the same release.
    shutil.copytree(settings.data_path, tmp_path / "whole")
    driver = tmp_path / "driver.py"
    driver.write_text(_DRIVER, encoding="utf-8")
    driven = subprocess.run(
        [sys.executable, str(driver), str(folder), str(settings.data_path), str(tmp_path / "whole")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert driven.returncode == 0, driven.stderr
    expected = open_release(tmp_path / "whole")
    told = [line.split() for line in driven.stdout.splitlines()]
    assert [killed for killed, _ in told] == ["True"] * 10
    assert {version for _, version in told} <= {old, expected.version}
    assert told[0][1] == old != expected.version
    done = subprocess.run(
        _command(folder, settings.data_path),
        env=environment,
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 3
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
    collect(files, settings.data_path, Local(2), lambda *_, **__: None, log)
    assert len(read) == 500
    read.clear()
    collected = collect([*files, add(500)], settings.data_path, Local(2), lambda *_, **__: None, log)
    assert (read, collected.unchanged, collected.files) == (["500.txt"], 500, 501)


def test_a_corpus_with_broken_files(tmp_path: Path) -> None:
    """A release of all that can be read, a list of what cannot with reasons, each file in the log, and exit code 3."""
    folder, log = tmp_path / "corpus", tmp_path / "log.jsonl"
    write(Order(tmp_path / "whole", documents=20, seed=3))
    paths = write(Order(folder, documents=20, seed=3, broken=5))
    broken = {
        f"corpus/{path.relative_to(folder).as_posix()}"
        for path in paths
        if path.read_bytes() != (tmp_path / "whole" / path.relative_to(folder)).read_bytes()
    }
    assert len(broken) == 2
    done = subprocess.run(
        _command(folder, tmp_path / "data", "--log-json", str(log), "--no-dumps", "--validate", "never"),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 3
    release = open_release(tmp_path / "data")
    assert release.info.counts["SourceDocument"] == 18
    assert {unread.path for unread in release.info.quarantined} == broken
    assert all(unread.code and unread.zh and unread.en for unread in release.info.quarantined)
    assert all(path in done.stderr for path in broken)
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [events[0]["event"], events[-1]["event"]] == ["found", "release"]
    assert events[-1]["version"] == release.version
    assert sum(event["event"] == "read" for event in events) == 20
    assert {event["file"] for event in events if event.get("code")} == broken


def test_records_that_are_lost_are_read_again(folder: Path, settings: Settings) -> None:
    """What could not be remembered is read when it is needed; a file that went away in between stops the build."""
    files = [(folder / "a.txt", "a.txt"), (folder / "b.txt", "b.txt")]
    collected = collect(files, settings.data_path, Local(1), lambda *_, **__: None, lambda *_: None)
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
