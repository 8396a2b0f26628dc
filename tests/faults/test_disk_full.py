"""A disk that fills up in the middle of a build: one line that says what to do, and nothing else has changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fundtrace.release import current_version, open_release

BUILDS = """
import json, resource, sys
from fundtrace.cli.main import main

hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for limit in json.loads(sys.argv[1]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    code = main.main(args=sys.argv[2:], standalone_mode=False)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    print(limit, code, flush=True)
"""
"""Runs one command once for each limit of the size of a file: a write beyond it fails as it does on a full disk."""

LOADS = """
import resource, sys
from pathlib import Path
from fundtrace.errors import SystemFailure
from fundtrace.graph import load_store

hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for limit in (10, 10_000, 100_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        load_store(Path(sys.argv[1]), Path(sys.argv[2]) / str(limit))
    except SystemFailure as error:
        print(error.code, error.en)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
"""

LIMITS = {0: "data-folder", 2_000: "data-folder", 1_000_000: "index-build"}
"""Bytes that a file may have, and what a build of the smaller sample says then."""


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def test_a_build_on_a_full_disk_changes_nothing(own, serve) -> None:
    """Wherever it stops, the code is 4, the message says what to do, the release before is whole and served."""
    shutil.rmtree(own.data / "releases" / own.other)
    server = serve(own.data)
    done = _run(
        BUILDS, json.dumps(list(LIMITS)), "build", "--jobs", "1", "--data", str(own.data), str(own.document)
    )
    assert done.stdout.split("\n")[:-1] == [f"{limit} 4" for limit in LIMITS], done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("fundtrace: ")]
    assert [line.rpartition("[")[2].rstrip("]") for line in lines] == list(LIMITS.values())
    assert all("space" in line and "run" in line for line in lines)
    assert "Traceback" not in done.stderr
    assert current_version(own.data) == own.good
    assert open_release(own.data).is_intact()
    assert [path.name for path in (own.data / "releases").iterdir()] == [own.good]
    assert server.release() == own.good


def test_a_store_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    """The engine's own failure is an error of ours."""
    statements = tmp_path / "statements.nt"
    statements.write_text(
        "".join(f'<http://a/{n}> <http://b/> "{n}" .\n' for n in range(20_000)), encoding="ascii"
    )
    done = _run(LOADS, str(statements), str(tmp_path))
    told = done.stdout.splitlines()
    assert len(told) == 3, done.stderr
    assert all(line.startswith("store-load ") and "check the space on the disk" in line for line in told)


@pytest.mark.parametrize("name", ["export", "site"])
def test_an_output_that_cannot_be_written_is_one_line(pair, tmp_path: Path, name: str) -> None:
    """An export or a site on a full disk ends with 4 and one line, and leaves no half of it."""
    target = tmp_path / "out"
    options = ["--output", str(target)] if name == "export" else [str(target)]
    done = _run(BUILDS, "[3000]", name, *options, "--data", str(pair.data))
    assert done.stdout == "3000 4\n", done.stderr[-2000:]
    assert "[disk-failed]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists()
