"""Orders of rows, and cursors: the values that a row is ordered by and its key, so that they survive a new release."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.graphql.binding import column_of
from fundtrace.graphql.bindings import BOUND
from fundtrace.graphql.filtering import Condition, Rows, rows_of, table, truth
from fundtrace.graphql.identity import refused
from fundtrace.graphql.inputs import order_fields
from fundtrace.graphql.selecting import Selector

MAX_ORDERS: Final = 5
"""Columns that a list may be ordered by."""
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

    def by(self, *, backwards: bool = False) -> list[sa.ColumnElement[Any]]:
        """The terms of ORDER BY; keys come last."""
        key = self.rows.c.n.desc() if backwards else self.rows.c.n.asc()
        return [*(term.ordered(backwards=backwards) for term in self.terms), key]

    def cursor(self, version: str) -> sa.ColumnElement[str]:
        """The cursor of a row."""
        values = [term.value for term in self.terms]
        return sa.func.opaque(
            sa.func.json_array(sa.literal(version), sa.literal(self.signature), self.rows.c.key, *values)
        )

    def beyond(self, selector: Selector, cursor: Any, name: str, *, backwards: bool) -> Condition:
        """That a row stands behind (before) a cursor."""
        part = _reader(self.signature, len(self.terms), name)
        entities = rows_of("Entity")
        key = selector.bind(cursor, part(2))
        if backwards:
            place = sa.select(sa.func.min(entities.c.n)).where(entities.c.key >= key).scalar_subquery()
            found: Condition = self.rows.c.n < sa.func.coalesce(place, _LAST)
        else:
            place = sa.select(sa.func.max(entities.c.n)).where(entities.c.key <= key).scalar_subquery()
            found = self.rows.c.n > sa.func.coalesce(place, -1)
        for at, term in reversed(list(enumerate(self.terms))):
            value = selector.bind(cursor, part(3 + at))
            same = term.value.is_not_distinct_from(value)
            found = sa.or_(term.beyond(value, backwards=backwards), sa.and_(same, found))
        return sa.and_(truth(True), found)


def order_of(name: str, rows: Rows, wanted: list[Mapping[str, str]]) -> Order:
    """The order that a client asks for. Raises `GraphQLError` `limit-orders`."""
    if len(wanted) > MAX_ORDERS:
        raise refused(
            "limit-orders",
            f"排列项数为 {len(wanted)}，上限为 {MAX_ORDERS}",
            f"{len(wanted)} orders; at most {MAX_ORDERS} are allowed",
            number=len(wanted),
            maximum=MAX_ORDERS,
        )
    known = order_fields(BOUND[name])
    terms, signature = [], []
    for one in wanted:
        descending = one.get("direction") == "DESC"
        nulls_last = one.get("nulls") != "FIRST"
        value = rows.c.key if one["field"] == "key" else _value(BOUND[name].table, rows, known[one["field"]])
        terms.append(Term(value, descending, nulls_last))
        signature.append(f"{one['field']}{'-' if descending else '+'}{'l' if nulls_last else 'f'}")
    return Order(tuple(terms), rows, ",".join(signature))


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
