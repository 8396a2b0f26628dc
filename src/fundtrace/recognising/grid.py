"""Tables as the recognisers see them: rows of cells that know their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fundtrace.reading.sheets import Table
from fundtrace.records import Position, SourceRow

_BREAK = re.compile(r"[ \t\u3000]*\n\s*")
_WIDE = re.compile(r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell with its place: `column` is 0-based, the other numbers are 1-based as in the source.

    A `merged` cell is covered by another one; it is empty.
    """

    text: str
    line: int
    table: int
    row: int
    column: int
    merged: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of placed cells, on `page` where the format has pages."""

    cells: tuple[Printed, ...]
    table: int
    number: int
    line: int
    page: int | None

    @property
    def printed(self) -> tuple[Printed, ...]:
        """The cells that hold text."""
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def position(self) -> Position:
        """Where the row stands."""
        return Position(page=self.page, table=self.table, row=self.number)

    @property
    def source(self) -> SourceRow:
        """The row as it is kept beside what was read from it, without covered cells, which only some formats have."""
        return SourceRow(
            page=self.page,
            table=self.table,
            row=self.number,
            line=self.line,
            cells=tuple(cell.text for cell in self.cells if not cell.merged),
        )


def rows_of(table: Table) -> tuple[PrintedRow, ...]:
    """The rows of a table, with the text of each cell stripped."""
    return tuple(
        PrintedRow(
            cells=tuple(
                Printed(cell.text.strip(), cell.line, table.number, row.number, column, cell.merged)
                for column, cell in enumerate(row.cells)
            ),
            table=table.number,
            number=row.number,
            line=row.line,
            page=row.page if row.page is not None else table.page,
        )
        for row in table.rows
    )


def join_text(first: str | None, second: str | None) -> str | None:
    """Two pieces of one text, parted by the end of a page or line: no space where either side is Chinese."""
    if not first or not second:
        return first or second or None
    plain = not (_WIDE.match(first[-1]) or _WIDE.match(second[0]))
    between = " " if plain and first[-1].isalnum() and second[0].isalnum() else ""
    return f"{first}{between}{second}"


def one_line(text: str) -> str:
    """A text without the line breaks that the width of its cell made."""
    pieces = [piece for piece in _BREAK.split(text.strip()) if piece]
    joined: str | None = None
    for piece in pieces:
        joined = join_text(joined, piece)
    return joined or ""
