"""The rows of a budget table: codes, levels, leaves, and exact amounts under the names of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count

from fundtrace.reading.sheets import Cell, Row, Table
from fundtrace.recognising.budget_tables.columns import Column
from fundtrace.recognising.budget_tables.headers import Header
from fundtrace.recognising.budget_tables.labelling import Side, counts, is_measure
from fundtrace.recognising.budget_tables.leaves import TOTAL, Named, bare, leaves_of
from fundtrace.recognising.budget_tables.printed import Piece, PrintedTable, note_in
from fundtrace.recognising.money import read_money, unit_in
from fundtrace.recognising.widths import narrow, unmarked
from fundtrace.records import BudgetTableRow, Money, Position

_LEVELS: dict[int, str] = {3: "类", 5: "款", 7: "项"}
_CODE = re.compile(r"[0-9A-Za-z.\-\[\]()/]+")
_CODED_NAME = re.compile(
    r"[\[(]?([0-9]{3}|[0-9]{5}|[0-9]{7})[\])]?[\s\-_—]*(?=[\u4e00-\u9fff])(.+)", re.DOTALL
)
_CLASSIFIED = {
    "income",
    "expenditure",
    "function",
    "economic",
    "government_fund",
    "state_capital",
    "fiscal_grant",
}
"""Kinds whose names may print the code of a class in front."""


@dataclass(slots=True)
class _Line:
    """One block of one printed row, before its place among the others is known."""

    block: int
    side: Side | None
    row: Row
    table: Table
    codes: list[str] = field(default_factory=list)
    code: str | None = None
    name: str = ""
    unit: str | None = None
    counted: bool = False
    amounts: list[tuple[Column, str]] = field(default_factory=list)
    cells: dict[str, Money] = field(default_factory=dict)


def read_rows(printed: PrintedTable) -> tuple[BudgetTableRow, ...]:
    """The rows of all pieces, in printed order; of blocks that stand side by side the left one first.

    A classification's level is the length of its code: 3 digits 类, 5 款, 7 项. Parts of a code that are printed once
    for several rows are filled down. `leaf` rows are those that may be added up: see `leaves_of`.
    """
    above: dict[int, list[str]] = {}
    lines = [
        line
        for piece in printed.pieces
        for row in piece.table.rows[piece.first :]
        if not note_in(row)
        for line in _lines(piece, row, printed, above)
    ]
    leaves = leaves_of([Named(line.block, line.side, line.code, line.name, line.cells) for line in lines])
    return tuple(_record(line, leaf=leaf) for line, leaf in zip(lines, leaves, strict=True))


def _lines(piece: Piece, row: Row, printed: PrintedTable, above: dict[int, list[str]]) -> Iterator[_Line]:
    blocks: dict[int, _Line] = {}
    for column, cell in _under(piece.header, row):
        text = unmarked(cell.text)
        if column.role == "number":
            continue
        line = blocks.setdefault(column.block, _Line(column.block, column.side, row, piece.table))
        if column.role == "code":
            _add_code(line, column, text)
        elif not text:
            continue
        elif column.role == "name":
            line.name = text
        else:
            line.amounts.append((column, text))
            if column.role == "text":
                _take_unit(line, column, text, counting=piece.header.counting)
    for number, line in sorted(blocks.items()):
        _settle_code(line, above.setdefault(number, []))
        if not line.name and not line.code and not piece.header.has_names:
            line.name = printed.title if line.amounts else ""
        if (
            not line.code
            and printed.kind in _CLASSIFIED
            and (match := _CODED_NAME.fullmatch(narrow(line.name)))
        ):
            line.code, line.name = match[1], line.name[match.start(2) :].strip()
        line.counted = line.counted or counts(bare(line.name))
        line.cells = {column.name: _money(line, column, text, printed.unit) for column, text in line.amounts}
        if line.name or line.code or line.cells:
            yield line


def _under(header: Header, row: Row) -> Iterator[tuple[Column, Cell]]:
    """The cells of a row with their columns; one beyond the header is called by its place."""
    last = header.columns[-1].block
    beyond = (
        Column("unnamed", f"第{number}列", None, None, block=last)
        for number in count(len(header.columns) + 1)
    )
    return zip(chain(header.columns, beyond), row.cells, strict=False)


def _add_code(line: _Line, column: Column, text: str) -> None:
    """A part of the code of a row; a total or a name may stand in its place."""
    said = "".join(narrow(text).split())
    if said and not _CODE.fullmatch(said):
        line.name = line.name or text
        said = ""
    if column.part or not line.codes:
        line.codes.append(said)


def _settle_code(line: _Line, above: list[str]) -> None:
    """The code of a row from its parts: each may repeat those before it, or leave them to the row above."""
    parts = line.codes
    filled = [place for place, part in enumerate(parts) if part]
    if not filled:
        return
    if len(parts) > 1 and filled[0] and len(above) >= filled[0]:
        parts = above[: filled[0]] + parts[filled[0] :]
    code = ""
    for part in parts:
        code = part if code and part.startswith(code) and len(part) > len(code) else code + part
    above[:] = parts[: filled[-1] + 1]
    line.code = code


def _take_unit(line: _Line, column: Column, text: str, *, counting: bool) -> None:
    """A column of units governs the figures of its row; one of things that are counted beside, only that."""
    said = bare(text)
    if "计量" in column.name or column.name == "单位":
        line.unit = unit_in(said) or line.unit
        line.counted = line.counted or (not counting and is_measure(said))


def _money(line: _Line, column: Column, text: str, unit: str | None) -> Money:
    counted = column.counted or (line.counted and column.unit is None)
    money = (
        read_money(text, column.unit or line.unit or unit) if column.role == "value" and not counted else None
    )
    return money or Money(yuan=None, printed=text, unit=None)


def _record(line: _Line, *, leaf: bool) -> BudgetTableRow:
    code = line.code or ""
    level = _LEVELS.get(len(code)) if code.isdigit() else None
    if level is None and TOTAL.fullmatch(bare(line.name)):
        level = "合计"
    return BudgetTableRow.model_validate(
        {
            "side": line.side,
            "code": line.code,
            "name": line.name,
            "level": level,
            "leaf": leaf,
            "cells": line.cells,
            "line": line.row.line,
            "position": Position(
                page=line.row.page or line.table.page, table=line.table.number, row=line.row.number
            ),
        }
    )
