"""Budget lines and spending schedules."""

from __future__ import annotations

from collections.abc import Iterable

from fundtrace.graph.pen import Pen
from fundtrace.graph.provenance import Provenance
from fundtrace.records import Money, Schedule
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

LINE_LABELS = {
    "total": "预算数",
    "fiscal": "财政资金",
    "carryover": "上年结转",
    "other": "其他资金",
    "basic_personnel": "基本支出·人员经费",
    "basic_public": "基本支出·公用经费",
    "basic_total": "基本支出合计",
    "project": "项目支出",
    "expenditure_total": "支出预算合计",
    "income_total": "收入预算合计",
}
"""What a budget line of each kind is called in its label, before the printed amount."""


def write_lines(
    pen: Pen, owner: str, stem: str, amounts: Iterable[tuple[str, Money | None]], provenance: Provenance
) -> None:
    """States the printed amounts of a project or statement: pairs of kind and money."""
    for kind, money in amounts:
        if money is None:
            continue
        unit = money.unit or ""
        iri = pen.iris.part("budget-line", stem, kind.replace("_", "-"))
        subject = pen.entity(c.BudgetLine, iri, f"{LINE_LABELS[kind]} {money.printed.strip()}{unit}")
        pen.link(owner, p.budgetLine, iri)
        pen.concept(subject, p.lineKind, "budget-line", kind)
        pen.decimal(subject, p.yuan, money.yuan)
        pen.text(subject, p.printed, money.printed)
        pen.text(subject, p.printedUnit, money.unit)
        provenance.source(subject)
        provenance.row_of_cell(subject, money.printed)


def write_schedule(pen: Pen, owner: str, stem: str, schedule: Schedule, provenance: Provenance) -> None:
    """States a spending schedule and its printed points; a point that is not printed is absent, not zero."""
    iri = pen.iris.iri("schedule", stem)
    subject = pen.entity(c.SpendingSchedule, iri, "资金支出计划")
    pen.link(owner, p.schedule, iri)
    pen.concept(subject, p.scheduleKind, "schedule", schedule.kind)
    pen.boolean(subject, p.inferred, schedule.inferred)
    provenance.source(subject)
    for ordinal, point in enumerate(schedule.points, start=1):
        point_iri = pen.iris.part("schedule-point", stem, ordinal)
        point_subject = pen.entity(
            c.SchedulePoint, point_iri, f"{point.month}月底 {point.printed.strip()}".strip()
        )
        pen.link(subject, p.schedulePoint, point_iri)
        pen.integer(point_subject, p.ordinal, ordinal)
        pen.integer(point_subject, p.month, point.month)
        pen.text(point_subject, p.printed, point.printed)
        provenance.source(point_subject)
