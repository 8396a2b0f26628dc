"""The lists of pages as tables for files: the columns of the saved question that asks the same, under the page's filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace.query import Question, Table, load_questions
from fundtrace.query.asking import Cell
from fundtrace.query.questions import Parameter, Words
from fundtrace.release import Release
from fundtrace_server.indexed import ask, concepts, iri_of, prepared, table, value
from fundtrace_server.messages import catalogue
from fundtrace_server.views.flowing import FlowView
from fundtrace_server.views.listing import ListedProject, rows
from fundtrace_server.views.members import Of
from fundtrace_server.views.naming import among, numbers
from fundtrace_server.views.wanted import Wanted

MOST_IN_EXCEL: Final = 10_000
"""Rows of an Excel file: making one takes a thousand times as long as a line of text."""

BLOCK: Final = 5_000
"""Rows that are read at once."""

_CITING: Final = "documents/projects-citing"
_EXPORT: Final = "export/projects"
_FLOW: Final = "flows/document-department-project"
_FILTERS: Final = {"department": "list.department", "region": "list.region", "text": "list.text", "year": "list.year",
                   "stage": "list.stage", "role": "column.role", "of": "same.of"}  # fmt: skip


def project_tables(release: Release, of: Of, iri: str, name: str, wanted: Wanted) -> Iterator[Table]:
    """The projects of something that the filters leave, in the order asked for, at most `BLOCK` rows in a table."""
    question = load_questions()[_CITING if of.class_name == "FundingDocument" else _EXPORT]
    told = {"of": iri, **wanted.filters(), **({"role": of.role} if of.role else {})}
    asked, columns, offset = _asked(question, told), question.columns, 0
    while True:
        block = tuple(rows(release.index, of, wanted, "zh", limit=BLOCK, offset=offset))
        found = _cells_of(release, of, iri, name, block, question)
        yield Table(asked, told, columns, tuple(tuple(row[one] for one in columns) for row in found))
        if len(block) < BLOCK:
            return
        offset += BLOCK


def project_table(release: Release, of: Of, iri: str, name: str, wanted: Wanted) -> Table:
    """All of them as one table."""
    first, *others = project_tables(release, of, iri, name, wanted)
    return replace(first, rows=(*first.rows, *(row for table in others for row in table.rows)))


def flow_table(iri: str, name: str, flow: FlowView) -> Table:
    """The rows of a flow picture: what is drawn as one is one row."""
    question = load_questions()[_FLOW]
    base, through = flow.total.base, "departmentName" if flow.by == "department" else "regionName"
    columns = {
        ("regionName" if one == "departmentName" and flow.by == "region" else one): column
        for one, column in question.columns.items()
        if one in {"document", "documentLabel", "departmentName", "name", "fiscalYear", "stage", "total"}
    }
    if flow.by == "region":
        columns[through] = columns[through].model_copy(update={"label": _words("column.region")})
    columns["projects"] = question.columns["total"].model_copy(
        update={"kind": "number", "label": _words("column.projects")}
    )
    made: list[tuple[Cell, ...]] = []
    for row in flow.rows:
        told: dict[str, Cell] = {
            "document": iri,
            "documentLabel": name,
            through: row.through.label,
            "name": row.project.label if row.project else None,
            "fiscalYear": int(base.year) if base.year else None,
            "stage": base.stage.removeprefix("stage-") if base.stage else None,
            "total": row.yuan,
            "projects": row.projects,
        }
        made.append(tuple(told[column] for column in columns))
    return Table(_asked(question, {"of": iri}), {"of": iri}, columns, tuple(made))


def _asked(question: Question, told: Mapping[str, str]) -> Question:
    """The question with a parameter for each filter of the page, so that a file says what it was asked with."""
    known = {name: Parameter(type="string", label=_words(_FILTERS[name])) for name in told}
    return replace(question, parameters={**question.parameters, **known})


def _words(key: str) -> Words:
    return Words.model_validate(catalogue()[key])


def _cells_of(
    release: Release, of: Of, iri: str, name: str, block: Sequence[ListedProject], question: Question
) -> Iterator[Mapping[str, Cell]]:
    """The cells of a block of projects by column."""
    index, ns = release.index, numbers(one.n for one in block)
    more = _citing(index, of.n, ns) if question.id == _CITING else _exported(index, ns)
    for one in block:
        common: dict[str, Cell] = {
            "project": iri_of(release, (one.project.path or "").removeprefix("/page/")),
            "code": one.code,
            "name": one.name,
            "fiscalYear": int(one.base.year) if one.base.year else None,
            "stage": one.base.stage.removeprefix("stage-") if one.base.stage else None,
            "total": one.total,
        }
        if question.id == _CITING:
            role = (one.role or "").removeprefix("role-")
            common |= {
                "document": iri,
                "documentLabel": name,
                "role": role or None,
                "department": one.department.label if one.department else None,
                "region": one.region.label if one.region else None,
                "counted": int(role == "funds"),
                "places": None,
                "citations": 0,
            }
        yield {**common, **more.get(one.n, {})}


@prepared
def _places() -> sa.Select[Any]:
    citation = table("Citation")
    columns = citation.c.citingProject, citation.c.place
    # An expression is no column of an index: the engine walks the citations of the projects, not all of the document's.
    here = citation.c.citedDocument + 0 == value("of")
    return (
        sa.select(*columns, sa.func.count())
        .where(citation.c.citingProject.in_(among("ns")), here)
        .group_by(*columns)
    )


def _citing(index: Index, document: int, projects: str) -> Mapping[int, Mapping[str, Cell]]:
    codes = concepts(index)
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for project, place, count in ask(index, _places(), of=document, ns=projects):
        found[project].append((codes.get(place, "").removeprefix("place-"), count))
    return {
        project: {
            "places": " ".join(sorted(place for place, _ in told)),
            "citations": sum(count for _, count in told),
        }
        for project, told in found.items()
    }


_EXPORTED: Final = ("departmentCode", "departmentName", "unitCode", "unitName", "regionCode", "regionName", "level", "fiscal",
                    "carryover", "otherFunds", "fileName", "line")  # fmt: skip


@prepared
def _told() -> sa.Select[Any]:
    project, department, unit = table("Project"), table("Department"), table("BudgetUnit")
    region, read, source = table("Region"), table("Project_source"), table("SourceDocument")
    file = (
        sa.select(sa.func.min(source.c.fileName))
        .select_from(read.join(source, source.c.n == read.c.object))
        .where(read.c.subject == project.c.n)
        .scalar_subquery()
    )
    unit_name = table("BudgetUnit_name")
    names = (
        sa.select(sa.func.min(unit_name.c.object)).where(unit_name.c.subject == unit.c.n).scalar_subquery()
    )
    joined = (
        project.outerjoin(department, department.c.n == project.c.department)
        .outerjoin(unit, unit.c.n == project.c.unit)
        .outerjoin(region, region.c.n == project.c.region)
    )
    columns = (
        department.c.code, department.c.label_zh, unit.c.code, names, region.c.code, region.c.label_zh, project.c.fundLevel,
        project.c.fiscalBudget, project.c.carryoverBudget, project.c.otherBudget, file, project.c.line,
    )  # fmt: skip
    return sa.select(project.c.n, *columns).select_from(joined).where(project.c.n.in_(among("ns")))


def _exported(index: Index, projects: str) -> Mapping[int, Mapping[str, Cell]]:
    codes = concepts(index)
    found: dict[int, Mapping[str, Cell]] = {}
    for n, *told in ask(index, _told(), ns=projects):
        row: dict[str, Cell] = dict(zip(_EXPORTED, told, strict=True))
        row["level"] = codes.get(told[6], "").removeprefix("fund-level-") or None
        for money in ("fiscal", "carryover", "otherFunds"):
            parts = row[money]
            row[money] = Decimal(parts) / 10_000 if isinstance(parts, int) else None
        found[n] = row
    return found
