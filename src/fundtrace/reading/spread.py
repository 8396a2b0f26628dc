"""What is running text and what is a table on a spreadsheet, where everything is a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fundtrace.reading.assembly import Assembly
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Cell
from fundtrace.reading.source import Source


class Merge(NamedTuple):
    """A merged range: its first and last row and column, 1-based."""

    top: int
    left: int
    bottom: int
    right: int


def lay_out(
    filled: Mapping[int, Mapping[int, str]], merges: Sequence[Merge], source: Source
) -> list[list[Cell]]:
    """The rows of a sheet from its filled cells and merged ranges, with one empty row for each run of empty ones.

    Raises `InputError` too-large when merged ranges cover more cells than a document may have.
    """
    last = max(filled, default=0)
    limits = source.limits
    covered: dict[int, set[int]] = {}
    count = 0
    for merge in merges:
        if not filled.get(merge.top, {}).get(merge.left) and merge.top == merge.bottom:
            continue
        right = min(merge.right, limits.columns)
        for row in range(merge.top, min(merge.bottom, last) + 1):
            columns = range(merge.left + (row == merge.top), right + 1)
            count += len(columns)
            if count > limits.cells:
                raise refusal(
                    "too-large", source.name, what="单元格", what_en="table cells", limit=limits.cells
                )
            covered.setdefault(row, set()).update(columns)
    rows: list[list[Cell]] = []
    above = 0
    for number in sorted(filled.keys() | covered.keys()):
        if number > above + 1 and rows:
            rows.append([])
        above = number
        texts, hidden = filled.get(number, {}), covered.get(number, ())
        width = max(max(texts, default=0), max(hidden, default=0))
        # One cell stands for all empty ones of a row: a sheet may fill nothing but its last column.
        blank, covering = Cell("", number), Cell("", number, True)
        cells = [blank] * width
        for column, text in texts.items():
            cells[column - 1] = Cell(text, number)
        for column in hidden:
            cells[column - 1] = covering
        rows.append(cells)
    return rows


def spread(assembly: Assembly, rows: Sequence[Sequence[Cell]], *, page: int | None = None) -> None:
    """Add the rows of one sheet to an assembly.

    Empty rows part it into blocks. In a block, rows above the first that has two filled cells are titles and
    captions, and rows that one merged cell mostly fills, below the last that has two, are notes: paragraphs. What is
    between is one table, without the empty columns at its right and left. A block that begins with a row of a table and
    holds no column beyond those of the table above it has that one's columns: it may go on with it.
    """
    above: range | None = None
    for block in _blocks(rows):
        filled = [sum(1 for cell in row if cell.text) for row in block]
        wide = [place for place, count in enumerate(filled) if count > 1]
        first = wide[0] if wide else len(block)
        last = wide[-1] if wide else len(block) - 1
        width = max((len(row) for row in block[first : last + 1]), default=0)
        while last + 1 < len(block) and not _is_note(block[last + 1], width):
            last += 1
        _paragraphs(assembly, block[:first], page)
        extent = _extent(block[first : last + 1])
        goes_on = (
            above is not None and not first and extent.start >= above.start and extent.stop <= above.stop
        )
        extent = above if above is not None and goes_on else extent
        assembly.table(_cut(block[first : last + 1], extent), page=page)
        _paragraphs(assembly, block[last + 1 :], page)
        above = extent if wide and last + 1 == len(block) else None


def _blocks(rows: Sequence[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    block: list[Sequence[Cell]] = []
    for row in rows:
        if any(cell.text or cell.merged for cell in row):
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_note(row: Sequence[Cell], width: int) -> bool:
    """Whether one merged cell fills a row, and most of the table's width: a total is merged over fewer columns."""
    return bool(row[0].text) and 1 < len(row) > width / 2 and all(cell.merged for cell in row[1:])


def _paragraphs(assembly: Assembly, rows: Sequence[Sequence[Cell]], page: int | None) -> None:
    for row in rows:
        for cell in row:
            for text in cell.text.split("\n"):
                assembly.paragraph(text, cell.line, page=page)


def _extent(rows: Sequence[Sequence[Cell]]) -> range:
    """The columns from the first to the last that a cell, or one that it covers, stands in."""
    used = [place for row in rows for place, cell in enumerate(row) if cell.text or cell.merged]
    return range(min(used), max(used) + 1) if used else range(0)


def _cut(rows: Sequence[Sequence[Cell]], extent: range) -> list[Sequence[Cell]]:
    """The rows with these columns only, each as wide as they are."""
    return [
        [
            *row[extent.start : extent.stop],
            *(Cell("", row[0].line) for _ in range(extent.stop - max(len(row), extent.start))),
        ]
        for row in rows
        if extent
    ]
