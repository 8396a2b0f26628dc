"""From one funding document down: who cites it, in which role, for how much, with which promised indicators."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from fundtrace.query.questions import load_questions
from fundtrace.query.results import Answering, Row, select

ROLES = ("funds", "basis", "mention")
"""The roles of a citation, the strongest first."""


@dataclass(frozen=True, slots=True)
class TracedIndicator:
    """An indicator of a citing project; `based` when its own basis names the document."""

    iri: str
    level1: str | None
    level2: str | None
    name: str | None
    target: str | None
    based: bool


@dataclass(frozen=True, slots=True)
class TracedProject:
    """A project that cites the document, once, in its strongest role. `total` is its budget in yuan."""

    iri: str
    code: str | None
    name: str
    fiscal_year: str | None
    stage: str
    region: str | None
    department: str | None
    role: str
    places: tuple[str, ...]
    citations: int
    total: str | None
    indicators: tuple[TracedIndicator, ...]


@dataclass(frozen=True, slots=True)
class TracedTotal:
    """The budget in yuan of the distinct projects funded under the document, of one year and stage."""

    fiscal_year: str | None
    stage: str
    projects: int
    total: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything below one document. Totals are never summed over years or stages."""

    document: str
    label: str
    projects: tuple[TracedProject, ...]
    totals: tuple[TracedTotal, ...]


def trace(graph: Answering, document: str, label: str) -> Trace:
    """The tree below a document, given by its IRI; projects by role, then by budget, the largest first."""
    node = NamedNode(document)
    indicators: dict[str, list[TracedIndicator]] = {}
    for row in select(graph, load_questions()["documents/indicators-of-citing"], document=node):
        indicators.setdefault(_text(row, "project") or "", []).append(_indicator(row))
    projects = [
        _project(row, tuple(indicators.get(_text(row, "project") or "", ())))
        for row in select(graph, load_questions()["documents/projects-citing"], document=node)
    ]
    projects.sort(key=lambda one: (ROLES.index(one.role), -Decimal(one.total or 0), one.iri))
    return Trace(document, label, tuple(projects), _totals(projects))


def _totals(projects: list[TracedProject]) -> tuple[TracedTotal, ...]:
    groups: dict[tuple[str, str], list[Decimal]] = {}
    for project in projects:
        if project.role == "funds" and project.total is not None:
            groups.setdefault((project.fiscal_year or "", project.stage), []).append(Decimal(project.total))
    return tuple(
        TracedTotal(year or None, stage, len(amounts), format(sum(amounts, Decimal(0)), "f"))
        for (year, stage), amounts in sorted(groups.items())
    )


def _project(row: Row, indicators: tuple[TracedIndicator, ...]) -> TracedProject:
    return TracedProject(
        iri=_text(row, "project") or "",
        code=_text(row, "code"),
        name=_text(row, "name") or "",
        fiscal_year=_text(row, "fiscalYear"),
        stage=_code(row, "stage"),
        region=_text(row, "region"),
        department=_text(row, "department"),
        role=_code(row, "role"),
        places=tuple((_text(row, "places") or "").split()),
        citations=int(_text(row, "citations") or 0),
        total=_text(row, "total"),
        indicators=indicators,
    )


def _indicator(row: Row) -> TracedIndicator:
    return TracedIndicator(
        iri=_text(row, "indicator") or "",
        level1=_text(row, "level1"),
        level2=_text(row, "level2"),
        name=_text(row, "name"),
        target=_text(row, "target"),
        based=_text(row, "based") == "1",
    )


def _code(row: Row, name: str) -> str:
    """The code of a concept: `funds` of `…/id/concept/role-funds`."""
    return (_text(row, name) or "").rpartition("/")[2].partition("-")[2]


def _text(row: Row, name: str) -> str | None:
    term = row.get(name)
    return term.value if isinstance(term, Literal | NamedNode) else None
