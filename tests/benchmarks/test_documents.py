"""Made-up documents of every form and format, whose facts are known: what is read is what was written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KINDS = {
    "projects",
    "codes",
    "amounts",
    "plan points",
    "indicators",
    "levels",
    "targets",
    "citations",
    "titles",
}


def _run(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "tests.benchmarks.documents", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """Sixty documents of a fixed seed: recall and precision of each kind of fact are 0.995 or better."""
    told = json.loads(_run("both", "--out", tmp_path, "--documents", "60", "--seed", "60", "--json"))
    assert told.keys() >= KINDS
    below = {kind: figures for kind, figures in told.items() if min(figures[1:]) < 0.995}
    assert below == {}


def test_a_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same seed and number give the same files and facts, in one process or two; another seed gives others."""
    one, two, other = tmp_path / "one", tmp_path / "two", tmp_path / "other"
    _run("write", "--out", one, "--documents", "12", "--seed", "3")
    _run("write", "--out", two, "--documents", "12", "--seed", "3", "--jobs", "2")
    _run("write", "--out", other, "--documents", "12", "--seed", "4")
    assert _bytes(one) == _bytes(two) != _bytes(other)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
