"""What is budgeted: projects, their schedules, goals, indicators and targets; statements of departments; money."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fundtrace.graphql import enums
from fundtrace.graphql.binding import Bound, Embedded, One, Pages, Parts, Special, Value, Way

_CITES: Final = Way("FundingDocument", "Project", "cites")

BUDGETS: Final[Mapping[str, Bound]] = MappingProxyType(
    {
        "ProjectSeries": Bound(
            "ProjectSeries",
            {
                "code": Value("code"),
                "projects": Pages(Way("Project", "Project", "inSeries", backwards=True)),
                "source": Special("source"),
            },
        ),
        "Project": Bound(
            "Project",
            {
                "code": Value("code"),
                "name": Value("name"),
                "fiscalYear": Value("fiscalYear"),
                "stage": Value("stage", enums.Stage),
                "purpose": Value("purpose"),
                "implementingUnit": Value("implementingUnit"),
                "fundLevel": Value("fundLevel", enums.FundLevel),
                "fundingSource": Value("fundingSource", enums.FundingSource),
                "directFunds": Value("directFunds"),
                "withoutNumber": Value("withoutNumber", enums.WithoutNumber),
                "line": Value("line"),
                "unit": One("unit"),
                "department": One("department"),
                "region": One("region"),
                "series": One("inSeries"),
                "budget": Special("budget"),
                "lines": Parts(Way("BudgetLine", "Project", "budgetLine")),
                "schedule": One("schedule"),
                "goals": Parts(Way("Goal", "Project", "goal")),
                "indicators": Parts(Way("Indicator", "Project", "indicator")),
                "citations": Parts(Way("Citation", "Project", "citation")),
                "cites": Pages(_CITES, cites=True),
                "possiblyFundedUnder": Parts(Way("FundingDocument", "Project", "possiblyFundedUnder")),
                "suggestions": Pages(Way("Suggestion", "Suggestion", "suggests", backwards=True)),
                "source": Special("source"),
            },
            columns=("totalBudget", "fiscalBudget", "carryoverBudget", "otherBudget"),
            filters={
                "fundedUnder": Way("FundingDocument", "Project", "fundedUnder"),
                "basedOn": Way("FundingDocument", "Project", "basedOn"),
                "mentions": Way("FundingDocument", "Project", "mentions"),
                "sources": Way("SourceDocument", "Project", "source"),
            },
        ),
        "SpendingSchedule": Bound(
            "SpendingSchedule",
            {
                "kind": Value("scheduleKind", enums.ScheduleKind),
                "inferred": Value("inferred"),
                "points": Parts(Way("SchedulePoint", "SpendingSchedule", "schedulePoint")),
                "source": Special("source"),
            },
        ),
        "SchedulePoint": Bound(
            "SchedulePoint", {"month": Value("month"), "printed": Value("printed")}, node=False
        ),
        "Goal": Bound(
            "Goal",
            {
                "ordinal": Value("ordinal"),
                "text": Value("text"),
                "section": Value("section"),
                "heading": Value("heading"),
                "line": Value("line"),
                "source": Special("source"),
            },
        ),
        "Indicator": Bound(
            "Indicator",
            {
                "ordinal": Value("ordinal"),
                "level1": Value("level1"),
                "level2": Value("level2"),
                "name": Value("name"),
                "description": Value("description"),
                "line": Value("line"),
                "category": One("category"),
                "target": One("target"),
                "basis": Embedded("Basis", "basisText"),
                "of": One("indicatorOf"),
                "citations": Pages(Way("Citation", "Citation", "citingIndicator", backwards=True)),
                "source": Special("source"),
            },
            columns=("basisText",),
            filters={"projects": Way("Project", "Project", "indicator", backwards=True)},
        ),
        "Basis": Bound(
            "Indicator",
            {"printed": Value("basisText"), "category": Value("basisCategory", enums.BasisCategory)},
            node=False,
        ),
        "Target": Bound(
            "Target",
            {
                "printed": Value("printed"),
                "comparator": Value("comparator"),
                "value": Value("value"),
                "unit": Value("valueUnit"),
                "normalisedValue": Value("normalisedValue"),
                "normalisedUnit": One("normalisedUnit"),
                "kind": Value("targetKind", enums.TargetKind),
            },
            node=False,
        ),
        "DepartmentStatement": Bound(
            "DepartmentStatement",
            {
                "fiscalYear": Value("fiscalYear"),
                "stage": Value("stage", enums.Stage),
                "unit": One("unit"),
                "department": One("department"),
                "region": One("region"),
                "lines": Parts(Way("BudgetLine", "DepartmentStatement", "budgetLine")),
                "goals": Parts(Way("Goal", "DepartmentStatement", "goal")),
                "indicators": Parts(Way("Indicator", "DepartmentStatement", "indicator")),
                "line": Value("line"),
                "source": Special("source"),
            },
        ),
        "BudgetLine": Bound(
            "BudgetLine",
            {
                "kind": Value("lineKind", enums.LineKind),
                "money": Embedded("Money"),
                "fundingSource": Value("fundingSource", enums.FundingSource),
                "source": Special("source"),
            },
        ),
        "Money": Bound(
            "BudgetLine",
            {"yuan": Value("yuan"), "printed": Value("printed"), "unit": Value("printedUnit")},
            node=False,
        ),
    }
)
"""The types of what is budgeted and promised, by name."""
