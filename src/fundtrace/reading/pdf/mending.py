"""Tables that a page ends in the middle of."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fundtrace.reading.pdf.layout import DrawnTable
from fundtrace.reading.pdf.lines import Line, room, wraps
from fundtrace.reading.pdf.rulings import Field

_SAME = 3.0
"""Points: edges that differ by less are the same edge."""
_ROOM = 40.0
"""Points: with more room left on a page it was not the page that ended a row."""
_LESS = 2.0
"""Points: this much less room below a row than below the others says that it was cut."""


def mend(
    pages: Sequence[tuple[DrawnTable | None, DrawnTable | None]], heights: Sequence[float], *, closes: bool
) -> None:
    """Put tables and rows together again that pages part.

    `pages` has for each page the table that begins it and the one that ends it, `heights` its height. A table that begins a page with the
    edges of the one that ends the page before goes on from it: both get the columns of both. Where its first row, or
    the first below a repeated header, is the rest of the last row above, it is moved there. With `closes` the writer of
    the document draws lines where a page cuts a row, as word processors do and browsers do not.
    """
    tables = {id(table): table for pair in pages for table in pair if table is not None}
    known = Counter(whole for table in tables.values() for whole in {_whole(text) for text in table.texts})
    # Taken now: a table that gives back its only row has no foot.
    foots = [_foot(table) if table is not None else 0.0 for _, table in pages]
    lowest: dict[int, float] = {}
    for foot, height in zip(foots, heights, strict=True):
        lowest[round(height)] = max(foot, lowest.get(round(height), 0.0))
    chain: list[DrawnTable] = []
    drop = 0.0
    for ((_, above), (below, _)), foot, height in zip(pairwise(pages), foots, heights, strict=False):
        if above is None or below is None or not _same_edges(above, below):
            _align(chain)
            chain = []
            continue
        below.continues = True
        if not chain or chain[-1] is not above:
            _align(chain)
            chain = [above]
        header = _repeated(chain[0], below)
        # A row that fills a whole page was given back to the page where it began.
        holder = next((table for table in reversed(chain) if table.rows), above)
        drop = height + (0.0 if holder is above else drop)
        if above.open_below and below.open_above:
            if _goes_on(holder, below):
                _give_back(holder, below, 0, drop)
        elif closes and _is_cut(holder, below, header, lowest[round(height)] - foot, known):
            _give_back(holder, below, header, drop)
        chain.append(below)
    _align(chain)


def _foot(table: DrawnTable) -> float:
    return max((field.box.bottom for field in table.fields), default=0.0)


def _repeated(first: DrawnTable, below: DrawnTable) -> int:
    """How many rows at the head of a table repeat those of the table that it goes on from."""
    count = 0
    while count < min(first.rows, below.rows - 1) and _says(first, count) == _says(below, count) != []:
        count += 1
    return count


def _says(table: DrawnTable, row: int) -> list[str]:
    return [
        line.text
        for field, text in zip(table.fields, table.texts, strict=True)
        if field.row == row
        for line in text
    ]


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
    """Whether the first row of a table is the rest of the last row of the one above, when no line closes either.

    Then what holds text has the same edges in both rows; empty fields may reach further where one row is shorter
    than the other.
    """
    ends = _last_fields(above)
    lefts = [above.stops[-1], *(above.fields[index].box.left for index in ends)]
    return all(
        _near(field, ends, above) is not None
        or (not text and any(abs(field.box.left - left) <= _SAME for left in lefts))
        or (not text and field.box.left > above.stops[-1])
        for field, text in zip(below.fields, below.texts, strict=True)
        if field.row == 0
    )


def _is_cut(above: DrawnTable, below: DrawnTable, header: int, free: float, known: Counter[str]) -> bool:
    """Whether a row below a repeated header is the rest of the last row above, although lines close both.

    Then every cell that goes on begins above, ends at most a line above the longest one, was broken because the next
    word did not fit into its last line, and is not two texts that cells are known to hold; and there is less room below that row
    than below others, or else no room for a line on the page (`free` points are left) and a cell that is complete or
    has several lines: columns are often made as wide as what is in them, so one full line is no sign.
    """
    ends = _last_fields(above)
    filled = [above.texts[end] for end in ends if above.texts[end]]
    lowest = max((text[-1].base for text in filled), default=0.0)
    cut: list[list[Line]] = []
    for field, text in zip(below.fields, below.texts, strict=True):
        if field.row != header or not text:
            continue
        end = _near(field, ends, above)
        if end is None or not above.texts[end]:
            return False
        last, box = above.texts[end][-1], above.fields[end].box
        left, right = box.left + above.padding, box.right - above.padding
        if lowest - last.base > 1.6 * last.size or not wraps(last, text[0], room(last, left, right)):
            return False
        one, other = _whole(above.texts[end]), _whole(text)
        if min(known[one], known[other]) > 1 and not known[one + other]:
            return False
        cut.append(above.texts[end])
    if not cut or free > _ROOM:
        return False
    usual = _usual_room_below(above)
    if _room_below(above, above.rows) < usual - _LESS:
        return True
    line = 1.3 * cut[0][0].size + 3
    return (free < line or not usual) and (len(cut) < len(filled) or any(len(text) > 1 for text in cut))


def _whole(text: Sequence[Line]) -> str:
    return "".join(line.text for line in text)


def _room_below(table: DrawnTable, end: int) -> float:
    """How far above their foot the longest of the cells that end with a row ends, in points."""
    return min(
        (
            field.box.bottom - text[-1].base
            for field, text in zip(table.fields, table.texts, strict=True)
            if text and field.row + field.down == end
        ),
        default=0.0,
    )


def _usual_room_below(table: DrawnTable) -> float:
    """The same below a row that is complete; 0 when there is none."""
    rows = sorted(_room_below(table, end) for end in range(1, table.rows))
    return rows[len(rows) // 2] if rows else 0.0


def _give_back(above: DrawnTable, below: DrawnTable, header: int, drop: float) -> None:
    """Move a row of `below` to the last row of `above`, of which it is the rest; `drop` points lie between the pages."""
    ends = _last_fields(above)
    fields: list[Field] = []
    texts: list[list[Line]] = []
    for field, text in zip(below.fields, below.texts, strict=True):
        row, down = field.row, field.down
        if row == header:
            end = _near(field, ends, above)
            if end is not None:
                for line in text:
                    line.base += drop
                above.texts[end].extend(text)
                text = []
        if row <= header < row + down:
            down -= 1
        elif row > header:
            row -= 1
        if down:
            fields.append(Field(field.column, row, field.across, down, field.box))
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
