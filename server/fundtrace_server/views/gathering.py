"""Pages of what gathers projects: a department, unit, region, series or source document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from fundtrace.release import Release
from fundtrace_server.asking import Row, amount, rows, text
from fundtrace_server.description import Description, describe
from fundtrace_server.views.document import ROLES
from fundtrace_server.views.findings import FindingView, findings_in
from fundtrace_server.views.indicators import IndicatorView, indicators
from fundtrace_server.views.linking import Base, Link, Total, concept_code, link, node_link, row_link, totals
from fundtrace_server.views.printed import BudgetLineView, budget_lines


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A project in a list."""

    project: Link
    code: str | None
    base: Base
    department: Link | None
    unit: Link | None
    total: Decimal | None


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

    `cut` says that it has more projects than were read, so totals are not whole.
    """

    iri: str
    class_name: str
    label: str
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, Link], ...]
    children: tuple[tuple[str, tuple[Link, ...]], ...]
    projects: tuple[ListedProject, ...]
    cut: bool
    totals: tuple[Total, ...]
    documents: tuple[ListedDocument, ...]
    statements: tuple[Statement, ...]
    findings: tuple[FindingView, ...]


MOST_PROJECTS = 5_000
"""Projects that the query gives; a total over so many is not whole."""

_FACTS = ("code", "gbCode", "name", "title", "fiscalYear", "fileName", "format", "sha256", "publisher")
_LINKS = ("parentRegion", "region", "department", "inSeries")


def view_gathering(
    release: Release, description: Description, class_name: str, language: str
) -> GatheringView:
    """The view of a department, unit, region, series or source document."""
    node = NamedNode(description.iri)
    projects = tuple(_project(row, release.base) for row in rows(release, "projects-of", of=node))
    projects = tuple(
        sorted(projects, key=lambda one: (one.base.year or "", one.total or Decimal(0)), reverse=True)
    )
    return GatheringView(
        iri=description.iri,
        class_name=class_name,
        label=description.label(language=language),
        facts=tuple((name, value) for name in _FACTS for value in description.texts(name)),
        links=tuple(
            (name, to)
            for name in _LINKS
            if (to := node_link(description, description.node(name), release.base, language))
        ),
        children=_children(release, node),
        projects=projects,
        cut=len(projects) >= MOST_PROJECTS,
        totals=totals((one.base, one.total) for one in projects),
        documents=_documents(release, node),
        statements=_statements(release, node),
        findings=findings_in(release, description.iri) if class_name == "SourceDocument" else (),
    )


def _project(row: Row, base: str) -> ListedProject:
    project = row_link(row, "project", "label", base)
    assert project is not None  # noqa: S101 - the query binds it
    return ListedProject(
        project=project,
        code=text(row, "code"),
        base=Base(text(row, "year"), concept_code(text(row, "stage"))),
        department=row_link(row, "department", "departmentLabel", base),
        unit=row_link(row, "unit", "unitLabel", base),
        total=amount(row, "total"),
    )


def _children(release: Release, node: NamedNode) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    grouped: dict[str, list[Link]] = defaultdict(list)
    members = [(text(row, "class") or "", row, "member") for row in rows(release, "members-of", of=node)]
    tables = [
        (f"{release.namespace}BudgetTable", row, "table") for row in rows(release, "tables-of", of=node)
    ]
    for class_iri, row, name in [*members, *tables]:
        child = row_link(row, name, "label", release.base)
        if child:
            grouped[class_iri.removeprefix(release.namespace)].append(child)
    return tuple((name, tuple(members)) for name, members in sorted(grouped.items()))


def _documents(release: Release, node: NamedNode) -> tuple[ListedDocument, ...]:
    labels: dict[str, str | None] = {}
    roles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    money: dict[str, tuple[Base, Decimal | None]] = {}
    for row in rows(release, "documents-of", of=node):
        document, project = text(row, "document") or "", text(row, "project") or ""
        labels[document] = text(row, "number") or text(row, "label")
        roles[document][project].add(text(row, "role") or "mention")
        money[project] = (Base(text(row, "year"), concept_code(text(row, "stage"))), amount(row, "total"))
    listed = []
    for document, label in labels.items():
        strongest = {
            project: next(role for role in ROLES if role in found)
            for project, found in roles[document].items()
        }
        to = link(document, label, release.base)
        assert to is not None  # noqa: S101 - the IRI is given
        listed.append(
            ListedDocument(
                document=to,
                counts={role: list(strongest.values()).count(role) for role in ROLES},
                totals=totals(money[project] for project, role in strongest.items() if role == "funds"),
            )
        )
    return tuple(
        sorted(
            listed,
            key=lambda one: (
                -sum((total.yuan or Decimal(0) for total in one.totals), Decimal(0)),
                -sum(one.counts.values()),
                one.document.label,
            ),
        )
    )


def _statements(release: Release, node: NamedNode) -> tuple[Statement, ...]:
    found = []
    for row in rows(release, "statements-of", of=node):
        described = describe(release, text(row, "statement") or "")
        found.append(
            Statement(
                unit=node_link(described, described.node("unit"), release.base),
                budget=budget_lines(described, release.base),
                goals=tuple(described.text("text", goal) or "" for goal in described.nodes("goal")),
                indicators=indicators(described, release.base),
            )
        )
    return tuple(found)
