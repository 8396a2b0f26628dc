"""Tables as the recognisers see them: rows of cells that know their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from fundtrace.reading.sheets import Table
from fundtrace.recognising.memo import memo
from fundtrace.records import Position, SourceRow

_BREAK = re.compile(r"[ \t\u3000]*\n\s*")
_WIDE = re.compile(r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")


class Printed(NamedTuple):
    """A cell with its place: `column` is 0-based, the other numbers are 1-based as in the source.

    A `merged` cell is covered by another one; it is empty. A tuple, since a document has tens of thousands of cells.
    """

    text: str
    line: int
    table: int
    row: int
    column: int
    merged: bool = False

    @property
    def place(self) -> tuple[int, int, int]:
        """Table, row and column: what tells the cell from all others of its source."""
        return self[2:5]


class PrintedRow(NamedTuple):
    """A row of placed cells, on `page` where the format has pages; `printed` are the cells that hold text."""

    cells: tuple[Printed, ...]
    printed: tuple[Printed, ...]
    table: int
    number: int
    line: int
    page: int | None

    def with_cells(self, cells: tuple[Printed, ...]) -> PrintedRow:
        """The same row, with other cells in it."""
        return self._replace(cells=cells, printed=_printed(cells))

    @property
    def position(self) -> Position:
        """Where the row stands."""
        return position_of(self.page, self.table, self.number)

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


@lru_cache(maxsize=1024)
def position_of(page: int | None, table: int | None = None, row: int | None = None) -> Position:
    """A place as it stands in records: all that is printed in one row, or outside the tables of a page, shares it."""
    return Position(page=page, table=table, row=row)


def rows_of(table: Table) -> tuple[PrintedRow, ...]:
    """The rows of a table, with the text of each cell stripped."""
    return tuple(each_row(table))


def each_row(table: Table) -> Iterator[PrintedRow]:
    """The rows of a table one by one, for those who seldom need all of them."""
    for row in table.rows:
        cells = [
            Printed(cell.text.strip(), cell.line, table.number, row.number, column, cell.merged)
            for column, cell in enumerate(row.cells)
        ]
        page = row.page if row.page is not None else table.page
        yield PrintedRow(tuple(cells), _printed(cells), table.number, row.number, row.line, page)


def _printed(cells: Iterable[Printed]) -> tuple[Printed, ...]:
    return tuple([cell for cell in cells if cell.text])


def join_text(first: str | None, second: str | None) -> str | None:
    """Two pieces of one text, parted by the end of a page or line: no space where either side is Chinese."""
    if not first or not second:
        return first or second or None
    plain = not (_WIDE.match(first[-1]) or _WIDE.match(second[0]))
    between = " " if plain and first[-1].isalnum() and second[0].isalnum() else ""
    return f"{first}{between}{second}"


@memo
def one_line(text: str) -> str:
    """A text without the line breaks that the width of its cell made."""
    pieces = [piece for piece in _BREAK.split(text.strip()) if piece]
    joined: str | None = None
    for piece in pieces:
        joined = join_text(joined, piece)
    return joined or ""
