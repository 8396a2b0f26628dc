"""Orders of rows, and cursors: the values that a row is ordered by and its key, so that they survive a new release."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.graphql.binding import Way, column_of
from fundtrace.graphql.bindings import BOUND
from fundtrace.graphql.filtering import Condition, Reached, Rows, rows_of, table, truth
from fundtrace.graphql.identity import refused
from fundtrace.graphql.inputs import order_fields
from fundtrace.graphql.limits import MAX_ORDERS
from fundtrace.graphql.selecting import Selector
from fundtrace.index import declarations

FOREIGN: Final = "cursor"
"""The note that a cursor was taken from another release."""
_LAST: Final = 2**62


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that rows are ordered by."""

    value: sa.ColumnElement[Any]
    descending: bool
    nulls_last: bool

    def ordered(self, *, backwards: bool) -> sa.ColumnElement[Any]:
        """The term of ORDER BY."""
        way = self.value.desc() if self.descending != backwards else self.value.asc()
        return way.nulls_last() if self.nulls_last != backwards else way.nulls_first()

    def beyond(self, at: sa.ColumnElement[Any], *, backwards: bool) -> Condition:
        """That a row stands behind (before, when backwards) a value; never NULL."""
        further = self.value < at if self.descending != backwards else self.value > at
        if self.nulls_last != backwards:
            return sa.and_(at.is_not(None), sa.or_(self.value.is_(None), further))
        return sa.or_(sa.and_(at.is_(None), self.value.is_not(None)), sa.func.coalesce(further, 0) == 1)


@dataclass(frozen=True, slots=True)
class Order:
    """What rows are ordered by, and its signature, which a cursor must have."""

    terms: tuple[Term, ...]
    rows: Rows
    signature: str
    number: sa.ColumnElement[int]
    stored: Rows | None = None

    def by(self, *, backwards: bool = False) -> list[sa.ColumnElement[Any]]:
        """The terms of ORDER BY; keys come last."""
        if self.stored is not None:
            # As the stored order lies, or as it is read backwards, so that nothing is sorted.
            (term,) = self.terms
            columns, down = self.stored.c, term.descending != backwards
            value = columns.value.desc() if down else columns.value.asc()
            if backwards:
                return [columns.missing.desc(), value, columns.subject.desc()]
            return [columns.missing.asc(), value, columns.subject.asc()]
        key = self.number.desc() if backwards else self.number.asc()
        return [*(term.ordered(backwards=backwards) for term in self.terms), key]

    def cursor(self, version: str) -> sa.ColumnElement[str]:
        """The cursor of a row."""
        values = [term.value for term in self.terms]
        return sa.func.opaque(
            sa.func.json_array(sa.literal(version), sa.literal(self.signature), self.rows.c.key, *values)
        )

    def beyond(
        self, selector: Selector, cursor: Any, name: str, version: str, *, backwards: bool
    ) -> Condition:
        """That a row stands behind (before) a cursor; one of a version other than this is noted."""
        part = _reader(self.signature, len(self.terms), name)
        entities = rows_of("Entity")
        key = selector.bind(cursor, part(2), lambda given: None if part(0)(given) == version else FOREIGN)
        if backwards:
            place = sa.select(sa.func.min(entities.c.n)).where(entities.c.key >= key).scalar_subquery()
            found: Condition = self.number < sa.func.coalesce(place, _LAST)
        else:
            place = sa.select(sa.func.max(entities.c.n)).where(entities.c.key <= key).scalar_subquery()
            found = self.number > sa.func.coalesce(place, -1)
        for at, term in reversed(list(enumerate(self.terms))):
            value = selector.bind(cursor, part(3 + at))
            same = term.value.is_not_distinct_from(value)
            found = sa.or_(term.beyond(value, backwards=backwards), sa.and_(same, found))
        return sa.and_(truth(True), found)


def stored_order(way: Way, wanted: list[Mapping[str, str]]) -> str:
    """The column whose stored order gives the rows of a way as they are wanted; empty if none does."""
    told = declarations().orders
    if (
        (way.table, way.target) != (told.table, told.table)
        or way.column not in told.relations
        or len(wanted) != 1
    ):
        return ""
    (one,) = wanted
    column = order_fields(BOUND[way.target]).get(one["field"], "")
    direction = "descending" if one.get("direction") == "DESC" else "ascending"
    fits = told.by.get(column) == direction and one.get("nulls") != "FIRST"
    return column if fits else ""


def order_of(
    name: str, reached: Reached, wanted: list[Mapping[str, str]], *, is_stored: bool = False
) -> Order:
    """The order that a client asks for, as it is stored, if it is. Raises `GraphQLError` `limit-orders`."""
    if len(wanted) > MAX_ORDERS:
        raise refused(
            "limit-orders",
            f"排列项数为 {len(wanted)}，上限为 {MAX_ORDERS}",
            f"{len(wanted)} orders; at most {MAX_ORDERS} are allowed",
            number=len(wanted),
            maximum=MAX_ORDERS,
        )
    known, rows = order_fields(BOUND[name]), reached.rows
    terms, signature = [], []
    for one in wanted:
        descending = one.get("direction") == "DESC"
        nulls_last = one.get("nulls") != "FIRST"
        value = rows.c.key if one["field"] == "key" else _value(BOUND[name].table, rows, known[one["field"]])
        terms.append(Term(value, descending, nulls_last))
        signature.append(f"{one['field']}{'-' if descending else '+'}{'l' if nulls_last else 'f'}")
    stored = reached.link if is_stored else None
    return Order(tuple(terms), rows, ",".join(signature), reached.number, stored)


def _value(of: str, rows: Rows, column: str) -> sa.ColumnElement[Any]:
    if f"{column}_number" in table(of).c:
        return rows.c[f"{column}_number"]
    foreign = _CODED.get((of, column))
    return foreign(rows) if foreign else rows.c[column]


def _key_of(column: str) -> Callable[[Rows], sa.ColumnElement[Any]]:
    def key(rows: Rows) -> sa.ColumnElement[Any]:
        # The numbers of concepts change with the release, their keys do not.
        entities = rows_of("Entity")
        return (
            sa.select(entities.c.key).where(entities.c.n == rows.c[column]).correlate(rows).scalar_subquery()
        )

    return key


_CODED: Final = {
    (bound.table, column): _key_of(column)
    for bound in BOUND.values()
    for column in order_fields(bound).values()
    if column_of(bound.table, column).kind == "reference"
}
"""Columns of codes, which are ordered by the keys of their concepts."""


def read_cursor(cursor: str) -> list[Any] | None:
    """The parts of a cursor: version, signature, key, values; None when it is none of ours."""
    try:
        found = json.loads(base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True).decode())
    except (binascii.Error, ValueError, RecursionError):
        return None
    fits = isinstance(found, list) and len(found) >= 3 and all(isinstance(one, str) for one in found[:3])
    plain = fits and all(one is None or type(one) in {str, int, float} for one in found)
    return found if plain and all(not isinstance(one, int) or abs(one) < 2**62 for one in found) else None


def _reader(signature: str, terms: int, name: str) -> Callable[[int], Callable[[str], Any]]:
    def part(at: int) -> Callable[[str], Any]:
        def read(cursor: str) -> Any:
            found = read_cursor(cursor)
            if found is None or found[1] != signature or len(found) != 3 + terms:
                raise refused(
                    "bad-cursor",
                    f"{name} 不是此列表此种排列给出的游标；请使用 pageInfo 中的值",
                    f"{name} is no cursor of this list in this order; use a value of its pageInfo",
                )
            return found[at]

        return read

    return part
