"""The home page: what is in this release."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fundtrace.release import Release
from fundtrace_server.asking import Row, amount, count, rows, text
from fundtrace_server.views.linking import Base, Link, concept_code, row_link

_COUNTED = (
    "SourceDocument",
    "Region",
    "Department",
    "Project",
    "Indicator",
    "FundingDocument",
    "Citation",
    "Finding",
)


@dataclass(frozen=True, slots=True)
class YearView:
    """The money of one fiscal year and stage, and what it rests on."""

    base: Base
    projects: int
    departments: int
    sources: int
    yuan: Decimal | None
    unknown: int
    share: int


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A department's projects of one year and source."""

    department: Link
    region: str | None
    base: Base
    source: Link | None
    projects: int
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class TopDocument:
    """A funding document with the budgets of the projects that it funds, of one fiscal year and stage."""

    document: Link
    base: Base
    projects: int
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the page."""

    counts: tuple[tuple[str, int], ...]
    years: tuple[YearView, ...]
    departments: tuple[DepartmentView, ...]
    documents: tuple[TopDocument, ...]


def view_home(release: Release) -> HomeView:
    """The view of the current release."""
    counted = {
        (text(row, "class") or "").removeprefix(release.namespace): count(row, "entities")
        for row in rows(release, "counts")
    }
    return HomeView(
        counts=tuple((name, counted.get(name, 0)) for name in _COUNTED),
        years=_years(release),
        departments=_departments(release),
        documents=_documents(release),
    )


def _years(release: Release) -> tuple[YearView, ...]:
    found = rows(release, "years")
    sources = {_base(row): count(row, "sources") for row in rows(release, "year-sources")}
    largest = max((_sum(row) or Decimal(0) for row in found), default=Decimal(0))
    views = []
    for row in found:
        total = _sum(row)
        views.append(
            YearView(
                base=_base(row),
                projects=count(row, "projects"),
                departments=count(row, "departments"),
                sources=sources.get(_base(row), 0),
                yuan=total,
                unknown=count(row, "projects") - count(row, "known"),
                share=int(total * 100 / largest) if total and largest else 0,
            )
        )
    return tuple(views)


def _departments(release: Release) -> tuple[DepartmentView, ...]:
    views = []
    for row in rows(release, "departments"):
        department = row_link(row, "department", "label", release.base)
        assert department is not None  # noqa: S101 - the query binds it
        views.append(
            DepartmentView(
                department=department,
                region=text(row, "regionLabel"),
                base=_base(row),
                source=row_link(row, "source", "fileName", release.base),
                projects=count(row, "projects"),
                yuan=_sum(row),
            )
        )
    return tuple(views)


def _documents(release: Release) -> tuple[TopDocument, ...]:
    views = []
    for row in rows(release, "top-documents"):
        document = row_link(row, "document", "number" if text(row, "number") else "label", release.base)
        assert document is not None  # noqa: S101 - the query binds it
        views.append(TopDocument(document, _base(row), count(row, "projects"), _sum(row)))
    return tuple(views)


def _sum(row: Row) -> Decimal | None:
    """A sum, or None when none of its projects prints an amount: missing is never zero."""
    return amount(row, "total") if count(row, "known") else None


def _base(row: Row) -> Base:
    return Base(text(row, "year"), concept_code(text(row, "stage")))
