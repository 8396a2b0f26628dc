"""What is cited and what was read: funding documents, citations, suggestions; sources, printed tables, findings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fundtrace.graphql import enums
from fundtrace.graphql.binding import Bound, Embedded, One, Pages, Special, Texts, Value, Way

_CITED_BY: Final = Way("Project", "Project", "cites", backwards=True)

PAPERS: Final[Mapping[str, Bound]] = MappingProxyType(
    {
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
                "status": Value("documentStatus", enums.DocumentStatus),
                "statusAddress": Value("statusAddress"),
                "statusDate": Value("statusDate"),
                "address": Value("address"),
                "datePublished": Value("datePublished"),
                "dateRetrieved": Value("dateRetrieved"),
                "fundedBudget": Special("fundedBudget"),
                "trace": Special("trace"),
                "citedBy": Pages(_CITED_BY, cites=True),
                "citations": Pages(Way("Citation", "Citation", "citedDocument", backwards=True)),
                "suggestions": Pages(Way("Suggestion", "Suggestion", "suggests", backwards=True)),
                "source": Special("source"),
            },
            filters={
                "funds": Way("Project", "Project", "fundedUnder", backwards=True),
                "possiblyFunds": Way("Project", "Project", "possiblyFundedUnder", backwards=True),
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
        "Suggestion": Bound(
            "Suggestion",
            {
                "kind": Value("suggestionKind", enums.SuggestionKind),
                "reason": Value("reason"),
                "confidence": Value("confidence"),
                "decision": Value("decision", enums.Decision),
                "decidedBy": Value("decidedBy"),
                "decidedOn": Value("decidedOn"),
                "about": Special("suggests"),
            },
        ),
        "SourceDocument": Bound(
            "SourceDocument",
            {
                "fileName": Value("fileName"),
                "sha256": Value("sha256"),
                "format": Value("format"),
                "titles": Texts("title"),
                "publisher": Value("publisher"),
                "address": Value("address"),
                "datePublished": Value("datePublished"),
                "dateRetrieved": Value("dateRetrieved"),
                "fiscalYear": Value("fiscalYear"),
                "stage": Value("stage", enums.Stage),
                "department": One("department"),
                "region": One("region"),
                "projects": Pages(Way("Project", "Project", "source", backwards=True)),
                "budgetTables": Pages(Way("BudgetTable", "BudgetTable", "source", backwards=True)),
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
        "BudgetTable": Bound(
            "BudgetTable",
            {
                "title": Value("title"),
                "kind": Value("tableKind", enums.TableKind),
                "fiscalYear": Value("fiscalYear"),
                "stage": Value("stage", enums.Stage),
                "note": Value("note"),
                "line": Value("line"),
                "columns": Texts("column"),
                "department": One("department"),
                "region": One("region"),
                "observations": Pages(Way("BudgetObservation", "BudgetTable", "observation")),
                "source": Special("source"),
            },
        ),
        "BudgetObservation": Bound(
            "BudgetObservation",
            {
                "ordinal": Value("ordinal"),
                "row": Value("row"),
                "column": Value("column"),
                "level": Value("rowLevel"),
                "leaf": Value("isLeaf"),
                "side": Value("side"),
                "code": Value("code"),
                "name": Value("name"),
                "classification": One("classification"),
                "money": Embedded("Money"),
                "source": Special("source"),
            },
            columns=("yuan",),
            filters={"tables": Way("BudgetTable", "BudgetTable", "observation", backwards=True)},
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
            filters={"sources": Way("SourceDocument", "Finding", "source")},
        ),
    }
)
"""The types of documents, sources and what was noticed, by name."""
