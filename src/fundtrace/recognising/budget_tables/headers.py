"""The header of a budget table: several printed rows become one name for each column."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from fundtrace.reading.sheets import Row, Table
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.widths import narrow, unmarked

Side = Literal["收入", "支出"]
Role = Literal["number", "code", "name", "value", "text", "unnamed"]

_NUMBER_LABELS = {"序号", "行次", "栏次", "编号"}
_NAMES = re.compile(
    r"(?:收入|支出|预算)?项目|科目|名称|(?:.*(?:科目|项目|单位|物品|指标|资产))名称|.*(?:功能|经济)分类(?:科目)?|预算科目"
)
_OTHER_FORM = re.compile(r".*(?:绩效|预算规模|指标值|分值|得分).*|[0-9A-Z]{18,}")
_CODES = re.compile(r"(?:科目|功能分类科目|经济分类科目|项目|单位)?(?:科目)?(?:编码|代码)|类|款|项")
_TEXTS = re.compile(r".*(?:名称|目录|计量单位|资金性质|备注|说明|规格|来源|依据|级次)|预算资金")
_COUNTS = re.compile(r".*(?:数量|面积|个数|台数|车辆数|人数)(?:\(.*\))?")
_COLUMN_NUMBERS = re.compile(r"[0-9]{1,2}(?:=[0-9+\-×*/=()]+)?|[甲乙丙]")
_DATA = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?|[一二三四五六七八九十]{1,3}、.*")
_SIDES: dict[str, Side] = {"收入": "收入", "支出": "支出", "收入项目": "收入", "支出项目": "支出"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, the key of its cells, its side in a two-sided table, the unit it prints itself.

    `unnamed` has no label: what stands in it is kept as text.
    """

    role: Role
    name: str
    side: Side | None
    unit: str | None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, the cells they were read from, and the number of printed rows they take."""

    columns: tuple[Column, ...]
    printed: tuple[tuple[str, ...], ...]
    height: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that hold figures or further text, in printed order, each once."""
        return tuple(
            dict.fromkeys(column.name for column in self.columns if column.role in {"value", "text"})
        )


def read_header(table: Table, start: int = 0) -> Header | None:
    """The header that begins at a row; None when the rows are none of a budget table.

    It ends at the row of column numbers (栏次), or else before the first row with a code or a figure. A cell that is
    empty under a filled one belongs to it; an upper cell stretches over the empty cells to its right.
    """
    rows: list[Row] = []
    for row in table.rows[start : start + 6]:
        texts = _texts(row)
        if numbers_columns(row):
            break
        if rows and _is_data(texts):
            return _header(rows, len(rows))
        rows.append(row)
    else:
        if len(table.rows) - start > 6 or not rows:
            return None
        return _header(rows, len(rows))
    return _header(rows, len(rows) + 1) if rows else None


def _header(rows: list[Row], height: int) -> Header | None:
    width = max(len(row.cells) for row in rows)
    grid = [list(_shown(row)) + [""] * (width - len(row.cells)) for row in rows]
    paths = [_path(grid, column) for column in range(width)]
    labels = [_leaf(path) for path in paths]
    if not any(_is_name(label) for label in labels) or any(_OTHER_FORM.fullmatch(label) for label in labels):
        return None
    sides = [_SIDES.get(path[0]) if path else None for path in paths]
    two_sided = {"收入", "支出"} <= set(sides)
    if not two_sided:
        sides = [None] * width
    shared = Counter(zip(sides, labels, strict=True))
    columns = tuple(
        _column(path, side, unique=shared[side, _leaf(path)] == 1)
        for path, side in zip(paths, sides, strict=True)
    )
    if not any(column.role == "value" for column in columns):
        return None
    return Header(columns=_named_once(columns), printed=tuple(_texts(row) for row in rows), height=height)


def _path(grid: list[list[str]], column: int) -> list[str]:
    """The labels over a column, from the top: each once."""
    path: list[str] = []
    for depth, row in enumerate(grid):
        text = row[column]
        if not text and depth < len(grid) - 1:
            text = _spanning(grid, depth, column)
        if text and text not in path:
            path.append(text)
    return path


def _spanning(grid: list[list[str]], depth: int, column: int) -> str:
    """The label to the left that stretches over this empty cell: only while the rows below are filled."""
    if not any(row[column] for row in grid[depth + 1 :]):
        return ""
    for left in range(column - 1, -1, -1):
        if grid[depth][left]:
            below = any(row[left] for row in grid[depth + 1 :])
            return grid[depth][left] if below else ""
    return ""


def _leaf(path: list[str]) -> str:
    return narrow(path[-1]) if path else ""


def _is_name(label: str) -> bool:
    return label in _SIDES or _NAMES.fullmatch(label) is not None


def _column(path: list[str], side: Side | None, *, unique: bool) -> Column:
    leaf = _leaf(path)
    unit = next((found for label in reversed(path) if (found := unit_in(label))), None)
    if not leaf:
        return Column(role="unnamed", name="", side=side, unit=None)
    if leaf in _NUMBER_LABELS:
        return Column(role="number", name=leaf, side=None, unit=None)
    if _CODES.fullmatch(leaf):
        return Column(role="code", name=leaf, side=side, unit=None)
    if _is_name(leaf):
        return Column(role="name", name=leaf, side=side, unit=None)
    name = path[-1] if unique or len(path) < 2 else f"{path[-2]}/{path[-1]}"
    if _TEXTS.fullmatch(leaf):
        return Column(role="text", name=name, side=side, unit=None)
    return Column(role="value", name=name, side=side, unit=unit, counted=_COUNTS.fullmatch(leaf) is not None)


def _named_once(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with names of their own; only the first name column of a side names its rows.

    A column without a label is called by its place, 第4列, on the side of the column before it.
    """
    sides: set[Side | None] = set()
    names: Counter[tuple[Side | None, str]] = Counter()
    result: list[Column] = []
    for place, column in enumerate(columns, start=1):
        if column.role == "unnamed":
            side = result[-1].side if result else column.side
            column = replace(column, name=f"第{place}列", side=side)
        if column.role == "name" and column.side in sides:
            column = replace(column, role="text")
        elif column.role == "name":
            sides.add(column.side)
        if column.role in {"value", "text"}:
            names[column.side, column.name] += 1
            again = names[column.side, column.name]
            column = replace(column, name=f"{column.name}/{again}") if again > 1 else column
        result.append(column)
    return tuple(result)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(narrow(text) for text in _shown(row))


def _shown(row: Row) -> tuple[str, ...]:
    return tuple("".join(unmarked(cell.text).split()) for cell in row.cells)


def numbers_columns(row: Row) -> bool:
    """Whether a row prints the numbers of columns (栏次)."""
    filled = [text for text in _texts(row) if text]
    numbers = [text for text in filled if _COLUMN_NUMBERS.fullmatch(text)]
    return len(numbers) > 1 and len(numbers) >= len(filled) - 1 and numbers[0][0] in "1甲"


def _is_data(texts: tuple[str, ...]) -> bool:
    filled = [text for text in texts if text]
    return filled == ["合计"] or any(_DATA.fullmatch(text) for text in filled)
