"""Errors of single fields: where they lie in an answer, and how far the null goes that stands for them.

A field that cannot be answered is a marker in the JSON of its statement. Here each marker becomes an error with its
whole path, and null goes up to the nearest field that may be null, as the GraphQL specification has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from fundtrace.graphql.selecting import MARK, TYPE, Selector

Path = tuple[str | int, ...]
Failures = Sequence[tuple[FieldNode, GraphQLError]]

_NOTHING: Final = object()
"""A null that a parent must take over."""


class Containment:
    """The errors that lie in the answers of an operation."""

    def __init__(self, selector: Selector, failures: Failures) -> None:
        self._selector = selector
        self._failures = failures
        self.errors: list[GraphQLError] = []

    def value(self, value: Any, kind: GraphQLOutputType, nodes: list[FieldNode], path: Path) -> Any:
        """A value without markers; None where it had to become null. `errors` then tells why."""
        found = self._value(value, kind, nodes, path)
        return None if found is _NOTHING else found

    def _value(self, value: Any, kind: GraphQLOutputType, nodes: list[FieldNode], path: Path) -> Any:
        found = self._inner(value, get_nullable_type(kind), nodes, path)
        if found is not _NOTHING:
            return found
        return _NOTHING if is_non_null_type(kind) else None

    def _inner(self, value: Any, kind: Any, nodes: list[FieldNode], path: Path) -> Any:
        if isinstance(value, dict) and MARK in value:
            node, error = self._failures[value[MARK]]
            self.errors.append(GraphQLError(error.message, node, path=path, extensions=error.extensions))
            return _NOTHING
        if is_list_type(kind) and isinstance(value, list):
            found = [self._value(one, kind.of_type, nodes, (*path, at)) for at, one in enumerate(value)]
            return _NOTHING if any(one is _NOTHING for one in found) else found
        named = get_named_type(kind)
        if not isinstance(value, dict) or not nodes[0].selection_set:
            return value
        return self._object(value, named, nodes, path)

    def _object(self, value: dict[str, Any], kind: Any, nodes: list[FieldNode], path: Path) -> Any:
        # An object of an interface says in a field of ours which type it is.
        name = value.pop(TYPE, None)
        own = self._selector.schema.get_type(name) if name else kind
        if not isinstance(own, GraphQLObjectType):
            return value
        made = {}
        for key, below in self._selector.fields(own, nodes).items():
            field = own.fields.get(below[0].name.value)
            made[key] = (
                self._value(value[key], field.type, below, (*path, key)) if field is not None else value[key]
            )
        return _NOTHING if any(one is _NOTHING for one in made.values()) else made
