"""Tables that a text draws with signs: box-drawing lines (│ ─ ┼), or +---+ and pipes.

What stands between two rules is one row, however many lines it takes, unless only the header is ruled off: then each
line is a row. Columns are told by where the lines stand, in the widths of a terminal, so that merged cells are found;
where no widths make the lines meet, by their order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from unicodedata import east_asian_width

from fundtrace.reading.marks import clean
from fundtrace.reading.sheets import Cell

Line = tuple[int, str]

_VERTICAL, _HORIZONTAL = "│┃║┆┇┊┋╎╏", "─━═┄┅┈┉╌╍"
_SIGNS = {
    **dict.fromkeys(range(9472, 9600), "+"),
    **{ord(sign): "|" for sign in _VERTICAL},
    **{ord(sign): "-" for sign in _HORIZONTAL},
}
_SIGN = re.compile(r"[\u2500-\u257f]|\+[-=]")
_DRAWN = re.compile(r"\s*[\u2500-\u257f].*[\u2500-\u257f]\s*")
_ASCII_RULE = re.compile(r"\s*\+[-=]{2,}[-=+]*\+\s*")
_ASCII_ROW = re.compile(r"\s*[|+].*[|+]\s*")
_RULED = re.compile(r"\+[-=]|[-=]\+")
_FULL_RULE = re.compile(r"[-=+|\s]+")
_MOST_EDGES = 256
"""In a wider drawing cells are told by their order."""
_WIDTHS = ((1, 1), (2, 1), (1, 2), (2, 2))
"""How wide a drawn line and a sign of doubtful width may be."""


def split_drawn(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The lines of a block in pieces, each a drawn table (True) or anything else (False)."""
    if not any(_SIGN.search(text) for _, text in lines):
        yield False, list(lines)
        return
    ascii_drawn = any(_ASCII_RULE.fullmatch(text) for _, text in lines)

    def drawn(line: Line) -> bool:
        return bool(_DRAWN.fullmatch(line[1]) or (ascii_drawn and _ASCII_ROW.fullmatch(line[1])))

    for is_drawn, run in groupby(lines, drawn):
        part = list(run)
        plain = [_plain(text) for _, text in part] if is_drawn else []
        ruled = any(_RULED.search(text) for text in plain) and any("|" in text for text in plain)
        yield ruled, part


def uprights(text: str) -> int:
    """How many cells a line of a drawn table may part."""
    return sum(sign in "|+" for sign in _plain(text))


def drawn_rows(lines: Sequence[Line]) -> Iterator[list[Cell]]:
    """The rows of a drawn table; a cell that another covers is empty and merged."""
    table = _Drawing([_Drawn(number, text.rstrip()) for number, text in lines])
    return table.rows()


def _plain(text: str) -> str:
    return text.translate(_SIGNS)


@dataclass(slots=True)
class _Drawn:
    """A line: its text, the same with plain signs for drawn ones, and the place of each upright in columns."""

    number: int
    text: str
    plain: str = ""
    ruled: bool = False
    uprights: list[tuple[int, int]] = field(default_factory=list)
    """Place in columns and place in the text."""

    def __post_init__(self) -> None:
        self.plain = _plain(self.text)
        self.ruled = bool(_RULED.search(self.plain))

    def measure(self, line: int, doubtful: int) -> int:
        """Place the uprights; how wide the line is."""
        at = 0
        self.uprights = []
        for place, (sign, plain) in enumerate(zip(self.text, self.plain, strict=True)):
            box = "\u2500" <= sign <= "\u257f"
            if plain == "|" or (plain == "+" and (box or self.ruled)):
                self.uprights.append((at, place))
            kind = east_asian_width(sign)
            at += line if box else 2 if kind in "WF" else doubtful if kind == "A" else 1
        return at

    def count(self) -> None:
        """Place the uprights by their order."""
        places = [place for place, plain in enumerate(self.plain) if plain == "|"]
        self.uprights = list(enumerate(places))

    def pieces(self) -> Iterator[tuple[int, int, str]]:
        """Where each piece between two uprights begins and ends, and its text."""
        for (start, after), (end, before) in zip(self.uprights, self.uprights[1:], strict=False):
            yield start, end, self.text[after + 1 : before]


