"""A page of projects: filtered, sorted, cut, with the totals of all that the filters leave and what can be filtered by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import amount, ask, concepts, prepared, table, value
from fundtrace_server.views import cube
from fundtrace_server.views.linking import Base, Link, Total
from fundtrace_server.views.members import Of, filter_names, members, parameters
from fundtrace_server.views.naming import links, to
from fundtrace_server.views.wanted import ABSENT, ORDERS, PER_PAGE, Wanted

CHOICES: Final = 300
"""Departments and regions to choose from: those with the most money; words find the others."""


_KEPT: Final = 256


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A project in a list; `shared` says that several documents fund it, `role` is its strongest under the document."""

    n: int
    project: Link
    name: str | None
    code: str | None
    base: Base
    department: Link | None
    region: Link | None
    unit: Link | None
    total: Decimal | None
    shared: bool
    role: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter can take: what stands in the address, its name (None: not stated), and how many it leaves."""

    value: str
    label: str | None
    projects: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. `count` and `totals` are of everything that the filters leave, `all` counts without them.

    `totals` is empty where budgets may not be summed.
    """

    wanted: Wanted
    rows: tuple[ListedProject, ...]
    count: int
    all: int
    totals: tuple[Total, ...]
    shared: int
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PER_PAGE))

    @property
    def first(self) -> int:
        """The number of the first row of the page, counted from 1."""
        return (self.wanted.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        """The number of its last row."""
        return self.first + len(self.rows) - 1


def listing(index: Index, of: Of, wanted: Wanted, language: str, *, sums: bool = True) -> Listing:
    """The list of the projects of something, as it is wanted."""
    every = cube.cells(index, of)
    left = cube.chosen(index, of, wanted) if wanted.narrowed else every
    return Listing(
        wanted=wanted,
        rows=tuple(rows(index, of, wanted, language)),
        count=cube.count(left),
        all=cube.count(every),
        totals=cube.totals(index, left) if sums else (),
        shared=cube.shared(index, of, replace(wanted, sort=ORDERS[0], page=1))
        if sums and wanted.narrowed
        else 0,
        choices=tuple(
            (name, _chosen(options, getattr(wanted, name))) for name, options in choices(index, of, language)
        ),
    )


@prepared
def _rows(class_name: str, role: str | None, sort: str, filters: frozenset[str]) -> sa.Select[Any]:
    chosen = members(class_name, role, sort, filters)
    sorted_by = [column.label(f"by_{place}") for place, (column, _) in enumerate(chosen.order)]
    page = (
        sa.select(chosen.n.label("n"), *sorted_by)
        .select_from(chosen.source)
        .where(*chosen.conditions)
        .order_by(*(column.desc() if down else column.asc() for column, down in chosen.order))
        .limit(value("limit"))
        .offset(value("offset"))
        .subquery()
    )
    project, funded = table("Project").alias(), table("Project_fundedUnder").alias()
    several = sa.select(sa.func.count() > 1).where(funded.c.subject == project.c.n).scalar_subquery()
    names = ("n", "key", "label_zh", "label_en", "name", "code", "fiscalYear", "stage", "totalBudget")
    columns = [project.c[one] for one in (*names, "department", "region", "unit")]
    strongest: sa.ColumnElement[Any] = sa.null()
    if class_name == "FundingDocument":
        cites = table("Project_cites").alias()
        here = (cites.c.subject == project.c.n) & (cites.c.object == value("of"))
        strongest = sa.select(cites.c.role).where(here).scalar_subquery()
    order = [
        page.c[f"by_{place}"].desc() if down else page.c[f"by_{place}"].asc()
        for place, (_, down) in enumerate(chosen.order)
    ]
    joined = page.join(project, project.c.n == page.c.n)
    return sa.select(*columns, several, strongest).select_from(joined).order_by(*order)


def rows(
    index: Index, of: Of, wanted: Wanted, language: str, limit: int = PER_PAGE, offset: int | None = None
) -> Iterable[ListedProject]:
    """The projects of a page, or of `limit` from `offset` on, in the order asked for."""
    values = parameters(index, of, wanted)
    if values is None:
        return
    statement = _rows(of.class_name, of.role, wanted.sort, filter_names(wanted))
    start = (wanted.page - 1) * PER_PAGE if offset is None else offset
    found = ask(index, statement, **values, limit=limit, offset=start)
    named = links(index, {n for row in found for n in row[9:12]}, language)
    codes = concepts(index)
    for n, key, zh, en, name, code, year, stage, parts, department, region, unit, several, role in found:
        yield ListedProject(
            n=n,
            project=to(key, zh, en, language),
            name=name,
            code=code,
            base=Base(None if year is None else str(year), codes.get(stage)),
            department=named.get(department),
            region=named.get(region),
            unit=named.get(unit),
            total=amount(parts),
            shared=bool(several),
            role=codes.get(role),
        )


@lru_cache(maxsize=_KEPT)
def choices(index: Index, of: Of, language: str) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """What the projects of something can be filtered by: where there is more than one value."""
    found = cube.cells(index, of)
    by = {name: cube.slices(found, name) for name in ("region", "department", "year", "stage")}
    named = links(index, {one.n for name in ("region", "department") for one in by[name][:CHOICES]}, language)
    codes = concepts(index)

    def place(n: int) -> tuple[str, str | None]:
        return (named[n].path or "").rpartition("/")[2], named[n].label

    def stage(n: int) -> tuple[str, str | None]:
        return codes[n].removeprefix("stage-"), f"concept.{codes[n]}"

    def year(n: int) -> tuple[str, str | None]:
        return str(n), str(n)

    read = {"region": place, "department": place, "year": year, "stage": stage}
    made = []
    for name, every in by.items():
        options = []
        for one in every[:CHOICES]:
            text, label = (ABSENT, None) if one.n is None else read[name](one.n)
            options.append(Choice(text, label, one.projects, chosen=False))
        if name == "year":
            options.sort(key=lambda one: one.value, reverse=True)
        if len(options) > 1:
            made.append((name, tuple(options)))
    return tuple(made)


def _chosen(options: tuple[Choice, ...], asked: str | None) -> tuple[Choice, ...]:
    """The choices with the one that is asked for marked; it stands there too where it is none of them."""
    if asked is None:
        return options
    if asked not in {one.value for one in options}:
        return (Choice(asked, asked, 0, chosen=True), *options)
    return tuple(replace(one, chosen=one.value == asked) for one in options)
