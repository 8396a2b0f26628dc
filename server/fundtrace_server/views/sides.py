"""One side of a comparison: what it rests on, its money, the documents that fund it, and the indicators that it promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import amount, ask, concept_number, concepts, prepared, table, value
from fundtrace_server.views import cube
from fundtrace_server.views.linking import Base, Link
from fundtrace_server.views.members import Of
from fundtrace_server.views.naming import links

MEASURES: Final = ("total", "fiscal", "carryover", "other")
"""The figures of a budget."""

LEVELS: Final = tuple(
    f"fund-level-{name}" for name in ("central", "provincial", "city", "county", "mixed", "none")
)
"""The levels of funds, from the top; the last for projects that print none."""

_KEPT: Final = 256


@dataclass(frozen=True, slots=True)
class SideWanted:
    """A side of a comparison: the key of a department or region, and year and stage as `2021-budget` (None: the newest)."""

    key: str
    base: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """Some of a side's projects: how many, and their budgets; None where none prints one."""

    projects: int
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what it is, its base and those to choose from, what it rests on, and its figures.

    `known` projects print an amount; `funded` are those under a document with their share of the money.
    """

    entity: Link
    key: str
    base: Base
    bases: tuple[Base, ...]
    sources: int
    departments: int
    projects: int
    known: int
    money: Mapping[str, Decimal | None]
    funded: Share
    levels: Mapping[str, Share]
    documents: Mapping[int, Share]
    themes: Mapping[int, int]


@lru_cache(maxsize=_KEPT)
def measured(index: Index, of: Of, wanted: SideWanted, language: str) -> Side:
    """One side of a comparison."""
    cells = cube.cells(index, of)
    bases = tuple(total.base for total in cube.totals(index, cells))
    base = _base(wanted.base, bases)
    left = [cell for cell in cells if cube.base_of(index, cell.year, cell.stage) == base]
    values = {
        "of": of.n,
        "year": int(base.year) if base.year else None,
        "stage": concept_number(index, base.stage) if base.stage else None,
    }
    codes, column = concepts(index), "department" if of.class_name == "Department" else "region"
    levels: dict[str, Share] = {}
    money: dict[str, int | None] = dict.fromkeys(MEASURES)
    under: list[tuple[int, int, int]] = []
    for level, funded, *told in ask(index, _money(column), **values):
        projects, known, *sums = told
        name = codes.get(level, LEVELS[-1])
        levels[name] = _add(levels.get(name), projects, sums[0] if known else None)
        for measure, parts in zip(MEASURES, sums, strict=True):
            if parts is not None:
                money[measure] = (money[measure] or 0) + parts
        if funded:
            under.append((projects, known, sums[0] or 0))
    return Side(
        entity=links(index, [of.n], language)[of.n],
        key=wanted.key,
        base=base,
        bases=bases,
        sources=int(ask(index, _sources(column), **values)[0][0]),
        departments=len({cell.department for cell in left if cell.department is not None}),
        projects=cube.count(left),
        known=sum(cell.known for cell in left),
        money={name: amount(parts) for name, parts in money.items()},
        funded=Share(
            sum(projects for projects, _, _ in under),
            amount(sum(parts for _, _, parts in under)) if any(known for _, known, _ in under) else None,
        ),
        levels=levels,
        documents={
            document: Share(projects, amount(parts))
            for document, projects, parts in ask(index, _documents(column), **values)
        },
        themes=dict(ask(index, _themes(column), **values)),
    )


def _base(asked: str | None, bases: tuple[Base, ...]) -> Base:
    """The base asked for; else the newest. A base that the side does not have is shown as empty."""
    if asked is None:
        return bases[0] if bases else Base(None, None)
    year, _, stage = asked.partition("-")
    return Base(None if year == "none" else year, None if stage == "none" else f"stage-{stage}")


def _add(share: Share | None, projects: int, parts: int | None) -> Share:
    yuan = amount(parts)
    if share is None:
        return Share(projects, yuan)
    both = None if share.yuan is None and yuan is None else (share.yuan or Decimal(0)) + (yuan or Decimal(0))
    return Share(share.projects + projects, both)


def _conditions(column: str) -> tuple[sa.ColumnElement[bool], ...]:
    project = table("Project")
    # IS, so that a base without a year or a stage finds the projects that state none.
    return (
        project.c[column] == value("of"),
        project.c.fiscalYear.op("IS")(value("year")),
        project.c.stage.op("IS")(value("stage")),
    )


@prepared
def _money(column: str) -> sa.Select[Any]:
    project, funded = table("Project"), table("Project_fundedUnder")
    under = sa.exists().where(funded.c.subject == project.c.n)
    sums = (sa.func.sum(project.c[f"{name}Budget"]) for name in MEASURES)
    return (
        sa.select(project.c.fundLevel, under, sa.func.count(), sa.func.count(project.c.totalBudget), *sums)
        .where(*_conditions(column))
        .group_by(project.c.fundLevel, under)
    )


@prepared
def _sources(column: str) -> sa.Select[Any]:
    project, read = table("Project"), table("Project_source")
    joined = project.join(read, read.c.subject == project.c.n)
    return sa.select(sa.func.count(read.c.object.distinct())).select_from(joined).where(*_conditions(column))


@prepared
def _documents(column: str) -> sa.Select[Any]:
    project, funded = table("Project"), table("Project_fundedUnder")
    joined = project.join(funded, funded.c.subject == project.c.n)
    columns = funded.c.object, sa.func.count(), sa.func.sum(project.c.totalBudget)
    return sa.select(*columns).select_from(joined).where(*_conditions(column)).group_by(funded.c.object)


@prepared
def _themes(column: str) -> sa.Select[Any]:
    project, promised = table("Project"), table("Project_indicator")
    indicator, category = table("Indicator"), table("Concept")
    joined = (
        project.join(promised, promised.c.subject == project.c.n)
        .join(indicator, indicator.c.n == promised.c.object)
        .join(category, category.c.n == indicator.c.category)
    )
    theme: sa.ColumnElement[Any] = sa.func.coalesce(category.c.theme, category.c.n)
    columns: tuple[sa.ColumnElement[Any], ...] = theme, sa.func.count()
    return sa.select(*columns).select_from(joined).where(*_conditions(column)).group_by(theme)