class _Drawing:
    def __init__(self, lines: list[_Drawn]) -> None:
        self._lines = lines
        self._measured = any(len({line.measure(*widths) for line in lines}) == 1 for widths in _WIDTHS)
        self._edges = sorted({at for line in lines for at, _ in line.uprights})
        if not self._measured or len(self._edges) > _MOST_EDGES:
            self._measured = False
            for line in lines:
                line.count()
            self._edges = sorted({at for line in lines for at, _ in line.uprights})
        self._column = {at: column for column, at in enumerate(self._edges)}

    def rows(self) -> Iterator[list[Cell]]:
        rows: list[list[Cell]] = []
        listed = self._is_listed()
        open_cells: dict[tuple[int, int], tuple[int, int]] = {}
        for ruled, run in groupby(self._lines, lambda line: line.ruled):
            part = list(run)
            if ruled:
                open_cells = self._through(part, open_cells, rows) if self._measured else {}
                continue
            for group in [[line] for line in part] if listed else [part]:
                open_cells = self._row(group, open_cells if group[0] is part[0] else {}, rows)
        yield from rows

    def _is_listed(self) -> bool:
        """Whether rules part no more than header and body, and most cells of each line hold something."""
        runs = [list(run) for ruled, run in groupby(self._lines, lambda line: line.ruled) if not ruled]
        if len(runs) > 2:
            return False
        pieces = [text for line in runs[-1] for _, _, text in line.pieces()]
        return len(runs[-1]) > 1 and sum(bool(text.strip()) for text in pieces) * 2 >= len(pieces)

    def _row(
        self, part: list[_Drawn], above: dict[tuple[int, int], tuple[int, int]], rows: list[list[Cell]]
    ) -> dict[tuple[int, int], tuple[int, int]]:
        """Add a row of these lines; the places of its cells, or of those above that they go on with, by their edges."""
        line = part[0].number
        texts: dict[tuple[int, int], list[str]] = {}
        for drawn in part:
            for start, end, text in drawn.pieces():
                texts.setdefault((start, end), []).append(text)
        cells = [Cell("", line, merged=True)] * max(0, len(self._edges) - 1)
        places: dict[tuple[int, int], tuple[int, int]] = {}
        for (start, end), pieces in texts.items():
            text = clean("\n".join(piece.strip() for piece in pieces if piece.strip()))
            column = self._column[start]
            if (start, end) in above:
                places[start, end] = above[start, end]
                _append(rows, above[start, end], text)
                continue
            places[start, end] = (len(rows), column)
            cells[column] = Cell(text, line)
        rows.append(cells)
        return places

    def _through(
        self,
        rules: list[_Drawn],
        places: dict[tuple[int, int], tuple[int, int]],
        rows: list[list[Cell]],
    ) -> dict[tuple[int, int], tuple[int, int]]:
        """The cells that a rule leaves open, so that they go on below it; what it prints in them is theirs."""
        left = dict(places)
        for rule in rules:
            pieces = list(rule.pieces())
            starts = [start for start, _, _ in pieces]
            for edges, place in places.items():
                first, last = bisect_left(starts, edges[0]), bisect_left(starts, edges[1])
                inside = [text for _, end, text in pieces[first:last] if end <= edges[1]]
                if not inside or any(_FULL_RULE.fullmatch(_plain(text)) and text.strip() for text in inside):
                    left.pop(edges, None)
                elif edges in left:
                    _append(rows, place, clean("\n".join(text.strip() for text in inside if text.strip())))
        return left


def _append(rows: list[list[Cell]], place: tuple[int, int], text: str) -> None:
    row, column = place
    cell = rows[row][column]
    if text:
        rows[row][column] = Cell(f"{cell.text}\n{text}".strip(), cell.line, cell.merged)
