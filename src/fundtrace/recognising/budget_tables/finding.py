"""Where the budget tables of a source are: a title, a header, and pieces under a repeated header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from fundtrace.reading.sheets import Paragraph, Row, Table
from fundtrace.recognising.budget_tables.headers import Header, numbers_columns, read_header
from fundtrace.recognising.budget_tables.kinds import kind_of
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.widths import narrow, unmarked

_PROSE = re.compile(r".{60,}|.*[。;]", re.DOTALL)
_UNIT_CELL = re.compile(r"\(?(?:金额|货币)?单位:?(?:人民币)?[百千万亿萬億]{0,2}元\)?")
_NOTE = re.compile(r"(?:注|备注|说明)\s*[::].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed piece of a table: the source's table, its header, and the index of the first row of figures."""

    table: Table
    header: Header
    first: int


@dataclass(slots=True)
class PrintedTable:
    """A budget table as printed: title and its line, kind, unit, pieces in order, notes below."""

    title: str
    kind: str
    line: int
    unit: str | None
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Above:
    """What stands above a table: the last title, and the last unit; `noting` right behind a budget table."""

    title: str | None = None
    kind: str | None = None
    line: int = 0
    unit: str | None = None
    noting: bool = False

    def entitle(self, title: str, kind: str, line: int) -> None:
        """A title begins a new table."""
        self.title, self.kind, self.line, self.unit, self.noting = title, kind, line, unit_in(title), False

    def clear(self, *, noting: bool = False) -> None:
        """Nothing stands above the next table yet."""
        self.title = self.kind = self.unit = None
        self.noting = noting


def find_tables(blocks: Iterable[Paragraph | Table]) -> tuple[PrintedTable, ...]:
    """The budget tables of a source, in order.

    A table is one when a title of `kinds.yml` stands above it, with nothing but short lines between them, or in its
    first rows, and it has a header with a column of names and one of figures. A table with the header of the last
    one and no title of its own continues it, and so does one that a page parted from it.
    """
    found: list[PrintedTable] = []
    above = _Above()
    for block in blocks:
        if isinstance(block, Paragraph):
            _read_paragraph(block, above, found)
        else:
            _read_table(block, above, found)
    return tuple(found)


def note_in(row: Row) -> str | None:
    """The note that a row of a table consists of; None for any other row."""
    filled = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return filled[0] if len(filled) == 1 and _NOTE.fullmatch(narrow(filled[0])) else None


def _read_paragraph(block: Paragraph, above: _Above, found: list[PrintedTable]) -> None:
    text = unmarked(block.text)
    if not text:
        return
    folded = narrow(text)
    kind = kind_of(text)
    if kind:
        above.entitle(text, kind, block.line)
    elif _NOTE.fullmatch(folded):
        if above.noting:
            found[-1].notes.append(text)
    elif block.heading or _PROSE.fullmatch(folded):
        above.clear()
    else:
        above.noting = False
        above.unit = unit_in(text) or above.unit


def _read_table(table: Table, above: _Above, found: list[PrintedTable]) -> None:
    rest = _rest(table, found)
    if rest is not None:
        found[-1].pieces.append(rest)
        found[-1].notes += [note for row in table.rows[rest.first :] if (note := note_in(row))]
        above.clear(noting=True)
        return
    start = _read_top(table, above)
    header = read_header(table, start)
    if header is None:
        above.clear()
        return
    piece = Piece(table=table, header=header, first=start + header.height)
    if above.title is not None and above.kind is not None:
        found.append(PrintedTable(above.title, above.kind, above.line, above.unit, [piece]))
    elif found and found[-1].pieces[-1].header.printed == header.printed:
        found[-1].pieces.append(piece)
    else:
        above.clear()
        return
    found[-1].notes += [note for row in table.rows[piece.first :] if (note := note_in(row))]
    above.clear(noting=True)


def _rest(table: Table, found: list[PrintedTable]) -> Piece | None:
    """The table as the rest of the last one, where a page parted them; its title and header may be printed again."""
    last = found[-1].pieces[-1] if found else None
    if last is None or not table.continues or last.table.number != table.number - 1:
        return None
    above = _Above()
    start = _read_top(table, above)
    if above.title not in (None, found[-1].title):
        return None
    header = read_header(table, start)
    if header is None:
        numbered = bool(table.rows) and numbers_columns(table.rows[0])
        return Piece(table, last.header, 1 if numbered else 0)
    return Piece(table, header, start + header.height) if header.printed == last.header.printed else None


def _read_top(table: Table, above: _Above) -> int:
    """How many rows at the top of a table hold a title or a unit; what they say goes above the table."""
    for index, row in enumerate(table.rows):
        filled = [cell for cell in row.cells if cell.text.strip()]
        units = [cell for cell in filled if _UNIT_CELL.fullmatch("".join(narrow(cell.text).split()))]
        if len(filled) > 1 and not units:
            return index
        for cell in filled:
            kind = kind_of(cell.text.strip())
            if kind:
                above.entitle(unmarked(cell.text), kind, cell.line)
            above.unit = unit_in(cell.text) or above.unit
    return len(table.rows)
