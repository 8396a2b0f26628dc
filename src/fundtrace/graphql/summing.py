"""Figures over distinct projects as SQL, from their rows or from stored totals; money that would mix is null, with a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import sqlalchemy as sa

from fundtrace.graphql.bindings import MEASURES
from fundtrace.graphql.filtering import Rows, rows_of, table
from fundtrace.index import sqlite, writing

MIXED: Final = "mixed"
"""The note that rows span several fiscal years or stages."""

Figure = sa.ColumnElement[Any]


class Figures(Protocol):
    """Aggregate expressions over some projects."""

    def count(self) -> Figure:
        """How many."""

    def shared(self) -> Figure:
        """How many are funded under several documents."""

    def distinct(self, what: str) -> Figure:
        """How many `departments` or `sources` they are of."""

    def money(self, figure: str, measure: str) -> Figure:
        """The `sum`, `avg`, `min` or `max` of a part of the budget; NULL with a note where they mix."""

    @property
    def rows(self) -> Rows:
        """The rows, which have `stage` and `fiscalYear`."""


@dataclass(frozen=True, slots=True)
class Live:
    """Figures over rows of projects."""

    rows: Rows

    def count(self) -> Figure:
        """How many."""
        return sa.func.count(self.rows.c.n)

    def shared(self) -> Figure:
        """How many are funded under several documents."""
        funded = table("Project_fundedUnder").alias()
        several = (
            sa.select(sa.func.count())
            .select_from(funded)
            .where(funded.c.subject == self.rows.c.n)
            .correlate(self.rows)
            .scalar_subquery()
        )
        return sa.func.coalesce(sa.func.sum(several > 1), 0)

    def distinct(self, what: str) -> Figure:
        """How many `departments` or `sources` they are of."""
        if what == "departments":
            return sa.func.count(self.rows.c.department.distinct())
        link = table("Project_source").alias()
        sources = sa.select(sa.func.json_group_array(link.c.object)).where(link.c.subject == self.rows.c.n)
        return sqlite.count_members(sources.correlate(self.rows).scalar_subquery())

    def money(self, figure: str, measure: str) -> Figure:
        """A figure of a part of the budget."""
        column = self.rows.c[MEASURES[measure]]
        if figure == "avg":
            return _guarded(self.rows, sa.func.mean_yuan(sa.func.sum(column), sa.func.count(column)))
        return _guarded(self.rows, writing.yuan(getattr(sa.func, figure)(column)))


@dataclass(frozen=True, slots=True)
class Stored:
    """Figures over rows of stored totals, each of one stage and fiscal year, that no project is in two of."""

    rows: Rows

    def count(self) -> Figure:
        """How many."""
        return sa.func.coalesce(sa.func.sum(self.rows.c.projects), 0)

    def shared(self) -> Figure:
        """How many are funded under several documents."""
        return sa.func.coalesce(sa.func.sum(self.rows.c.shared), 0)

    def distinct(self, what: str) -> Figure:
        """How many `departments` or `sources`: right for groups of one row alone."""
        return sa.func.coalesce(sa.func.sum(self.rows.c[what]), 0)

    def money(self, figure: str, measure: str) -> Figure:
        """A figure of a part of the budget."""
        name = MEASURES[measure]
        total = sa.func.sum(self.rows.c[f"{name}_sum"])
        if figure == "avg":
            return _guarded(self.rows, sa.func.mean_yuan(total, sa.func.sum(self.rows.c[f"{name}_count"])))
        if figure == "sum":
            return _guarded(self.rows, writing.yuan(total))
        return _guarded(self.rows, writing.yuan(getattr(sa.func, figure)(self.rows.c[f"{name}_{figure}"])))


def figure(figures: Figures, name: str, member: Callable[[Figure], Figure]) -> Figure:
    """A plain figure of an aggregate by the name of its field; `member` gives the enum's member of a code."""
    if name in {"count", "projects"}:
        return figures.count()
    if name == "shared":
        return figures.shared()
    if name in {"departments", "sources"}:
        return figures.distinct(name)
    if name == "yuan":
        return figures.money("sum", "total")
    column = figures.rows.c.fiscalYear if name == "fiscalYears" else member(figures.rows.c.stage)
    return writing.members(column)


def total_of(group: str) -> Rows:
    """The rows of a stored total under a name of their own."""
    return rows_of(f"Total_{group}")


def of_stages_and_years(chosen: Mapping[str, Any]) -> bool:
    """Whether a filter of projects asks for stages and fiscal years alone, which every stored total has."""
    for name, value in chosen.items():
        inner = value if name in {"and", "or"} else [value] if name == "not" else []
        if not all(of_stages_and_years(one) for one in inner or () if one):
            return False
        if value is not None and name not in {"and", "or", "not", "stage", "fiscalYear"}:
            return False
    return True


def is_of_one(chosen: Mapping[str, Any]) -> bool:
    """Whether a filter leaves one stage and one fiscal year."""
    return all((chosen.get(name) or {}).get("eq") is not None for name in ("stage", "fiscalYear"))


def _guarded(rows: Rows, money: Figure) -> Figure:
    year = sa.func.coalesce(rows.c.fiscalYear, -1)
    mixed = [sa.func.min(one) < sa.func.max(one) for one in (rows.c.stage, year)]
    return sa.case((sa.or_(*mixed), sa.func.note(sa.literal(MIXED))), else_=money)


def whole(
    made: sa.ColumnElement[Any], source: Rows, conditions: Sequence[sa.ColumnElement[bool]], *own: Rows
) -> sa.ScalarSelect[Any]:
    """What is made of all rows of a source, as one value. `own` is what they are selected from."""
    # The count makes one row of whatever there is, even where no figure is selected.
    one = sa.case((sa.func.count() >= 0, made))
    return sa.select(one).select_from(source).where(*conditions).correlate_except(*own).scalar_subquery()
