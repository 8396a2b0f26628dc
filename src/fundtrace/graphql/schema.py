"""The schema: strawberry types from the table of types, the SDL, and what is validated against."""

from __future__ import annotations

from functools import cache

import strawberry
from graphql import GraphQLInterfaceType, GraphQLSchema, GraphQLUnionType, build_schema
from strawberry.schema.config import StrawberryConfig

from fundtrace.graphql.bindings import BOUND
from fundtrace.graphql.connections import finish_connections, finish_values
from fundtrace.graphql.entities import finish_entities, finish_node
from fundtrace.graphql.figures import finish_figures
from fundtrace.graphql.inputs import DECIMAL, DecimalText
from fundtrace.graphql.kinds import Kinds
from fundtrace.graphql.roots import query


@cache
def make_schema() -> strawberry.Schema:
    """The schema; made once. Its resolvers are never run: operations are compiled."""
    kinds = Kinds()
    finish_node(kinds)
    finish_entities(kinds)
    finish_figures(kinds)
    finish_connections(kinds)
    finish_values(kinds)
    return strawberry.Schema(
        query=query(kinds),
        types=[kinds.of[name] for name in BOUND],
        config=StrawberryConfig(auto_camel_case=False, scalar_map={DecimalText: DECIMAL}),
    )


@cache
def sdl() -> str:
    """The schema in the schema definition language."""
    return make_schema().as_str() + "\n"


@cache
def served_schema() -> GraphQLSchema:
    """The schema that documents are validated against, made from the SDL."""
    return build_schema(sdl())


def possible_types() -> dict[str, list[str]]:
    """The object types behind each interface and union, as caches of clients want them."""
    schema = served_schema()
    return {
        name: sorted(one.name for one in schema.get_possible_types(kind))
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType)
    }
