"""Conditions on rows: filters as SQL, and the ways from one class to another that they follow."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.graphql import enums
from fundtrace.graphql.binding import One, Texts, Value, Way, column_of
from fundtrace.graphql.bindings import BOUND
from fundtrace.graphql.identity import decode, refused
from fundtrace.graphql.inputs import filter_fields
from fundtrace.graphql.selecting import Selector
from fundtrace.index import sqlite
from fundtrace.index.metadata import link_name, metadata, order_name

_AMOUNT: Final = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,4})?")
_NUMBER: Final = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")

Rows = sa.FromClause
Condition = sa.ColumnElement[bool]


@cache
def table(name: str) -> sa.Table:
    """A table of the index."""
    return metadata().tables[name]


def rows_of(name: str) -> Rows:
    """The rows of a class under a name of their own."""
    return table(name).alias()


def truth(value: bool) -> Condition:
    """A condition that always or never holds; SQLite knows 1 and 0."""
    return sa.literal(1) == sa.literal(1 if value else 0)


@dataclass(frozen=True, slots=True)
class Reached:
    """Rows that a way leads to: what to select from, the rows themselves, and what joins them to where it began.

    `link` is the link table on the way, if there is one, and `far` its column of these rows.
    """

    source: Rows
    rows: Rows
    conditions: list[Condition] = field(default_factory=list)
    link: Rows | None = None
    far: sa.ColumnElement[int] | None = None

    @property
    def number(self) -> sa.ColumnElement[int]:
        """The numbers of the rows, read from the link where there is one, which has them in order."""
        return self.rows.c.n if self.far is None else self.far

    @property
    def own(self) -> tuple[Rows, ...]:
        """All that is selected from; everything else that a condition names lies around it."""
        return (self.source, self.rows, *([self.link] if self.link is not None else []))


def reach(way: Way, begin: Rows | None, by: str = "") -> Reached:
    """The rows that a way leads to from a row (None: all of the class); through the stored order of a column, if named."""
    rows = rows_of(way.target)
    if begin is None or not way.column:
        return Reached(rows, rows)
    if way.is_link:
        name = order_name(way.table, way.column, by) if by else link_name(way.table, way.column)
        link = table(name).alias()
        near, far = (link.c.object, link.c.subject) if way.backwards else (link.c.subject, link.c.object)
        return Reached(link.join(rows, rows.c.n == far), rows, [near == begin.c.n], link, far)
    if way.backwards:
        return Reached(rows, rows, [rows.c[way.column] == begin.c.n])
    return Reached(rows, rows, [rows.c.n == begin.c[way.column]])


def concept(enum: type[Enum], member: str) -> sa.ScalarSelect[Any]:
    """The number of the concept that an enum's member stands for."""
    concepts = rows_of("Entity")
    key = f"concept/{enums.CODES[enum]}-{enum[member].value}"
    return sa.select(concepts.c.n).where(concepts.c.key == key).scalar_subquery()


def exact(text: str) -> int:
    """A decimal of a client as parts of a yuan. Raises `GraphQLError` `bad-amount`."""
    if _AMOUNT.fullmatch(text) is None:
        raise refused(
            "bad-amount",
            f"金额应为以元计的十进制数，至多四位小数，而不是 {text[:40]!r}",
            f"an amount is decimal yuan with at most four places, not {text[:40]!r}",
        )
    return sqlite.units(text)


def number(text: str) -> float:
    """A decimal of a client as a number. Raises `GraphQLError` `bad-amount`."""
    if _NUMBER.fullmatch(text) is None:
        raise refused("bad-amount", f"应为数，而不是 {text[:40]!r}", f"expected a number, not {text[:40]!r}")
    return float(text)


def condition(selector: Selector, name: str, rows: Rows, wanted: Mapping[str, Any]) -> Condition:
    """What a filter of a type asks of a row."""
    bound = BOUND[name]
    known = filter_fields(bound)
    found: list[Condition] = []
    for key, value in wanted.items():
        if value is None:
            continue
        if key in {"and", "or"}:
            each = [condition(selector, name, rows, one) for one in value if one is not None]
            found.append(sa.and_(truth(True), *each) if key == "and" else sa.or_(truth(False), *each))
        elif key == "not":
            found.append(_not(condition(selector, name, rows, value)))
        elif key == "id":
            found.append(_identified(selector, rows, value))
        else:
            found.append(_field(selector, bound.table, rows, known[key], value))
    return sa.and_(truth(True), *found)


def numbered(key: sa.ColumnElement[Any]) -> sa.ScalarSelect[int]:
    """The number of the entity with a key: only there are keys looked up."""
    entities = rows_of("Entity")
    return sa.select(entities.c.n).where(entities.c.key == key).correlate_except(entities).scalar_subquery()


