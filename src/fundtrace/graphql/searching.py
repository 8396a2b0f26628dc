"""The connection of a search: what holds every word of a text, the best match first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from graphql import FieldNode, GraphQLObjectType

from fundtrace.graphql.compiling import Compiler
from fundtrace.graphql.cursors import Order, Term
from fundtrace.graphql.filtering import Reached, rows_of
from fundtrace.graphql.pages import connection
from fundtrace.graphql.roots import search_types
from fundtrace.graphql.windows import Page, place_of
from fundtrace.index import match_place, match_snippet, search_rows, writing

_PARTS: Final = 1_000_000
"""Ranks are ordered by their millionths, which are the same number in a cursor."""


def search(
    compiler: Compiler, kind: GraphQLObjectType, nodes: list[FieldNode], arguments: Mapping[str, Any]
) -> sa.ColumnElement[str]:
    """The JSON of the entities that a text finds."""
    text = compiler.selector.bind(arguments["text"])
    types = [search_types()[one].value for one in arguments.get("types", ()) if one]
    everything = "types" not in arguments
    wanted = types if types or not everything else [one.value for one in search_types()]
    found = search_rows(text.key, wanted or ["None"]).order_by(None).subquery()
    entities = rows_of("Entity")
    reached = Reached(found.join(entities, entities.c.n == found.c.n), entities)
    rank = sa.cast(found.c.rank * _PARTS, sa.Integer)
    order = Order((Term(rank, descending=False, nulls_last=True),), entities, "search", entities.c.n)
    page = Page("Node", reached, [], order, place_of(compiler, order, arguments))

    def snippet(below: list[FieldNode]) -> sa.ColumnElement[Any]:
        part, parts = compiler.kind("SnippetPart"), sa.func.json_each(match_snippet(entities.c.n, text.key))
        each = parts.table_valued("key", "value").alias()
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        for key, one in compiler.selector.fields(part, below).items():
            match one[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(part.name)))
                case "text":
                    pairs.append((key, sa.func.json_extract(each.c.value, "$[0]")))
                case _:
                    pairs.append((key, writing.json_boolean(sa.func.json_extract(each.c.value, "$[1]"))))
        listed = sa.select(writing.json_object(pairs)).select_from(each).order_by(each.c.key)
        return compiler.listed(listed, each)

    edge = {
        "place": lambda below: match_place(entities.c.n, text.key),  # noqa: ARG005 - one signature for all
        "snippet": snippet,
        "node": lambda below: compiler.node(below, entities.c.n),
    }
    return connection(compiler, kind, nodes, page, edge)
