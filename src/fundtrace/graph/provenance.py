"""Where a thing was read: the source that tells it, and the printed rows it stands in."""

from __future__ import annotations

from collections.abc import Iterable

from fundtrace.graph.forms import CELLS, INTEGER, IRI, Form
from fundtrace.graph.pen import Pen
from fundtrace.graph.sourcing import T, Telling
from fundtrace.records import Position, SourceRow
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_ROW = Form(
    c.SourceRow,
    (p.page, INTEGER),
    (p.table, INTEGER),
    (p.row, INTEGER),
    (p.line, INTEGER),
    (p.cells, CELLS),
    (p.source, IRI),
)


class Provenance:
    """One teller of a project or statement: `source` is its IRI, to be stated beside each of the parts."""

    def __init__(self, pen: Pen, telling: Telling[T]) -> None:
        self.source = telling.source.iri
        self._rows = telling.record.rows
        places = [(row.table, row.row) for row in self._rows]
        self._iris = pen.iris.rows(telling.source.key, places)
        self._places: dict[tuple[int | None, int | None], str] = dict(zip(places, self._iris, strict=True))
        self._cells: dict[str, str] = {}

    def row(self, position: Position) -> str | None:
        """The IRI of the row of a position, where that is one of the printed rows."""
        return self._places.get((position.table, position.row))

    def row_of_cell(self, printed: str) -> str | None:
        """The IRI of the first row that has a cell with exactly this text."""
        if not self._cells:
            # Backwards, so that the first row stays.
            rows = zip(reversed(self._iris), reversed(self._rows), strict=True)
            self._cells = {cell.strip(): iri for iri, row in rows for cell in row.cells}
        return self._cells.get(printed.strip())

    def write_rows(self, pen: Pen, subject: str) -> None:
        """States every row, and the rows themselves."""
        pen.links(subject, p.sourceRow, self._places.values())
        write_rows(pen, self._iris, self._rows, self.source)


def keep_places(pen: Pen, begun: int) -> None:
    """Withdraws the lines written since `begun`, but for sources and rows: what a later teller of the same adds."""
    places = (pen.terms[p.source], pen.terms[p.sourceRow])
    row = f"<{pen.iris.prefix}row/"
    since = pen.lines[begun:]
    pen.lines[begun:] = [line for line in since if line.startswith(row) or line.split(" ", 2)[1] in places]


def write_rows(pen: Pen, iris: Iterable[str], rows: Iterable[SourceRow], source: str) -> None:
    """States printed rows of a source."""
    state = pen.state[_ROW]
    for iri, row in zip(iris, rows, strict=True):
        table, number = row.table, row.row
        state(iri, f"表 {table} 第 {number} 行", row.page, table, number, row.line, row.cells, source)
