"""What an operation may cost, measured before it is validated or run.

Everything is counted on the parsed document with every fragment walked once, whatever the number of its spreads, so that
measuring costs no more than reading. A connection counts `first` times what it holds, another list `LIST_SIZE` times.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    parse,
)

from fundtrace.graphql.identity import refused
from fundtrace.graphql.limits import (
    LIST_SIZE,
    MAX_ALIASES,
    MAX_CHARACTERS,
    MAX_CONDITIONS,
    MAX_DEPTH,
    MAX_FRAGMENTS,
    MAX_INPUT_DEPTH,
    MAX_NESTING,
    MAX_NODES,
    MAX_REPEATS,
    MAX_ROOTS,
    MAX_TOKENS,
    MAX_VARIABLES,
)
from fundtrace.graphql.making import FIRST, MAX_FIRST


@dataclass(frozen=True, slots=True)
class Measure:
    """What a selection costs: levels of fields, aliases, fields on its own level, entities for one parent, and
    conditions in arguments."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0
    nodes: int = 0
    conditions: int = 0

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.fields + other.fields,
            self.nodes + other.nodes,
            self.conditions + other.conditions,
        )


def read(source: str) -> DocumentNode:
    """The parsed document. Raises `GraphQLError`, with a code, when it is too long or no GraphQL."""
    _check("document-size", len(source), MAX_CHARACTERS, "查询的字符数", "characters in the document")
    _check("nesting", _nesting(source), MAX_NESTING, "括号嵌套层数", "brackets within each other")
    try:
        document = parse(source, max_lexical_tokens=MAX_TOKENS, max_comments=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        if f"than {MAX_TOKENS} " in error.message:
            raise _over(
                "document-tokens", MAX_TOKENS + 1, MAX_TOKENS, "查询的词数", "tokens in the document"
            ) from error
        error.extensions = {"code": "syntax", "zh": f"查询有语法错误：{error.message}"}
        raise
    fragments = sum(isinstance(one, FragmentDefinitionNode) for one in document.definitions)
    _check("fragments", fragments, MAX_FRAGMENTS, "片段数", "fragments")
    return document


def check(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> None:
    """Refuse an operation that may cost too much: `GraphQLError` with the number and the maximum.

    Fields that the schema does not know are passed over; validation speaks of them.
    """
    walk = _Walk(schema, document, operation, variables)
    whole = walk.selection(operation.selection_set, schema.query_type)
    _check("depth", whole.depth, MAX_DEPTH, "嵌套层数", "levels of nesting")
    _check("aliases", whole.aliases, MAX_ALIASES, "别名数", "aliases")
    _check("conditions", whole.conditions, MAX_CONDITIONS, "各参数中的条件数", "conditions in the arguments")
    _check("roots", whole.fields, MAX_ROOTS, "根字段数", "root fields")
    _check(
        "nodes",
        whole.nodes,
        MAX_NODES,
        "可能的节点数；请减小 first",
        "possible nodes; ask for fewer with first",
    )


def check_variables(size: int) -> None:
    """Refuse variables of more than so many characters."""
    _check("variables-size", size, MAX_VARIABLES, "变量的字符数", "characters in the variables")


class _Walk:
    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self._measured: dict[str, Measure] = {}
        defaults = {
            one.variable.name.value: number
            if (number := _integer(one.default_value)) is not None
            else one.default_value
            for one in operation.variable_definitions or ()
            if one.default_value is not None
        }
        self._variables: dict[str, Any] = {**defaults, **variables}

    def selection(
        self,
        chosen: SelectionSetNode | None,
        parent: GraphQLNamedType | None,
        around: Counter[str] | None = None,
    ) -> Measure:
        """What the fields of a selection cost, those of its fragments included, each fragment once.

        `around` counts the names of the selection that an inline fragment stands in: whether equal names agree is
        compared for each two of them.
        """
        total = Measure()
        spread: set[str] = set()
        names: Counter[str] = Counter() if around is None else around
        for one in chosen.selections if chosen else ():
            if isinstance(one, FieldNode):
                name = (one.alias or one.name).value
                names[name] += 1
                _check("repeats", names[name], MAX_REPEATS, f"{name} 的重复次数", f"repetitions of {name}")
                total += self._field(one, parent)
            elif isinstance(one, InlineFragmentNode):
                kind = one.type_condition
                total += self.selection(
                    one.selection_set, self._schema.get_type(kind.name.value) if kind else parent, names
                )
            elif isinstance(one, FragmentSpreadNode) and one.name.value not in spread:
                spread.add(one.name.value)
                total += self._fragment(one.name.value)
        return total

    def _fragment(self, name: str) -> Measure:
        if name not in self._measured:
            self._measured[name] = Measure()  # a fragment within itself is validation's affair
            if fragment := self._fragments.get(name):
                kind = self._schema.get_type(fragment.type_condition.name.value)
                self._measured[name] = self.selection(fragment.selection_set, kind)
        return self._measured[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Measure:
        known = parent.fields if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else {}
        field = known.get(node.name.value)
        kind = get_named_type(field.type) if field else None
        below = self.selection(node.selection_set, kind)
        times = self._times(node, field) if field else 1
        nodes = times * (1 + below.nodes) if node.selection_set and field else 0
        conditions = sum(self._weight(one.value, 1) for one in node.arguments or ())
        return Measure(
            below.depth + 1,
            below.aliases + (node.alias is not None),
            1,
            nodes,
            below.conditions + conditions,
        )

    def _weight(self, value: object, depth: int) -> int:
        """The conditions in a value of the document or of a variable."""
        if isinstance(value, VariableNode):
            return self._weight(self._variables.get(value.name.value), depth)
        if isinstance(value, ObjectValueNode):
            inner: list[object] = [one.value for one in value.fields]
            own = len(inner)
        elif isinstance(value, dict):
            inner, own = [*value.values()], len(value)
        elif isinstance(value, ListValueNode):
            inner, own = [*value.values], 0
        elif isinstance(value, list):
            inner, own = value, 0
        else:
            return 0
        _check("input-depth", depth, MAX_INPUT_DEPTH, "参数值的嵌套层数", "levels of nesting of an argument")
        return own + sum(self._weight(one, depth + 1) for one in inner)

    def _times(self, node: FieldNode, field: GraphQLField) -> int:
        if "first" in field.args:
            return self._first(node)
        if not is_list_type(get_nullable_type(field.type)):
            return 1
        for argument in node.arguments or ():
            value = argument.value
            if argument.name.value == "ids":
                if isinstance(value, ListValueNode):
                    return _checked_ids(len(value.values))
                given = self._variables.get(value.name.value) if isinstance(value, VariableNode) else None
                if isinstance(given, ListValueNode):
                    given = [*given.values]
                return _checked_ids(len(given)) if isinstance(given, list) else 1
        # The edges of a connection were counted by its `first`, and groups have a key or two.
        return 1 if node.name.value in {"edges", "keys"} else LIST_SIZE

    def _first(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value in {"first", "last"}:
                value = argument.value
                first = (
                    self._variables.get(value.name.value)
                    if isinstance(value, VariableNode)
                    else _integer(value)
                )
                # A larger one is no Int, and coercion says so.
                if isinstance(first, int) and not isinstance(first, bool) and abs(first) < 2**31:
                    _check("page-size", first, MAX_FIRST, "first", "items in a page (first)")
                    return max(0, first)
        return FIRST


def _checked_ids(number: int) -> int:
    _check("ids", number, MAX_FIRST, "id 数", "ids")
    return number


def _integer(node: object) -> int | None:
    return int(node.value) if isinstance(node, IntValueNode) and len(node.value) < 12 else None


_BRACKETS: Final = re.compile(r'"""(?:\\"""|(?!""").)*"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|[{}()\[\]]', re.DOTALL)
"""Brackets, and the texts and comments in which they mean nothing."""


def _nesting(source: str) -> int:
    """How deep the brackets of a document lie within each other."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(source):
        bracket = found[0]
        if bracket in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "})]":
            depth -= 1
    return deepest


def _check(code: str, number: int, maximum: int, zh: str, en: str) -> None:
    if number > maximum:
        raise _over(code, number, maximum, zh, en)


def _over(code: str, number: int, maximum: int, zh: str, en: str) -> GraphQLError:
    return refused(
        f"limit-{code}",
        f"{zh}{' ' if zh[-1].isascii() else ''}为 {number}，上限为 {maximum}",
        f"{number} {en}; at most {maximum} are allowed",
        number=number,
        maximum=maximum,
    )
