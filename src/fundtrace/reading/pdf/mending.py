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
    """Whether two tables have the same edges; rows may be shorter than the table, also all those of one page."""
    if not (above.drawn and below.drawn and abs(above.stops[0] - below.stops[0]) <= _SAME):
        return False
    if abs(above.stops[-1] - below.stops[-1]) <= _SAME:
        return True
    fewer, more = sorted((above.stops, below.stops), key=lambda stops: stops[-1])
    return all(any(abs(stop - other) <= _SAME for other in more) for stop in fewer)


def _align(tables: Sequence[DrawnTable]) -> None:
    """Give tables the columns of all of them."""
    stops: list[float] = []
    for table in tables:
        places = _matched(table.stops, stops)
        stops = sorted(
            [*stops, *(stop for stop, place in zip(table.stops, places, strict=True) if place is None)]
        )
    for table in tables:
        places = _matched(table.stops, stops)
        columns = [
            place if place is not None else bisect_right(stops, stop) - 1
            for stop, place in zip(table.stops, places, strict=True)
        ]
        for field in table.fields:
            left, right = _nearest(field.box.left, table.stops), _nearest(field.box.right, table.stops)
            field.column = columns[left]
            field.across = columns[right] - columns[left]
        table.stops = stops


def _matched(edges: Sequence[float], stops: Sequence[float]) -> list[int | None]:
    """For each edge of one table the stop that is the same, from left to right, no stop for two edges."""
    places: list[int | None] = []
    free = 0
    for edge in edges:
        near = [place for place in range(free, len(stops)) if abs(stops[place] - edge) <= _SAME]
        place = min(near, key=lambda each: abs(stops[each] - edge), default=None)
        places.append(place)
        free = free if place is None else place + 1
    return places


def _nearest(edge: float, stops: Sequence[float]) -> int:
    return min(range(len(stops)), key=lambda place: abs(stops[place] - edge))


def _goes_on(above: DrawnTable, below: DrawnTable) -> bool:
    """Whether the first row of a table is the rest of the last row of the one on the page before.

    Then neither is closed by a line, and what holds text has the same edges in both rows; empty fields may reach
    further where one row is shorter than the other.
    """
    if not (above.open_below and below.open_above):
        return False
    ends = _last_fields(above)
    lefts = [above.stops[-1], *(above.fields[index].box.left for index in ends)]
    return all(
        _near(field, ends, above) is not None
        or (not text and any(abs(field.box.left - left) <= _SAME for left in lefts))
        or (not text and field.box.left > above.stops[-1])
        for field, text in zip(below.fields, below.texts, strict=True)
        if field.row == 0
    )


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
