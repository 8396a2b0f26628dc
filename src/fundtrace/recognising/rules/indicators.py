"""Indicators whose target or basis says nothing of its own."""

from __future__ import annotations

from collections.abc import Iterator

from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.telling import of_indicator, shown
from fundtrace.records import Finding


def target_without_number(evidence: Evidence) -> Iterator[Finding]:
    """target-without-number: a unit (人, %) is printed as the target, without the number that it measures."""
    for told in evidence.indicators:
        indicator = told[2]
        if indicator.target.kind == "unit_only":
            printed = shown(indicator.target.printed)
            yield of_indicator(
                "target-without-number",
                "warning",
                f"指标“{shown(indicator.name)}”的指标值只有单位“{printed}”，没有数值",
                f"the target of {shown(indicator.name)} is the unit {printed} without a number",
                told,
            )


def target_malformed(evidence: Evidence) -> Iterator[Finding]:
    """target-malformed: signs, figures and units that make no target together: %100%, ≥%."""
    for told in evidence.indicators:
        indicator = told[2]
        if indicator.target.kind == "malformed":
            printed = shown(indicator.target.printed)
            yield of_indicator(
                "target-malformed",
                "warning",
                f"指标“{shown(indicator.name)}”的指标值“{printed}”写法不完整或有误",
                f"the target {printed} of {shown(indicator.name)} is not written as a whole target is",
                told,
            )


def basis_repeats_indicator(evidence: Evidence) -> Iterator[Finding]:
    """basis-repeats-indicator: the ground of a target is the indicator's own name or description."""
    for told in evidence.indicators:
        basis = told[2].basis
        if basis is not None and basis.category == "repeats_indicator":
            yield of_indicator(
                "basis-repeats-indicator",
                "info",
                f"指标值确定依据“{shown(basis.printed)}”重复了指标本身",
                f"the basis {shown(basis.printed)} repeats the indicator itself",
                told,
            )
