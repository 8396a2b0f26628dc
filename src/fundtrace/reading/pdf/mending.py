"""Tables that a page ends in the middle of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from fundtrace.reading.pdf.layout import DrawnTable
from fundtrace.reading.pdf.lines import Line
from fundtrace.reading.pdf.rulings import Field

_SAME = 3.0
"""Points: edges that differ by less are the same edge."""
_ALIKE = 1.5
"""Points: less than lines of one table are ever apart, so that aligning never makes one column of two."""


def mend(pages: Sequence[tuple[DrawnTable | None, DrawnTable | None]]) -> None:
    """Put tables and rows together again that pages part.

    `pages` has for each page the table that begins it and the one that ends it. A table that begins a page with the
    edges of the one that ends the page before goes on from it: both get the columns of both. Where neither is closed
    by a line its first row is the rest of the last row above, and is moved there.
    """
    chain: list[DrawnTable] = []
    for (_, above), (below, _) in pairwise(pages):
        if above is None or below is None or not _same_edges(above, below):
            _align(chain)
            chain = []
            continue
        below.continues = True
        chain = [*chain, below] if chain and chain[-1] is above else _started(chain, above, below)
        if _goes_on(above, below):
            _give_back(above, below)
    _align(chain)


def _started(chain: list[DrawnTable], above: DrawnTable, below: DrawnTable) -> list[DrawnTable]:
    _align(chain)
    return [above, below]


def _same_edges(above: DrawnTable, below: DrawnTable) -> bool:
    return (
        above.drawn
        and below.drawn
        and abs(above.stops[0] - below.stops[0]) <= _SAME
        and abs(above.stops[-1] - below.stops[-1]) <= _SAME
    )


def _align(tables: Sequence[DrawnTable]) -> None:
    """Give tables the columns of all of them."""
    stops: list[float] = []
    for stop in sorted(stop for table in tables for stop in table.stops):
        if not stops or stop - stops[-1] > _ALIKE:
            stops.append(stop)
    for table in tables:
        for field in table.fields:
            field.column = bisect_right(stops, field.box.left) - 1
            field.across = bisect_right(stops, field.box.right) - 1 - field.column
        table.stops = stops


def _goes_on(above: DrawnTable, below: DrawnTable) -> bool:
    """Whether the first row of a table is the rest of the last row of the one on the page before.

    Then neither is closed by a line, and the fields of both rows have the same edges.
    """
    if not (above.open_below and below.open_above):
        return False
    ends = _last_fields(above)
    return all(_near(field, ends, above) is not None for field in below.fields if field.row == 0)


def _give_back(above: DrawnTable, below: DrawnTable) -> None:
    """Move the first row of `below` to the last row of `above`, of which it is the rest."""
    ends = _last_fields(above)
    fields: list[Field] = []
    texts: list[list[Line]] = []
    for field, text in zip(below.fields, below.texts, strict=True):
        if field.row == 0:
            end = _near(field, ends, above)
            if end is not None:
                above.texts[end].extend(text)
            if field.down == 1:
                continue
            fields.append(Field(field.column, 0, field.across, field.down - 1, field.box))
            texts.append([])
        else:
            fields.append(Field(field.column, field.row - 1, field.across, field.down, field.box))
            texts.append(text)
    below.fields, below.texts, below.rows = fields, texts, below.rows - 1


def _last_fields(table: DrawnTable) -> list[int]:
    return [index for index, field in enumerate(table.fields) if field.row + field.down == table.rows]


def _near(field: Field, ends: list[int], table: DrawnTable) -> int | None:
    return next(
        (
            index
            for index in ends
            if abs(table.fields[index].box.left - field.box.left) <= _SAME
            and abs(table.fields[index].box.right - field.box.right) <= _SAME
        ),
        None,
    )
