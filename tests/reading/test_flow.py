"""Grids of merged cells."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.reading.flow import Grid, Slot, expand


def _shape(grid: Grid, columns: int = 100) -> list[list[str | None]]:
    return [[None if cell.merged else cell.text for cell in row] for row in expand(grid, columns)]


def test_spans_leave_merged_cells_in_their_place():
    """Cells below and beside a spanning one move over."""
    grid = Grid(
        [
            [Slot("甲", 1, 2, 2), Slot("乙", 1), Slot("丙", 1, 1, 3)],
            [Slot("丁", 2)],
            [Slot("戊", 3), Slot("己", 3), Slot("庚", 3, covered=True)],
            [],
        ]
    )
    assert _shape(grid) == [
        ["甲", None, "乙", "丙"],
        [None, None, "丁", None],
        ["戊", "己", None, None],
        [],
    ]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(-1, 2000), st.integers(-1, 70000)), max_size=6), min_size=1, max_size=6
    )
)
@settings(max_examples=150, deadline=None)
def test_no_span_grows_a_row_beyond_its_bound(spans):
    """Whatever a page asks for, rows stay countable."""
    grid = Grid([[Slot("甲", 1, across, down) for across, down in row] for row in spans])
    assert all(len(row) <= 51 for row in expand(grid, 50))
