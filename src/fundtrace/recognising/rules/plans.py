"""Spending plans that say what a plan of their kind cannot mean."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from fundtrace.recognising.decimals import parse
from fundtrace.recognising.money import in_unit
from fundtrace.recognising.project_table import ReadProject
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.widths import narrow
from fundtrace.records import Finding, Message, SchedulePoint
from fundtrace.records.document import Severity

_HUNDRED = Decimal(100)
_DECEMBER = 12


def percentage_outside_range(evidence: Evidence) -> Iterator[Finding]:
    """percentage-outside-range: a figure with a percent sign that is below 0 or above 100."""
    for number, form in enumerate(evidence.forms):
        for point in _points(form):
            value = _value(point)
            if narrow(point.printed).endswith("%") and value is not None and not 0 <= value <= _HUNDRED:
                yield _finding(
                    "percentage-outside-range",
                    form,
                    number,
                    f"资金支出计划{point.month}月底为“{point.printed}”，不在 0 至 100% 之间",
                    f"the spending plan prints {point.printed} for month {point.month}, outside 0 to 100 %",
                )


def plan_descends(evidence: Evidence) -> Iterator[Finding]:
    """plan-descends: a cumulative plan whose figures go down.

    A plan of a kind that cannot be told is asked only when it ends the year at 100 or at the budget, as cumulative
    figures do: others may be figures of single periods.
    """
    for number, form in enumerate(evidence.forms):
        values = [(point, _value(point)) for point in _points(form)]
        if _kind(form) not in {"percent_cumulative", "amount_cumulative"} and not _ends_whole(form):
            continue
        for (before, first), (after, second) in pairwise(values):
            if first is not None and second is not None and second < first:
                yield _finding(
                    "plan-descends",
                    form,
                    number,
                    f"资金支出计划由{before.month}月底的“{before.printed}”降至{after.month}月底的“{after.printed}”",
                    f"the spending plan goes down from {before.printed} (month {before.month}) "
                    f"to {after.printed} (month {after.month})",
                )


def plan_not_complete(evidence: Evidence) -> Iterator[Finding]:
    """plan-not-complete: a percentage plan whose figure for December is not 100."""
    for number, form in enumerate(evidence.forms):
        last = next((point for point in reversed(_points(form)) if point.month == _DECEMBER), None)
        if last and _kind(form) == "percent_cumulative" and _value(last) not in (None, _HUNDRED):
            yield _finding(
                "plan-not-complete",
                form,
                number,
                f"资金支出计划年底为“{last.printed}”，未达到 100%",
                f"the spending plan ends the year at {last.printed}, not at 100 %",
            )


def plan_without_december(evidence: Evidence) -> Iterator[Finding]:
    """plan-without-december: a plan prints figures, but none for the end of the year: missing, not zero."""
    for number, form in enumerate(evidence.forms):
        points = _points(form)
        if points and all(point.month != _DECEMBER for point in points):
            yield _finding(
                "plan-without-december",
                form,
                number,
                "资金支出计划没有印出年底的数字",
                "the spending plan prints no figure for the end of the year",
                severity="info",
            )


def amounts_under_percent(evidence: Evidence) -> Iterator[Finding]:
    """amounts-under-percent: a plan headed % whose figures are amounts of money."""
    for number, form in enumerate(evidence.forms):
        kind = _kind(form)
        if kind and kind.startswith("amount") and "%" in narrow(form.plan_heading or ""):
            yield _finding(
                "amounts-under-percent",
                form,
                number,
                "资金支出计划的表头为 %，所印数字却是金额",
                "the spending plan is headed %, but its figures are amounts of money",
            )


def _points(form: ReadProject) -> tuple[SchedulePoint, ...]:
    return form.project.schedule.points if form.project.schedule else ()


def _kind(form: ReadProject) -> str | None:
    return form.project.schedule.kind if form.project.schedule else None


def _ends_whole(form: ReadProject) -> bool:
    """Whether a plan of no known kind ends the year at its whole, and its figures do not add up to it."""
    points, total = _points(form), form.project.budget.total
    values = [value for point in points if (value := _value(point)) is not None]
    if _kind(form) is not None or not points or points[-1].month != _DECEMBER or len(values) < len(points):
        return False
    wholes = {_HUNDRED, in_unit(total, total.unit or "") if total else None}
    return values[-1] in wholes and sum(values) not in wholes


def _value(point: SchedulePoint) -> Decimal | None:
    return parse(narrow(point.printed).strip().removesuffix("%").strip())


def _finding(
    code: str, form: ReadProject, number: int, zh: str, en: str, *, severity: Severity = "warning"
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=Message(zh=zh, en=en),
        project=number,
        line=form.plan_line or form.project.line,
        position=form.plan_position or form.project.position,
    )
