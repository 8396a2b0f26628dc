"""Finds the tables that lines draw: which cells they part a page into, merged ones too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fundtrace.reading.pdf.signs import Box, PageSigns, Ruling

_NEAR = 2.0
"""Points: lines nearer than this are one line; ends that miss a line by less meet it."""
_GAP = 3.5
"""Points: pieces of a line that are parted by less are one line."""
_SHORT = 5.0
"""Points: a shorter line draws something else."""
_CROSSINGS = 1_500_000
"""How many pairs of lines of one page are compared; a page with more is a map or a plan."""


@dataclass(slots=True)
class Field:
    """A cell of a drawn table: its place and size in columns and rows, 0-based, and where it stands."""

    column: int
    row: int
    across: int
    down: int
    box: Box


@dataclass(slots=True)
class Frame:
    """A drawn table: where its columns and rows begin and end, and its cells."""

    xs: list[float]
    ys: list[float]
    fields: list[Field]
    places: list[list[int]]
    """For each row and column the index of the field there."""
    open_above: bool = False
    """Whether there is no line at its upper edge, as where a page cuts a row in two."""
    open_below: bool = False

    @property
    def box(self) -> Box:
        """The outer edge."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def field_at(self, x: float, y: float) -> int | None:
        """The index of the field that holds a point, if any does."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.places[row][column]
        return None


def frames(page: PageSigns) -> list[Frame]:
    """The drawn tables of a page, from the smallest to the largest; boxes under each other are not a table."""
    across, down = _joined(page.across), _joined(page.down)
    if len(across) * len(down) > _CROSSINGS:
        return []
    found = [_frame(*group) for group in _groups(across, down)]
    tables = [frame for frame in found if frame is not None and len(frame.xs) > 2 and len(frame.fields) > 1]
    return sorted(tables, key=lambda frame: (frame.xs[-1] - frame.xs[0]) * (frame.ys[-1] - frame.ys[0]))


def _joined(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines from their pieces: those that are nearly in one line and nearly touch."""
    lines: list[Ruling] = []
    row: list[Ruling] = []
    for ruling in sorted(rulings):
        if row and ruling.at - row[0].at > _NEAR:
            lines.extend(_chain(row))
            row = []
        row.append(ruling)
    lines.extend(_chain(row))
    return lines


def _chain(row: Sequence[Ruling]) -> Iterable[Ruling]:
    if not row:
        return
    at = sum(ruling.at for ruling in row) / len(row)
    start, end = None, 0.0
    for ruling in sorted(row, key=lambda each: each.start):
        if start is None:
            start, end = ruling.start, ruling.end
        elif ruling.start - end <= _GAP:
            end = max(end, ruling.end)
        else:
            if end - start >= _SHORT:
                yield Ruling(at, start, end)
            start, end = ruling.start, ruling.end
    if start is not None and end - start >= _SHORT:
        yield Ruling(at, start, end)


def _groups(across: list[Ruling], down: list[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Lines that hang together because they cross or touch."""
    root = list(range(len(across) + len(down)))

    def find(index: int) -> int:
        while root[index] != index:
            root[index] = root[root[index]]
            index = root[index]
        return index

    for i, row in enumerate(across):
        for j, column in enumerate(down):
            if (
                row.start - _NEAR <= column.at <= row.end + _NEAR
                and column.start - _NEAR <= row.at <= column.end + _NEAR
            ):
                root[find(i)] = find(len(across) + j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, row in enumerate(across):
        groups.setdefault(find(i), ([], []))[0].append(row)
    for j, column in enumerate(down):
        groups.setdefault(find(len(across) + j), ([], []))[1].append(column)
    return [group for group in groups.values() if group[0] and group[1]]


def _frame(across: list[Ruling], down: list[Ruling]) -> Frame | None:
    """The cells of one group. Its outer edge counts as drawn, since a table that goes on overleaf is left open."""
    xs = _stops([line.at for line in down], [edge for line in across for edge in (line.start, line.end)])
    ys = _stops([line.at for line in across], [edge for line in down for edge in (line.start, line.end)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns * rows > _CROSSINGS:
        return None
    above = [_drawn(across, y, xs) for y in ys]
    beside = [_drawn(down, x, ys) for x in xs]
    places = [[-1] * columns for _ in range(rows)]
    fields: list[Field] = []
    for row in range(rows):
        for column in range(columns):
            if places[row][column] >= 0:
                continue
            wide = 1
            while (
                column + wide < columns and not beside[column + wide][row] and places[row][column + wide] < 0
            ):
                wide += 1
            high = 1
            while row + high < rows and all(
                not above[row + high][step]
                and places[row + high][step] < 0
                and (step == column or not beside[step][row + high])
                for step in range(column, column + wide)
            ):
                high += 1
            for down_step in range(high):
                places[row + down_step][column : column + wide] = [len(fields)] * wide
            box = Box(xs[column], ys[row], xs[column + wide], ys[row + high])
            fields.append(Field(column, row, wide, high, box))
    return Frame(xs, ys, fields, places, not any(above[0]), not any(above[-1]))


def _stops(lines: list[float], ends: list[float]) -> list[float]:
    """Where columns (or rows) begin and end: at each line, and where lines the other way reach further."""
    stops: list[float] = []
    for line in sorted(lines):
        if not stops or line - stops[-1] > _NEAR:
            stops.append(line)
    first, last = min(ends), max(ends)
    if not stops or first < stops[0] - 2 * _NEAR:
        stops.insert(0, first)
    if last > stops[-1] + 2 * _NEAR:
        stops.append(last)
    return stops


def _drawn(lines: Sequence[Ruling], at: float, stops: Sequence[float]) -> list[bool]:
    """For each stretch between stops whether a line runs at a place along at least most of it."""
    near = [line for line in lines if abs(line.at - at) <= _NEAR]
    return [
        sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in near) >= (end - start) * 0.6
        for start, end in pairwise(stops)
    ]