def _identified(selector: Selector, rows: Rows, value: Mapping[str, Any]) -> Condition:
    """What is asked of a global id."""

    def key(one: str) -> str:
        return decode(one) or ""

    found: list[Condition] = []
    if value.get("eq") is not None:
        found.append(rows.c.n == numbered(selector.bind(value["eq"], key)))
    if value.get("ne") is not None:
        found.append(rows.c.n.is_distinct_from(numbered(selector.bind(value["ne"], key))))
    if value.get("in") is not None:
        entities = rows_of("Entity")
        listed = sa.select(entities.c.n).where(entities.c.key.in_(_listed(selector, value["in"], key)))
        found.append(rows.c.n.in_(listed))
    return sa.and_(truth(True), *found)


def _not(inner: Condition) -> Condition:
    # What is unknown does not match, so its opposite does.
    return sa.func.coalesce(inner, 0) == 0


def _field(
    selector: Selector, of: str, rows: Rows, bound: Value | Texts | One | Way, value: Mapping[str, Any]
) -> Condition:
    match bound:
        case Value(column, enum):
            kind = column_of(of, column).kind
            if enum is not None:
                return _codes(rows.c[column], enum, value)
            if kind == "money":
                return _compare(selector, rows.c[column], value, exact)
            if kind == "decimal":
                return _compare(selector, rows.c[f"{column}_number"], value, number)
            return _compare(selector, rows.c[column], value)
        case Texts(column):
            link = table(link_name(of, column)).alias()

            def a_text(*conditions: Condition) -> Condition:
                own = sa.select(sa.literal(1)).select_from(link)
                return sa.exists(own.where(link.c.subject == rows.c.n, *conditions).correlate(rows))

            rest = {name: one for name, one in value.items() if name != "isNull" and one is not None}
            found = a_text(_compare(selector, link.c.object, rest)) if rest else truth(True)
            null = value.get("isNull")
            if null is None:
                return found
            return sa.and_(found, ~a_text() if null else a_text())
        case One(column):
            target = column_of(of, column).targets[0]
            other = rows_of(target)
            inner = condition(selector, target, other, value)
            return sa.exists(
                sa.select(sa.literal(1))
                .select_from(other)
                .where(other.c.n == rows.c[column], inner)
                .correlate(rows)
            )
    found_all: list[Condition] = []
    for name, wanted in value.items():
        if wanted is None:
            continue
        reached = reach(bound, rows)
        inner = condition(selector, bound.target, reached.rows, wanted)
        test = _not(inner) if name == "every" else inner
        some = sa.exists(
            sa.select(sa.literal(1))
            .select_from(reached.source)
            .where(*reached.conditions, test)
            .correlate(rows)
        )
        found_all.append(some if name == "some" else ~some)
    return sa.and_(truth(True), *found_all)


def _codes(column: sa.ColumnElement[Any], enum: type[Enum], value: Mapping[str, Any]) -> Condition:
    found: list[Condition] = []
    for name, wanted in value.items():
        match name:
            case _ if wanted is None:
                continue
            case "eq":
                found.append(column == concept(enum, wanted))
            case "ne":
                # A code that the release does not hold differs from every one that it does.
                found.append(sa.and_(column.is_not(None), column.is_distinct_from(concept(enum, wanted))))
            case "in":
                found.append(sa.or_(truth(False), *(column == concept(enum, one) for one in wanted if one)))
            case "isNull":
                found.append(column.is_(None) if wanted else column.is_not(None))
    return sa.and_(truth(True), *found)


def _listed(selector: Selector, wanted: list[Any], make: Any) -> sa.Select[Any]:
    """The values of a list as rows, whatever its length."""

    def values(given: list[Any]) -> str:
        known = [one for one in given if one is not None]
        return json.dumps([make(one) if make else one for one in known], ensure_ascii=False)

    each = sa.func.json_each(selector.bind(wanted, values)).table_valued("value").alias()
    return sa.select(each.c.value)


def _compare(
    selector: Selector, column: sa.ColumnElement[Any], value: Mapping[str, Any], make: Any = None
) -> Condition:
    def bind(one: Any) -> sa.BindParameter[Any]:
        return selector.bind(one, make) if make else selector.bind(one)

    found: list[Condition] = []
    for name, wanted in value.items():
        match name:
            case _ if wanted is None:
                continue
            case "eq":
                found.append(column == bind(wanted))
            case "ne":
                found.append(column != bind(wanted))
            case "in":
                found.append(column.in_(_listed(selector, wanted, make)))
            case "lt":
                found.append(column < bind(wanted))
            case "lte":
                found.append(column <= bind(wanted))
            case "gt":
                found.append(column > bind(wanted))
            case "gte":
                found.append(column >= bind(wanted))
            case "contains":
                found.append(sa.func.instr(column, bind(wanted)) > 0)
            case "startsWith":
                found.append(sa.func.instr(column, bind(wanted)) == 1)
            case "isNull":
                found.append(column.is_(None) if wanted else column.is_not(None))
    return sa.and_(truth(True), *found)
