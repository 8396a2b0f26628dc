"""Parts what stands on a page into tables, drawn or only aligned, and lines of running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fundtrace.reading.pdf.lines import Line, lines
from fundtrace.reading.pdf.rulings import Field, Frame, frames
from fundtrace.reading.pdf.signs import Box, PageSigns, Sign

_APART = 1.8
"""A gap of this many times the size parts a line of running text in pieces."""
_GUTTER = 0.9
"""A gap of this many times the size, open from top to bottom, parts the columns of a table without lines."""


@dataclass(slots=True)
class DrawnTable:
    """A table: its columns, how many rows it has, its fields, and the lines that stand in each of them."""

    stops: list[float]
    """Where its columns begin and end."""
    rows: int
    fields: list[Field]
    texts: list[list[Line]]
    padding: float
    open_above: bool = False
    open_below: bool = False
    drawn: bool = True
    continues: bool = False
    """Whether it goes on from the table that ends the page before."""

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.stops) - 1


@dataclass(slots=True)
class PageLayout:
    """A page as tables and rows of running text (pieces of one line that stand apart), from top to bottom."""

    number: int
    width: float
    height: float
    items: list[DrawnTable | list[Line]]
    browser: bool = False
    """Whether a browser printed it."""


def lay_out(page: PageSigns) -> PageLayout:
    """The layout of a page."""
    drawn = frames(page)
    held: list[list[list[Sign]]] = [[[] for _ in frame.fields] for frame in drawn]
    rest: list[Sign] = []
    for sign in page.signs:
        x, y = sign.middle
        for frame, fields in zip(drawn, held, strict=True):
            place = frame.field_at(x, y)
            if place is not None:
                fields[place].append(sign)
                break
        else:
            rest.append(sign)
    items: list[tuple[float, DrawnTable | list[Line]]] = []
    for frame, fields in zip(drawn, held, strict=True):
        if any(fields):
            items.append((frame.ys[0], _drawn(frame, fields, page)))
    edges = [item[0] for item in items]
    for row in _rows(lines(rest, apart=_APART, space=page.space)):
        items.append((row[0].base - row[0].size, row))
    items.sort(key=lambda item: item[0])
    layout = PageLayout(page.number, page.width, page.height, [item for _, item in items])
    layout.items = _with_aligned(layout.items) if len(edges) < len(items) else layout.items
    return layout


def _drawn(frame: Frame, fields: Sequence[list[Sign]], page: PageSigns) -> DrawnTable:
    texts = [lines(signs, space=page.space) for signs in fields]
    offsets = sorted(
        line.left - each.box.left for each, text in zip(frame.fields, texts, strict=True) for line in text
    )
    padding = min(6.0, max(0.0, offsets[len(offsets) // 6]))
    return DrawnTable(
        frame.xs, len(frame.ys) - 1, frame.fields, texts, padding, frame.open_above, frame.open_below
    )


def _rows(pieces: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for piece in pieces:
        if (
            rows
            and abs(piece.base - rows[-1][-1].base) <= 0.35 * piece.size
            and piece.left > rows[-1][-1].right
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _with_aligned(items: list[DrawnTable | list[Line]]) -> list[DrawnTable | list[Line]]:
    """The items of a page, with runs of rows whose pieces stand in columns made into tables."""
    made: list[DrawnTable | list[Line]] = []
    run: list[list[Line]] = []
    for item in items:
        if isinstance(item, list) and (len(item) > 1 or (run and _belongs(item[0], run))):
            run.append(item)
            continue
        made.extend(_aligned(run))
        run = []
        made.append(item)
    made.extend(_aligned(run))
    return made


def _belongs(piece: Line, run: list[list[Line]]) -> bool:
    """Whether a lone piece goes on with a cell of the row above it: it stands under a piece, close below."""
    above = run[-1]
    near = piece.base - above[0].base <= 1.7 * piece.size
    return near and any(
        abs(piece.left - cell.left) < piece.size and piece.right <= cell.right + 2 * piece.size
        for cell in above[1:]
    )


def _aligned(run: list[list[Line]]) -> list[DrawnTable | list[Line]]:
    rows = [row for row in run if len(row) > 1]
    size = rows[0][0].size if rows else 0.0
    columns = _columns([piece for row in run for piece in row], size * _GUTTER)
    filled = [row for row in rows if len(row) >= min(3, len(columns))]
    if len(columns) < 2 or len(rows) < 3 or len(filled) < 3:
        return list(run)
    starts = [left for left, _ in columns]
    grid: list[list[list[Line]]] = []
    for row in run:
        places = [max(place for place, left in enumerate(starts) if left <= piece.left + 1) for piece in row]
        if len(row) > 1 or not grid:
            grid.append([[] for _ in columns])
        for piece, place in zip(row, places, strict=True):
            grid[-1][place].append(piece)
    fields: list[Field] = []
    texts: list[list[Line]] = []
    for number, cells in enumerate(grid):
        for place, text in enumerate(cells):
            left, right = columns[place]
            fields.append(Field(place, number, 1, 1, Box(left, 0, right, 0)))
            texts.append(text)
    return [DrawnTable([*starts, columns[-1][1]], len(grid), fields, texts, 0.0, drawn=False)]


def _columns(pieces: list[Line], gutter: float) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda each: each.left):
        if columns and piece.left - columns[-1][1] < gutter:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return columns
