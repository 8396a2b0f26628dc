"""单位整体支出绩效目标表: a unit's own figures, goals and indicators."""

from __future__ import annotations

from dataclasses import dataclass

from fundtrace.recognising.captions import coded, money_unit_above
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.form_rows import FormRows
from fundtrace.recognising.forms import Form
from fundtrace.recognising.goals import split_goals
from fundtrace.recognising.grid import Printed, one_line
from fundtrace.recognising.indicators import records
from fundtrace.recognising.money import read_money
from fundtrace.records import DepartmentStatement, StatementBudget, Unit


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A statement, the unit of money that governs its amounts, the cells of its goals, and the texts above it."""

    statement: DepartmentStatement
    money_unit: str | None
    goal_cells: tuple[Printed, ...]
    captions: tuple[str, ...]


def read_statement(form: Form, ledger: Ledger) -> ReadStatement | None:
    """The statement of a form; None when the name of its unit is not printed."""
    read = FormRows(form, ledger)
    cell = read.filled.fields.get("statement_unit") or read.filled.fields.get("unit")
    if cell is None:
        return None
    caption_unit = money_unit_above(form.captions)
    known = StatementBudget.model_fields
    amounts = {part: amount for part, amount in read.filled.amounts.items() if part in known}
    others = [amount.cell for part, amount in read.filled.amounts.items() if part not in known]
    ledger.pass_over("amount-not-modelled", others)
    money = {
        part: read_money(amount.cell.text, amount.unit or caption_unit) for part, amount in amounts.items()
    }
    units = [amount.unit or caption_unit for amount in amounts.values()]
    named = coded(one_line(cell.text))
    statement = DepartmentStatement(
        unit=Unit(code=named[0], name=named[1]) if named else Unit(code=None, name=one_line(cell.text)),
        budget=StatementBudget(**money),
        goals=split_goals(goal.text for goal in read.filled.goals),
        indicators=records(read.indicators.drafts),
        rows=tuple(row.source for row in read.filled.rows),
        line=form.line,
        position=form.rows[0].position,
    )
    return ReadStatement(
        statement=statement,
        money_unit=units[0] if units else caption_unit,
        goal_cells=tuple(read.filled.goals),
        captions=tuple(caption.text for caption in form.captions),
    )
