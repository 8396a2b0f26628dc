"""Rows of placed cells, and texts that lines and pages broke."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fundtrace.reading.sheets import Cell, Row, Table
from fundtrace.recognising.grid import PrintedRow, join_text, one_line, rows_of

Rows = Callable[..., tuple[PrintedRow, ...]]


def test_a_row_knows_its_place(rows: Rows) -> None:
    """Cells are stripped, empty ones stay in their column, and the row is kept as printed."""
    (row,) = rows([" 甲 ", "", "乙"])
    assert [(cell.text, cell.column) for cell in row.printed] == [("甲", 0), ("乙", 2)]
    assert (row.position.table, row.position.row, row.position.page) == (1, 1, None)
    assert row.source.cells == ("甲", "", "乙")


def test_covered_cells_are_not_kept_with_the_row() -> None:
    """Only some formats have the cells that a merged one covers; they keep their column, but are not printed."""
    table = Table(1, (Row((Cell("甲", 1), Cell("", 1, merged=True), Cell("", 1), Cell("乙", 1)), 1, 1),), 1)
    (row,) = rows_of(table)
    assert [(cell.text, cell.column) for cell in row.printed] == [("甲", 0), ("乙", 3)]
    assert row.source.cells == ("甲", "", "乙")


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("石政发【2018】", "21号", "石政发【2018】21号"),
        ("budget", "line", "budget line"),
        ("第", "1", "第1"),
        ("5", "个", "5个"),
        ("a,", "b", "a,b"),
        (None, "甲", "甲"),
        ("甲", None, "甲"),
        (None, "", None),
    ],
)
def test_two_pieces_of_one_text(first: str | None, second: str | None, joined: str | None) -> None:
    """Only words of letters need a space between them."""
    assert join_text(first, second) == joined


def test_line_breaks_of_a_cell_are_no_text() -> None:
    """A text is put on one line; its own spaces stay."""
    assert one_line("  满意度指\n 标  甲\n\n乙 ") == "满意度指标  甲乙"
    assert one_line("\n") == ""
