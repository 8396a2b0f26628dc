"""The projects of something, as SQL: under a document, of a department, unit, region or series, or read from a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from fundtrace.index import Index, search_rows
from fundtrace.index.metadata import link_name, order_name
from fundtrace_server.indexed import concept_number, number_of, table, value
from fundtrace_server.views.wanted import ABSENT, Wanted

Order: TypeAlias = tuple[tuple[sa.ColumnElement[Any], bool], ...]
"""Columns, each with whether it descends."""

COLUMNS: Final = {
    "Department": "department",
    "BudgetUnit": "unit",
    "Region": "region",
    "ProjectSeries": "inSeries",
}
"""The column of a project that points to what gathers it, by class."""

_SELECTIVE: Final = frozenset({"department", "region", "text"})
"""Filters that leave few projects and that the index finds projects by."""

_ORDERED_BY: Final = {"amount": "totalBudget", "name": "name", "code": "code"}


@dataclass(frozen=True, slots=True)
class Of:
    """What the projects are of: its class, its number in the index, and the strongest role under a document (None: any)."""

    class_name: str
    n: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """Projects to select from: the tables, the project's number, conditions, and the order: columns, each with whether it descends."""

    source: sa.FromClause
    n: sa.ColumnElement[int]
    conditions: tuple[sa.ColumnElement[bool], ...]
    order: Order


def members(class_name: str, role: str | None, sort: str, filters: frozenset[str]) -> Members:
    """The projects of something under filters (see `parameters`), their table beside them wherever a filter needs it."""
    project = table("Project")
    by, down = _ORDERED_BY[sort.lstrip("-")], sort.startswith("-")
    if class_name == "FundingDocument" and not filters & _SELECTIVE:
        relation = "fundedUnder" if role == "funds" else "cites"
        stored = table(order_name("Project", relation, by))
        conditions = [stored.c.object == value("of")]
        if role in {"basis", "mention"}:
            conditions.append(stored.c.role == value("role"))
        joined = stored.join(project, project.c.n == stored.c.subject) if filters else stored
        # The amount is stored from the largest down, name and code upwards; the other way is read backwards.
        backwards = down != (by == "totalBudget")
        order: Order = ((stored.c.missing, backwards), (stored.c.value, down), (stored.c.subject, backwards))
        return Members(joined, stored.c.subject, (*conditions, *_conditions(filters)), order)
    order = ((project.c[by].is_(None), False), (project.c[by], down), (project.c.n, False))
    if class_name == "FundingDocument":
        return Members(*_looked_up(role, filters), order)
    if class_name == "SourceDocument":
        read = table(link_name("Project", "source"))
        joined = read.join(project, project.c.n == read.c.subject)
        return Members(joined, project.c.n, (read.c.object == value("of"), *_conditions(filters)), order)
    own = project.c[COLUMNS[class_name]] == value("of")
    return Members(project, project.c.n, (own, *_conditions(filters)), order)


def unordered(class_name: str, role: str | None, filters: frozenset[str] = frozenset()) -> Members:
    """The same projects for counting: by the way that touches least, the project's own table always beside it."""
    project = table("Project")
    if class_name != "FundingDocument" or filters & _SELECTIVE:
        return members(class_name, role, "-amount", filters)
    link = table(link_name("Project", "fundedUnder" if role == "funds" else "cites"))
    conditions = [link.c.object == value("of")]
    if role in {"basis", "mention"}:
        conditions.append(link.c.role == value("role"))
    joined = link.join(project, project.c.n == link.c.subject)
    return Members(joined, project.c.n, (*conditions, *_conditions(filters)), ())


def _looked_up(
    role: str | None, filters: frozenset[str]
) -> tuple[sa.FromClause, sa.ColumnElement[int], tuple[sa.ColumnElement[bool], ...]]:
    """Projects that few enough pass a filter to be looked up one by one under the document."""
    project, link = (
        table("Project"),
        table(link_name("Project", "fundedUnder" if role == "funds" else "cites")),
    )
    joined = project.join(link, link.c.subject == project.c.n)
    # An expression is no column of an index: the engine begins with the filter, not with all that cite the document.
    conditions = [link.c.object + 0 == value("of")]
    if role in {"basis", "mention"}:
        conditions.append(link.c.role == value("role"))
    return joined, project.c.n, (*conditions, *_conditions(filters))


def filter_names(wanted: Wanted) -> frozenset[str]:
    """The filters of a list as `members` takes them: `year`, or `year-absent` for what is not stated."""
    return frozenset(
        f"{name}-absent" if text == ABSENT and name != "text" else name
        for name, text in wanted.filters().items()
    )


def parameters(index: Index, of: Of, wanted: Wanted) -> dict[str, Any] | None:
    """The values of what `members` leaves open; None when a filter names what the release does not have."""
    found: dict[str, Any] = {"of": of.n}
    if of.class_name == "FundingDocument" and of.role in {"basis", "mention"}:
        found["role"] = concept_number(index, f"role-{of.role}")
    for name, text in wanted.filters().items():
        if name == "text":
            found[name] = text
        elif text == ABSENT:
            continue
        elif name == "year":
            found[name] = int(text)
        elif name == "stage":
            found[name] = concept_number(index, f"stage-{text}")
        else:
            found[name] = number_of(index, f"{name}/{text}")
    return None if None in found.values() else found


def _conditions(filters: frozenset[str]) -> list[sa.ColumnElement[bool]]:
    project = table("Project")
    found: list[sa.ColumnElement[bool]] = []
    for one in sorted(filters):
        name = one.removesuffix("-absent")
        if name == "text":
            matches = search_rows("text", ["Project"]).order_by(None).subquery()
            found.append(project.c.n.in_(sa.select(matches.c.n)))
            continue
        column = project.c["fiscalYear" if name == "year" else name]
        found.append(column.is_(None) if one.endswith("-absent") else column == value(name))
    return found
