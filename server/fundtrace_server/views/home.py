"""The home page: what is in this release, made once for each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index, metadata, sqlite
from fundtrace.release import Release
from fundtrace_server.matching import label_column, notes
from fundtrace_server.views.linking import Base, Link

_COUNTED: Final = (
    "SourceDocument",
    "Region",
    "Department",
    "Project",
    "Indicator",
    "FundingDocument",
    "Citation",
    "Finding",
)
LEVELS: Final = ("central", "provincial", "city", "county", "mixed", None)
"""资金级次 in the order of the charts; None is what prints no level."""

TOP: Final = 8
"""Documents and sources that the page names."""

_Query = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a year's money of one level: its code (None: not printed), projects, sum, and place in a bar of 100."""

    level: str | None
    projects: int
    yuan: Decimal | None
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class YearView:
    """The money of one fiscal year and stage by level of funds, and what it rests on."""

    base: Base
    projects: int
    departments: int
    sources: int
    yuan: Decimal | None
    unknown: int
    shares: tuple[Share, ...]

    @property
    def by_level(self) -> dict[str | None, Decimal | None]:
        """The sums by level, of the levels that this year has."""
        return {share.level: share.yuan for share in self.shares}


@dataclass(frozen=True, slots=True)
class TopDocument:
    """A funding document with the budgets of the projects that it funds, of one fiscal year and stage."""

    document: Link
    base: Base
    projects: int
    shared: int
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source document: its page, what tells it from its like, the stage, and when it was published, if that is known."""

    source: Link
    note: str
    stage: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the page. `levels` are those that some year has."""

    counts: tuple[tuple[str, int], ...]
    years: tuple[YearView, ...]
    levels: tuple[str | None, ...]
    documents: tuple[TopDocument, ...]
    sources: tuple[SourceView, ...]


def view_home(release: Release, language: str = "zh") -> HomeView:
    """The view of a release in a language. Raises `SystemFailure` when its index cannot be read."""
    return _made(release.index, language)


@lru_cache(maxsize=8)
def _made(index: Index, language: str) -> HomeView:
    years = _years(index)
    found = {share.level for year in years for share in year.shares}
    return HomeView(
        counts=_counts(index),
        years=years,
        levels=tuple(level for level in LEVELS if level in found),
        documents=_documents(index, language),
        sources=_sources(index, language),
    )


def _counts(index: Index) -> tuple[tuple[str, int], ...]:
    entity = metadata().tables["Entity"]
    kind = entity.c["class"]
    sql, parameters = sqlite.compile(sa.select(kind, sa.func.count()).group_by(kind))
    counted = dict(index.run(sql, parameters).rows)
    return tuple((name, counted.get(name, 0)) for name in _COUNTED)


def _years(index: Index) -> tuple[YearView, ...]:
    by_level: dict[Base, list[tuple[str | None, int, Decimal | None]]] = {}
    for year, stage, level, projects, known, total in index.run(*_level_query()).rows:
        base = _base(year, stage)
        name = level.rpartition("fund-level-")[2] if level else None
        by_level.setdefault(base, []).append((name, projects, _yuan(total, known)))
    views = []
    for year, stage, projects, departments, sources, known, total in index.run(*_year_query()).rows:
        base = _base(year, stage)
        yuan = _yuan(total, known)
        shares = _shares(by_level.get(base, []), yuan)
        views.append(YearView(base, projects, departments, sources, yuan, projects - known, shares))
    return tuple(views)


def _shares(found: list[tuple[str | None, int, Decimal | None]], whole: Decimal | None) -> tuple[Share, ...]:
    shares, start = [], 0.0
    for level, projects, yuan in sorted(found, key=lambda one: LEVELS.index(one[0])):
        width = round(float(yuan / whole * 100), 2) if yuan and whole else 0.0
        shares.append(Share(level, projects, yuan, round(start, 2), width))
        start += width
    return tuple(shares)


