"""The contract between records and ontology: nothing that a record holds gets lost without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fundtrace import records
from fundtrace.graph import Iris, statements
from fundtrace.records import Document, Record
from fundtrace.vocab import NAMESPACE, TERMS

EXPORTED = {
    "Basis.category": "basisCategory",
    "Basis.printed": "basisText",
    "Budget.carryover": "carryoverBudget",
    "Budget.fiscal": "fiscalBudget",
    "Budget.other": "otherBudget",
    "Budget.total": "totalBudget",
    "BudgetTable.columns": "column",
    "BudgetTable.kind": "tableKind",
    "BudgetTable.line": "line",
    "BudgetTable.note": "note",
    "BudgetTable.rows": "observation",
    "BudgetTable.title": "title",
    "BudgetTableRow.cells": "column",
    "BudgetTableRow.code": "code",
    "BudgetTableRow.leaf": "isLeaf",
    "BudgetTableRow.level": "rowLevel",
    "BudgetTableRow.line": "line",
    "BudgetTableRow.name": "name",
    "BudgetTableRow.position": "sourceRow",
    "BudgetTableRow.side": "side",
    "Citation.article": "article",
    "Citation.indicator": "citingIndicator",
    "Citation.issuers": "printedIssuers",
    "Citation.kind": "documentKind",
    "Citation.line": "line",
    "Citation.number": "number",
    "Citation.place": "place",
    "Citation.position": "sourceRow",
    "Citation.printed": "printed",
    "Citation.reason": "reason",
    "Citation.role": "role",
    "Citation.stated_amount": "statedAmount",
    "Citation.title": "title",
    "Department.code": "code",
    "Department.derived": "derived",
    "Department.name": "name",
    "Department.region": "region",
    "DepartmentStatement.budget": "budgetLine",
    "DepartmentStatement.goals": "goal",
    "DepartmentStatement.indicators": "indicator",
    "DepartmentStatement.line": "line",
    "DepartmentStatement.rows": "sourceRow",
    "DepartmentStatement.unit": "unit",
    "Document.budget_tables": "observation",
    "Document.citations": "citation",
    "Document.department": "department",
    "Document.findings": "about",
    "Document.fiscal_year": "fiscalYear",
    "Document.goals": "goal",
    "Document.projects": "inSeries",
    "Document.source": "source",
    "Document.stage": "stage",
    "Document.statements": "budgetLine",
    "Document.title": "title",
    "Finding.code": "code",
    "Finding.indicator": "about",
    "Finding.line": "line",
    "Finding.message": "message",
    "Finding.project": "about",
    "Finding.severity": "severity",
    "GoalText.heading": "heading",
    "GoalText.line": "line",
    "GoalText.section": "section",
    "GoalText.text": "text",
    "Indicator.basis": "basisText",
    "Indicator.description": "description",
    "Indicator.level1": "level1",
    "Indicator.level2": "level2",
    "Indicator.line": "line",
    "Indicator.name": "name",
    "Indicator.position": "sourceRow",
    "Indicator.target": "target",
    "Message.en": "message",
    "Message.zh": "message",
    "Money.printed": "printed",
    "Money.unit": "printedUnit",
    "Money.yuan": "yuan",
    "Position.page": "page",
    "Position.row": "row",
    "Position.table": "table",
    "Project.budget": "budgetLine",
    "Project.citations": "citation",
    "Project.code": "code",
    "Project.direct_funds": "directFunds",
    "Project.fund_level": "fundLevel",
    "Project.goals": "goal",
    "Project.implementing_unit": "implementingUnit",
    "Project.indicators": "indicator",
    "Project.line": "line",
    "Project.name": "name",
    "Project.purpose": "purpose",
    "Project.rows": "sourceRow",
    "Project.schedule": "schedule",
    "Project.unit": "unit",
    "Project.without_number": "withoutNumber",
    "Region.code": "code",
    "Region.inferred": "inferred",
    "Region.name": "name",
    "Schedule.inferred": "inferred",
    "Schedule.kind": "scheduleKind",
    "Schedule.points": "schedulePoint",
    "SchedulePoint.month": "month",
    "SchedulePoint.printed": "printed",
    "Source.file": "fileName",
    "Source.format": "format",
    "Source.sha256": "sha256",
    "SourceRow.cells": "cells",
    "SourceRow.line": "line",
    "SourceRow.page": "page",
    "SourceRow.row": "row",
    "SourceRow.table": "table",
    **{f"StatementBudget.{kind}": "lineKind" for kind in records.StatementBudget.model_fields},
    "Target.comparator": "comparator",
    "Target.kind": "targetKind",
    "Target.printed": "printed",
    "Target.unit": "valueUnit",
    "Target.value": "value",
    "Unit.code": "code",
    "Unit.name": "name",
}
"""Each field of a record to the property that carries it."""

NOT_EXPORTED = {
    "Citation.title_truncated": "a title that was cut short is never stated as one; the label of its document ends in …",
    "Coverage.cells": "how much of a file was read is the build's report, not the graph's",
    "Coverage.ignored": "how much of a file was read is the build's report, not the graph's",
    "Coverage.unclaimed": "how much of a file was read is the build's report, not the graph's",
    "Coverage.used": "how much of a file was read is the build's report, not the graph's",
    "DepartmentStatement.position": "its rows are stated, and the position is that of the first",
    "Document.coverage": "how much of a file was read is the build's report, not the graph's",
    "Document.unit_of_money": "each amount states the unit that governs its own cell",
    "Finding.position": "what a finding is about names its rows; the finding has the line",
    "Project.position": "its rows are stated, and the position is that of the first",
    "Source.pages": "each row states its page, and no question needs their number",
    "UnclaimedCell.cell": "how much of a file was read is the build's report, not the graph's",
    "UnclaimedCell.line": "how much of a file was read is the build's report, not the graph's",
    "UnclaimedCell.row": "how much of a file was read is the build's report, not the graph's",
    "UnclaimedCell.table": "how much of a file was read is the build's report, not the graph's",
}
"""Fields that the graph leaves out, with the reason."""


def _fields() -> Iterator[str]:
    for model in vars(records).values():
        if isinstance(model, type) and issubclass(model, Record) and model is not Record:
            yield from (f"{model.__name__}.{name}" for name in model.model_fields)


@pytest.fixture(scope="module")
def stated(make: Any) -> set[str]:
    """The properties in the statements about a document that has every field."""
    row = {"page": 1, "table": 1, "row": 1, "line": 10, "cells": ["预算数", "220000.00"]}
    money = make.money("10000", "1", "万元")
    full = make.project(
        implementing_unit="某中心",
        fund_level="central",
        direct_funds=True,
        without_number="empty",
        budget=dict.fromkeys(("total", "fiscal", "carryover", "other"), money),
        indicators=[make.indicator(description="说明")],
        citations=[
            make.citation(
                title="某办法", issuers=["甲局"], article="第一条", indicator=0, stated_amount=money
            )
        ],
        rows=[row],
    )
    statement = {
        "unit": {"code": "323001", "name": "甲局"},
        "budget": dict.fromkeys(records.StatementBudget.model_fields, money),
        "goals": ["目标"],
        "indicators": [make.indicator()],
        "rows": [row],
        "line": 3,
        "position": make.position(1, 1),
    }
    table_row = {
        "side": "支出",
        "code": "208",
        "name": "社会保障和就业支出",
        "level": "类",
        "leaf": True,
        "cells": {"合计": money},
        "line": 20,
        "position": {"page": 2, "table": 2, "row": 3},
    }
    table = {
        "title": "表",
        "kind": "function",
        "columns": ["合计"],
        "rows": [table_row],
        "note": "注",
        "line": 9,
    }
    message = {"zh": "说明", "en": "message"}
    document: Document = make.document(
        projects=[full],
        statements=[statement],
        budget_tables=[table],
        goals=[{"section": "总体绩效目标", "heading": "一", "text": "目标", "line": 5}],
        citations=[make.citation(place="narrative")],
        findings=[
            {"code": "x", "severity": "info", "message": message, "line": 1, "project": 0, "indicator": 0}
        ],
    )
    lines = statements([document], Iris(make.base), make.namespace)
    predicates = {line.split(" ")[1][1:-1] for line in lines}
    return {term.removeprefix(NAMESPACE) for term in predicates if term.startswith(NAMESPACE)}


def test_every_field_of_every_record_is_mapped_or_left_out_for_a_reason() -> None:
    """A new field of a record is a new property, or a line in the list of what the graph leaves out."""
    assert sorted(_fields()) == sorted([*EXPORTED, *NOT_EXPORTED])


def test_what_a_field_maps_to_is_a_property_that_is_stated(stated: set[str]) -> None:
    """Every property of the mapping is one of the ontology, not planned, and stated of a document that has it all."""
    for name in set(EXPORTED.values()):
        assert TERMS[name].kind in {"object", "datatype"}
        assert not TERMS[name].planned
    assert set(EXPORTED.values()) <= stated
