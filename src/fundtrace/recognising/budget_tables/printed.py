"""A budget table as it is printed: its title, its pieces, its notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fundtrace.reading.sheets import Row, Table
from fundtrace.recognising.budget_tables.headers import Header
from fundtrace.recognising.widths import narrow

NOTE = re.compile(r"(?:注|备注|说明)\s*[::].*", re.DOTALL)
"""A note below a table."""
_EXPLAINING = re.compile(r".*。.*|.{60,}", re.DOTALL)


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
    captions: tuple[str, ...]
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnreadTable:
    """A table with figures under the title of a budget table, whose header was not understood."""

    title: str
    table: Table


def note_in(row: Row) -> str | None:
    """The note that a row of a table consists of; None for any other row."""
    filled = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    if len(filled) != 1:
        return None
    folded = narrow(filled[0])
    return filled[0] if NOTE.fullmatch(folded) or _EXPLAINING.fullmatch(folded) else None
