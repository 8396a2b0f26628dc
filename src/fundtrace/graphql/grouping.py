"""Groups: the distinct rows of a connection with the values that they are grouped by, and the keys of each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.graphql.binding import column_of
from fundtrace.graphql.bindings import BOUND, MEASURES
from fundtrace.graphql.dimensions import DIMENSIONS, Dimension
from fundtrace.graphql.filtering import Condition, Reached, Rows, rows_of, table
from fundtrace.index.metadata import link_name

_CODES: Final = {
    "Agency": "name",
    "Concept": "notation",
    "FundingDocument": "number",
    "SourceDocument": "fileName",
}
"""The column of a class that a group's value is read from; `code` for the others."""


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are grouped by: a column, and the class of the entity that it names (empty for a plain value)."""

    column: sa.ColumnElement[Any]
    target: str = ""

    @property
    def code(self) -> str:
        """The column of the target that the value of a group is read from."""
        return _CODES.get(self.target, "code")


def target_of(name: str, dimension: Dimension) -> str:
    """The class of the entities that a dimension of a type leads to; empty for plain values."""
    of = BOUND[name].table
    for step in dimension.path:
        of = column_of(of, step).target or ""
    return of


def distinct_rows(
    name: str, reached: Reached, matching: list[Condition], dimensions: Sequence[str]
) -> tuple[sa.Subquery, list[Key]]:
    """The rows of a type that were reached, once for each combination of their keys, and the keys."""
    chosen = (
        sa.select(reached.rows.c.n)
        .select_from(reached.source)
        .where(*matching)
        .correlate_except(*reached.own)
    )
    fresh = rows_of(name)
    joining = _Joining(BOUND[name].table, fresh)
    values = [joining.value(DIMENSIONS[name][one]) for one in dimensions]
    facts = ("n", "stage", "fiscalYear", "department", *MEASURES.values()) if name == "Project" else ("n",)
    inner = (
        sa.select(*(fresh.c[one] for one in facts), *(one.label(f"key{at}") for at, one in enumerate(values)))
        .distinct()
        .select_from(joining.source)
        .where(fresh.c.n.in_(chosen))
        .subquery()
    )
    keys = [
        Key(inner.c[f"key{at}"], target_of(name, DIMENSIONS[name][one])) for at, one in enumerate(dimensions)
    ]
    return inner, keys


class _Joining:
    """Rows with all that their keys are read from, joined on; ways that begin alike share their joins."""

    def __init__(self, of: str, rows: Rows) -> None:
        self.source: Rows = rows
        self._of = of
        self._rows = rows
        self._reached: dict[tuple[str, ...], tuple[str, Rows]] = {(): (of, rows)}
        self._linked: dict[tuple[str, ...], sa.ColumnElement[Any]] = {}

    def value(self, dimension: Dimension) -> sa.ColumnElement[Any]:
        """The value of a dimension."""
        begin, last = dimension.path[:-1], dimension.path[-1]
        of, rows = self._at(begin)
        found = self._column(begin, of, rows, last)
        return self._lifted(dimension.path, dimension.level) if dimension.level else found

    def _at(self, path: tuple[str, ...]) -> tuple[str, Rows]:
        if path not in self._reached:
            of, rows = self._at(path[:-1])
            value = self._column(path[:-1], of, rows, path[-1])
            target = column_of(of, path[-1]).target or ""
            other = rows_of(target)
            self.source = self.source.outerjoin(other, other.c.n == value)
            self._reached[path] = target, other
        return self._reached[path]

    def _column(self, begin: tuple[str, ...], of: str, rows: Rows, name: str) -> sa.ColumnElement[Any]:
        if name in table(of).c:
            return rows.c[name]
        path = (*begin, name)
        if path not in self._linked:
            link = table(link_name(of, name)).alias()
            self.source = self.source.outerjoin(link, link.c.subject == rows.c.n)
            self._linked[path] = link.c.object
        return self._linked[path]

    def _lifted(self, path: tuple[str, ...], level: str) -> sa.ColumnElement[Any]:
        # Codes of six digits: four zeros at the end are a province, two a city, none a county.
        own = self._at(path)[1]
        above = self._at((*path, "parentRegion"))[1]
        top = self._at((*path, "parentRegion", "parentRegion"))[1]

        def fits(rows: Rows) -> sa.ColumnElement[bool]:
            province, city = rows.c.code.like("%0000"), rows.c.code.like("%00")
            wanted = {"province": province, "city": sa.and_(city, sa.not_(province)), "county": sa.not_(city)}
            return wanted[level]

        return sa.case(*((fits(rows), rows.c.n) for rows in (own, above, top)), else_=None)
