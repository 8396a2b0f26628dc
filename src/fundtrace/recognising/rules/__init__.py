"""Findings: small rules, each with a stable code, that say what a reader of a document should know.

They speak of the printed text, never of conduct; what is a matter of judgement is `info` at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fundtrace.recognising.rules import contents, indicators, layout, plans
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.records import Finding

__all__ = ["RULES", "Evidence", "findings"]

Rule = Callable[[Evidence], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    layout.contact_withheld,
    layout.missing_required_cell,
    layout.missing_target,
    layout.table_not_understood,
    layout.cell_unclaimed,
    plans.percentage_outside_range,
    plans.plan_descends,
    plans.plan_not_complete,
    plans.plan_without_december,
    plans.amounts_under_percent,
    contents.template_text,
    indicators.target_without_number,
    indicators.basis_repeats_indicator,
)


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """What every rule finds, in the order of lines, then of rules."""
    found = [finding for rule in RULES for finding in rule(evidence)]
    return tuple(sorted(found, key=lambda finding: finding.line))
