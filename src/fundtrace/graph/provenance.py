"""Where a thing was read: the source that tells it, and the printed rows it stands in."""

from __future__ import annotations

from fundtrace.graph.pen import Pen
from fundtrace.graph.sourcing import T, Telling
from fundtrace.records import Position, SourceRow
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p


class Provenance:
    """One teller of a project or statement, ready to be stated beside each of its parts."""

    def __init__(self, pen: Pen, telling: Telling[T]) -> None:
        self._pen = pen
        self._key = telling.source.key
        self._source = telling.source.iri
        self._rows = telling.record.rows
        self._known = {(row.table, row.row) for row in self._rows}

    def source(self, subject: str) -> None:
        """States the source."""
        self._pen.link(subject, p.source, self._source)

    def row(self, subject: str, position: Position) -> None:
        """States the row of a position, where that is one of the printed rows."""
        table, row = position.table, position.row
        if table is not None and row is not None and (table, row) in self._known:
            self._pen.link(subject, p.sourceRow, self._pen.iris.row(self._key, table, row))

    def row_of_cell(self, subject: str, printed: str) -> None:
        """States the first row that has a cell with exactly this text."""
        text = printed.strip()
        for row in self._rows:
            if any(cell.strip() == text for cell in row.cells):
                self._pen.link(subject, p.sourceRow, self._pen.iris.row(self._key, row.table, row.row))
                break

    def all_rows(self, subject: str) -> None:
        """States every row, and the rows themselves."""
        for row in self._rows:
            self._pen.link(subject, p.sourceRow, write_row(self._pen, self._key, row))


def keep_places(pen: Pen, begun: int) -> None:
    """Withdraws the lines written since `begun`, but for sources and rows: what a later teller of the same adds."""
    places = (pen.terms[p.source], pen.terms[p.sourceRow])
    row = f"<{pen.iris.prefix}row/"
    since = pen.lines[begun:]
    pen.lines[begun:] = [line for line in since if line.startswith(row) or line.split(" ", 2)[1] in places]


def write_row(pen: Pen, source_key: str, row: SourceRow) -> str:
    """States a printed row, and gives its IRI."""
    iri = pen.iris.row(source_key, row.table, row.row)
    subject = pen.entity(c.SourceRow, iri, f"表 {row.table} 第 {row.row} 行")
    pen.integer(subject, p.page, row.page)
    pen.integer(subject, p.table, row.table)
    pen.integer(subject, p.row, row.row)
    pen.integer(subject, p.line, row.line)
    pen.text(subject, p.cells, "\t".join(row.cells))
    pen.link(subject, p.source, pen.iris.iri("source", source_key))
    return iri
