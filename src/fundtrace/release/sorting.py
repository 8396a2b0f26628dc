"""Sorting more lines than memory should hold: sorted runs on disk, merged into one sequence without repetitions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice, pairwise
from pathlib import Path
from typing import TextIO

RUN_LINES = 250_000
"""Lines that are sorted in memory at once, about 100 MB."""

FAN_IN = 64
"""Runs that are merged at once, which bounds the files that are open."""

_BLOCKS = 1 << 24
"""Characters of all runs together that are merged at once."""
_BATCH = 4_096


class Runs:
    """Sorted runs in the files of a folder, named after what they hold. Lines have no line end and hold none.

    `written` is given the file of every run that is added, before it is merged with others.
    """

    def __init__(
        self,
        folder: Path,
        name: str = "run",
        fan_in: int = FAN_IN,
        written: Callable[[Path], None] | None = None,
    ) -> None:
        self._folder = folder
        self._name = name
        self._fan_in = fan_in
        self._written = written
        self._count = 0
        self._levels: list[list[Path]] = [[]]

    def add(self, lines: Iterable[str]) -> None:
        """Writes a run; each `FAN_IN` runs of one size become one of the next."""
        self._put(0, sorted(set(lines)))

    def merged(self) -> Iterator[str]:
        """All lines in code point order (which is that of their UTF-8 bytes), each once. At the end the files are gone."""
        yield from self._drain([run for level in self._levels for run in level])
        self._levels = [[]]

    def _put(self, level: int, lines: Iterable[str]) -> None:
        run = self._folder / f"{self._name}-{self._count}"
        self._count += 1
        waiting = iter(lines)
        with run.open("w", encoding="utf-8", newline="\n") as file:
            while batch := list(islice(waiting, _BATCH)):
                file.write("\n".join([*batch, ""]))
        if level == 0 and self._written is not None:
            self._written(run)
        if level == len(self._levels):
            self._levels.append([])
        self._levels[level].append(run)
        if len(self._levels[level]) == self._fan_in:
            full, self._levels[level] = self._levels[level], []
            self._put(level + 1, self._drain(full))

    @staticmethod
    def _drain(runs: list[Path]) -> Iterator[str]:
        with ExitStack() as files:
            opened = [files.enter_context(run.open(encoding="utf-8", newline="\n")) for run in runs]
            yield from _merged(opened)
        for run in runs:
            run.unlink()


def _merged(runs: Sequence[TextIO]) -> Iterator[str]:
    """The lines of sorted runs as one, each once: block by block, as the sorter of the language joins sorted pieces ten times as fast as
    code of ours could pick one line after the other.
    """
    size = _BLOCKS // max(1, len(runs))
    blocks: dict[TextIO, list[str]] = {run: [] for run in runs}
    while True:
        for run in [run for run, block in blocks.items() if not block]:
            blocks[run] = (run.read(size) + run.readline()).split("\n")[:-1]
            if not blocks[run]:
                del blocks[run]
        if not blocks:
            return
        # What comes later in any run is behind this one.
        last = min(block[-1] for block in blocks.values())
        ready: list[str] = []
        for block in blocks.values():
            end = bisect_right(block, last)
            ready += block[:end]
            del block[:end]
        ready.sort()
        yield from [line for line, after in pairwise(ready) if line != after]
        yield ready[-1]


def sorted_lines(
    lines: Iterable[str],
    folder: Path,
    run_lines: int = RUN_LINES,
    fan_in: int = FAN_IN,
    written: Callable[[Path], None] | None = None,
) -> Iterator[str]:
    """The lines in code point order, each once; runs are kept in files of `folder`, which are gone with the last line.

    Each line is in one of the runs of which `written` is given the file, or there are none because all fits into memory.
    """
    waiting = iter(lines)
    batch = list(islice(waiting, run_lines))
    if len(batch) < run_lines:
        yield from sorted(set(batch))
        return
    runs = Runs(folder, fan_in=fan_in, written=written)
    while batch:
        runs.add(batch)
        batch.clear()
        batch.extend(islice(waiting, run_lines))
    yield from runs.merged()
