"""Connections: pages of rows, where they lie, and how many there are; each part costs only when it is selected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from graphql import FieldNode, GraphQLObjectType

from fundtrace.graphql import enums
from fundtrace.graphql.cursors import Order, order_of
from fundtrace.graphql.filtering import Condition, Reached, concept, condition, rows_of
from fundtrace.graphql.identity import refused
from fundtrace.graphql.making import FIRST, MAX_FIRST
from fundtrace.graphql.summing import Totals
from fundtrace.index import sqlite

if TYPE_CHECKING:
    from fundtrace.graphql.compiling import Compiler

MAX_OFFSET: Final = 1_000_000
"""Rows that a page may skip."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of some rows of a type: which rows, in which order, and the conditions and numbers of the page."""

    name: str
    reached: Reached
    matching: list[Condition]
    order: Order
    backwards: bool
    after: Condition | None
    before: Condition | None
    size: sa.ColumnElement[int]
    offset: sa.ColumnElement[int]

    @property
    def inside(self) -> list[Condition]:
        """The conditions of rows between the cursors."""
        return [*self.matching, *(one for one in (self.after, self.before) if one is not None)]


def connection(
    compiler: Compiler,
    kind: GraphQLObjectType,
    nodes: list[FieldNode],
    name: str,
    reached: Reached,
    arguments: Mapping[str, Any],
) -> sa.ColumnElement[str]:
    """The JSON of a connection over the rows that were reached."""
    page = _page(compiler, name, reached, arguments)
    pairs = []
    for key, below in compiler.selector.fields(kind, nodes).items():
        match below[0].name.value:
            case "__typename":
                value: sa.ColumnElement[Any] = sa.literal(kind.name)
            case "edges":
                value = _edges(compiler, compiler.kind_below(kind, "edges"), below, page)
            case "pageInfo":
                value = _info(compiler, below, page)
            case "totalCount":
                value = _select(page, sa.func.count(), page.matching).scalar_subquery()
            case _:
                value = sqlite.json_raw(
                    Totals(compiler, reached, page.matching).aggregate(below).scalar_subquery()
                )
        pairs.append((key, value))
    return sqlite.json_object(pairs)


def _page(compiler: Compiler, name: str, reached: Reached, arguments: Mapping[str, Any]) -> Page:
    selector = compiler.selector
    if "first" in arguments and "last" in arguments:
        raise refused("first-and-last", "first 与 last 只能给一个", "give first or last, not both")
    backwards = "last" in arguments
    matching = list(reached.conditions)
    if arguments.get("filter"):
        matching.append(condition(selector, name, reached.rows, arguments["filter"]))
    if arguments.get("role") and reached.link is not None:
        matching.append(reached.link.c.role == concept(enums.Role, arguments["role"]))
    order = order_of(name, reached.rows, [one for one in arguments.get("orderBy", []) if one])
    after = before = None
    if "after" in arguments:
        after = order.beyond(selector, arguments["after"], "after", backwards=False)
    if "before" in arguments:
        before = order.beyond(selector, arguments["before"], "before", backwards=True)
    size = selector.bind(
        arguments.get("last", arguments.get("first", FIRST)),
        _bounded("last" if backwards else "first", MAX_FIRST),
    )
    offset = selector.bind(arguments.get("offset", 0), _bounded("offset", MAX_OFFSET))
    return Page(name, reached, matching, order, backwards, after, before, size, offset)


def _bounded(name: str, maximum: int) -> Any:
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


def _select(page: Page, what: sa.ColumnElement[Any], conditions: list[Condition]) -> sa.Select[Any]:
    return sa.select(what).select_from(page.reached.source).where(*conditions)


def _window(page: Page, *columns: sa.ColumnElement[Any]) -> sa.Subquery:
    """The rows of the page, numbered in the order in which they were taken."""
    by = page.order.by(backwards=page.backwards)
    taken = (
        sa.select(*columns, sa.func.row_number().over(order_by=by).label("place"))
        .select_from(page.reached.source)
        .where(*page.inside)
        .order_by(*by)
        .limit(page.size)
        .offset(page.offset)
    )
    return taken.correlate_except(*page.reached.own).subquery()


