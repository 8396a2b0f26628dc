"""Pages of rows: which rows, in which order, between which cursors, and how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from fundtrace.graphql import enums
from fundtrace.graphql.binding import Way
from fundtrace.graphql.cursors import Order, order_of, stored_order
from fundtrace.graphql.filtering import Condition, Reached, Rows, concept, condition, reach
from fundtrace.graphql.identity import refused
from fundtrace.graphql.limits import MAX_OFFSET
from fundtrace.graphql.making import FIRST, MAX_FIRST
from fundtrace.graphql.summing import of_stages_and_years

if TYPE_CHECKING:
    from fundtrace.graphql.compiling import Compiler

Within = Callable[[Rows], list[Condition]]
"""Conditions of rows beside those that a client gives."""
Joins = Sequence[tuple[Rows, Condition]]
"""Other rows, one at most for each, and what joins them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies in its order: between which cursors, how many rows, after how many others."""

    backwards: bool
    after: Condition | None
    before: Condition | None
    size: sa.ColumnElement[int]
    offset: sa.ColumnElement[int]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of some rows of a type: which rows, in which order, and its place in it.

    `funding` is the document that the rows are the projects of, and `everything` says that they are all rows of the type;
    either way `chosen` is a filter of stages and fiscal years alone that they meet.
    """

    name: str
    reached: Reached
    matching: list[Condition]
    order: Order
    place: Place
    funding: Rows | None = None
    everything: bool = False
    chosen: Mapping[str, Any] = field(default_factory=dict)
    role: str = ""

    @property
    def inside(self) -> list[Condition]:
        """The conditions of rows between the cursors."""
        limits = (self.place.after, self.place.before)
        return [*self.matching, *(one for one in limits if one is not None)]

    @property
    def plain(self) -> bool:
        """Whether a link alone says which rows these are, so that they can be counted without being looked up."""
        return self.reached.link is not None and len(self.matching) == len(self.reached.conditions)

    @property
    def sorts(self) -> bool:
        """Whether rows have to be sorted, of which the page is then a part."""
        return self.order.stored is None and bool(self.order.terms)

    def taken(self, *columns: sa.ColumnElement[Any], joins: Joins = ()) -> sa.Select[Any]:
        """The rows of the page, with what is joined to each, in the order in which they are taken."""
        source = self.reached.source
        for other, same in joins:
            source = source.outerjoin(other, same)
        return (
            sa.select(*columns)
            .select_from(source)
            .where(*self.inside)
            .order_by(*self.order.by(backwards=self.place.backwards))
            .limit(self.place.size)
            .offset(self.place.offset)
        )

    def numbered(self, *columns: sa.ColumnElement[Any], joins: Joins = ()) -> sa.Subquery:
        """The rows of the page with their `place` in the order in which they are taken."""
        own = (*self.reached.own, *(other for other, _ in joins))
        inner = self.taken(*columns, joins=joins).correlate_except(*own).subquery()
        return sa.select(*inner.c, sa.func.row_number().over().label("place")).subquery()

    def some(self, what: sa.ColumnElement[Any], conditions: list[Condition]) -> sa.Select[Any]:
        """A column of the rows that meet conditions."""
        # What rows began with may lie beyond the rows around this, where it is not found by itself.
        rows = sa.select(what).select_from(self.reached.source).where(*conditions)
        return rows.correlate_except(*self.reached.own)

    def counted(self) -> sa.ScalarSelect[Any]:
        """How many rows there are in all."""
        if self.plain and self.reached.link is not None:
            only = sa.select(sa.func.count()).select_from(self.reached.link).where(*self.matching)
            return only.correlate_except(self.reached.link).scalar_subquery()
        return self.some(sa.func.count(), self.matching).scalar_subquery()


def page_of(
    compiler: Compiler,
    way: Way,
    begin: Rows | None,
    arguments: Mapping[str, Any],
    within: Within | None = None,
) -> Page:
    """The page of the rows that a way leads to which a client asks for. Raises `GraphQLError`."""
    role, funding = arguments.get("role", ""), None
    if role == "FUNDS" and way.column == "cites":
        # The strongest role of all: whoever has it is linked with it.
        way = Way(way.target, way.table, "fundedUnder", way.backwards)
    wanted = [one for one in arguments.get("orderBy", []) if one]
    by = stored_order(way, wanted) if way.backwards else ""
    reached = reach(way, begin, by)
    matching = list(reached.conditions)
    chosen = arguments.get("filter") or {}
    if chosen:
        matching.append(condition(compiler.selector, way.target, reached.rows, chosen))
    if within is not None:
        matching += within(reached.rows)
    whole = within is None and (not chosen or (way.target == "Project" and of_stages_and_years(chosen)))
    if whole and way.column == "fundedUnder" and way.backwards:
        funding = begin
    if role and way.column == "cites" and reached.link is not None:
        matching.append(reached.link.c.role == concept(enums.Role, role))
    order = order_of(way.target, reached, wanted, is_stored=bool(by))
    return Page(
        way.target,
        reached,
        matching,
        order,
        place_of(compiler, order, arguments),
        funding,
        everything=whole and begin is None,
        chosen=chosen,
        role=role,
    )


def place_of(compiler: Compiler, order: Order, arguments: Mapping[str, Any]) -> Place:
    """Where in an order a client wants its page. Raises `GraphQLError`."""
    selector, version = compiler.selector, compiler.version
    if "first" in arguments and "last" in arguments:
        raise refused("first-and-last", "first 与 last 只能给一个", "give first or last, not both")
    backwards = "last" in arguments
    after = before = None
    if "after" in arguments:
        after = order.beyond(selector, arguments["after"], "after", version, backwards=False)
    if "before" in arguments:
        before = order.beyond(selector, arguments["before"], "before", version, backwards=True)
    size = selector.bind(
        arguments.get("last", arguments.get("first", FIRST)),
        bounded("last" if backwards else "first", MAX_FIRST),
    )
    offset = selector.bind(arguments.get("offset", 0), bounded("offset", MAX_OFFSET))
    return Place(backwards, after, before, size, offset)


def bounded(name: str, maximum: int) -> Callable[[int], int]:
    """A check that a number from a client lies within its bounds. It raises `GraphQLError` `page-size`."""

    def check(value: int) -> int:
        if not 0 <= value <= maximum:
            raise refused(
                "page-size",
                f"{name} 应为 0 至 {maximum}，而不是 {value}；请用游标取下一页",
                f"{name} must be 0 to {maximum}, not {value}; use a cursor for the next page",
                number=value,
                maximum=maximum,
            )
        return value

    return check
