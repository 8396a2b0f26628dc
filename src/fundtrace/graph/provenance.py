"""Where a thing was read: the sources that tell it, and the printed rows it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic

from fundtrace.graph.pen import Pen
from fundtrace.graph.sourcing import T, Telling
from fundtrace.records import Position, SourceRow
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p


class Provenance(Generic[T]):
    """The tellers of one project or statement, ready to be stated beside each of its parts.

    `records` are the tellers' own records, which differ in nothing but lines, positions and rows.
    """

    def __init__(self, pen: Pen, telling: Telling[T]) -> None:
        self._pen = pen
        self.keys = tuple(source.key for source, _ in telling.tellers)
        self.records = tuple(record for _, record in telling.tellers)
        self._sources = tuple(dict.fromkeys(pen.iris.iri("source", key) for key in self.keys))
        self._rows = tuple({(row.table, row.row) for row in record.rows} for record in self.records)

    def sources(self, subject: str) -> None:
        """States each source."""
        for source in self._sources:
            self._pen.link(subject, p.source, source)

    def rows(self, subject: str, positions: Iterable[Position]) -> None:
        """States the row of each teller's position, where that row is one of the printed rows."""
        for key, known, position in zip(self.keys, self._rows, positions, strict=True):
            if (
                position.table is not None
                and position.row is not None
                and (position.table, position.row) in known
            ):
                self._pen.link(subject, p.sourceRow, self._pen.iris.row(key, position.table, position.row))

    def row_of_cell(self, subject: str, printed: str) -> None:
        """States the first row of each teller that has a cell with exactly this text."""
        text = printed.strip()
        for key, record in zip(self.keys, self.records, strict=True):
            for row in record.rows:
                if any(cell.strip() == text for cell in row.cells):
                    self._pen.link(subject, p.sourceRow, self._pen.iris.row(key, row.table, row.row))
                    break

    def all_rows(self, subject: str) -> None:
        """States every row of every teller, and the rows themselves."""
        for key, record in zip(self.keys, self.records, strict=True):
            for row in record.rows:
                self._pen.link(subject, p.sourceRow, write_row(self._pen, key, row))


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