def _documents(index: Index, language: str) -> tuple[TopDocument, ...]:
    sql, parameters = _top_query(language)
    return tuple(
        TopDocument(Link(label, f"/page/{key}"), _base(year, stage), projects, shared, _yuan(total, known))
        for key, label, year, stage, projects, shared, known, total in index.run(sql, parameters).rows
    )


def _sources(index: Index, language: str) -> tuple[SourceView, ...]:
    sql, parameters = _source_query(language)
    rows = index.run(sql, parameters).rows
    told = notes(index, (("SourceDocument", row[0]) for row in rows), language)
    return tuple(
        SourceView(Link(label, f"/page/{key}"), told.get(n, ""), _code(stage), published)
        for n, key, label, stage, published in rows
    )


def _base(year: int | None, stage: str | None) -> Base:
    return Base(None if year is None else str(year), _code(stage))


def _code(key: str | None) -> str | None:
    return key.rpartition("/")[2] if key else None


def _yuan(units: int | None, known: int) -> Decimal | None:
    """A sum, or None when none of its projects prints an amount: missing is never zero."""
    return Decimal(units or 0) / sqlite.UNITS if known else None


@cache
def _level_query() -> _Query:
    project, entity = metadata().tables["Project"], metadata().tables["Entity"]
    stage, level = entity.alias("stage"), entity.alias("level")
    rows = (
        sa.select(
            project.c.fiscalYear,
            stage.c.key,
            level.c.key,
            sa.func.count(),
            sa.func.count(project.c.totalBudget),
            sa.func.sum(project.c.totalBudget),
        )
        .select_from(project)
        .outerjoin(stage, stage.c.n == project.c.stage)
        .outerjoin(level, level.c.n == project.c.fundLevel)
        .group_by(project.c.fiscalYear, project.c.stage, project.c.fundLevel)
    )
    return sqlite.compile(rows)


@cache
def _year_query() -> _Query:
    total, stage = metadata().tables["Total_year"], metadata().tables["Entity"].alias("stage")
    rows = (
        sa.select(
            total.c.fiscalYear,
            stage.c.key,
            total.c.projects,
            total.c.departments,
            total.c.sources,
            total.c.totalBudget_count,
            total.c.totalBudget_sum,
        )
        .join_from(total, stage, stage.c.n == total.c.stage, isouter=True)
        .order_by(total.c.fiscalYear.desc(), stage.c.key)
    )
    return sqlite.compile(rows)


@cache
def _top_query(language: str) -> _Query:
    tables = metadata().tables
    total, document, stage = (
        tables["Total_document"],
        tables["FundingDocument"],
        tables["Entity"].alias("stage"),
    )
    rows = (
        sa.select(
            document.c.key,
            sa.func.coalesce(document.c.number, label_column(document, language)),
            total.c.fiscalYear,
            stage.c.key,
            total.c.projects,
            total.c.shared,
            total.c.totalBudget_count,
            total.c.totalBudget_sum,
        )
        .join_from(total, document, document.c.n == total.c.document)
        .outerjoin(stage, stage.c.n == total.c.stage)
        .order_by(total.c.totalBudget_sum.desc(), document.c.n)
        .limit(TOP)
    )
    return sqlite.compile(rows)


@cache
def _source_query(language: str) -> _Query:
    source, stage = metadata().tables["SourceDocument"], metadata().tables["Entity"].alias("stage")
    rows = (
        sa.select(
            source.c.n, source.c.key, label_column(source, language), stage.c.key, source.c.datePublished
        )
        .join_from(source, stage, stage.c.n == source.c.stage, isouter=True)
        .order_by(
            sa.func.coalesce(source.c.datePublished, source.c.dateRetrieved, "").desc(),
            source.c.fiscalYear.desc(),
            source.c.n,
        )
        .limit(TOP)
    )
    return sqlite.compile(rows)
