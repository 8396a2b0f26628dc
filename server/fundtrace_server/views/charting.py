"""The picture of a question's answer, as its chart declares it: bars, or a flow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fundtrace.query import Table
from fundtrace.query.asking import Cell
from fundtrace.query.questions import Chart, Column
from fundtrace.query.tables import plain
from fundtrace_server.drawing.flow import NARROW, WIDE, Flow
from fundtrace_server.drawing.layered import TWO_NARROW, TWO_WIDE, Row, draw_layers
from fundtrace_server.messages import Messages
from fundtrace_server.views.linking import Base

BARS: Final = 20
"""Rows that a picture shows, those with the most; the table has all."""

_BASES: Final = ("fiscalYear", "stage")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its value with the kind of its column, its length from 0 to 100, and for a pie its share in percent."""

    label: str
    value: str
    kind: str
    length: str
    share: str | None


@dataclass(frozen=True, slots=True)
class FlowChart:
    """The flow of the rows of one year and stage, in two widths; how many rows are drawn of how many, and of how many bases."""

    wide: Flow
    narrow: Flow
    base: Base
    drawn: int
    rows: int
    bases: int


def flow_of(table: Table, base: str, messages: Messages) -> FlowChart | None:
    """The flow that a question declares; None where it declares none or there is no money to draw.

    Rows of several years or stages are not drawn into one picture, since their sum would mean nothing: it is of those with the
    most money.
    """
    chart = table.question.chart
    if chart is None or chart.form != "sankey":
        return None
    places = {name: place for place, name in enumerate(table.columns)}
    found: dict[Base, list[Row]] = defaultdict(list)
    labels: dict[str, str] = {}
    for row in table.rows:
        number = row[places[chart.y]]
        if isinstance(number, int | Decimal) and number > 0:
            keys = []
            for name in _columns(chart):
                label = _worded(row[places[name]], table.columns[name], messages).replace(base, "")
                keys.append(_named_by(row, places[name], table) or label)
                labels[keys[-1]] = label
            year, stage = (row[places[name]] if name in places else None for name in _BASES)
            found[Base(plain(year) or None, f"stage-{stage}" if stage else None)].append(
                (tuple(keys), Decimal(number))
            )
    if not found:
        return None
    of, rows = max(found.items(), key=lambda pair: sum(yuan for _, yuan in pair[1]))
    drawn = sorted(rows, key=lambda row: -row[1])[:BARS]
    wide, narrow = (WIDE, NARROW) if len(drawn[0][0]) > 2 else (TWO_WIDE, TWO_NARROW)
    return FlowChart(
        draw_layers(drawn, labels, wide),
        draw_layers(drawn, labels, narrow),
        of,
        len(drawn),
        len(rows),
        len(found),
    )


def bars_of(table: Table, base: str, messages: Messages) -> list[Bar]:
    """The longest rows of a question's chart; none when nothing can be drawn."""
    chart = table.question.chart
    if chart is None:
        return []
    places = {name: place for place, name in enumerate(table.columns)}
    drawn = [
        (row, number)
        for row in table.rows
        if isinstance(number := row[places[chart.y]], int | Decimal) and number > 0
    ]
    whole = Decimal(sum(number for _, number in drawn))
    if chart.form != "line":
        drawn.sort(key=lambda pair: -pair[1])
    drawn = drawn[:BARS]
    longest = max((number for _, number in drawn), default=Decimal(1))
    # Rows of one chart may be of several years and stages, which a bar must name.
    names = dict.fromkeys([*_columns(chart), *(one for one in ("regionName", *_BASES) if one in places)])
    return [
        Bar(
            " · ".join(_worded(row[places[name]], table.columns[name], messages) for name in names).replace(
                base, ""
            ),
            plain(number),
            table.columns[chart.y].kind,
            plain(Decimal(100 * number / longest).quantize(Decimal("0.01"))),
            plain(Decimal(100 * number / whole).quantize(Decimal("0.1"))) if chart.form == "pie" else None,
        )
        for row, number in drawn
    ]


def _named_by(row: tuple[Cell, ...], place: int, table: Table) -> str | None:
    """The IRI in the column before a name, which tells two of one name apart."""
    before = [*table.columns.values()][place - 1] if place else None
    return plain(row[place - 1]) or None if before and before.kind == "iri" else None


def _columns(chart: Chart) -> tuple[str, ...]:
    """The columns that name what is drawn; the last axis is how much."""
    return chart.axes[:-1]


def _worded(cell: Cell, column: Column, messages: Messages) -> str:
    text = plain(cell)
    return (
        messages.optional(f"concept.{column.scheme}-{text}", text or "—")
        if column.kind == "concept"
        else text or "—"
    )
