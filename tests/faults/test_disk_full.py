"""A disk that is full: one line that says what to do, and no half of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_a_store_that_cannot_be_written_says_what_to_do(python, tmp_path: Path) -> None:
    """The engine's own failure is an error of ours."""
    statements = tmp_path / "statements.nt"
    statements.write_text(
        "".join(f'<http://a/{n}> <http://b/> "{n}" .\n' for n in range(20_000)), encoding="ascii"
    )
    done = python(LOADS, str(statements), str(tmp_path))
    told = done.stdout.splitlines()
    assert len(told) == 3, done.stderr
    assert all(line.startswith("store-load ") and "check the space on the disk" in line for line in told)


@pytest.mark.parametrize("name", ["export", "site"])
def test_an_output_that_cannot_be_written_is_one_line(
    pair, python, builds: str, tmp_path: Path, name: str
) -> None:
    """An export or a site on a full disk ends with 4 and one line, and leaves no half of it."""
    target = tmp_path / "out"
    options = ["--output", str(target)] if name == "export" else [str(target)]
    done = python(builds, "[3000]", name, *options, "--data", str(pair.data))
    assert done.stdout == "3000 4\n", done.stderr[-2000:]
    assert "[disk-failed]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists()
