"""Pages of what gathers projects: a department, unit, region, series or source document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace.release import Release
from fundtrace_server.description import Description, describe
from fundtrace_server.indexed import amount, ask, concepts, iri_of, number_of, prepared, table, value
from fundtrace_server.problems import not_found
from fundtrace_server.views import cube
from fundtrace_server.views.indicators import IndicatorView, indicators
from fundtrace_server.views.linking import Link, Total, node_link
from fundtrace_server.views.listing import Listing, listing
from fundtrace_server.views.members import COLUMNS, Of, unordered
from fundtrace_server.views.naming import links, to
from fundtrace_server.views.printed import BudgetLineView, budget_lines
from fundtrace_server.views.reading import ReadView, view_read
from fundtrace_server.views.wanted import ROLES, Wanted

DOCUMENTS: Final = 50
"""Documents that a page lists, those with the most money."""

CHILDREN: Final = 200
"""Departments, units, sources and tables that a page lists of each class."""

STATEMENTS: Final = 10
"""Whole-unit statements that a page shows."""

_KEPT: Final = 256
_FACTS = ("code", "gbCode", "name", "title", "fiscalYear", "fileName", "format", "sha256", "publisher", "address",
          "datePublished", "dateRetrieved")  # fmt: skip
_LINKS = ("parentRegion", "region", "department", "inSeries")
_CHILDREN: Final = {
    "Region": (("Region", "parentRegion"), ("Department", "region"), ("SourceDocument", "region")),
    "Department": (
        ("BudgetUnit", "department"),
        ("SourceDocument", "department"),
        ("BudgetTable", "department"),
    ),
    "SourceDocument": (("BudgetTable", "source"),),
}
"""What belongs to an entity of a class: other classes, and the property by which they point to it."""

_STATEMENTS: Final = {"Department": "department", "BudgetUnit": "unit", "SourceDocument": "source"}


@dataclass(frozen=True, slots=True)
class Children:
    """Entities of one class that belong to another: how many, and the first of them."""

    class_name: str
    count: int
    members: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document in a list: projects by their strongest role, and the budgets of those that it funds."""

    document: Link
    counts: dict[str, int]
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole-unit statement: its own figures, goals and indicators, never added to project sums."""

    unit: Link | None
    budget: tuple[BudgetLineView, ...]
    goals: tuple[str, ...]
    indicators: tuple[IndicatorView, ...]


@dataclass(frozen=True, slots=True)
class GatheringView:
    """Everything on the page; what the class does not have is empty.

    `totals` are of all its projects, `listing` of those asked for; `documents` are the first of `document_count`.
    """

    iri: str
    class_name: str
    label: str
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, Link], ...]
    children: tuple[Children, ...]
    totals: tuple[Total, ...]
    listing: Listing
    documents: tuple[ListedDocument, ...]
    document_count: int
    statements: tuple[Statement, ...]
    read: ReadView | None


def gathered(release: Release, iri: str, class_name: str) -> Of:
    """What a page gathers the projects of. Raises `Problem` 404 where the index has no such entity."""
    n = number_of(release.index, iri.removeprefix(f"{release.base}id/"))
    if n is None:
        raise not_found(iri)
    return Of(class_name, n)


def view_gathering(
    release: Release, description: Description, class_name: str, language: str, wanted: Wanted
) -> GatheringView:
    """The view of a department, unit, region, series or source document."""
    index = release.index
    of = gathered(release, description.iri, class_name)
    documents = documents_of(index, of, language)
    return GatheringView(
        iri=description.iri,
        class_name=class_name,
        label=description.label(language=language),
        facts=tuple((name, text) for name in _FACTS for text in description.texts(name)),
        links=tuple(
            (name, found)
            for name in _LINKS
            if (found := node_link(description, description.node(name), release.base, language))
        ),
        children=tuple(
            children
            for child, by in _CHILDREN.get(class_name, ())
            if (children := _belonging(index, child, by, of.n, language)).count
        ),
        totals=_totals(index, of),
        listing=listing(index, of, wanted, language),
        documents=documents[:DOCUMENTS],
        document_count=len(documents),
        statements=_statements(release, of, language),
        read=view_read(release, of.n, language) if class_name == "SourceDocument" else None,
    )


@prepared
def _rests_on(column: str) -> sa.Select[Any]:
    total = table(f"Total_{column}")
    names = ("fiscalYear", "stage", "departments", "sources")
    return sa.select(*(total.c[name] for name in names)).where(total.c[column] == value("of"))


def _totals(index: Index, of: Of) -> tuple[Total, ...]:
    """The totals of all projects; for a department or region with what they rest on."""
    found = cube.totals(index, cube.cells(index, of))
    column = COLUMNS.get(of.class_name)
    if column not in {"department", "region"}:
        return found
    told = {
        cube.base_of(index, year, stage): (departments, sources)
        for year, stage, departments, sources in ask(index, _rests_on(column), of=of.n)
    }
    return tuple(
        replace(total, departments=told[total.base][0], sources=told[total.base][1]) for total in found
    )


def _pointing(class_name: str, by: str) -> tuple[sa.FromClause, sa.Table, sa.ColumnElement[bool]]:
    own = table(class_name)
    if by in own.c:
        return own, own, own.c[by] == value("of")
    link = table(f"{class_name}_{by}")
    return own.join(link, link.c.subject == own.c.n), own, link.c.object == value("of")


@prepared
def _belongs(class_name: str, by: str, limit: int) -> sa.Select[Any]:
    source, own, condition = _pointing(class_name, by)
    columns = own.c.key, own.c.label_zh, own.c.label_en
    return sa.select(*columns).select_from(source).where(condition).order_by(own.c.n).limit(limit)


@prepared
def _belong(class_name: str, by: str) -> sa.Select[Any]:
    source, _, condition = _pointing(class_name, by)
    return sa.select(sa.func.count()).select_from(source).where(condition)


def _belonging(index: Index, class_name: str, by: str, of: int, language: str) -> Children:
    found = ask(index, _belongs(class_name, by, CHILDREN), of=of)
    count = len(found) if len(found) < CHILDREN else int(ask(index, _belong(class_name, by), of=of)[0][0])
    return Children(class_name, count, tuple(to(key, zh, en, language) for key, zh, en in found))


@prepared
def _cited(class_name: str) -> sa.Select[Any]:
    project, cites = table("Project"), table("Project_cites")
    chosen = unordered(class_name, None)
    grouped = cites.c.object, cites.c.role, project.c.fiscalYear, project.c.stage
    sums = sa.func.count(), sa.func.count(project.c.totalBudget), sa.func.sum(project.c.totalBudget)
    return (
        sa.select(*grouped, *sums)
        .select_from(chosen.source.join(cites, cites.c.subject == project.c.n))
        .where(*chosen.conditions)
        .group_by(*grouped)
    )


@lru_cache(maxsize=_KEPT)
def documents_of(index: Index, of: Of, language: str) -> tuple[ListedDocument, ...]:
    """The documents that the projects of something cite, those with the most money first."""
    codes = concepts(index)
    counts: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(ROLES, 0))
    money: dict[int, list[Total]] = defaultdict(list)
    for document, role, year, stage, projects, known, parts in ask(index, _cited(of.class_name), of=of.n):
        name = codes.get(role, "role-mention").removeprefix("role-")
        counts[document][name] += projects
        if name == "funds":
            base = cube.base_of(index, year, stage)
            money[document].append(Total(base, projects, projects - known, amount(parts) if known else None))
    named = links(index, counts, language)
    listed = [ListedDocument(named[n], told, _newest_first(money[n])) for n, told in counts.items()]
    listed.sort(
        key=lambda one: (
            -sum((total.yuan or Decimal(0) for total in one.totals), Decimal(0)),
            -sum(one.counts.values()),
            one.document.label,
        )
    )
    return tuple(listed)


def _newest_first(found: list[Total]) -> tuple[Total, ...]:
    return tuple(sorted(found, key=lambda one: (one.base.year or "", one.base.stage or ""), reverse=True))


def _statements(release: Release, of: Of, language: str) -> tuple[Statement, ...]:
    by = _STATEMENTS.get(of.class_name)
    if by is None:
        return ()
    found = []
    for key, _, _ in ask(release.index, _belongs("DepartmentStatement", by, STATEMENTS), of=of.n):
        described = describe(release, iri_of(release, key))
        found.append(
            Statement(
                unit=node_link(described, described.node("unit"), release.base, language),
                budget=budget_lines(described, release.base),
                goals=tuple(described.text("text", goal) or "" for goal in described.nodes("goal")),
                indicators=indicators(described, release.base),
            )
        )
    return tuple(found)
