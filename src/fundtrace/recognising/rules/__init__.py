"""Findings: small rules, each with a stable code, that say what a reader of a document should know.

They speak of the printed text, never of conduct; what is a matter of judgement is `info` at most. Each code has a page
in `docs/findings/` that says what it means and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fundtrace.recognising.rules import (
    amounts,
    codes,
    contents,
    documents,
    goals,
    indicators,
    layout,
    plans,
    sums,
    tables,
    targets,
)
from fundtrace.recognising.rules.capping import CAPPED, capped
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.records import Finding

__all__ = ["CODES", "RULES", "Evidence", "Rule", "findings"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it looks at evidence with, and the codes of the findings that it may give."""

    find: Callable[[Evidence], Iterator[Finding]]
    codes: tuple[str, ...]


def _rules(*finds: Callable[[Evidence], Iterator[Finding]]) -> Iterator[Rule]:
    """Rules that give one code each: the name of the function."""
    for find in finds:
        yield Rule(find, (find.__name__.replace("_", "-"),))


RULES: tuple[Rule, ...] = (
    *_rules(
        layout.contact_withheld,
        layout.missing_required_cell,
        layout.missing_target,
        layout.table_not_understood,
        layout.region_not_known,
        layout.fiscal_year_not_known,
    ),
    Rule(layout.cell_unclaimed, ("cell-unclaimed", "row-not-understood")),
    *_rules(
        plans.percentage_outside_range,
        plans.plan_descends,
        plans.plan_not_complete,
        plans.plan_without_december,
        plans.amounts_under_percent,
        amounts.amount_not_read,
        sums.budget_parts_differ,
        sums.stated_amount_differs,
        sums.projects_sum_differs,
        sums.statement_parts_differ,
        sums.income_expenditure_differ,
        tables.table_total_differs,
        tables.table_sides_differ,
        codes.project_code_malformed,
        codes.project_code_repeated,
        codes.project_code_other_region,
        codes.project_code_earlier_year,
        codes.fiscal_year_differs,
        contents.template_text,
        goals.goals_repeated,
        targets.cost_above_budget,
        targets.indicator_two_targets,
        targets.description_differs,
        targets.basis_number_differs,
        targets.unit_cut_short,
        targets.rate_above_hundred,
        indicators.target_without_number,
        indicators.target_malformed,
        indicators.basis_repeats_indicator,
        documents.unlike_titles,
        documents.issuer_unknown,
        documents.near_duplicate_numbers,
        documents.title_truncated,
        documents.number_without_serial,
    ),
)

CODES: tuple[str, ...] = (*(code for rule in RULES for code in rule.codes), CAPPED)
"""Every code that a document's findings may have."""


def findings(evidence: Evidence, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """What every rule finds, in the order of lines, then of rules; no more of one code than `limits.yml` allows."""
    found = [finding for rule in rules for finding in rule.find(evidence)]
    return capped(sorted(found, key=lambda finding: finding.line))
