"""The page of an agency: the documents that it leads, and the projects funded under them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace.release import Release
from fundtrace_server.description import Description
from fundtrace_server.indexed import amount, ask, number_of, prepared, table, value
from fundtrace_server.problems import not_found
from fundtrace_server.views.cube import base_of
from fundtrace_server.views.linking import Link, Total, node_link
from fundtrace_server.views.naming import among, links, numbers

PER_PAGE: Final = 50
"""Documents on a page."""


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A document of an agency: its first title, how many projects cite it, and the budgets of those that it funds."""

    document: Link
    title: str | None
    projects: int
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class AgencyView:
    """Everything on the page; `documents` are one page of `count`, those cited by most projects first."""

    iri: str
    label: str
    level: str | None
    region: Link | None
    documents: tuple[IssuedDocument, ...]
    count: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PER_PAGE))


@prepared
def _issued() -> sa.Select[Any]:
    document, cites = table("FundingDocument"), table("Project_cites")
    projects = (
        sa.select(sa.func.count()).where(cites.c.object == document.c.n).scalar_subquery().label("projects")
    )
    return (
        sa.select(document.c.n, projects)
        .where(document.c.leadAgency == value("of"))
        .order_by(projects.desc(), document.c.n)
        .limit(value("limit"))
        .offset(value("offset"))
    )


@prepared
def _count() -> sa.Select[Any]:
    document = table("FundingDocument")
    return sa.select(sa.func.count()).where(document.c.leadAgency == value("of"))


@prepared
def _money() -> sa.Select[Any]:
    total = table("Total_document")
    names = ("document", "fiscalYear", "stage", "projects", "totalBudget_count", "totalBudget_sum")
    return sa.select(*(total.c[name] for name in names)).where(total.c.document.in_(among("ns")))


@prepared
def _titles() -> sa.Select[Any]:
    title = table("FundingDocument_title")
    first = sa.func.min(title.c.object)
    return sa.select(title.c.subject, first).where(title.c.subject.in_(among("ns"))).group_by(title.c.subject)


def view_agency(release: Release, description: Description, language: str, number: int) -> AgencyView:
    """The view of an agency that exists in the release. Raises `Problem` 404 where the index has none."""
    index = release.index
    of = number_of(index, description.iri.removeprefix(f"{release.base}id/"))
    if of is None:
        raise not_found(description.iri)
    return AgencyView(
        iri=description.iri,
        label=description.label(language=language),
        level=description.concept("agencyLevel"),
        region=node_link(description, description.node("region"), release.base, language),
        documents=_documents(index, of, language, number),
        count=int(ask(index, _count(), of=of)[0][0]),
        number=number,
    )


def _documents(index: Index, of: int, language: str, number: int) -> tuple[IssuedDocument, ...]:
    found = ask(index, _issued(), of=of, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    listed = numbers(n for n, _ in found)
    named = links(index, (n for n, _ in found), language)
    titles = dict(ask(index, _titles(), ns=listed))
    money: dict[int, list[Total]] = defaultdict(list)
    for n, year, stage, projects, known, parts in ask(index, _money(), ns=listed):
        yuan = amount(parts) if known else None
        money[n].append(Total(base_of(index, year, stage), projects, projects - known, yuan))
    return tuple(IssuedDocument(named[n], titles.get(n), projects, tuple(money[n])) for n, projects in found)
