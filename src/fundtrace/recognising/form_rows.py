"""Reads the rows of one form, by their labels, into what they say: fields, amounts, plan, goals, indicators."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.forms import Form
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.indicators import IndicatorRows, looks_like_indicator
from fundtrace.recognising.labels import Kind, labels, split_label
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.people import is_contact_label
from fundtrace.recognising.plan import PlanRows

Mode = Literal["head", "budget", "plan", "goals", "indicators"]


@dataclass(frozen=True, slots=True)
class Amount:
    """The cell of an amount, and the unit that its own label or the label of its section names."""

    cell: Printed
    unit: str | None


@dataclass(slots=True)
class Filled:
    """What a form says, cell by cell, before it is interpreted."""

    fields: dict[str, Printed] = field(default_factory=dict)
    amounts: dict[str, Amount] = field(default_factory=dict)
    purpose: list[Printed] = field(default_factory=list)
    goals: list[Printed] = field(default_factory=list)
    rows: list[PrintedRow] = field(default_factory=list)


class FormRows:
    """Reads a form. What no rule understands stays unclaimed in the ledger."""

    def __init__(self, form: Form, ledger: Ledger) -> None:
        self.filled = Filled()
        self.plan = PlanRows(ledger)
        self.indicators = IndicatorRows(ledger)
        self._ledger = ledger
        self._mode: Mode = "head"
        self._project = form.kind == "project"
        self._unit: str | None = None
        self._label_unit: str | None = None
        amounts: Kind = "budget" if form.kind == "project" else "statement_budget"
        self._kinds: tuple[Kind, ...] = ("field", amounts, "section", "not_modelled")
        table = form.rows[0].table
        for row in form.rows:
            if row.table != table:
                table = row.table
                self.indicators.turn_page()
            ledger.enter(row)
            if self._read(row):
                self.filled.rows.append(row)

    def _read(self, row: PrintedRow) -> bool:
        if self.indicators.header(row):
            self._mode = "indicators"
            return True
        if self._mode == "indicators" or looks_like_indicator(row):
            return self._read_indicator(row)
        if self.plan.read(row):
            self._mode = "plan"
            return True
        return self._read_pairs(row)

    def _read_indicator(self, row: PrintedRow) -> bool:
        first = row.printed[0]
        if labels().meaning(first.text, "not_modelled"):
            self._ledger.ignore("label-not-modelled", row.printed)
            return False
        if not self.indicators.begins(row):
            return False
        self._mode = "indicators"
        return self.indicators.read(row)

    def _read_pairs(self, row: PrintedRow) -> bool:
        """Labels and the cells behind them, left to right; texts in front of every label go where the mode says."""
        label: tuple[Kind, str] | None = None
        read = False
        loose: list[Printed] = []
        for cell in row.printed:
            if is_contact_label(cell.text):
                self._ledger.ignore("contact-withheld", [cell])
                label = ("not_modelled", "contact")
                continue
            joined = split_label(cell.text)
            found = labels().meaning(cell.text, *self._kinds) or (joined[:2] if joined else None)
            if found:
                label = found
                self._open(cell, found)
                read = True
                if joined:
                    self._value(found, replace(cell, text=joined[2]))
            elif label is None:
                loose.append(cell)
            else:
                read = self._value(label, cell) or read
        return self._loose(row, loose) or read

    def _open(self, cell: Printed, label: tuple[Kind, str]) -> None:
        kind, meaning = label
        if kind == "not_modelled":
            self._ledger.ignore("label-not-modelled", [cell])
            return
        self._ledger.use(cell)
        if kind in {"budget", "statement_budget"} or meaning == "funds":
            self._mode = "budget"
        elif meaning == "goals":
            self._mode = "goals"
        if meaning == "funds":
            self._unit = unit_in(cell.text)
        elif kind in {"budget", "statement_budget"}:
            self._label_unit = unit_in(cell.text)

    def _value(self, label: tuple[Kind, str], cell: Printed) -> bool:
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
                if meaning in self.filled.amounts:
                    return False
                self.filled.amounts[meaning] = Amount(cell, self._label_unit or self._unit)
            case _:
                return self._under_section(meaning, cell)
        self._ledger.use(cell)
        return True

    def _under_section(self, section: str, cell: Printed) -> bool:
        """A text behind the label of a section: a purpose or a goal."""
        if section == "goals":
            texts = self.filled.goals
        elif self._project and section in {"purpose", "funds"}:
            texts = self.filled.purpose
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
        if self._mode == "budget" and self._project and alone:
            self.filled.purpose += cells
        elif (self._mode == "plan" and alone) or (self._mode == "goals" and (alone or cells[0].column > 0)):
            self.filled.goals += cells
            self._mode = "goals"
        else:
            return False
        self._ledger.use(*cells)
        return True
