"""Pages of a budget table, a bounded number of rows at a time, and of one cell of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from pyoxigraph import NamedNode

from fundtrace.release import Release
from fundtrace_server.addresses import page_path
from fundtrace_server.asking import Row, amount, rows, text
from fundtrace_server.description import Description
from fundtrace_server.pointing import pointing_at
from fundtrace_server.views.linking import Base, Link, link, node_link
from fundtrace_server.views.printed import RowView, row_of

ROWS = 100
"""Rows of a table on one page."""

_LINKS = ("source", "department", "region")
_FACTS = ("code", "name", "rowLevel", "side", "column")


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: the printed text and unit, yuan where it is an amount, and its page."""

    printed: str
    unit: str | None
    yuan: Decimal | None
    path: str | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A printed row; `cells` stand below the columns of the table, None where nothing is printed."""

    code: str | None
    name: str | None
    level: str | None
    side: str | None
    leaf: bool
    cells: tuple[CellView | None, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """One page of a table; `number` counts pages from 1, `count` is that of all rows, `units` are those printed here."""

    iri: str
    label: str
    title: str | None
    kind: str | None
    base: Base
    note: str | None
    links: tuple[tuple[str, Link], ...]
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    units: tuple[str, ...]
    count: int
    number: int
    more: bool

    def any(self, name: str) -> bool:
        """Whether a row of this page prints a `code`, `level` or `side`."""
        return any(getattr(row, name) for row in self.rows)


@dataclass(frozen=True, slots=True)
class ObservationView:
    """One cell: what it stands for, what is printed, and the row it was read from."""

    iri: str
    label: str
    table: Link | None
    facts: tuple[tuple[str, str], ...]
    classification: Link | None
    cell: CellView
    row: RowView | None


def view_table(release: Release, description: Description, language: str, number: int) -> TableView:
    """The view of one page of a table; a page behind the last has no rows."""
    cells = [
        (text(row, "cell") or "", text(row, "column") or "")
        for row in rows(release, "table-cells", table=NamedNode(description.iri))
    ]
    columns = dict(sorted({_column_of(iri): heading for iri, heading in cells}.items()))
    printed = [[iri for iri, _ in group] for _, group in groupby(cells, key=lambda cell: _row_of(cell[0]))]
    shown = printed[(number - 1) * ROWS : number * ROWS]
    told = _told(release, [iri for row in shown for iri in row])
    made = tuple(_row(row, told, columns, release.base) for row in shown)
    units = dict.fromkeys(cell.unit for row in made for cell in row.cells if cell and cell.unit)
    return TableView(
        iri=description.iri,
        label=description.label(language=language),
        title=description.text("title"),
        kind=description.node("tableKind") and description.label(description.node("tableKind"), language),
        base=Base(description.text("fiscalYear"), description.concept("stage")),
        note=description.text("note"),
        links=tuple(
            (name, to)
            for name in _LINKS
            if (to := node_link(description, description.node(name), release.base, language))
        ),
        columns=tuple(columns.values()),
        rows=made,
        units=tuple(units),
        count=len(printed),
        number=number,
        more=len(printed) > number * ROWS,
    )


def view_observation(release: Release, description: Description, language: str) -> ObservationView:
    """The view of one cell."""
    return ObservationView(
        iri=description.iri,
        label=description.label(language=language),
        table=_table_of(release, description.iri),
        facts=tuple((name, value) for name in _FACTS for value in description.texts(name)),
        classification=node_link(description, description.node("classification"), release.base, language),
        cell=CellView(
            printed=description.text("printed") or "",
            unit=description.text("printedUnit"),
            yuan=description.amount("yuan"),
            path=None,
        ),
        row=row_of(description, description.iri, release.base),
    )


def _row_of(iri: str) -> str:
    """The cells of a row share their IRI up to the ordinal of the column."""
    return iri.rpartition("-")[0]


def _column_of(iri: str) -> int:
    return int(iri.rpartition("-")[2])


def _told(release: Release, cells: Sequence[str]) -> Mapping[str, Row]:
    if not cells:
        return {}
    return {
        text(row, "cell") or "": row for row in rows(release, "cells", cell=[NamedNode(one) for one in cells])
    }


def _row(cells: Sequence[str], told: Mapping[str, Row], columns: Mapping[int, str], base: str) -> TableRow:
    by_column = {_column_of(iri): _cell(iri, told[iri], base) for iri in cells}
    first = told[cells[0]]
    return TableRow(
        code=text(first, "code"),
        name=text(first, "name"),
        level=text(first, "level"),
        side=text(first, "side"),
        leaf=text(first, "leaf") == "true",
        cells=tuple(by_column.get(column) for column in columns),
    )


def _cell(iri: str, row: Row, base: str) -> CellView:
    return CellView(text(row, "printed") or "", text(row, "unit"), amount(row, "yuan"), page_path(iri, base))


def _table_of(release: Release, iri: str) -> Link | None:
    pointing = pointing_at(release, iri)
    named = Description("", pointing.names, release.namespace)
    holding = f"{release.namespace}observation"
    tables = (str(one.subject)[1:-1] for one in pointing.triples if one.predicate.value == holding)
    table = next(tables, None)
    return link(table, named.label(table), release.base) if table else None
