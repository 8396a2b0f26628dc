"""Reads the rows of one form, by their labels, into what they say: fields, amounts, plan, goals, indicators."""

from __future__ import annotations

import re
from typing import Literal

from fundtrace.recognising.amounts import Amounts, ordinal
from fundtrace.recognising.captions import is_page_number
from fundtrace.recognising.cell_looks import (
    begins_to_count,
    is_money,
    is_note,
    is_numbered_goal,
    labelled_lines,
    may_be_label,
    says_something,
    several_figures,
)
from fundtrace.recognising.columns import read_columns
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.embedded import embedded_drafts
from fundtrace.recognising.filled import Filled
from fundtrace.recognising.form_labels import AMOUNTS, guess_label, hides_label
from fundtrace.recognising.forms import Form
from fundtrace.recognising.goal_columns import GOALS, GoalColumns
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.headed_amounts import HeadedAmounts
from fundtrace.recognising.heading import own_year
from fundtrace.recognising.indicators import IndicatorRows, looks_like_indicator
from fundtrace.recognising.labels import Kind, fold, is_level1, labels, split_label
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.people import WITHHELD, is_contact_label
from fundtrace.recognising.plan import PlanRows
from fundtrace.recognising.widths import compact
from fundtrace.recognising.worded import read_worded

Mode = Literal["head", "budget", "plan", "goals", "indicators"]

_OVERALL = re.compile(r"(?:项目)?(?:总体|整体)")
_OF_YEAR = re.compile(r"(?:项目)?(?:年度|当年|本年)")
_OF_STATEMENT: tuple[Kind, ...] = ("statement_budget", "section", "budget")
"""The labels that a cell of a statement may print in front of its own value."""
_COLUMNS = {"chosen": "total", "planned": "planned", "passed": "executed"}
"""What the labels of columns of amounts mean where each stands in front of its amount."""


