"""The header of a budget table: several printed rows become one name for each column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from fundtrace.reading.sheets import Row, Table
from fundtrace.recognising.budget_tables.columns import Column, columns_under
from fundtrace.recognising.budget_tables.labelling import PARTS
from fundtrace.recognising.budget_tables.spanning import labels_over
from fundtrace.recognising.widths import narrow, unmarked

_OTHER_FORM = re.compile(r".*(?:绩效|预算规模|指标值|分值|得分).*|[0-9A-Z]{18,}")
_COLUMN_NUMBERS = re.compile(r"[0-9]{1,2}(?:=[0-9+\-×*/=()]+)?|[甲乙丙]")
_BESIDE_NUMBERS = PARTS | {"栏次", "行次", "序号", "*", "**"}
_DATA = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?|[一二三四五六七八九十]{1,3}、.*")
_TOTAL = re.compile(r".*(?:合计|总计|小计)")
_ROWS = 6
"""A header has no more rows."""


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

    @property
    def has_names(self) -> bool:
        """Whether a column names the rows."""
        return any(column.role == "name" for column in self.columns)

    @property
    def counting(self) -> bool:
        """Whether a column holds figures that are no money."""
        return any(column.counted for column in self.columns)


def read_header(table: Table, start: int = 0, *, nameless: bool = False) -> Header | None:
    """The header that begins at a row; None when the rows are none of a budget table.

    It ends at the row of column numbers (栏次), or else before the first row with a code or a figure, an empty row,
    or where every column has its label. With `nameless` no column of names is asked for.
    """
    rows: list[Row] = []
    for row in table.rows[start : start + _ROWS]:
        if numbers_columns(row):
            return _header(rows, row, len(rows) + 1, nameless=nameless) if rows else None
        if rows and (is_data(row) or _is_complete(rows[-1], row)):
            return _header(rows, None, len(rows), nameless=nameless)
        rows.append(row)
    if not rows or len(table.rows) - start > _ROWS:
        return None
    return _header(rows, None, len(rows), nameless=nameless)


def numbers_columns(row: Row) -> bool:
    """Whether a row prints the numbers of columns (栏次), and perhaps 类, 款, 项 over those of a code."""
    texts = [text for text in _texts(row) if text]
    filled = [text for text in texts if text not in _BESIDE_NUMBERS]
    numbers = [text for text in filled if _COLUMN_NUMBERS.fullmatch(text)]
    if not numbers or numbers[0][0] not in "1甲":
        return False
    return len(numbers) >= len(filled) - 1 and (len(numbers) > 1 or "栏次" in texts)


def _header(rows: list[Row], numbers: Row | None, height: int, *, nameless: bool) -> Header | None:
    grid = [list(_shown(row)) for row in rows]
    parts = [text if text in PARTS else "" for text in _texts(numbers)] if numbers else []
    if any(parts):
        grid.append(parts)
    labels = labels_over(grid)
    if any(_OTHER_FORM.fullmatch(narrow(path[-1])) for path in labels if path):
        return None
    columns = columns_under(labels)
    roles = {column.role for column in columns}
    if "value" not in roles or not (nameless or "name" in roles):
        return None
    return Header(columns, tuple(_texts(row) for row in rows), height)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(narrow(text) for text in _shown(row))


def _shown(row: Row) -> tuple[str, ...]:
    return tuple("".join(unmarked(cell.text).split()) for cell in row.cells)


def is_data(row: Row) -> bool:
    """Whether a row is none of a header: it prints a code, a figure, a numbered name, or nothing but totals, or is empty."""
    texts = _texts(row)
    filled = [text for text in texts if text]
    if not filled:
        return not all(cell.merged for cell in row.cells)
    if any(_DATA.fullmatch(text) for text in filled):
        return True
    return any(texts[:2]) and all(_TOTAL.fullmatch(text) for text in filled)


def _is_complete(row: Row, following: Row) -> bool:
    """Whether a row labels every column of its own: none empty, no two alike side by side, none more below."""
    texts = _texts(row)
    alike = any(one == other for one, other in pairwise(texts))
    return all(texts) and not alike and len(following.cells) <= len(texts)
