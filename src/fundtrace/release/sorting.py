"""Sorting more lines than memory should hold: sorted runs on disk, merged into one sequence without repetitions."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import TextIO

RUN_LINES = 500_000
"""Lines that are sorted in memory at once, about 150 MB."""


def sorted_lines(lines: Iterable[str], folder: Path, run_lines: int = RUN_LINES) -> Iterator[str]:
    """The lines in code point order (which is the order of their UTF-8 bytes), each once.

    Lines have no line end and hold none. Runs are kept in files of `folder`, which are gone when the last line is given.
    """
    waiting = iter(lines)
    runs: list[Path] = []
    first = sorted(set(islice(waiting, run_lines)))
    batch = sorted(set(islice(waiting, run_lines)))
    if not batch:
        yield from first
        return
    while batch:
        runs.append(folder / f"run-{len(runs)}")
        with runs[-1].open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in batch)
        batch = sorted(set(islice(waiting, run_lines)))
    with ExitStack() as files:
        merged = heapq.merge(first, *(_read(files.enter_context(_open(run))) for run in runs))
        yield from (line for line, _ in groupby(merged))
    for run in runs:
        run.unlink()


def _open(run: Path) -> TextIO:
    return run.open(encoding="utf-8", newline="\n")


def _read(file: TextIO) -> Iterator[str]:
    return (line[:-1] for line in file)
