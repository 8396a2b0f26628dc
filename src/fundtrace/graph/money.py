"""Budget lines and spending schedules."""

from __future__ import annotations

from collections.abc import Iterable

from fundtrace.graph.forms import BOOLEAN, DECIMAL, INTEGER, IRI, TEXT, WORD, Form, code_of
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

_LINE = Form(
    c.BudgetLine,
    (p.lineKind, code_of("budget-line")),
    (p.yuan, DECIMAL),
    (p.printed, TEXT),
    (p.printedUnit, WORD),
    (p.source, IRI),
    (p.sourceRow, IRI),
)
_SCHEDULE = Form(
    c.SpendingSchedule,
    (p.scheduleKind, code_of("schedule")),
    (p.inferred, BOOLEAN),
    (p.source, IRI),
)
_POINT = Form(c.SchedulePoint, (p.ordinal, INTEGER), (p.month, INTEGER), (p.printed, TEXT), (p.source, IRI))


def write_lines(
    pen: Pen, owner: str, stem: str, amounts: Iterable[tuple[str, Money | None]], provenance: Provenance
) -> None:
    """States the printed amounts of a project or statement: pairs of kind and money."""
    for kind, money in amounts:
        if money is None:
            continue
        iri = pen.iris.part("budget-line", stem, kind.replace("_", "-"))
        pen.link(owner, p.budgetLine, iri)
        printed, unit = money.printed, money.unit
        pen.state[_LINE](
            iri,
            f"{LINE_LABELS[kind]} {printed.strip()}{unit or ''}",
            kind,
            money.yuan,
            printed,
            unit,
            provenance.source,
            provenance.row_of_cell(printed),
        )


def write_schedule(pen: Pen, owner: str, stem: str, schedule: Schedule, provenance: Provenance) -> None:
    """States a spending schedule and its printed points; a point that is not printed is absent, not zero."""
    iri, source = pen.iris.iri("schedule", stem), provenance.source
    pen.link(owner, p.schedule, iri)
    subject = pen.state[_SCHEDULE](iri, "资金支出计划", schedule.kind, schedule.inferred, source)
    points, state = schedule.points, pen.state[_POINT]
    places = pen.iris.parts("schedule-point", stem, range(1, len(points) + 1))
    pen.links(subject, p.schedulePoint, places)
    for ordinal, (point, place) in enumerate(zip(points, places, strict=True), start=1):
        month, printed = point.month, point.printed
        state(place, f"{month}月底 {printed.strip()}".strip(), ordinal, month, printed, source)
