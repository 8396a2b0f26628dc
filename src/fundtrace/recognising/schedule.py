"""资金支出计划: which kind of figures a spending plan prints, told from the figures themselves.

Many documents print amounts under a heading that says `%`; so the heading proves nothing. In order:

1. every figure has a percent sign: cumulative percentages, and nothing is inferred (unless the figures are shares
   that add up to 100 without ending there: then the kind is not told);
2. figures that end at the project's total: cumulative amounts; that sum to it: amounts of each period;
3. figures that rise to 100: cumulative percentages;
4. no figure for December, rising: equal steps that reach the total with the missing one are cumulative amounts; else
   figures up to 100 are cumulative percentages, as the heading says;
5. anything else: the kind cannot be told.

Where 2 and 3 both hold (a total of exactly 100), the other plans of the document decide: see `settle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from fundtrace.recognising.decimals import parse
from fundtrace.recognising.money import in_unit, read_money
from fundtrace.recognising.widths import narrow
from fundtrace.records import Money, Project, Schedule, SchedulePoint

ScheduleKind = Literal["percent_cumulative", "amount_cumulative", "amount_incremental"]

_HUNDRED = Decimal(100)
_DECEMBER = 12


def read_schedule(
    points: Iterable[tuple[int, str | None]], total: Money | None, unit: str | None
) -> Schedule | None:
    """The plan of the printed (month, text) points, for a project's total and the unit of its table.

    A point whose cell is empty is absent, not zero. None when no point is printed.
    """
    printed = tuple(
        SchedulePoint(month=month, printed=text.strip())
        for month, text in points
        if text is not None and text.strip() and 1 <= month <= _DECEMBER
    )
    if not printed:
        return None
    texts = [narrow(point.printed).replace(" ", "") for point in printed]
    signed = all(text.endswith("%") for text in texts)
    if signed:
        return Schedule(kind=_percent_kind(texts), inferred=False, points=printed)
    whole = in_unit(total, unit or total.unit or "") if total is not None else None
    kind = _amount_kind(texts, whole, unit, printed[-1].month)
    return Schedule(kind=kind, inferred=True, points=printed)


def settle(projects: Sequence[Project]) -> tuple[Project, ...]:
    """The projects of one document, with plans that are percentages and amounts at once told by the other plans.

    A plan that rises to 100 for a total of exactly 100 is taken for amounts when the document's other inferred plans
    are amounts, else for percentages.
    """
    others = [
        project.schedule.kind
        for project in projects
        if project.schedule is not None and project.schedule.inferred and not _both(project)
    ]
    amounts = sum(kind is not None and kind.startswith("amount") for kind in others)
    kind = "amount_cumulative" if amounts > others.count("percent_cumulative") else "percent_cumulative"
    return tuple(
        project.model_copy(update={"schedule": project.schedule.model_copy(update={"kind": kind})})
        if project.schedule is not None and _both(project)
        else project
        for project in projects
    )


def _both(project: Project) -> bool:
    plan, total = project.schedule, project.budget.total
    return (
        plan is not None
        and plan.inferred
        and plan.kind in {"percent_cumulative", "amount_cumulative"}
        and total is not None
        and in_unit(total, total.unit or "") == _HUNDRED
        and parse(narrow(plan.points[-1].printed)) == _HUNDRED
    )


def _percent_kind(texts: list[str]) -> ScheduleKind | None:
    values = [parse(text.removesuffix("%")) for text in texts]
    known = [value for value in values if value is not None]
    if len(known) > 1 and sum(known) == _HUNDRED != known[-1]:
        return None
    return "percent_cumulative"


def _amount_kind(
    texts: list[str], whole: Decimal | None, unit: str | None, last_month: int
) -> ScheduleKind | None:
    values = [_figure(text, unit) for text in texts]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    rising = all(before <= after for before, after in pairwise(known))
    if whole is not None and rising and known[-1] == whole:
        return "amount_cumulative"
    if whole is not None and sum(known) == whole:
        return "amount_incremental"
    if not rising or known[0] < 0:
        return None
    if known[-1] == _HUNDRED:
        return "percent_cumulative"
    if last_month == _DECEMBER:
        return None
    if whole is not None and _one_step_short(known, whole):
        return "amount_cumulative"
    return "percent_cumulative" if known[-1] < _HUNDRED else None


def _figure(text: str, unit: str | None) -> Decimal | None:
    number = parse(text.removesuffix("%"))
    if number is not None:
        return number
    money = read_money(text, unit)
    return in_unit(money, unit) if money is not None and unit is not None else None


def _one_step_short(values: list[Decimal], whole: Decimal) -> bool:
    steps = {after - before for before, after in zip([Decimal(0), *values], values, strict=False)}
    return len(values) > 1 and len(steps) == 1 and values[-1] + steps.pop() == whole
