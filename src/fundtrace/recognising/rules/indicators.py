"""Indicators whose target or basis says nothing of its own."""

from __future__ import annotations

from collections.abc import Iterator

from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.records import Finding, Message


def target_without_number(evidence: Evidence) -> Iterator[Finding]:
    """target-without-number: a unit (人, %) is printed as the target, without the number that it measures."""
    for project, number, indicator in evidence.indicators:
        if indicator.target.kind == "unit_only":
            yield Finding(
                code="target-without-number",
                severity="warning",
                message=Message(
                    zh=f"指标值只有单位“{indicator.target.printed}”，没有数值",
                    en=f"the target is the unit {indicator.target.printed} without a number",
                ),
                project=project,
                indicator=number,
                line=indicator.line,
                position=indicator.position,
            )


def basis_repeats_indicator(evidence: Evidence) -> Iterator[Finding]:
    """basis-repeats-indicator: the ground of a target is the indicator's own name or description."""
    for project, number, indicator in evidence.indicators:
        if indicator.basis and indicator.basis.category == "repeats_indicator":
            yield Finding(
                code="basis-repeats-indicator",
                severity="info",
                message=Message(
                    zh="指标值确定依据重复了指标本身",
                    en="the basis of the target repeats the indicator itself",
                ),
                project=project,
                indicator=number,
                line=indicator.line,
                position=indicator.position,
            )
