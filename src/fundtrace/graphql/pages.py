"""The JSON of connections: edges, where the page lies, and how many there are; each part costs only when it is selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from graphql import FieldNode, GraphQLObjectType

from fundtrace.graphql.aggregating import Aggregation
from fundtrace.graphql.filtering import rows_of
from fundtrace.graphql.windows import Page
from fundtrace.index import writing

if TYPE_CHECKING:
    from fundtrace.graphql.compiling import Compiler

Edge = Mapping[str, Callable[[list[FieldNode]], sa.ColumnElement[Any]]]
"""What edges carry beside cursor and node, by field."""


def connection(
    compiler: Compiler, kind: GraphQLObjectType, nodes: list[FieldNode], page: Page, edge: Edge | None = None
) -> sa.ColumnElement[str]:
    """The JSON of a connection over the rows of a page."""
    pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
    for key, below in compiler.selector.fields(kind, nodes).items():
        match below[0].name.value:
            case "__typename":
                value: sa.ColumnElement[Any] = sa.literal(kind.name)
            case "edges":
                value = _edges(compiler, compiler.kind_below(kind, "edges"), below, page, edge or {})
            case "pageInfo":
                value = _info(compiler, below, page)
            case "totalCount":
                value = page.counted()
            case _:
                aggregation = Aggregation(
                    compiler,
                    page.name,
                    page.reached,
                    page.matching,
                    page.funding,
                    page.everything,
                    page.chosen,
                )
                made = aggregation.aggregate(compiler.kind_below(kind, "aggregate"), below)
                value = made
        pairs.append((key, value))
    return writing.json_object(pairs)


def _edges(
    compiler: Compiler, kind: GraphQLObjectType, nodes: list[FieldNode], page: Page, edge: Edge
) -> sa.ColumnElement[str]:
    # Where rows are sorted, what is joined would be looked up for all of them.
    joins = [] if page.sorts else compiler.joined_to(page.reached.rows)
    pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
    for key, below in compiler.selector.fields(kind, nodes).items():
        match below[0].name.value:
            case "__typename":
                value: sa.ColumnElement[Any] = sa.literal(kind.name)
            case "cursor":
                value = page.order.cursor(compiler.version)
            case "role":
                value = _role(compiler, page)
            case "citations":
                value = _citations(compiler, below, page)
            case name if name in edge:
                value = edge[name](below)
            case _:
                value = compiler.object(compiler.kind(page.name), below, page.reached.rows)
        pairs.append((key, value))
    made = writing.json_object(pairs).label("edge")
    if page.place.backwards:
        numbered = page.numbered(made, joins=joins)
        turned = sa.select(numbered.c.edge).order_by(numbered.c.place.desc())
        return compiler.listed(turned, numbered)
    return compiler.listed(page.taken(made, joins=joins), *page.reached.own, *(other for other, _ in joins))


def _role(compiler: Compiler, page: Page) -> sa.ColumnElement[Any]:
    link = page.reached.link
    return compiler.member(link.c.role) if link is not None and "role" in link.c else sa.literal(page.role)


def _citations(compiler: Compiler, nodes: list[FieldNode], page: Page) -> sa.ColumnElement[Any]:
    link = page.reached.link
    assert link is not None  # noqa: S101 - only what is linked has citations on its edges
    citations = rows_of("Citation")
    inner = compiler.object(compiler.kind("Citation"), nodes, citations)
    listed = (
        sa.select(inner)
        .where(citations.c.citingProject == link.c.subject, citations.c.citedDocument == link.c.object)
        .order_by(citations.c.ordinal, citations.c.n)
    )
    return compiler.listed(listed, citations)


def _info(compiler: Compiler, nodes: list[FieldNode], page: Page) -> sa.ColumnElement[str]:
    kind = compiler.kind("PageInfo")
    pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
    for key, below in compiler.selector.fields(kind, nodes).items():
        name = below[0].name.value
        if name == "__typename":
            pairs.append((key, sa.literal(kind.name)))
        elif name in {"hasNextPage", "hasPreviousPage"}:
            # The way on is `forth` for a page that was taken from its beginning.
            forth = (name == "hasNextPage") != page.place.backwards
            pairs.append((key, writing.json_boolean(_more(page) if forth else _passed(page))))
        else:
            last = (name == "endCursor") != page.place.backwards
            rows = page.numbered(page.order.cursor(compiler.version).label("cursor"))
            by = rows.c.place.desc() if last else rows.c.place.asc()
            pairs.append((key, sa.select(rows.c.cursor).order_by(by).limit(1).scalar_subquery()))
    return writing.json_object(pairs)


def _more(page: Page) -> sa.ColumnElement[Any]:
    """Whether rows follow in the direction in which the page was taken."""
    place = page.place
    beyond = page.some(sa.literal(1), page.inside).limit(1).offset(place.size + place.offset)
    outer = place.after if place.backwards else place.before
    found: sa.ColumnElement[Any] = sa.func.coalesce(beyond.scalar_subquery(), 0)
    if outer is None:
        return found
    left_out = sa.exists(page.some(sa.literal(1), [*page.matching, sa.not_(outer)]))
    return sa.or_(found == 1, left_out)


def _passed(page: Page) -> sa.ColumnElement[Any]:
    """Whether rows come before those that were taken."""
    place = page.place
    inner = place.before if place.backwards else place.after
    skipped = sa.exists(page.some(sa.literal(1), page.inside))
    found: sa.ColumnElement[Any] = sa.and_(place.offset > 0, skipped)
    if inner is None:
        return found
    return sa.or_(found, sa.exists(page.some(sa.literal(1), [*page.matching, sa.not_(inner)])))
