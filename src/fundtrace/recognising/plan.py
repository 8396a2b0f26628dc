"""资金支出计划: the rows of months and the rows of figures, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.labels import labels, month
from fundtrace.recognising.widths import narrow

_FIGURE = re.compile(r"[-+]?[\d,. ]+(?:%|元|万元|亿元)?|%|[-—–/]{1,2}|无")
_BLANK = re.compile(r"[-—–/]{1,2}|无")
_SHORT = 12


class PlanRows:
    """Reads a spending plan: a row of months, then a row of figures; a month that wrapped stands before its figure.

    A month without a printed figure is missing, never zero, and a figure without a month is claimed by nobody.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.points: list[tuple[int, str]] = []
        self.heading: str | None = None
        self.row: PrintedRow | None = None
        self._ledger = ledger
        self._months: list[tuple[int, Printed]] = []

    @property
    def waiting(self) -> bool:
        """Whether months were printed whose figures have not come yet."""
        return bool(self._months)

    def read(self, row: PrintedRow) -> bool:
        """Read one row; False when it belongs to no plan."""
        months = [(number, cell) for cell in row.printed if (number := month(cell.text))]
        heads = [
            cell for cell in row.printed if labels().meaning(cell.text, "section") == ("section", "plan")
        ]
        if months or heads:
            return self._read_months(row, months, heads)
        if not self.waiting or not _are_figures(row.printed):
            return False
        self._match(row)
        self._months = []
        return True

    def _read_months(
        self, row: PrintedRow, months: list[tuple[int, Printed]], heads: Sequence[Printed]
    ) -> bool:
        rest = [cell for cell in row.printed if cell not in heads and not month(cell.text)]
        if not all(_is_figure(cell.text) for cell in rest):
            return False
        self._ledger.use(*heads, *[cell for _, cell in months])
        if self.row is None:
            self.row = row
        if heads and self.heading is None:
            self.heading = heads[0].text
        if not rest:
            self._months = months
            return True
        # Month and figure in one row: each figure is that of the month before it.
        for number, cell in months:
            following = [other for other in months if other[1].column > cell.column]
            end = min((other[1].column for other in following), default=len(row.cells))
            figure = next((c for c in rest if cell.column < c.column < end), None)
            if figure:
                self._add(number, figure)
        return True

    def _match(self, row: PrintedRow) -> None:
        """Give figures to months: in order where there are as many, else by column.

        A row that lost its empty cells no longer says which month a figure stands under: then none is given.
        """
        figures = row.printed
        if len(figures) == len(self._months):
            for (number, _), figure in zip(self._months, figures, strict=True):
                self._add(number, figure)
            return
        columns = {cell.column: number for number, cell in self._months}
        if row.cells[0].text and len(row.cells) <= max(columns):
            return
        for figure in figures:
            if figure.column in columns:
                self._add(columns[figure.column], figure)

    def _add(self, number: int, figure: Printed) -> None:
        if _BLANK.fullmatch(figure.text):
            self._ledger.ignore("stroke-for-nothing", [figure])
            return
        self._ledger.use(figure)
        self.points.append((number, figure.text))


def _are_figures(cells: Sequence[Printed]) -> bool:
    """Whether a row below the months holds their figures: figures alone, or several short texts that are no label."""
    if all(_is_figure(cell.text) for cell in cells):
        return bool(cells)
    short = all(len(cell.text) <= _SHORT and not labels().meaning(cell.text, "section") for cell in cells)
    return len(cells) > 1 and short


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(narrow(text)) is not None
