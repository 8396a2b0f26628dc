"""The table of types: what each field of the schema is in the index. Schema and compiler are both made from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fundtrace.graphql import enums
from fundtrace.graphql.binding import (
    Bound,
    Embedded,
    FirstText,
    One,
    Pages,
    Parts,
    Special,
    Texts,
    Value,
    Way,
)

_IN_REGION: Final = {
    "projects": Pages(Way("Project", "Project", "region", backwards=True)),
    "departments": Pages(Way("Department", "Department", "region", backwards=True)),
}
_CITES: Final = Way("FundingDocument", "Project", "cites")
_CITED_BY: Final = Way("Project", "Project", "cites", backwards=True)

BOUND: Final[Mapping[str, Bound]] = MappingProxyType(
    {
        "Region": Bound(
            "Region",
            {
                "code": Value("code"),
                "name": FirstText("name"),
                "names": Texts("name"),
                "gbCode": Value("gbCode"),
                "inferred": Value("inferred"),
                "parent": One("parentRegion"),
                "children": Pages(Way("Region", "Region", "parentRegion", backwards=True)),
                **_IN_REGION,
            },
        ),
        "Department": Bound(
            "Department",
            {
                "code": Value("code"),
                "name": FirstText("name"),
                "names": Texts("name"),
                "derived": Value("derived"),
                "region": One("region"),
                "units": Pages(Way("BudgetUnit", "BudgetUnit", "department", backwards=True)),
                "projects": Pages(Way("Project", "Project", "department", backwards=True)),
                "sources": Pages(Way("SourceDocument", "SourceDocument", "department", backwards=True)),
                "source": Special("source"),
            },
        ),
        "BudgetUnit": Bound(
            "BudgetUnit",
            {
                "code": Value("code"),
                "name": FirstText("name"),
                "names": Texts("name"),
                "department": One("department"),
                "region": One("region"),
                "projects": Pages(Way("Project", "Project", "unit", backwards=True)),
                "source": Special("source"),
            },
        ),
        "Agency": Bound(
            "Agency",
            {
                "name": Value("name"),
                "level": Value("agencyLevel", enums.AgencyLevel),
                "region": One("region"),
                "documents": Pages(Way("FundingDocument", "FundingDocument", "leadAgency", backwards=True)),
            },
        ),
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
                "directFunds": Value("directFunds"),
                "line": Value("line"),
                "unit": One("unit"),
                "department": One("department"),
                "region": One("region"),
                "series": One("inSeries"),
                "budget": Special("budget"),
                "schedule": One("schedule"),
                "goals": Parts(Way("Goal", "Project", "goal")),
                "indicators": Parts(Way("Indicator", "Project", "indicator")),
                "citations": Parts(Way("Citation", "Project", "citation")),
                "cites": Pages(_CITES, cites=True),
                "source": Special("source"),
            },
            columns=("totalBudget", "fiscalBudget", "carryoverBudget", "otherBudget"),
            filters={
                "fundedUnder": Way("FundingDocument", "Project", "fundedUnder"),
                "basedOn": Way("FundingDocument", "Project", "basedOn"),
                "mentions": Way("FundingDocument", "Project", "mentions"),
            },
        ),
        "SpendingSchedule": Bound(
            "SpendingSchedule",
            {
                "kind": Value("scheduleKind", enums.ScheduleKind),
                "inferred": Value("inferred"),
                "points": Parts(Way("SchedulePoint", "SpendingSchedule", "schedulePoint")),
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
            filters={
                "projects": Way("Project", "Project", "indicator", backwards=True),
            },
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
                "kind": Value("targetKind", enums.TargetKind),
            },
            node=False,
        ),
        "Concept": Bound(
            "Concept",
            {"notation": Value("notation"), "broader": One("broader"), "theme": One("theme")},
        ),
        "FundingDocument": Bound(
            "FundingDocument",
            {
                "number": Value("number"),
                "title": Special("title"),
                "titles": Texts("title"),
                "writtenForms": Texts("writtenForm"),
                "kind": Value("documentKind", enums.DocumentKind),
                "issuerCode": Value("issuerCode"),
                "year": Value("year"),
                "serial": Value("serial"),
                "field": Value("field"),
                "printedIssuers": Texts("printedIssuer"),
                "leadAgency": One("leadAgency"),
                "scope": One("scope"),
                "fundedBudget": Special("fundedBudget"),
                "citedBy": Pages(_CITED_BY, cites=True),
                "citations": Pages(Way("Citation", "Citation", "citedDocument", backwards=True)),
                "source": Special("source"),
            },
            filters={
                "funds": Way("Project", "Project", "fundedUnder", backwards=True),
            },
        ),
        "Citation": Bound(
            "Citation",
            {
                "ordinal": Value("ordinal"),
                "place": Value("place", enums.Place),
                "role": Value("role", enums.Role),
                "reason": Value("reason"),
                "printed": Value("printed"),
                "article": Value("article"),
                "statedAmount": Value("statedAmount"),
                "line": Value("line"),
                "document": One("citedDocument"),
                "project": One("citingProject"),
                "indicator": One("citingIndicator"),
                "source": Special("source"),
            },
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
                "source": Special("source"),
            },
        ),
        "BudgetLine": Bound(
            "BudgetLine",
            {
                "kind": Value("lineKind", enums.LineKind),
                "money": Embedded("Money"),
                "source": Special("source"),
            },
        ),
        "Money": Bound(
            "BudgetLine",
            {"yuan": Value("yuan"), "printed": Value("printed"), "unit": Value("printedUnit")},
            node=False,
        ),
        "SourceDocument": Bound(
            "SourceDocument",
            {
                "fileName": Value("fileName"),
                "sha256": Value("sha256"),
                "format": Value("format"),
                "titles": Texts("title"),
                "publisher": Value("publisher"),
                "fiscalYear": Value("fiscalYear"),
                "stage": Value("stage", enums.Stage),
                "department": One("department"),
                "region": One("region"),
                "projects": Pages(Way("Project", "Project", "source", backwards=True)),
            },
        ),
        "SourceRow": Bound(
            "SourceRow",
            {
                "page": Value("page"),
                "table": Value("table"),
                "row": Value("row"),
                "line": Value("line"),
                "cells": Value("cells"),
            },
            node=False,
        ),
        "Finding": Bound(
            "Finding",
            {
                "code": Value("code"),
                "severity": Value("severity", enums.Severity),
                "message": Special("message"),
                "line": Value("line"),
                "about": Special("about"),
                "source": Special("source"),
            },
        ),
    }
)
"""The types that are made of rows, by name."""

ROOTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "agencies": "Agency",
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
        "units": "BudgetUnit",
    }
)
"""Connections over all entities of a type, by field of `Query`."""

NODES: Final = tuple(name for name, bound in BOUND.items() if bound.node)
"""The types that have an id."""

PAGED: Final = frozenset(ROOTS.values())
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
