"""Targets that other printed figures of the same project contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from fundtrace.recognising.decimals import DIGITS
from fundtrace.recognising.money import FACTORS, read_money
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.figures import exceeds, figure
from fundtrace.recognising.rules.telling import of_indicator, shown
from fundtrace.recognising.rules.words import rule_words
from fundtrace.recognising.widths import compact, narrow
from fundtrace.recognising.words import longest_first
from fundtrace.records import Finding, Indicator, Money, Target

_HUNDRED = Decimal(100)
_CLAUSE = re.compile(r"[,;。、!?\n]")
_SCORED = re.compile(r"[得扣加减][^,，。]{0,8}分|满分")
_EACH = re.compile(r"每(?!年)")


def cost_above_budget(evidence: Evidence) -> Iterator[Finding]:
    """cost-above-budget: a cost indicator promises an amount of money that is larger than the project's budget.

    An amount of more than twice the budget may be the cost of a thing that the project pays only a part of: it is
    told, and no contradiction.
    """
    for told in evidence.indicators:
        project, _, indicator = told
        if project is None or "成本" not in f"{indicator.level1}{indicator.level2}":
            continue
        cost = figure(_amount(indicator.target))
        budget = figure(evidence.document.projects[project].budget.total)
        if cost and budget and exceeds(cost, budget):
            yield of_indicator(
                "cost-above-budget",
                "warning" if cost.yuan <= 2 * budget.yuan else "info",
                f"成本指标“{shown(indicator.name)}”的指标值“{shown(indicator.target.printed)}”大于预算数“{budget.told}”",
                f"the cost indicator {shown(indicator.name)} has the target {shown(indicator.target.printed)}, "
                f"more than the printed budget {budget.told}",
                told,
            )


def indicator_two_targets(evidence: Evidence) -> Iterator[Finding]:
    """indicator-two-targets: one indicator stands twice in a project, with unlike numbers as its target.

    Targets of one printed row are those of several periods, and no contradiction.
    """
    seen: dict[tuple[int | None, int, str, str, str], Indicator] = {}
    for told in evidence.indicators:
        project, _, indicator = told
        name = compact(indicator.name or "")
        # A statement's indicators have no project; its own form keeps them apart from another statement's.
        form = 0 if project is not None else (indicator.position.table or 0)
        key = (project, form, compact(indicator.level2 or ""), name, compact(indicator.description or ""))
        first = seen.setdefault(key, indicator)
        apart = first.position != indicator.position
        if name and apart and _unlike(first.target, indicator.target):
            yield of_indicator(
                "indicator-two-targets",
                "warning",
                f"指标“{shown(indicator.name)}”有两个指标值：“{shown(first.target.printed)}”"
                f"（第 {first.line} 行）和“{shown(indicator.target.printed)}”",
                f"the indicator {shown(indicator.name)} has two targets: {shown(first.target.printed)} "
                f"(line {first.line}) and {shown(indicator.target.printed)}",
                told,
            )


def description_differs(evidence: Evidence) -> Iterator[Finding]:
    """description-differs: the description of an indicator prints another limit, in the same unit, than its target."""
    for told in evidence.indicators:
        indicator = told[2]
        limit = _limit(indicator)
        if limit is not None and limit[0] != Decimal(indicator.target.value or 0):
            yield of_indicator(
                "description-differs",
                "warning",
                f"指标“{shown(indicator.name)}”的描述为“{limit[1]}”，指标值为“{shown(indicator.target.printed)}”",
                f"the description of the indicator {shown(indicator.name)} prints {limit[1]}, "
                f"its target {shown(indicator.target.printed)}",
                told,
            )


def basis_number_differs(evidence: Evidence) -> Iterator[Finding]:
    """basis-number-differs: the basis is nothing but a number in the target's unit, and another number.

    It may be the figure of an earlier year, so it is only told.
    """
    for told in evidence.indicators:
        indicator = told[2]
        target = indicator.target
        if indicator.basis is None or target.kind != "numeric" or not target.unit or not target.value:
            continue
        basis, unit = narrow(indicator.basis.printed).strip(), narrow(target.unit)
        match = _alone(unit).fullmatch(basis) if basis.endswith(unit) else None
        if match is not None and Decimal(match[1].replace(",", "")) != Decimal(target.value):
            yield of_indicator(
                "basis-number-differs",
                "info",
                f"指标“{shown(indicator.name)}”的确定依据为“{shown(indicator.basis.printed)}”，"
                f"指标值为“{shown(target.printed)}”",
                f"the basis of the indicator {shown(indicator.name)} is {shown(indicator.basis.printed)}, "
                f"its target {shown(target.printed)}",
                told,
            )


def unit_cut_short(evidence: Evidence) -> Iterator[Finding]:
    """unit-cut-short: the description prints the target's number with a longer unit: 6 个月 beside ≤6 个."""
    for told in evidence.indicators:
        indicator = told[2]
        target = indicator.target
        if target.unit != "个" or target.value is None or indicator.description is None:
            continue
        description = narrow(indicator.description)
        match = _longer_unit(target.value).search(description) if target.value in description else None
        if match is not None:
            yield of_indicator(
                "unit-cut-short",
                "warning",
                f"指标“{shown(indicator.name)}”的描述为“{match[0]}”，指标值为“{shown(target.printed)}”",
                f"the description of the indicator {shown(indicator.name)} prints {match[0]}, "
                f"its target {shown(target.printed)}",
                told,
            )


