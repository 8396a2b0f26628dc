"""Strictness: every text cell of a recognised table is used, ignored by a named rule, or reported as unclaimed."""

from __future__ import annotations

from collections.abc import Iterable

from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.records import Coverage, UnclaimedCell

Key = tuple[int, int, int]


class Ledger:
    """Keeps what became of each text cell of the recognised tables."""

    def __init__(self) -> None:
        self._cells: dict[Key, Printed] = {}
        self._used: set[Key] = set()
        self._ignored: dict[Key, str] = {}

    def enter(self, row: PrintedRow) -> None:
        """Answer for a row: from now on each of its text cells must be claimed."""
        self._cells.update([(cell.place, cell) for cell in row.printed])

    def use(self, *cells: Printed | None) -> None:
        """Claim cells that something was read from, labels included; None is nothing to claim."""
        self._used.update([cell.place for cell in cells if cell is not None])

    def ignore(self, rule: str, cells: Iterable[Printed]) -> None:
        """Pass over cells by a rule with a name."""
        self._ignored.update([(cell.place, rule) for cell in cells])

    def pass_over(self, rule: str, cells: Iterable[Printed]) -> None:
        """Take back the claim of cells that were read, but that no record is made of, by a rule with a name."""
        for cell in cells:
            self._used.discard(cell.place)
            self._ignored[cell.place] = rule

    @property
    def unclaimed(self) -> tuple[Printed, ...]:
        """The cells that no rule used or ignored, in printed order."""
        return tuple(
            self._cells[key]
            for key in sorted(self._cells)
            if key not in self._used and key not in self._ignored
        )

    @property
    def ignored(self) -> dict[str, int]:
        """How many cells each rule passed over."""
        counts: dict[str, int] = {}
        for key, rule in self._ignored.items():
            if key in self._cells and key not in self._used:
                counts[rule] = counts.get(rule, 0) + 1
        return counts

    def coverage(self) -> Coverage:
        """The figures, and the unclaimed cells by their 1-based numbers."""
        return Coverage(
            cells=len(self._cells),
            used=len(self._used & self._cells.keys()),
            ignored=sum(self.ignored.values()),
            unclaimed=tuple(
                UnclaimedCell(table=cell.table, row=cell.row, cell=cell.column + 1, line=cell.line)
                for cell in self.unclaimed
            ),
        )
