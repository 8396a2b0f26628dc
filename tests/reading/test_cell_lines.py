"""The cell-per-line form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.reading.cell_lines import repair, row
from fundtrace.reading.sheets import Cell


def _rows(*widths: int) -> list[list[Cell]]:
    return [
        [Cell(f"{number}.{place}", number) for place in range(width)] for number, width in enumerate(widths)
    ]


def test_a_row_is_a_cell_a_line():
    """Each tab line is a cell, a line of blanks behind a tab an empty one, other lines go on with the cell."""
    lines = [(3, "\t甲"), (4, "\t "), (5, "\t1.一\t\t"), (6, " 2.二"), (7, "\t乙")]
    assert row(lines) == [Cell("甲", 3), Cell("", 4), Cell("1.一\n2.二", 5), Cell("乙", 7)]


@pytest.mark.parametrize(
    ("widths", "repaired"),
    [
        ([6, 6, 3, 1, 2, 6], [6, 6, 6, 6]),
        ([6, 3, 1, 2, 6], [6, 6, 6]),
        ([6, 3, 3, 4, 2, 6], [6, 6, 6, 6]),
        ([6, 6, 3, 3], [6, 6, 6]),
        ([4, 7, 2, 5, 5, 2, 6, 6], [4, 7, 2, 5, 5, 2, 6, 6]),
        ([7, 2, 5], [7, 2, 5]),
        ([6, 6, 3, 2, 6], [6, 6, 3, 2, 6]),
        ([6, 6, 4, 3, 6], [6, 6, 4, 3, 6]),
        ([6, 6, 5], [6, 6, 5]),
        ([], []),
    ],
)
def test_split_rows_are_put_together(widths, repaired):
    """Short groups that together have the width of the rows around them are one row; other short rows stay."""
    assert [len(cells) for cells in repair(_rows(*widths))] == repaired


@given(st.lists(st.integers(1, 7), max_size=20))
@settings(max_examples=150, deadline=None)
def test_no_cell_is_lost_or_moved(widths):
    """Whatever the groups are, every cell stays, in order."""
    rows = _rows(*widths)
    assert [cell for cells in repair(rows) for cell in cells] == [cell for cells in rows for cell in cells]
