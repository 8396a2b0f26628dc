"""The cell-per-line form: what a word processor's table becomes when its text is saved.

A row is a group of lines that each begin with a tab, one a cell; blank lines part rows. A line without a tab that
follows a cell goes on with it. A cell that held an empty paragraph splits its row in two or more groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fundtrace.reading.marks import clean
from fundtrace.reading.sheets import Cell

CAPTIONS = 3
"""Tab lines right under a paragraph are its captions (unit, unit of money) up to this many; more are a row."""

Line = tuple[int, str]


def row(lines: Sequence[Line]) -> list[Cell]:
    """The cells of one group: numbered lines, of which the first begins with a tab."""
    starts = [place for place, (_, text) in enumerate(lines) if text.startswith("\t")]
    cells = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        number, first = lines[start]
        parts = [first, *(text for _, text in lines[start + 1 : end])]
        cells.append(Cell(clean("\n".join(part.strip().replace("\t", " ") for part in parts)), number))
    return cells


def repair(rows: Sequence[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows of a table, with those that were split by an empty paragraph put together again.

    A run of rows that are all shorter than the row above it is one or more split rows when it can be parted, from
    its beginning, into groups that are each exactly as wide as that row, and the row below is that wide again. At
    the end of a table the width must have stood twice before.
    """
    place = 0
    width = times = 0
    while place < len(rows):
        end = place
        while end < len(rows) and len(rows[end]) < width:
            end += 1
        closed = end < len(rows) and len(rows[end]) == width
        groups = _part(rows[place:end], width) if closed or (end == len(rows) and times > 1) else None
        if end > place and groups:
            yield from groups
            times += len(groups)
            place = end
            continue
        times = times + 1 if len(rows[place]) == width else 1
        width = len(rows[place])
        yield rows[place]
        place += 1


def _part(rows: Sequence[Sequence[Cell]], width: int) -> list[list[Cell]] | None:
    groups: list[list[Cell]] = [[]]
    for cells in rows:
        if len(groups[-1]) == width:
            groups.append([])
        groups[-1].extend(cells)
        if len(groups[-1]) > width:
            return None
    return groups if len(groups[-1]) == width else None