def _edges(
    compiler: Compiler, kind: GraphQLObjectType, nodes: list[FieldNode], page: Page
) -> sa.ColumnElement[str]:
    rows, link = page.reached.rows, page.reached.link
    pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
    for key, below in compiler.selector.fields(kind, nodes).items():
        match below[0].name.value:
            case "__typename":
                pairs.append((key, sa.literal(kind.name)))
            case "cursor":
                pairs.append((key, page.order.cursor(compiler.version)))
            case "role" if link is not None:
                pairs.append((key, compiler.member(link.c.role)))
            case "citations" if link is not None:
                citations = rows_of("Citation")
                inner = compiler.object(compiler.kind("Citation"), below, citations)
                listed = (
                    sa.select(inner)
                    .where(
                        citations.c.citingProject == link.c.subject,
                        citations.c.citedDocument == link.c.object,
                    )
                    .order_by(citations.c.ordinal, citations.c.n)
                )
                pairs.append((key, sqlite.json_raw(compiler.listed(listed, citations))))
            case _:
                pairs.append((key, sqlite.json_raw(compiler.object(compiler.kind(page.name), below, rows))))
    edge = sqlite.json_object(pairs).label("edge")
    if page.backwards:
        numbered = _window(page, edge)
        turned = sa.select(numbered.c.edge).order_by(numbered.c.place.desc())
        return sqlite.json_raw(compiler.listed(turned, numbered))
    by = page.order.by()
    taken = (
        sa.select(edge)
        .select_from(page.reached.source)
        .where(*page.inside)
        .order_by(*by)
        .limit(page.size)
        .offset(page.offset)
    )
    return sqlite.json_raw(compiler.listed(taken, *page.reached.own))


def _info(compiler: Compiler, nodes: list[FieldNode], page: Page) -> sa.ColumnElement[str]:
    kind = compiler.kind("PageInfo")
    pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
    for key, below in compiler.selector.fields(kind, nodes).items():
        name = below[0].name.value
        if name == "__typename":
            pairs.append((key, sa.literal(kind.name)))
        elif name in {"hasNextPage", "hasPreviousPage"}:
            # The way on is `forth` for a page that was taken from its beginning.
            forth = (name == "hasNextPage") != page.backwards
            pairs.append((key, sqlite.json_boolean(_more(page) if forth else _passed(page))))
        else:
            last = (name == "endCursor") != page.backwards
            window = _window(page, page.order.cursor(compiler.version).label("cursor"))
            by = window.c.place.desc() if last else window.c.place.asc()
            pairs.append((key, sa.select(window.c.cursor).order_by(by).limit(1).scalar_subquery()))
    return sqlite.json_raw(sqlite.json_object(pairs))


def _more(page: Page) -> sa.ColumnElement[Any]:
    """Whether rows follow in the direction in which the page was taken."""
    beyond = _select(page, sa.literal(1), page.inside).limit(1).offset(page.size + page.offset)
    outer = page.after if page.backwards else page.before
    found: sa.ColumnElement[Any] = sa.func.coalesce(beyond.scalar_subquery(), 0)
    if outer is None:
        return found
    left_out = sa.exists(_select(page, sa.literal(1), [*page.matching, sa.not_(outer)]))
    return sa.or_(found == 1, left_out)


def _passed(page: Page) -> sa.ColumnElement[Any]:
    """Whether rows come before those that were taken."""
    inner = page.before if page.backwards else page.after
    skipped = sa.exists(_select(page, sa.literal(1), page.inside))
    found: sa.ColumnElement[Any] = sa.and_(page.offset > 0, skipped)
    if inner is None:
        return found
    return sa.or_(found, sa.exists(_select(page, sa.literal(1), [*page.matching, sa.not_(inner)])))
