"""Running text and tables as they stand in a document, tables in tables too, and how they become blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fundtrace.reading.assembly import Assembly
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Cell
from fundtrace.reading.source import Source


@dataclass(slots=True)
class Said:
    """A paragraph; its lines become paragraphs of their own."""

    text: str
    line: int
    heading: int | None = None


@dataclass(slots=True)
class Slot:
    """A cell as the format writes it: how many columns and rows it covers, and what it holds.

    `covered` marks a cell that the format writes although one above it covers it. `inner` is None unless there is a
    table in the cell: then it is all that the cell holds, in order, and `text` is what stands outside the tables.
    """

    text: str
    line: int
    across: int = 1
    down: int = 1
    covered: bool = False
    inner: list[Said | Grid | Plain] | None = None


@dataclass(slots=True)
class Grid:
    """A table: rows of slots."""

    rows: list[list[Slot]]


@dataclass(slots=True)
class Plain:
    """A table without tables in it, whose rows already have a cell in every place."""

    rows: list[list[Cell]]


def place(assembly: Assembly, flow: Sequence[Said | Grid | Plain], source: Source, depth: int = 1) -> None:
    """Add a flow to an assembly, in order.

    A table that holds tables and little else is layout: what is in its cells is placed as if it were not there.
    Tables inside any other table follow it. Raises `InputError` too-deep and too-large.
    """
    if depth > source.limits.nesting:
        raise refusal("too-deep", source.name, what="表格", what_en="tables are", limit=source.limits.nesting)
    for item in flow:
        if isinstance(item, Said):
            for text in item.text.split("\n"):
                assembly.paragraph(text, item.line, heading=item.heading)
            continue
        if isinstance(item, Plain):
            assembly.table(item.rows)
            continue
        nesting = [slot.inner for row in item.rows for slot in row if slot.inner is not None]
        if nesting and _is_layout(item):
            for row in item.rows:
                for slot in row:
                    content = [Said(slot.text, slot.line)] if slot.inner is None else slot.inner
                    place(assembly, content, source, depth + 1)
            continue
        assembly.table(expand(item, source.limits.columns))
        for inner in nesting:
            place(assembly, [each for each in inner if not isinstance(each, Said)], source, depth + 1)


def _is_layout(grid: Grid) -> bool:
    """Whether no row has two cells of text; cells that hold tables do not count."""
    return all(sum(1 for slot in row if slot.inner is None and slot.text) < 2 for row in grid.rows)


def _flat(row: list[Slot], columns: int) -> list[Cell]:
    """The cells of a row that nothing hangs into and that hangs into nothing."""
    cells: list[Cell] = []
    for slot in row:
        cells.append(Cell("", slot.line, True) if slot.covered else Cell(slot.text, slot.line))
        if slot.across > 1:
            cells.extend([Cell("", slot.line, True)] * (min(slot.across, columns + 1) - 1))
    return cells


def expand(grid: Grid, columns: int) -> Iterator[list[Cell]]:
    """The rows of a grid with an empty, merged cell in every place that another cell covers.

    No row grows beyond `columns` + 1 cells, so that whoever counts them sees that there are too many.
    """
    hanging: dict[int, int] = {}
    for row in grid.rows:
        if not hanging and all(slot.down == 1 for slot in row):
            yield _flat(row, columns)
            continue
        cells: list[Cell] = []
        below: dict[int, int] = {}
        line = row[0].line if row else 0

        def cover(
            hanging: dict[int, int] = hanging,
            below: dict[int, int] = below,
            cells: list[Cell] = cells,
            line: int = line,
        ) -> None:
            while (left := hanging.get(len(cells), 0)) and len(cells) <= columns:
                if left > 1:
                    below[len(cells)] = left - 1
                cells.append(Cell("", line, merged=True))

        for slot in row:
            cover()
            across = min(max(slot.across, 1), columns + 1 - len(cells))
            if across < 1:
                break
            if slot.down > 1:
                below.update((len(cells) + step, slot.down - 1) for step in range(across))
            cells.append(Cell("" if slot.covered else slot.text, slot.line, merged=slot.covered))
            cells.extend(Cell("", slot.line, merged=True) for _ in range(across - 1))
        cover()
        hanging = below
        yield cells
