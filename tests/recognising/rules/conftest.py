"""Builds evidence out of small records, for rules that look at records alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from fundtrace.recognising.money import read_money
from fundtrace.recognising.project_table import ReadProject
from fundtrace.recognising.rules import Evidence
from fundtrace.recognising.targets import read_target
from fundtrace.records import (
    Basis,
    Budget,
    BudgetTable,
    BudgetTableRow,
    Citation,
    Coverage,
    DepartmentStatement,
    Document,
    Indicator,
    Position,
    Project,
    Source,
    SourceRow,
    StatementBudget,
    Unit,
)

PLACE = Position(page=None, table=1, row=1)
Rows = Sequence[Sequence[str]]


def _printed(rows: Rows, line: int) -> tuple[SourceRow, ...]:
    return tuple(
        SourceRow(page=None, table=1, row=number, line=line + number - 1, cells=tuple(cells))
        for number, cells in enumerate(rows, start=1)
    )


@pytest.fixture
def indicator() -> Callable[..., Indicator]:
    """Makes an indicator of its texts; its target is read from `target`."""

    def build(name: str, target: str, **more: Any) -> Indicator:
        basis = more.pop("basis", None)
        return Indicator(
            level1=more.pop("level1", "产出指标"),
            level2=more.pop("level2", "数量指标"),
            name=name,
            description=more.pop("description", None),
            target=read_target(target),
            basis=Basis(printed=basis, category="other") if basis else None,
            line=(line := more.pop("line", 9)),
            position=Position(page=None, table=1, row=line),
        )

    return build


@pytest.fixture
def project() -> Callable[..., Project]:
    """Makes a project whose amounts are texts in one unit of money."""

    def build(name: str = "修桥", **more: Any) -> Project:
        unit = more.pop("money_unit", "万元")
        parts = {part: more.pop(part, None) for part in ("total", "fiscal", "carryover", "other")}
        line = more.pop("line", 3)
        return Project(
            code=more.pop("code", None),
            name=name,
            unit=None,
            implementing_unit=more.pop("by", None),
            budget=Budget(**{part: read_money(text, unit) for part, text in parts.items()}),
            purpose=more.pop("purpose", None),
            schedule=None,
            goals=tuple(more.pop("goals", ())),
            indicators=tuple(more.pop("indicators", ())),
            citations=tuple(more.pop("citations", ())),
            rows=_printed(more.pop("rows", ()), line),
            line=line,
            position=PLACE,
        )

    return build


@pytest.fixture
def statement() -> Callable[..., DepartmentStatement]:
    """Makes a statement of a unit whose amounts are texts in 万元."""

    def build(name: str = "桥梁处", **more: Any) -> DepartmentStatement:
        rows, indicators = more.pop("rows", ()), more.pop("indicators", ())
        return DepartmentStatement(
            unit=Unit(code=None, name=name),
            budget=StatementBudget(**{part: read_money(text, "万元") for part, text in more.items()}),
            goals=(),
            indicators=tuple(indicators),
            rows=_printed(rows, 20),
            line=20,
            position=PLACE,
        )

    return build


@pytest.fixture
def table() -> Callable[..., BudgetTable]:
    """Makes a budget table of (side, code, name, level, leaf, amounts by column), on a page or on none."""

    def build(*rows: tuple[Any, ...], kind: str = "expenditure", page: int | None = None) -> BudgetTable:
        made = tuple(
            BudgetTableRow(
                side=side,
                code=code,
                name=name,
                level=level,
                leaf=leaf,
                cells={column: read_money(text, "万元") for column, text in cells.items()},
                line=number,
                position=Position(page=page, table=2, row=number),
            )
            for number, (side, code, name, level, leaf, cells) in enumerate(rows, start=1)
        )
        columns = tuple(dict.fromkeys(column for row in made for column in row.cells))
        return BudgetTable(title="部门支出总表", kind=kind, columns=columns, rows=made, note=None, line=1)

    return build


@pytest.fixture
def citation() -> Callable[..., Citation]:
    """Makes a citation of a number, a title, or both, in a basis cell."""

    def build(number: str | None, title: str | None = None, **more: Any) -> Citation:
        return Citation(
            printed=number or title or "",
            number=number,
            kind="numbered" if number else "titled",
            title=title,
            article=None,
            issuers=(),
            place="basis",
            role="basis",
            reason="basis-cell",
            indicator=more.pop("indicator", 0),
            line=more.pop("line", 5),
            position=PLACE,
            **more,
        )

    return build


@pytest.fixture
def evidence() -> Callable[..., Evidence]:
    """Makes evidence of projects, statements and tables, for a document of 2024."""

    def build(*projects: Project, **more: Any) -> Evidence:
        document = Document(
            source=Source(file="made-up.txt", sha256="0" * 64, format="text", pages=None),
            title=more.pop("title", "2024年部门预算"),
            fiscal_year=more.pop("fiscal_year", 2024),
            stage="budget",
            unit_of_money=None,
            department=more.pop("department", None),
            projects=projects,
            statements=tuple(more.pop("statements", ())),
            budget_tables=tuple(more.pop("tables", ())),
            goals=(),
            citations=tuple(more.pop("citations", ())),
            coverage=Coverage(cells=0, used=0, ignored=0, unclaimed=()),
            findings=(),
        )
        forms = tuple(ReadProject(one, None, "万元", None, None, None, (), ()) for one in projects)
        return Evidence(document, forms, (), ())

    return build
