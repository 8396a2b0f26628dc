"""The table of types: what each field of the schema is in the index. Schema and compiler are both made from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fundtrace.graphql.binding import Bound
from fundtrace.graphql.budgets import BUDGETS
from fundtrace.graphql.papers import PAPERS
from fundtrace.graphql.places import PLACES

BOUND: Final[Mapping[str, Bound]] = MappingProxyType({**PLACES, **BUDGETS, **PAPERS})
"""The types that are made of rows, by name."""

ROOTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "agencies": "Agency",
        "budgetTables": "BudgetTable",
        "citations": "Citation",
        "departments": "Department",
        "findings": "Finding",
        "fundingDocuments": "FundingDocument",
        "indicators": "Indicator",
        "projects": "Project",
        "regions": "Region",
        "series": "ProjectSeries",
        "sources": "SourceDocument",
        "statements": "DepartmentStatement",
        "suggestions": "Suggestion",
        "units": "BudgetUnit",
    }
)
"""Connections over all entities of a type, by field of `Query`."""

NODES: Final = tuple(name for name, bound in BOUND.items() if bound.node)
"""The types that have an id."""

PAGED: Final = frozenset({*ROOTS.values(), "BudgetObservation"})
"""The types that have connections, filters and orders."""

MEASURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "total": "totalBudget",
        "fiscal": "fiscalBudget",
        "carryover": "carryoverBudget",
        "other": "otherBudget",
    }
)
"""The parts of a project's budget and their columns."""
