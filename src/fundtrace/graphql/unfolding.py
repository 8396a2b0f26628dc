"""Interfaces unfolded: which types are answered together, and how many fields a plan will be made of."""

from __future__ import annotations

from typing import Final

from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    SelectionSetNode,
    get_named_type,
)

from fundtrace.graphql.bindings import NODES
from fundtrace.graphql.identity import refused
from fundtrace.graphql.limits import MAX_PARTS
from fundtrace.graphql.selecting import Selector

_COMMON: Final = frozenset({"__typename", "id", "iri", "label", "findings"})
"""What every entity has."""


def kinds_of(selector: Selector, nodes: list[FieldNode]) -> list[tuple[list[str], bool]]:
    """The types of an interface by what is asked of them: those of which the same is asked that every entity has stand
    together and are told so."""
    alike: dict[tuple[tuple[str, tuple[int, ...]], ...], list[str]] = {}
    found: list[tuple[list[str], bool]] = []
    for name in NODES:
        kind = selector.schema.get_type(name)
        assert isinstance(kind, GraphQLObjectType)  # noqa: S101 - the table of types and the schema are one
        fields = selector.fields(kind, nodes)
        if {below[0].name.value for below in fields.values()} <= _COMMON:
            shape = tuple((key, tuple(map(id, below))) for key, below in fields.items())
            alike.setdefault(shape, []).append(name)
        else:
            found.append(([name], False))
    return [*found, *((names, True) for names in alike.values())]


def check_parts(selector: Selector, selection: SelectionSetNode) -> None:
    """Refuse an operation whose plan would be made of too many fields: `GraphQLError` with the number and the maximum."""
    query = selector.schema.query_type
    assert query is not None  # noqa: S101 - there is one
    _Count(selector).fields(query, selector.roots(query, selection))


class _Count:
    def __init__(self, selector: Selector) -> None:
        self._selector = selector
        self._number = 0

    def fields(self, kind: GraphQLObjectType, fields: dict[str, list[FieldNode]]) -> None:
        self._number += len(fields)
        if self._number > MAX_PARTS:
            raise refused(
                "limit-parts",
                f"查询展开后的字段数超过 {MAX_PARTS}；请减少接口下的嵌套",
                f"the operation unfolds to more than {MAX_PARTS} fields: nest less below interfaces",
                number=self._number,
                maximum=MAX_PARTS,
            )
        for nodes in fields.values():
            field = kind.fields.get(nodes[0].name.value)
            below = get_named_type(field.type) if field is not None else None
            if isinstance(below, GraphQLInterfaceType):
                for names, _ in kinds_of(self._selector, nodes):
                    self._object(names[0], nodes)
            elif isinstance(below, GraphQLObjectType):
                self._object(below.name, nodes)

    def _object(self, name: str, nodes: list[FieldNode]) -> None:
        kind = self._selector.schema.get_type(name)
        assert isinstance(kind, GraphQLObjectType)  # noqa: S101 - only object types are given
        self.fields(kind, self._selector.fields(kind, nodes))
