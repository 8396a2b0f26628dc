"""What stands above a table: its title, its unit, its captions, also in its own first rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fundtrace.reading.sheets import Table
from fundtrace.recognising.budget_tables.kinds import kind_of
from fundtrace.recognising.budget_tables.printed import PrintedTable
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.widths import narrow, unmarked

_AGAIN = re.compile(r"\(?续表?[一二三四五六七八九十0-9]{0,2}\)?")
_CAPTION_CELL = re.compile(
    r"(?:公开|预算|附|表)+[0-9一二三四五六七八九十\-]{1,4}表?|(?:编制|填报|预算|申报|公开)?(?:单位|部门|年度)(?:名称|编码)?:.*"
)
_UNIT_CELL = re.compile(r"\(?(?:金额|货币)?单位:?(?:人民币)?[百千万亿萬億]{0,2}元\)?")


@dataclass(frozen=True, slots=True)
class Cut:
    """A table under the title of a budget table that holds nothing but rows of its header: a page may have cut it."""

    printed: PrintedTable
    table: Table
    start: int


@dataclass(slots=True)
class Above:
    """What stands above a table: the last title, the last unit, short lines; `noting` right behind a budget table."""

    title: str | None = None
    kind: str | None = None
    line: int = 0
    unit: str | None = None
    captions: tuple[str, ...] = ()
    noting: bool = False
    cut: Cut | None = None

    def entitle(self, title: str, kind: str, line: int) -> None:
        """A title begins a new table."""
        self.title, self.kind, self.line, self.unit = title, kind, line, unit_in(title)
        self.captions, self.noting, self.cut = (), False, None

    def clear(self, *, noting: bool = False) -> None:
        """Nothing stands above the next table yet."""
        self.title = self.kind = self.unit = None
        self.captions = ()
        self.cut = None
        self.noting = noting


def titled(above: Above) -> PrintedTable | None:
    """The budget table that the title above a table announces."""
    if above.title is None or above.kind is None:
        return None
    return PrintedTable(above.title, above.kind, above.line, above.unit, above.captions)


def goes_on(last: PrintedTable, above: Above) -> bool:
    """Whether what stands above a table with the header of the last one says that it is the same table."""
    if above.title is None:
        return True
    return plain_title(above.title) == plain_title(last.title) and above.captions == last.captions


def plain_title(title: str) -> str:
    """A title without width and spaces, and without the word that it goes on (续)."""
    return _AGAIN.sub("", "".join(narrow(title).split()))


def read_top(table: Table, above: Above) -> int:
    """How many rows at the top of a table hold a title or a unit; what they say goes above the table."""
    for index, row in enumerate(table.rows):
        filled = [cell for cell in row.cells if cell.text.strip()]
        texts = ["".join(narrow(cell.text).split()) for cell in filled]
        furniture = [text for text in texts if _UNIT_CELL.fullmatch(text) or _CAPTION_CELL.fullmatch(text)]
        if len(filled) > 1 and not furniture:
            return index
        for cell in filled:
            kind = kind_of(cell.text.strip())
            if kind and (above.title is None or "表" in cell.text):
                above.entitle(unmarked(cell.text), kind, cell.line)
            above.unit = unit_in(cell.text) or above.unit
    return len(table.rows)
