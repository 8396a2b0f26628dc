"""What an operation selects: fields with their arguments, where the values of variables stay open until it is run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from graphql import (
    DirectiveNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

MARK: Final = "!failed"
"""The key of the object that stands for a field that cannot be answered; its value is the number of the failure."""
TYPE: Final = "!type"
"""The key under which an object of an interface names its type, where fields of the operation fail."""

_MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value in the variables, which is known when the operation is run."""

    path: tuple[str | int, ...]

    def value(self, variables: Mapping[str, Any]) -> Any:
        """The value in these variables."""
        found: Any = variables
        for step in self.path:
            found = found[step]
        return found


def symbolic(value: Any, kind: Any, path: tuple[str | int, ...]) -> Any:
    """A coerced value with a slot for each text and number; what shapes the plan stays."""
    if isinstance(kind, GraphQLNonNull):
        return symbolic(value, kind.of_type, path)
    if value is None or isinstance(value, bool) or isinstance(kind, GraphQLEnumType):
        return value
    if isinstance(kind, GraphQLList):
        return [symbolic(one, kind.of_type, (*path, at)) for at, one in enumerate(value)]
    if isinstance(kind, GraphQLInputObjectType):
        return {name: symbolic(one, kind.fields[name].type, (*path, name)) for name, one in value.items()}
    return Slot(path)


@dataclass(frozen=True, slots=True)
class Bind:
    """A parameter of the statement: a constant or a slot, what is made of it, and the field that it belongs to.

    `make` raises `GraphQLError` for a value out of bounds; `note` may give the code of a note on a value.
    """

    name: str
    value: Any
    make: Callable[[Any], Any]
    field: FieldNode
    note: Callable[[Any], str | None] | None = None


@dataclass(slots=True)
class Selector:
    """Fields and arguments of one operation, and the parameters that its statement will have."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    failures: list[tuple[FieldNode, GraphQLError]] = field(default_factory=list)
    binds: list[Bind] = field(default_factory=list)
    _fields: list[FieldNode] = field(default_factory=list)

    def bind(
        self,
        value: Any,
        make: Callable[[Any], Any] = lambda given: given,
        note: Callable[[Any], str | None] | None = None,
    ) -> sa.BindParameter[Any]:
        """A parameter for a constant or a slot."""
        name = f"v{len(self.binds)}"
        self.binds.append(Bind(name, value, make, self._fields[-1], note))
        return sa.bindparam(name, type_=sa.types.NullType())

    @contextmanager
    def at(self, node: FieldNode) -> Iterator[None]:
        """While a field is compiled: what is bound belongs to it."""
        self._fields.append(node)
        try:
            yield
        finally:
            self._fields.pop()

    def failed(self, node: FieldNode) -> str | None:
        """The marker of a field that is known to fail, as JSON."""
        for number, (one, _) in enumerate(self.failures):
            if one is node:
                return json.dumps({MARK: number})
        return None

    def fail(self, node: FieldNode, error: GraphQLError) -> str:
        """The marker of a field that is found to fail, as JSON."""
        self.failures.append((node, error))
        return json.dumps({MARK: len(self.failures) - 1})

    def fields(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> dict[str, list[FieldNode]]:
        """The fields below some nodes for an object type, by response key, in the order of the answer."""
        found: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for node in nodes:
            self._collect(kind, node.selection_set, found, seen)
        return found

    @property
    def names_types(self) -> bool:
        """Whether objects of an interface name their types, so that failures can be placed."""
        return bool(self.failures)

    def roots(self, kind: GraphQLObjectType, selection: SelectionSetNode) -> dict[str, list[FieldNode]]:
        """The fields that an operation begins with."""
        found: dict[str, list[FieldNode]] = {}
        self._collect(kind, selection, found, set())
        return found

    def _collect(
        self,
        kind: GraphQLObjectType,
        selection: SelectionSetNode | None,
        found: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for one in selection.selections if selection else ():
            if not self._included(one.directives or ()):
                continue
            if isinstance(one, FieldNode):
                found.setdefault((one.alias or one.name).value, []).append(one)
            elif isinstance(one, InlineFragmentNode):
                if self._applies(one.type_condition.name.value if one.type_condition else None, kind):
                    self._collect(kind, one.selection_set, found, seen)
            elif isinstance(one, FragmentSpreadNode) and one.name.value not in seen:
                seen.add(one.name.value)
                fragment = self.fragments[one.name.value]
                if self._applies(fragment.type_condition.name.value, kind):
                    self._collect(kind, fragment.selection_set, found, seen)

    def _applies(self, condition: str | None, kind: GraphQLObjectType) -> bool:
        if condition is None or condition == kind.name:
            return True
        named = self.schema.get_type(condition)
        return isinstance(named, GraphQLInterfaceType | GraphQLUnionType) and self.schema.is_sub_type(
            named, kind
        )

    def _included(self, directives: tuple[DirectiveNode, ...]) -> bool:
        for one in directives:
            if one.name.value in {"skip", "include"} and one.arguments:
                told = one.arguments[0].value
                value = self.variables[told.name.value] if isinstance(told, VariableNode) else told.value  # type: ignore[attr-defined]
                if bool(value) is (one.name.value == "skip"):
                    return False
        return True

    def arguments(self, field_: GraphQLField, node: FieldNode) -> dict[str, Any]:
        """The arguments of a field that are given or have defaults; nulls count as not given."""
        given = {one.name.value: one.value for one in node.arguments or ()}
        found: dict[str, Any] = {}
        for name, argument in field_.args.items():
            value = self._value(given[name], argument.type) if name in given else _MISSING
            if value is _MISSING and argument.default is not None and argument.default.literal is not None:
                value = self._value(argument.default.literal, argument.type)
            if value is not _MISSING and value is not None:
                found[name] = value
        return found

    def _value(self, node: ValueNode, kind: Any) -> Any:
        if isinstance(node, VariableNode):
            return self.variables.get(node.name.value, _MISSING)
        if isinstance(node, NullValueNode):
            return None
        if isinstance(kind, GraphQLNonNull):
            return self._value(node, kind.of_type)
        if isinstance(kind, GraphQLList):
            items = node.values if isinstance(node, ListValueNode) else (node,)
            values = [self._value(one, kind.of_type) for one in items]
            return [None if one is _MISSING else one for one in values]
        if isinstance(kind, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
            made = {
                one.name.value: self._value(one.value, kind.fields[one.name.value].type)
                for one in node.fields
            }
            return {name: one for name, one in made.items() if one is not _MISSING}
        if isinstance(node, EnumValueNode):
            return node.value
        return kind.parse_literal(node) if isinstance(kind, GraphQLScalarType) else _MISSING
