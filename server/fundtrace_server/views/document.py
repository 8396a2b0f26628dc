"""The page of a funding document: what it is, which projects cite it, in what role, for how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.citations import decode_issuer, possible_agencies
from fundtrace.index import Index
from fundtrace.release import Release
from fundtrace_server.description import Description
from fundtrace_server.indexed import amount, ask, number_of, prepared, table, value
from fundtrace_server.problems import not_found
from fundtrace_server.views.citing import CitationView, citations, narrative
from fundtrace_server.views.cube import base_of
from fundtrace_server.views.linking import Link, Total, node_link
from fundtrace_server.views.listing import Listing, listing
from fundtrace_server.views.members import Of
from fundtrace_server.views.neighbours import (
    FormView,
    SuggestionView,
    Together,
    cited_together,
    suggestions,
    written_forms,
)
from fundtrace_server.views.wanted import ROLES, Wanted

_KEPT: Final = 512


@dataclass(frozen=True, slots=True)
class Group:
    """The projects whose strongest role is `role`: how many, and on the first group alone their money."""

    role: str
    projects: int
    totals: tuple[Total, ...] = ()
    shared: int = 0


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
    """Everything on the page. `role` is that of the projects listed, None for all of them."""

    iri: str
    label: str
    number: str | None
    kind: str | None
    issuer: IssuerView | None
    agency: Link | None
    scope: Link | None
    titles: tuple[str, ...]
    forms: tuple[FormView, ...]
    printed_issuers: tuple[str, ...]
    groups: tuple[Group, ...]
    of: Of
    role: str | None
    listing: Listing
    citations: Mapping[int, tuple[CitationView, ...]]
    narrative: tuple[tuple[Link, CitationView], ...]
    together: tuple[Together, ...]
    suggestions: tuple[SuggestionView, ...]

    @property
    def funded(self) -> Group:
        """The group that has money."""
        return self.groups[0]

    @property
    def cited(self) -> int:
        """How many projects cite it in any role."""
        return sum(group.projects for group in self.groups)


def view_document(release: Release, description: Description, language: str, wanted: Wanted) -> DocumentView:
    """The view of a document that exists in the release."""
    index = release.index
    of, found = listed_under(release, description.iri, wanted)
    rows = listing(index, of, wanted, language, sums=of.role == "funds")
    return DocumentView(
        iri=description.iri,
        label=description.label(language=language),
        number=description.text("number"),
        kind=description.concept("documentKind"),
        issuer=issuer_of(description.text("issuerCode")),
        agency=node_link(description, description.node("leadAgency"), release.base, language),
        scope=node_link(description, description.node("scope"), release.base, language),
        titles=tuple(description.texts("title")),
        forms=written_forms(index, of.n, tuple(description.texts("writtenForm")), language),
        printed_issuers=_printed_issuers(description),
        groups=found,
        of=of,
        role=of.role,
        listing=rows,
        citations=citations(index, of.n, (one.n for one in rows.rows)),
        narrative=narrative(index, of.n, language),
        together=cited_together(index, of.n, language),
        suggestions=suggestions(index, of.n, language),
    )


def listed_under(release: Release, iri: str, wanted: Wanted) -> tuple[Of, tuple[Group, ...]]:
    """The projects that a document's list shows, and the three groups that they belong to.

    Without a wish that is the strongest role that any project has. Raises `Problem` 404 where the index has no such document.
    """
    document = number_of(release.index, iri.removeprefix(f"{release.base}id/"))
    if document is None:
        raise not_found(iri)
    found = groups(release.index, document)
    role = wanted.role or next((group.role for group in found if group.projects), None)
    return Of("FundingDocument", document, None if role == "all" else role), found


@prepared
def _cited(relation: str) -> sa.Select[Any]:
    link = table(f"Project_{relation}")
    return sa.select(sa.func.count()).where(link.c.object == value("of"))


@prepared
def _basis() -> sa.Select[Any]:
    # Counted without the role that is stored beside a citation, which would have to be looked up for each project.
    basis, funds = table("Project_basedOn"), table("Project_fundedUnder")
    both = sa.exists().where(funds.c.subject == basis.c.subject, funds.c.object == value("of"))
    return sa.select(sa.func.count()).where(basis.c.object == value("of"), ~both)


@prepared
def _money() -> sa.Select[Any]:
    total = table("Total_document")
    names = (
        "fiscalYear",
        "stage",
        "projects",
        "shared",
        "departments",
        "sources",
        "totalBudget_count",
        "totalBudget_sum",
    )
    return sa.select(*(total.c[name] for name in names)).where(total.c.document == value("of"))


@lru_cache(maxsize=_KEPT)
def groups(index: Index, document: int) -> tuple[Group, ...]:
    """The three groups of projects that cite a document, each project in its strongest role."""
    cited, funds = (int(ask(index, _cited(name), of=document)[0][0]) for name in ("cites", "fundedUnder"))
    basis = int(ask(index, _basis(), of=document)[0][0])
    found, shared = [], 0
    for year, stage, projects, several, departments, sources, known, parts in ask(
        index, _money(), of=document
    ):
        shared += several
        found.append(
            Total(
                base=base_of(index, year, stage),
                projects=projects,
                unknown=projects - known,
                yuan=amount(parts) if known else None,
                departments=departments,
                sources=sources,
            )
        )
    found.sort(key=lambda one: (one.base.year or "", one.base.stage or ""), reverse=True)
    counts = dict(zip(ROLES, (funds, basis, cited - funds - basis), strict=True))
    return tuple(
        Group(role, count, tuple(found), shared) if role == "funds" else Group(role, count)
        for role, count in counts.items()
    )


def issuer_of(code: str | None) -> IssuerView | None:
    """What an issuer code says; the code alone when no published list knows it."""
    if code is None:
        return None
    decoded = decode_issuer(code)
    if decoded is None:
        return IssuerView(code, None, None, None, None, possible_agencies(code))
    return IssuerView(code, decoded.agency, f"agency-level-{decoded.level}", decoded.region, decoded.field)


def _printed_issuers(description: Description) -> tuple[str, ...]:
    """The issuers in the order in which they are printed, where that is told."""
    ordered = description.text("printedIssuers")
    found = tuple(description.texts("printedIssuer"))
    return (
        tuple(sorted(found, key=lambda one: ordered.find(one) if one in ordered else len(ordered)))
        if ordered
        else found
    )
