"""How many projects something has, and their money, by department, region, year and stage: counted once for a release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import amount, ask, concepts, prepared, table
from fundtrace_server.views.linking import Base, Total
from fundtrace_server.views.members import Of, filter_names, parameters, unordered
from fundtrace_server.views.wanted import ABSENT, Wanted

_KEPT: Final = 512
_DIMENSIONS: Final = ("department", "region", "fiscalYear", "stage")


@dataclass(frozen=True, slots=True)
class Cell:
    """Projects of one department, region, year and stage: how many, how many print an amount, and their sum (1/10 000 yuan)."""

    department: int | None
    region: int | None
    year: int | None
    stage: int | None
    projects: int
    known: int
    parts: int


Cells = tuple[Cell, ...]


@prepared
def _cells(class_name: str, role: str | None, filters: frozenset[str]) -> sa.Select[Any]:
    project = table("Project")
    chosen = unordered(class_name, role, filters)
    return (
        sa.select(
            *(project.c[name] for name in _DIMENSIONS),
            sa.func.count(),
            sa.func.count(project.c.totalBudget),
            sa.func.coalesce(sa.func.sum(project.c.totalBudget), 0),
        )
        .select_from(chosen.source)
        .where(*chosen.conditions)
        .group_by(*(project.c[name] for name in _DIMENSIONS))
    )


def cells(index: Index, of: Of, text: str | None = None) -> Cells:
    """The projects of something, or those of them that a text finds, by department, region, year and stage."""
    return _counted(index, of, text)


@lru_cache(maxsize=_KEPT)
def _counted(index: Index, of: Of, text: str | None) -> Cells:
    wanted = Wanted(text=text)
    values = parameters(index, of, wanted)
    if values is None:
        return ()
    return tuple(
        Cell(*row) for row in ask(index, _cells(of.class_name, of.role, filter_names(wanted)), **values)
    )


def chosen(index: Index, of: Of, wanted: Wanted) -> Cells:
    """The cells that filters leave."""
    values = parameters(index, of, wanted)
    if values is None:
        return ()
    found = cells(index, of, wanted.text)
    for name, read in _READ.items():
        text = getattr(wanted, name)
        if text == ABSENT:
            found = tuple(cell for cell in found if read(cell) is None)
        elif text:
            found = tuple(cell for cell in found if read(cell) == values[name])
    return found


_READ: Final[Mapping[str, Callable[[Cell], int | None]]] = {
    "department": lambda cell: cell.department,
    "region": lambda cell: cell.region,
    "year": lambda cell: cell.year,
    "stage": lambda cell: cell.stage,
}


def count(found: Iterable[Cell]) -> int:
    """How many projects."""
    return sum(cell.projects for cell in found)


@prepared
def _shared(class_name: str, role: str | None, filters: frozenset[str]) -> sa.Select[Any]:
    funded = table("Project_fundedUnder").alias()
    chosen = unordered(class_name, role, filters)
    several = sa.select(sa.func.count() > 1).where(funded.c.subject == chosen.n).scalar_subquery()
    return sa.select(sa.func.count()).select_from(chosen.source).where(*chosen.conditions, several)


@lru_cache(maxsize=_KEPT)
def shared(index: Index, of: Of, wanted: Wanted) -> int:
    """How many projects, of those that the filters leave, are funded under several documents."""
    values = parameters(index, of, wanted)
    if values is None:
        return 0
    return int(ask(index, _shared(of.class_name, of.role, filter_names(wanted)), **values)[0][0])


def base_of(index: Index, year: int | None, stage: int | None) -> Base:
    """What a total is the total of."""
    return Base(None if year is None else str(year), None if stage is None else concepts(index).get(stage))


def totals(index: Index, found: Iterable[Cell]) -> tuple[Total, ...]:
    """One total for each year and stage, newest year first; never one across them."""
    grouped: dict[tuple[int | None, int | None], list[Cell]] = defaultdict(list)
    for cell in found:
        grouped[cell.year, cell.stage].append(cell)
    made = []
    for (year, stage), members in grouped.items():
        projects, known = count(members), sum(cell.known for cell in members)
        made.append(
            Total(
                base=base_of(index, year, stage),
                projects=projects,
                unknown=projects - known,
                yuan=amount(sum(cell.parts for cell in members)) if known else None,
            )
        )
    return tuple(sorted(made, key=lambda one: (one.base.year or "", one.base.stage or ""), reverse=True))


@dataclass(frozen=True, slots=True)
class Slice:
    """The projects of one department or region (by number) within a base: how many, and their sum; None when none prints one."""

    n: int | None
    projects: int
    yuan: Decimal | None


def slices(found: Iterable[Cell], name: str) -> tuple[Slice, ...]:
    """The cells by `department`, `region`, `year` or `stage`; the most money first, then the most projects."""
    read = _READ[name]
    grouped: dict[int | None, list[Cell]] = defaultdict(list)
    for cell in found:
        grouped[read(cell)].append(cell)
    made = [
        Slice(
            n,
            count(members),
            amount(sum(cell.parts for cell in members)) if any(cell.known for cell in members) else None,
        )
        for n, members in grouped.items()
    ]
    return tuple(sorted(made, key=lambda one: (-(one.yuan or Decimal(0)), -one.projects, one.n or 0)))
