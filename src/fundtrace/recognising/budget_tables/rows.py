"""The rows of a budget table: codes, levels, leaves, and exact amounts under the names of their columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Literal

from fundtrace.reading.sheets import Row, Table
from fundtrace.recognising.budget_tables.finding import Piece, PrintedTable, note_in
from fundtrace.recognising.budget_tables.headers import Column, Side
from fundtrace.recognising.money import read_money
from fundtrace.recognising.widths import narrow, unmarked
from fundtrace.records import BudgetTableRow, Money, Position

Level = Literal["合计", "类", "款", "项"]

_LEVELS: dict[int, Level] = {3: "类", 5: "款", 7: "项"}
_TOTAL = re.compile(r".*(?:合\s*计|总\s*计|总\s*额)")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,4}|[0-9]{1,2})\s*[、.．]|\([一二三四五六七八九十0-9]{1,3}\)"
)
_OF_WHICH = re.compile(r"其\s*中\s*[::]?")


@dataclass(frozen=True, slots=True)
class _Line:
    """One side of one printed row, before its place among the others is known."""

    side: Side | None
    code: str | None
    name: str
    cells: dict[str, Money]
    row: Row
    table: Table


def read_rows(printed: PrintedTable) -> tuple[BudgetTableRow, ...]:
    """The rows of all pieces, in printed order; the income side of a row stands before its expenditure side.

    A classification's level is the length of its code: 3 digits 类, 5 款, 7 项. `leaf` rows are those that may be
    added up: no totals, no row with a longer code or a new numbering below it, and none of the rows that 其中 begins,
    which only repeat a part of the row above.
    """
    lines = [
        line
        for piece in printed.pieces
        for row in piece.table.rows[piece.first :]
        for line in _lines(piece, row, printed)
    ]
    codes = {(line.side, line.code or "") for line in lines}
    leaves = {
        side: _leaves([line for line in lines if line.side == side], codes) for side in (None, "收入", "支出")
    }
    taken = dict.fromkeys(leaves, 0)
    rows: list[BudgetTableRow] = []
    for line in lines:
        leaf = leaves[line.side][taken[line.side]]
        taken[line.side] += 1
        rows.append(_record(line, leaf=leaf))
    return tuple(rows)


def _lines(piece: Piece, row: Row, printed: PrintedTable) -> list[_Line]:
    if note_in(row):
        return []
    sides: dict[Side | None, _Line] = {}
    beyond = (
        Column("unnamed", f"第{number}列", None, None) for number in count(len(piece.header.columns) + 1)
    )
    for column, cell in zip(chain(piece.header.columns, beyond), row.cells, strict=False):
        text = unmarked(cell.text)
        if column.role == "number" or not text:
            continue
        line = sides.setdefault(column.side, _Line(column.side, None, "", {}, row, piece.table))
        if column.role == "code":
            sides[column.side] = replace(line, code=(line.code or "") + narrow(text).replace(" ", ""))
        elif column.role == "name":
            sides[column.side] = replace(line, name=text)
        else:
            money = (
                read_money(text, column.unit or printed.unit)
                if column.role == "value" and not column.counted
                else None
            )
            line.cells[column.name] = money or Money(yuan=None, printed=text, unit=None)
    return [line for line in sides.values() if line.name or line.code or line.cells]


def _record(line: _Line, *, leaf: bool) -> BudgetTableRow:
    level: Level | None = _LEVELS.get(len(line.code or "")) if (line.code or "").isdigit() else None
    if level is None and _TOTAL.fullmatch(_bare(line.name)):
        level = "合计"
    return BudgetTableRow(
        side=line.side,
        code=line.code,
        name=line.name,
        level=level,
        leaf=leaf,
        cells=line.cells,
        line=line.row.line,
        position=Position(
            page=line.row.page or line.table.page, table=line.table.number, row=line.row.number
        ),
    )


def _leaves(lines: list[_Line], codes: set[tuple[Side | None, str]]) -> list[bool]:
    result: list[bool] = []
    of_which = False
    for index, line in enumerate(lines):
        name = _bare(line.name)
        following = _bare(lines[index + 1].name) if index + 1 < len(lines) else ""
        if _OF_WHICH.match(name):
            of_which = True
        elif _NUMBERED.match(name) or _TOTAL.fullmatch(name) or line.code:
            of_which = False
        if line.code:
            parent = any(
                side == line.side and code != line.code and code.startswith(line.code) for side, code in codes
            )
        else:
            parent = not _NUMBERED.match(name) and following.startswith(("一、", "1、", "1.", "(一)"))
        result.append(not (of_which or parent or _TOTAL.fullmatch(name)))
    return result


def _bare(name: str) -> str:
    return "".join(narrow(name).split())
