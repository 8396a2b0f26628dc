"""A data folder that cannot be written: building says so, and serving needs no writing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.serving import SECONDS

from fundtrace.cli.main import main
from fundtrace.release import current_version, open_release

NOBODY = 65_534

READS = """
import json, os, sys
from pathlib import Path
from fundtrace.cli.main import main
from fundtrace.errors import FundtraceError
from fundtrace.release import Account, build_release, open_release, rollback
from fundtrace.index import build_index

data = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setgid(int(sys.argv[2])), os.setuid(int(sys.argv[2]))
release = open_release(data)
count = release.index.run('SELECT count(*) FROM "Project"', {}).rows[0][0]
statements = sum(1 for _ in release.statements())
told = []
for step in (lambda: build_release(data, ["<x:a> <x:b> <x:c> ."], "http://x/", "http://x/o#", Account()), lambda: rollback(data)):
    try:
        step()
    except FundtraceError as error:
        told.append([error.code, error.exit_code, error.en])
print(json.dumps({"release": release.version, "projects": count, "statements": statements, "told": told}))
"""
"""Reads and tries to write, as somebody who may only read."""


@pytest.fixture
def bound(own) -> Iterator[Path]:
    """A data folder that nobody but its owner may write, where others can reach it."""
    top = Path(tempfile.mkdtemp())
    top.chmod(0o755)
    data = top / "data"
    shutil.move(own.data, data)
    for path in (data, *data.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield data
    for path in (data, *(path for path in data.rglob("*") if path.is_dir())):
        path.chmod(0o755)
    shutil.rmtree(top)


def test_a_folder_that_may_only_be_read_is_read(own, bound: Path) -> None:
    """Every form of a release opens without writing; a build and a way back are refused with what to do."""
    command = [sys.executable, "-B", "-c", READS, str(bound), str(NOBODY)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=SECONDS, env=environment
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["release"] == own.good
    assert told["projects"] > 0
    assert told["statements"] > 0
    assert [one[:2] for one in told["told"]] == [["data-folder", 4], ["data-folder", 4]]
    assert all("permissions" in one[2] for one in told["told"])


def test_a_thing_of_another_kind_in_the_way(own) -> None:
    """A file where a folder belongs, or a folder where a file belongs, ends a build with one line and a code."""
    for name in ("ledger", "history", ".build-lock", "current", "releases"):
        place, aside = own.data / name, own.data.parent / "aside"
        place.rename(aside)
        if aside.is_dir():
            place.write_text("x", encoding="ascii")
        else:
            place.mkdir()
        command = ["build", "--jobs", "1", "--data", str(own.data), str(own.document)]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 4, done.output
        assert "[data-folder]" in done.stderr or "[corrupt-" in done.stderr
        if place.is_dir():
            place.rmdir()
        else:
            place.unlink()
        aside.rename(place)
        assert current_version(own.data) == own.good
    assert open_release(own.data).is_intact()
