"""The page of a funding document: what it is, which projects cite it, in what role, for how much."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from fundtrace.citations import decode_issuer, possible_agencies
from fundtrace.release import Release
from fundtrace_server.asking import Row, amount, rows, text
from fundtrace_server.description import Description
from fundtrace_server.views.linking import Base, Link, Total, concept_code, link, node_link, row_link, totals

MOST_PROJECTS = 10_000
"""Projects that the query gives; a total over so many is not whole."""

ROLES = ("funds", "basis", "mention")
"""The roles of a citation, strongest first: a project counts once, in its strongest."""


@dataclass(frozen=True, slots=True)
class CitationView:
    """One citation as printed: place and role are concept codes."""

    place: str
    role: str
    printed: str
    article: str | None
    line: int | None
    indicator: str | None


@dataclass(frozen=True, slots=True)
class CitingProject:
    """A project that cites the document; `shared` says that other documents fund it too."""

    project: Link
    code: str | None
    base: Base
    department: Link | None
    region: Link | None
    total: Decimal | None
    shared: bool
    roles: tuple[str, ...]
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The projects whose strongest role is `role`; money on the first group only."""

    role: str
    projects: tuple[CitingProject, ...]
    totals: tuple[Total, ...]
    shared: int


@dataclass(frozen=True, slots=True)
class IssuerView:
    """What the issuer code says, as far as the published code list goes; `possible` when several agencies use it."""

    code: str
    agency: str | None
    level: str | None
    region: str | None
    field: str | None
    possible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything on the page; `cut` says that more projects cite it than were read, so totals are not whole."""

    iri: str
    label: str
    number: str | None
    kind: str | None
    issuer: IssuerView | None
    agency: Link | None
    scope: Link | None
    titles: tuple[str, ...]
    written_forms: tuple[str, ...]
    printed_issuers: tuple[str, ...]
    groups: tuple[Group, ...]
    cut: bool
    narrative: tuple[tuple[Link, CitationView], ...]

    @property
    def funded(self) -> Group:
        """The group that has money."""
        return self.groups[0]


def view_document(release: Release, description: Description, language: str) -> DocumentView:
    """The view of a document that exists in the release."""
    node = NamedNode(description.iri)
    cited = rows(release, "document-citations", document=node)
    citing = rows(release, "document-projects", document=node)
    groups = _groups(release, citing, cited)
    return DocumentView(
        iri=description.iri,
        label=description.label(language=language),
        number=description.text("number"),
        kind=description.concept("documentKind"),
        issuer=issuer_of(description.text("issuerCode")),
        agency=node_link(description, description.node("leadAgency"), release.base, language),
        scope=node_link(description, description.node("scope"), release.base, language),
        titles=tuple(description.texts("title")),
        written_forms=tuple(description.texts("writtenForm")),
        printed_issuers=tuple(description.texts("printedIssuer")),
        groups=groups,
        cut=len(citing) >= MOST_PROJECTS,
        narrative=_narrative(release, cited),
    )


def issuer_of(code: str | None) -> IssuerView | None:
    """What an issuer code says; the code alone when no published list knows it."""
    if code is None:
        return None
    decoded = decode_issuer(code)
    if decoded is None:
        return IssuerView(code, None, None, None, None, possible_agencies(code))
    return IssuerView(code, decoded.agency, f"agency-level-{decoded.level}", decoded.region, decoded.field)


def _groups(release: Release, project_rows: list[Row], citation_rows: list[Row]) -> tuple[Group, ...]:
    citations: dict[str, list[CitationView]] = defaultdict(list)
    for row in sorted(citation_rows, key=_order):
        if project := text(row, "project"):
            citations[project].append(_citation(row))
    first: dict[str, Row] = {}
    roles: dict[str, set[str]] = defaultdict(set)
    for row in project_rows:
        project = text(row, "project") or ""
        first.setdefault(project, row)
        roles[project].add(text(row, "role") or "mention")
    grouped: dict[str, list[CitingProject]] = {role: [] for role in ROLES}
    for project, row in first.items():
        ordered = tuple(role for role in ROLES if role in roles[project])
        view = _project(row, ordered, tuple(citations[project]), release.base)
        grouped[ordered[0]].append(view)
    return tuple(_group(role, members) for role, members in grouped.items())


def _group(role: str, members: list[CitingProject]) -> Group:
    ordered = tuple(sorted(members, key=lambda one: (-(one.total or Decimal(0)), one.project.label)))
    funds = role == "funds"
    return Group(
        role=role,
        projects=ordered,
        totals=totals((one.base, one.total) for one in ordered) if funds else (),
        shared=sum(one.shared for one in ordered) if funds else 0,
    )


def _project(
    row: Row, roles: tuple[str, ...], citations: tuple[CitationView, ...], base: str
) -> CitingProject:
    project = row_link(row, "project", "label", base)
    assert project is not None  # noqa: S101 - the query binds it
    return CitingProject(
        project=project,
        code=text(row, "code"),
        base=Base(text(row, "year"), concept_code(text(row, "stage"))),
        department=row_link(row, "department", "departmentLabel", base),
        region=row_link(row, "region", "regionLabel", base),
        total=amount(row, "total"),
        shared=text(row, "shared") == "true",
        roles=roles,
        citations=citations,
    )


def _citation(row: Row) -> CitationView:
    line = text(row, "line")
    return CitationView(
        place=concept_code(text(row, "place")) or "",
        role=concept_code(text(row, "role")) or "",
        printed=text(row, "printed") or "",
        article=text(row, "article"),
        line=int(line) if line else None,
        indicator=text(row, "indicatorName"),
    )


def _narrative(release: Release, citation_rows: list[Row]) -> tuple[tuple[Link, CitationView], ...]:
    found = []
    for row in sorted(citation_rows, key=_order):
        source = link(text(row, "source"), text(row, "sourceName"), release.base)
        if text(row, "project") is None and source:
            found.append((source, _citation(row)))
    return tuple(found)


def _order(row: Row) -> tuple[int, str]:
    return int(text(row, "line") or 0), text(row, "citation") or ""
