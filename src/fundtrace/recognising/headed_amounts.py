"""Amounts that stand below their labels: 年度资金总额, 财政拨款, 其他资金 side by side, and a row of figures under them."""

from __future__ import annotations

from collections.abc import Sequence

from fundtrace.recognising.amounts import Amounts
from fundtrace.recognising.cell_looks import is_money
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.labels import labels
from fundtrace.recognising.money import unit_in

_FUNDS = ("section", "funds")
_NOTHING = frozenset("-—–/")
_Head = tuple[Printed, str]


class HeadedAmounts:
    """Remembers a row of nothing but labels of amounts, and reads the row right below it."""

    def __init__(self, amounts: Amounts, ledger: Ledger) -> None:
        self._amounts = amounts
        self._ledger = ledger
        self._heads: tuple[_Head, ...] = ()
        self._width = 0

    def read(self, row: PrintedRow) -> bool:
        """Whether the row is one of amounts under the labels of the row above it; they are kept."""
        heads, self._heads = self._heads, self._labels(row)
        placed = self._placed(row, heads) if heads else []
        for (head, meaning), cell in placed:
            self._amounts.label_unit = unit_in(head.text)
            if cell.text.strip() in _NOTHING:
                self._ledger.ignore("stroke-for-nothing", [cell])
            else:
                self._amounts.add(meaning, head, cell)
        self._width = len(row.cells)
        return bool(placed)

    def _labels(self, row: PrintedRow) -> tuple[_Head, ...]:
        """The labels of amounts of a row that prints several and nothing else, but perhaps the heading of funds."""
        heads: list[_Head] = []
        for cell in row.printed:
            found = labels().meaning(cell.text, self._amounts.kind, "section")
            if found and found[0] == self._amounts.kind:
                heads.append((cell, found[1]))
            elif found != _FUNDS:
                return ()
        return tuple(heads) if len(heads) > 1 and "total" in [meaning for _, meaning in heads] else ()

    def _placed(self, row: PrintedRow, heads: Sequence[_Head]) -> list[tuple[_Head, Printed]]:
        """Each amount of a row of figures with the label above it: by its place, or by its order where none is missing."""
        cells = row.printed
        if not all(is_money(cell.text) or cell.text.strip() in _NOTHING for cell in cells):
            return []
        above = {head[0].column: head for head in heads}
        if len(row.cells) == self._width and all(cell.column in above for cell in cells):
            return [(above[cell.column], cell) for cell in cells]
        return list(zip(heads, cells, strict=True)) if len(cells) == len(heads) else []
