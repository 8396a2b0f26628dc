"""Documents beside a well-formed number that nobody cites: of the same issuer and year, and those whose number is near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.citations import DocumentNumber
from fundtrace.index import Index
from fundtrace_server.indexed import ask, prepared, table, value
from fundtrace_server.views.linking import Link
from fundtrace_server.views.naming import to

LISTED: Final = 20
"""Documents of each kind."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A document, and how many projects cite it."""

    document: Link
    projects: int


@dataclass(frozen=True, slots=True)
class UncitedView:
    """What stands beside the number: `same` issuer and year, the nearest serial first; `near` differs in one other part."""

    same: tuple[Beside, ...]
    near: tuple[Beside, ...]


def view_uncited(index: Index, number: DocumentNumber, language: str) -> UncitedView:
    """The documents beside a number."""
    values = {"issuer": number.issuer, "year": number.year, "serial": number.serial}
    same, near = (ask(index, _beside(name), **values) for name in ("same", "near"))
    return UncitedView(
        same=tuple(Beside(to(key, zh, en, language), projects) for key, zh, en, projects in same),
        near=tuple(Beside(to(key, zh, en, language), projects) for key, zh, en, projects in near),
    )


@prepared
def _beside(which: str) -> sa.Select[Any]:
    document, cites = table("FundingDocument"), table("Project_cites")
    projects = sa.select(sa.func.count()).where(cites.c.object == document.c.n).scalar_subquery()
    issuer, year = document.c.issuerCode == value("issuer"), document.c.year == value("year")
    serial = document.c.serial == value("serial")
    distance = sa.func.abs(sa.cast(document.c.serial, sa.Integer) - sa.cast(value("serial"), sa.Integer))
    # Another issuer with the same year and serial (a letter misread), or the same issuer and serial in another year.
    chosen = sa.and_(issuer, year) if which == "same" else sa.and_(serial, sa.or_(issuer, year))
    other = (
        sa.true()
        if which == "same"
        else ~sa.and_(issuer, sa.func.coalesce(document.c.year, 0) == sa.func.coalesce(value("year"), 0))
    )
    return (
        sa.select(document.c.key, document.c.label_zh, document.c.label_en, projects)
        .where(chosen, other)
        .order_by(distance, projects.desc(), document.c.n)
        .limit(LISTED)
    )