def rate_above_hundred(evidence: Evidence) -> Iterator[Finding]:
    """rate-above-hundred: a rate that is a share of a whole (参保率, 满意度) has a target above 100 %."""
    for told in evidence.indicators:
        indicator = told[2]
        target = indicator.target
        if target.unit != "%" or target.value is None or target.kind == "text_with_number":
            continue
        value = Decimal(target.value)
        if (value > _HUNDRED or (value == _HUNDRED and target.comparator == ">")) and _is_rate(
            indicator.name
        ):
            yield of_indicator(
                "rate-above-hundred",
                "info",
                f"指标“{shown(indicator.name)}”的指标值“{shown(target.printed)}”大于 100%",
                f"the target {shown(target.printed)} of the indicator {shown(indicator.name)} is above 100 %",
                told,
            )


def _amount(target: Target) -> Money | None:
    """The amount that a target is, where its unit is one of money and it is a plain number."""
    if target.kind not in {"numeric", "approximate"} or target.value is None or target.unit not in FACTORS:
        return None
    number = re.search(DIGITS, narrow(target.printed or ""))
    return read_money(number[0] if number else target.value, target.unit)


def _unlike(one: Target, other: Target) -> bool:
    told = {"numeric", "approximate"}
    if one.value is None or other.value is None or not {one.kind, other.kind} <= told:
        return False
    return (one.value, one.unit) != (other.value, other.unit)


def _limit(indicator: Indicator) -> tuple[Decimal, str] | None:
    """The one limit that the description prints in the target's unit, and its words.

    A percentage counts only behind the indicator's own name, since a description often names other shares too.
    """
    target = indicator.target
    if indicator.description is None or target.kind != "numeric" or not target.unit or not target.value:
        return None
    if _SCORED.search(indicator.description):
        return None
    found: dict[Decimal, str] = {}
    unit = narrow(target.unit)
    for clause in _CLAUSE.split(narrow(indicator.description)):
        if unit not in clause or _EACH.search(clause):
            continue
        if target.unit == "%" and compact(indicator.name or "?") not in compact(clause):
            continue
        for match in _limits(unit).finditer(clause):
            number = match["number"] or match["bounded"]
            found.setdefault(Decimal(number.replace(",", "")), match[0].strip())
    return next(iter(found.items())) if len(found) == 1 else None


@lru_cache(maxsize=256)
def _limits(unit: str) -> re.Pattern[str]:
    unit = re.escape(narrow(unit))
    before, behind = longest_first(rule_words("limits")), longest_first(rule_words("bounds"))
    end = rf"(?![/·次]|{longest_first(rule_words('measured'))})"
    return re.compile(
        rf"(?:{before})\s*(?P<number>{DIGITS})\s*{unit}{end}|(?<![0-9.])(?P<bounded>{DIGITS})\s*{unit}{end}(?:{behind})"
    )


@lru_cache(maxsize=256)
def _alone(unit: str) -> re.Pattern[str]:
    return re.compile(rf"({DIGITS})\s*{re.escape(narrow(unit))}")


@lru_cache(maxsize=256)
def _longer_unit(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9.]){re.escape(value)}\s*个(?:{longest_first(rule_words('measured'))})")


def _is_rate(name: str | None) -> bool:
    text = compact(name or "")
    return text.endswith(tuple(rule_words("rates"))) and not any(
        word in text for word in rule_words("open_rates")
    )