class FormRows:
    """Reads a form. What no rule understands stays unclaimed in the ledger."""

    def __init__(self, form: Form, ledger: Ledger) -> None:
        self.filled, self.plan = Filled(), PlanRows(ledger)
        self.indicators = IndicatorRows(ledger)
        self._ledger = ledger
        self._mode: Mode = "head"
        self._project = form.kind == "project"
        years = (own_year(caption.text) for caption in reversed(form.captions))
        year = next((found for found in years if found), None)
        self._amounts = Amounts(ledger, project=self._project, fiscal_year=year)
        self._headed = HeadedAmounts(self._amounts, ledger)
        self._goal_columns = GoalColumns()
        self._goal_label, self._listing = "", False
        self._overall: dict[tuple[int, int], bool] = {}
        self._inline: tuple[Kind, ...] = ("budget",) if self._project else _OF_STATEMENT
        self._kinds: tuple[Kind, ...] = ("field", self._amounts.kind, "section", "not_modelled")
        table = form.rows[0].table
        for row in form.rows:
            if row.table != table:
                table = row.table
                self.indicators.turn_page()
            ledger.enter(row)
            if self._read(row):
                self.filled.rows.append(row)
        for row in form.repeated:
            ledger.enter(row)
            ledger.ignore("repeated-header", row.printed)
        self._close()

    def _close(self) -> None:
        self.indicators.close()
        self.filled.amounts = self._amounts.close()
        if any(not overall for overall in self._overall.values()):
            overall = [cell for cell in self.filled.goals if self._overall.get((cell.row, cell.column))]
            self.filled.goals = [cell for cell in self.filled.goals if cell not in overall]
            self.filled.whole_term_goals += overall
        if not self.filled.goals:
            self.filled.goals = self.filled.whole_term_goals
        else:
            self._ledger.pass_over("whole-term-not-modelled", self.filled.whole_term_goals)
        if not self.indicators.drafts:
            rows = {(row.table, row.number): row for row in self.filled.rows}
            filled = self.filled
            filled.goals, self.indicators.drafts = embedded_drafts(filled.goals, rows, filled.told)

    def _read(self, row: PrintedRow) -> bool:
        if self._read_numbered_goal(row):
            return True
        columns = read_columns(row.cells, year_first=self.indicators.year_first)
        self.indicators.enter_section(row, columns)
        if self.indicators.header(row, columns):
            self._mode = "indicators"
            return True
        if self._mode == "indicators" or looks_like_indicator(row):
            return self._read_indicator(row)
        if self.plan.read(row):
            self._mode = "plan"
            return True
        if self._amounts.columns(row) or self._headed.read(row):
            self._mode, self._listing = "budget", False
            return True
        if self._in_list(row):
            self._ledger.ignore("label-not-modelled", row.printed)
            return False
        if self._amounts.read(row):
            self._mode = "budget"
            return True
        return self._read_pairs(row)

    def _read_numbered_goal(self, row: PrintedRow) -> bool:
        """A goal in front of its own indicators: 长期目标1, 年度目标1; they are of its term."""
        first = row.printed[0]
        section = labels().guess(first.text, "label") if is_numbered_goal(first.text) else None
        if section not in GOALS or len(row.printed) != 2 or self._meaning(first):
            return False
        self.indicators.enter(whole_term=section == "long_goals")
        self._open(first, ("section", section))
        return self._under_section(section, row.printed[1])

    def _in_list(self, row: PrintedRow) -> bool:
        """Whether a row is the header of a list that no record holds (tasks, steps), or stands under one."""
        found = [self._meaning(cell) or labels().meaning(cell.text, "amount_column") for cell in row.printed]
        if ("not_modelled", "list") in found and len(found) > 1 and all(found):
            self._listing = True
        elif any(found) or (row.printed[0].column == 0 and labels().guess(row.printed[0].text, "label")):
            self._listing = False
        return self._listing

    def _read_indicator(self, row: PrintedRow) -> bool:
        first = row.printed[0]
        if labels().meaning(first.text, "not_modelled") or self.indicators.is_below(row):
            self._ledger.ignore("label-not-modelled", row.printed)
            return False
        if is_contact_label(first.text) or (len(row.printed) == 1 and WITHHELD in first.text):
            self._ledger.ignore("contact-withheld", row.printed)
            return False
        if len(row.printed) == 1 and (is_note(first.text) or is_page_number(first.text)):
            rule = "note-below-form" if is_note(first.text) else "text-outside-forms"
            self._ledger.ignore(rule, row.printed)
            return False
        if not self.indicators.begins(row):
            return False
        self._mode = "indicators"
        return self.indicators.read(row)

    def _read_pairs(self, row: PrintedRow) -> bool:
        """Labels and the cells behind them, left to right; texts in front of every label go where the mode says."""
        label: tuple[Kind, str] | None = None
        read = taken = False
        loose: list[Printed] = []
        cells = [piece for cell in row.printed for piece in labelled_lines(cell, self._meaning)]
        labelled = [
            (cell, found[1]) for cell in cells if (found := self._meaning(cell)) and found[0] == "budget"
        ]
        self._amounts.labelled(labelled)
        self.indicators.year_first |= self._goal_columns.enter(row)
        parts, holder = 0, row.printed[0]
        if self._mode == "goals" and is_level1(holder.text):
            self._mode = "head"
        for place, cell in enumerate(cells):
            if is_contact_label(cell.text):
                self._ledger.ignore("contact-withheld", [cell])
                label = ("not_modelled", "contact")
                continue
            joined = split_label(cell.text, *self._inline)
            found = self._meaning(cell) or guess_label(cells, place, self._kinds)
            if found:
                label, holder, taken = found, cell, False
                parts += found[0] == "budget"
                self._open(cell, found)
                read = True
                if joined:
                    self._value(found, cell._replace(text=joined[2]), holder, ordinal(labelled, parts))
            elif label is None:
                loose.append(cell)
            elif label[0] in AMOUNTS and not taken and several_figures(cells[place:]):
                # Amounts in columns that no header names: none of them is known to be the budget's.
                return self._loose(row, loose) or read
            elif not taken and hides_label(label, cells[place:]):
                # No amount but a label that no list holds: what follows it is not the known label's.
                label = None
                loose.append(cell)
            elif taken and place + 1 < len(cells) and may_be_label(cell.text):
                # An unknown label, and behind it a value that is not the known label's.
                return self._loose(row, loose) or read
            else:
                taken = True
                read = self._value(label, cell, holder, ordinal(labelled, parts)) or read
        return self._loose(row, loose) or read

    def _meaning(self, cell: Printed) -> tuple[Kind, str] | None:
        found = labels().meaning(cell.text, *self._kinds)
        if found is None and (joined := split_label(cell.text, *self._inline)):
            found = joined[:2]
        column = labels().meaning(cell.text, "amount_column") if found is None and self._project else None
        return ("budget", _COLUMNS[column[1]]) if column else found

    def _open(self, cell: Printed, label: tuple[Kind, str]) -> None:
        kind, meaning = label
        if kind == "not_modelled":
            self._ledger.ignore("label-not-modelled", [cell])
            return
        self._ledger.use(cell)
        if kind in {"budget", "statement_budget"} or meaning == "funds":
            self._mode = "budget"
        elif meaning == "income" or meaning == "expenditure":
            self._amounts.section = "income" if meaning == "income" else "expenditure"
        elif meaning in GOALS:
            self._mode, self._goal_label = "goals", "".join(cell.text.split())
        unit = unit_in(cell.text)
        if kind in {"budget", "statement_budget"}:
            self._amounts.label_unit = unit
        if unit and meaning in {"funds", "total", "statement_head"}:
            self._amounts.unit = unit

    def _value(self, label: tuple[Kind, str], cell: Printed, holder: Printed, place: int | None) -> bool:
        kind, meaning = label
        match kind:
            case "not_modelled":
                self._ledger.ignore("label-not-modelled", [cell])
                return False
            case "field":
                if meaning in self.filled.fields:
                    return False
                self.filled.fields[meaning] = cell
            case "budget" | "statement_budget":
                return self._amounts.add(self._amounts.totalled(meaning), holder, cell, place)
            case _ if meaning == "statement_head" and "基本支出" in fold(holder.text) and is_money(cell.text):
                return self._amounts.add("basic_total", holder, cell)
            case _:
                return self._under_section(meaning, cell)
        self._ledger.use(cell)
        return True

    def _under_section(self, section: str, cell: Printed) -> bool:
        """A text behind the label of a section: a purpose, a ground, or a goal."""
        if section == "funds" and self._project and "total" not in self._amounts.year and is_money(cell.text):
            return self._amounts.add("total", cell, cell)
        if section == "outcome":
            self._ledger.ignore("outcome-not-modelled", [cell])
            return True
        if section in {"goals", "long_goals"}:
            texts = self.filled.goals if section == "goals" else self.filled.whole_term_goals
            if any(compact(cell.text) == compact(other.text) for other in texts):
                self._ledger.ignore("printed-twice", [cell])
                return True
            if _OVERALL.match(self._goal_label) or _OF_YEAR.match(self._goal_label):
                self._overall[cell.row, cell.column] = _OVERALL.match(self._goal_label) is not None
        elif self._project and (section == "purpose" or (section == "funds" and says_something(cell.text))):
            texts = self.filled.purpose
        elif self._project and section == "grounds":
            texts = self.filled.grounds
        elif section == "indicators" and read_worded([cell.text]):
            texts = self.filled.told
        else:
            return False
        texts.append(cell)
        self._ledger.use(cell)
        return True

    def _loose(self, row: PrintedRow, cells: list[Printed]) -> bool:
        """Texts that no label of their row governs.

        Alone in its row a text under the budget is the purpose; under the plan it is a goal whose label was lost.
        Under the goals, texts are goals, unless one stands in the column of labels and another behind it.
        """
        alone = len(row.printed) == 1
        if not cells:
            return False
        if self._mode == "goals" and self._goal_columns.open:
            return self._beside(row, cells)
        counted = bool(self.filled.purpose) and begins_to_count(cells[0].text)
        if self._mode == "budget" and self._project and alone and not counted:
            self.filled.purpose += cells
        elif (self._mode in {"plan", "budget"} and alone) or (
            self._mode == "goals" and (alone or cells[0].column > 0)
        ):
            self.filled.goals += cells
            self._mode = "goals"
        else:
            return False
        self._ledger.use(*cells)
        return True

    def _beside(self, row: PrintedRow, cells: list[Printed]) -> bool:
        """Texts under labels of goals that stand side by side: each belongs to the label above it."""
        placed = self._goal_columns.place(row, cells)
        for section, cell in placed:
            self._under_section(section, cell)
        return bool(placed)
