"""One project of a list: what its rows have said so far, and whether the next row still speaks of it."""

from __future__ import annotations

from collections.abc import Mapping

from fundtrace.recognising.amounts import Amounts
from fundtrace.recognising.captions import Caption
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.filled import Filled
from fundtrace.recognising.grid import Printed, join_text
from fundtrace.recognising.indicators import IndicatorRows
from fundtrace.recognising.list_header import ListHeader
from fundtrace.recognising.widths import compact


class ListedProject:
    """One project of a list while its rows come."""

    def __init__(self, ledger: Ledger, captions: tuple[Caption, ...]) -> None:
        self.filled = Filled()
        self.amounts = Amounts(ledger, project=True)
        self.indicators = IndicatorRows(ledger)
        self.captions = captions
        self.asked = False
        self._ledger = ledger

    def is_repeated(self, project: Mapping[str, Printed]) -> bool:
        """Whether a row repeats its name (and code), and prints no other amount or goal."""
        fields = self.filled.fields
        if any(
            role not in fields or compact(fields[role].text) != compact(project[role].text)
            for role in ("project_name", "project_code")
            if role in project
        ):
            return False
        total, printed = self.amounts.year.get("total"), project.get("amount:total")
        goals, goal = self.filled.goals, project.get("goals")
        return not (
            (total and printed and compact(total.cell.text) != compact(printed.text))
            or (goals and goal and all(compact(goal.text) != compact(other.text) for other in goals))
        )

    def go_on(self, cells: tuple[Printed, ...], header: ListHeader) -> tuple[Printed, ...]:
        """The cells of the first row of a page, without those that end what the page before cut; these are joined to it.

        A name without number, code and amount, where the project prints a code or an amount, is the end of its name, but
        not in front of a first level that the project has already; goals and purpose without a name are the end of its own.
        """
        self.indicators.turn_page()
        told = {role: cell for role, cell in zip(header.project, cells, strict=True) if role and cell.text}
        numbers = (cell.text.strip() for cell in cells[: header.project.index("project_name")])
        marked = "project_code" in told or any(role.startswith("amount:") for role in told)
        if marked or any(text.isdigit() for text in numbers):
            return cells
        if "project_name" in told and (not self._is_marked() or self._begins_again(cells, header)):
            return cells
        ends = [cell for role, cell in told.items() if self._end(role, cell)]
        self._ledger.use(*ends)
        return tuple(cell._replace(text="") if cell in ends else cell for cell in cells)

    def _is_marked(self) -> bool:
        return "project_code" in self.filled.fields or "total" in self.amounts.year

    def _begins_again(self, cells: tuple[Printed, ...], header: ListHeader) -> bool:
        """Whether cells print a first level that the project has already: it is that of another project."""
        printed = {
            compact(cell.text) for cell, role in zip(cells, header.indicator, strict=True) if role == "level1"
        }
        return any(compact(draft.level1 or " ") in printed for draft in self.indicators.drafts)

    def _end(self, role: str, cell: Printed) -> bool:
        fields = self.filled.fields
        if role == "project_name" and role in fields:
            fields[role] = fields[role]._replace(text=join_text(fields[role].text, cell.text) or "")
            return True
        texts = {"goals": self.filled.goals, "purpose": self.filled.purpose}.get(role)
        if texts:
            texts[-1] = texts[-1]._replace(text=f"{texts[-1].text}\n{cell.text}")
        return bool(texts)
