"""The ledger of cells."""

from __future__ import annotations

from collections.abc import Callable

from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.grid import PrintedRow

Rows = Callable[..., tuple[PrintedRow, ...]]


def test_every_text_cell_is_used_ignored_or_unclaimed(rows: Rows) -> None:
    """The three parts add up to all cells that hold text."""
    first, second = rows(["甲", "", "乙"], ["丙", "丁", ""])
    ledger = Ledger()
    ledger.enter(first)
    ledger.enter(second)
    ledger.use(first.cells[0], None)
    ledger.ignore("by-a-rule", [first.cells[2], first.cells[0]])
    coverage = ledger.coverage()
    assert (coverage.cells, coverage.used, coverage.ignored) == (4, 1, 1)
    assert [(cell.table, cell.row, cell.cell, cell.line) for cell in coverage.unclaimed] == [
        (1, 2, 1, 2),
        (1, 2, 2, 2),
    ]
    assert ledger.ignored == {"by-a-rule": 1}


def test_cells_that_nobody_answers_for_do_not_count(rows: Rows) -> None:
    """A table that was not recognised has no coverage."""
    (row,) = rows(["甲"])
    ledger = Ledger()
    ledger.use(*row.cells)
    ledger.ignore("by-a-rule", row.cells)
    assert ledger.coverage().cells == ledger.coverage().used == ledger.coverage().ignored == 0
