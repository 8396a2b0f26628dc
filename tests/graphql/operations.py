"""Random valid operations over a world: fields, fragments, aliases, variables, directives, pages, filters, groups."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st
from tests.graphql.reference.paging import Order
from tests.graphql.reference.world import Entity, World

from fundtrace.graphql.bindings import BOUND, NODES
from fundtrace.graphql.identity import encode
from fundtrace.graphql.schema import served_schema

LEFT_OUT = {"search", "resolveDocument", "limits", "__schema", "__type"}
"""Root fields that have no naive counterpart; tests of their own speak of them."""
_TEXTS = ("", "资金", "就业", "2021", "a", "（", "省级", "“", "\\", "%")


@dataclass(frozen=True)
class Operation:
    """A document and its variables."""

    text: str
    variables: Mapping[str, Any]


@dataclass
class _Written:
    """A literal: its text, and its value as a variable's JSON."""

    text: str
    value: Any


@dataclass
class Generator:
    """Writes one operation."""

    draw: Any
    world: World
    fields: int = 30
    aliases: int = 0
    variables: dict[str, tuple[str, Any]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)

    def chance(self, percent: int) -> bool:
        """Yes, so many times in a hundred."""
        return self.number(0, 99) >= 100 - percent

    def number(self, low: int, high: int) -> int:
        """A number from one to another."""
        return int(self.draw(st.integers(low, high)))

    def pick(self, values: Any) -> Any:
        """One of some values."""
        return self.draw(st.sampled_from(list(values)))

    def operation(self) -> Operation:
        """A whole operation."""
        body = self._selection(served_schema().query_type, 0)
        told = [
            f"${name}: {kind}{' = ' + self.defaults[name] if name in self.defaults else ''}"
            for name, (kind, _) in self.variables.items()
        ]
        head = f"query q({', '.join(told)}) " if told else "query q "
        given = {name: value for name, (_, value) in self.variables.items() if value is not _ABSENT}
        return Operation(head + body + " ".join(["", *self.fragments.values()]), given)

    # Selections

    def _selection(self, kind: Any, depth: int) -> str:
        parts = []
        for _ in range(self.number(1, 3 if depth else 2)):
            parts.append(self._part(kind, depth))
        return "{ " + " ".join(parts) + " }"

    def _part(self, kind: Any, depth: int) -> str:
        if depth and self.chance(12):
            return self._fragment(kind, depth)
        return self._field(kind, depth)

    def _fragment(self, kind: Any, depth: int) -> str:
        on = kind
        if isinstance(kind, GraphQLInterfaceType):
            on = served_schema().get_type(self.pick(NODES))
        elif kind.interfaces and self.chance(40):
            on = kind.interfaces[0]
        body = self._selection(on, depth)
        if self.chance(50):
            condition = f"on {on.name} " if on is not kind or self.chance(50) else ""
            return f"... {condition}{self._directive()}{body}"
        name = f"f{len(self.fragments)}"
        self.fragments[name] = f"fragment {name} on {on.name} {body}"
        return f"...{name} {self._directive()}"

    def _directive(self) -> str:
        if not self.chance(15):
            return ""
        name = self.pick(["include", "skip"])
        value = self.chance(70 if name == "include" else 30)
        if self.chance(50):
            return f"@{name}(if: {str(value).lower()}) "
        return f"@{name}(if: {self._variable('Boolean!', value)}) "

    def _field(self, kind: Any, depth: int) -> str:
        self.fields -= 1
        names = [name for name in kind.fields if depth or name not in LEFT_OUT]
        leaves = [name for name in names if is_leaf_type(get_named_type(kind.fields[name].type))]
        if self.fields <= 0 or depth > 7 or self.chance(5):
            names = leaves
        elif self.chance(60):
            names = [name for name in names if name not in leaves] or names
        if not names:
            return "__typename"
        name = self.pick(names)
        one: GraphQLField = kind.fields[name]
        arguments = self._arguments(kind, name, one)
        alias = ""
        if self.aliases < 45 and (one.args or self.chance(5) or not depth):
            alias = f"a{self.aliases}: "
            self.aliases += 1
        below = get_named_type(one.type)
        body = "" if is_leaf_type(below) else " " + self._selection(below, depth + 1)
        return f"{alias}{name}{arguments} {self._directive()}{body}"

    # Arguments

    def _arguments(self, kind: Any, name: str, one: GraphQLField) -> str:
        given: dict[str, str] = {}
        of = _paged(one)
        orders: list[Mapping[str, Any]] = []
        for argument, told in one.args.items():
            if argument in {"first", "last", "after", "before", "offset"} and of:
                continue
            required = isinstance(told.type, GraphQLNonNull) and told.default is None
            if not required and not self.chance(45):
                continue
            if argument == "orderBy" and of:
                written = self._orders(of)
                orders = written.value or []
            elif argument == "iri":
                written = self._text(f"{self.world.base}id/{self._entity().key}")
            else:
                written = self._value(told.type, name, argument)
            given[argument] = self._placed(written, told)
        if of:
            given |= self._page(of, orders, one.args)
        return f"({', '.join(f'{key}: {value}' for key, value in given.items())})" if given else ""

    def _page(
        self, of: str, orders: list[Mapping[str, Any]], told: Mapping[str, GraphQLArgument]
    ) -> dict[str, str]:
        size = self.number(0, 5)
        wrong = self.chance(2)
        given = {
            self.pick(["first", "first", "last"]): _Written(str(-1 if wrong else size), -1 if wrong else size)
        }
        if self.chance(10):
            number = self.number(0, 3)
            given["offset"] = _Written(str(number), number)
        entities = self.world.of(BOUND[of].table)
        for limit in ("after", "before"):
            if entities and self.chance(15):
                order = Order(of, orders)
                entity = self.pick(entities)
                version = self.pick([self.world.version, self.world.version, "another"])
                cursor = order.cursor(entity, version)
                if self.chance(10):
                    gone = Entity(entity.key + "0", entity.cls, entity.labels, entity.values)
                    cursor = order.cursor(gone, version)
                given[limit] = self._text("bad" if self.chance(4) else cursor)
        return {name: self._placed(one, told[name]) for name, one in given.items()}

    def _orders(self, of: str) -> _Written:
        kind = served_schema().get_type(f"{of}OrderField")
        assert isinstance(kind, GraphQLEnumType)
        found = []
        for _ in range(self.number(0, 2)):
            one: dict[str, Any] = {"field": self.pick(kind.values)}
            if self.chance(60):
                one["direction"] = self.pick(["ASC", "DESC"])
            if self.chance(30):
                one["nulls"] = self.pick(["FIRST", "LAST"])
            found.append(one)
        text = ", ".join(
            "{" + ", ".join(f"{key}: {value}" for key, value in one.items()) + "}" for one in found
        )
        return _Written(f"[{text}]", found)

    def _placed(self, written: _Written, told: GraphQLArgument) -> str:
        """A value as it is written, or behind a variable."""
        return (
            self._variable(str(told.type), written.value, written.text) if self.chance(25) else written.text
        )

    def _variable(self, kind: str, value: Any, text: str = "") -> str:
        name = f"v{len(self.variables)}"
        if text and self.chance(15) and "$" not in text:
            self.defaults[name] = text
            self.variables[name] = (kind, _ABSENT)
        else:
            self.variables[name] = (kind, value)
        return f"${name}"

    # Values

    def _value(self, kind: Any, name: str, argument: str) -> _Written:
        if isinstance(kind, GraphQLNonNull):
            return self._value(kind.of_type, name, argument)
        if self.chance(3) and not (
            name in {"trace", "node", "nodes", "groupBy"} or argument in {"first", "role", "lang"}
        ):
            return _Written("null", None)
        if isinstance(kind, GraphQLList):
            items = [
                self._value(kind.of_type, name, argument)
                for _ in range(self.number(1 if argument == "by" else 0, 2))
            ]
            items = [one for one in items if one.value is not None]
            return _Written(f"[{', '.join(one.text for one in items)}]", [one.value for one in items])
        if isinstance(kind, GraphQLEnumType):
            member = self.pick(kind.values)
            return _Written(member, member)
        if isinstance(kind, GraphQLInputObjectType):
            return self._filter(kind, 2)
        return self._scalar(kind.name, name, argument)

    def _scalar(self, kind: str, name: str, argument: str) -> _Written:
        if kind == "ID":
            return self._text(encode(self._entity().key))
        if kind == "Int":
            number = self.number(0, 5) if argument in {"first", "offset"} else self._year()
            return _Written(str(number), number)
        if argument in {"number", "document"}:
            numbers = [one.one("number") for one in self.world.of("FundingDocument")]
            return self._text(self.pick([one for one in numbers if one] + ["none"]))
        if argument == "code":
            return self._text(self.pick([one.one("code") or "none" for one in self.world.of("Project")]))
        return self._text(self.pick(_TEXTS))

    def _filter(self, kind: GraphQLInputObjectType, depth: int) -> _Written:
        found: dict[str, _Written] = {}
        for _ in range(self.number(0 if depth < 2 else 1, 2)):
            name = self.pick(kind.fields)
            found[name] = self._condition(kind, name, depth)
        text = ", ".join(f"{name}: {one.text}" for name, one in found.items())
        return _Written("{" + text + "}", {name: one.value for name, one in found.items()})

    def _condition(self, kind: GraphQLInputObjectType, name: str, depth: int) -> _Written:
        of: Any = kind.fields[name].type
        if name in {"and", "or"}:
            items = [self._filter(kind, depth - 1) for _ in range(self.number(0, 2))] if depth else []
            return _Written(f"[{', '.join(one.text for one in items)}]", [one.value for one in items])
        if isinstance(of, GraphQLInputObjectType):
            if of.name.endswith("Condition"):
                return self._comparison(kind.name, name, of)
            return self._filter(of, depth - 1) if depth else _Written("{}", {})
        return _Written("null", None)

    def _comparison(self, owner: str, name: str, kind: GraphQLInputObjectType) -> _Written:
        found: dict[str, _Written] = {}
        for operator in [self.pick(kind.fields) for _ in range(self.number(1, 2))]:
            of: Any = get_named_type(kind.fields[operator].type)
            if operator == "in":
                items = [self._operand(owner, name, kind.name, of) for _ in range(self.number(0, 3))]
                found[operator] = _Written(
                    f"[{', '.join(one.text for one in items)}]", [one.value for one in items]
                )
            elif operator == "isNull" or of.name == "Boolean":
                value = self.chance(50)
                found[operator] = _Written(str(value).lower(), value)
            else:
                found[operator] = self._operand(owner, name, kind.name, of)
                if self.chance(20):
                    one = found[operator]
                    found[operator] = _Written(self._variable(of.name, one.value), one.value)
        text = ", ".join(f"{key}: {one.text}" for key, one in found.items())
        return _Written("{" + text + "}", {key: one.value for key, one in found.items()})

    def _operand(self, owner: str, name: str, condition: str, of: Any) -> _Written:
        if isinstance(of, GraphQLEnumType):
            member = self.pick(of.values)
            return _Written(member, member)
        if of.name == "ID":
            return self._text(encode(self._entity().key))
        if condition == "YearCondition":
            year = self._year()
            return _Written(str(year), year)
        if of.name == "Int":
            number = self.number(0, 900)
            return _Written(str(number), number)
        if of.name == "Decimal":
            return self._text(self.pick(self._numbers(owner, name)))
        return self._text(self.pick([*_TEXTS, *self._texts(owner, name)]))

    def _texts(self, owner: str, name: str) -> list[str]:
        table = BOUND[owner.removesuffix("Filter")].table
        values = [
            value for one in self.world.of(table)[:12] for value in one.values.get(_property(owner, name), ())
        ]
        texts = [one for one in values if isinstance(one, str)]
        return texts + [one[:3] for one in texts] or [""]

    def _numbers(self, owner: str, name: str) -> list[str]:
        table = BOUND[owner.removesuffix("Filter")].table
        values = [one.one(_property(owner, name)) for one in self.world.of(table)[:20]]
        return [format(one, "f") for one in values if one is not None and not isinstance(one, str)] + [
            "0",
            "95",
            "-1",
        ]

    def _year(self) -> int:
        return self.number(2019, 2026)

    def _entity(self) -> Entity:
        kind = self.pick(
            (
                "Project",
                "FundingDocument",
                "Indicator",
                "Region",
                "Finding",
                "Citation",
                "Target",
                "Suggestion",
            )
        )
        found = self.world.of(kind)
        return self.pick(found) if found else Entity("nothing/here")

    def _text(self, text: str) -> _Written:
        return _Written(json.dumps(text, ensure_ascii=False), text)


def _property(owner: str, name: str) -> str:
    bound = BOUND[owner.removesuffix("Filter")].fields.get(name)
    return str(getattr(bound, "column", name))


def _paged(one: GraphQLField) -> str:
    """The type that a connection holds; empty for other fields."""
    kind = get_named_type(one.type)
    if "after" not in one.args or not isinstance(kind, GraphQLObjectType):
        return ""
    edge = get_named_type(kind.fields["edges"].type)
    return str(get_named_type(edge.fields["node"].type).name) if isinstance(edge, GraphQLObjectType) else ""


class _Absent:
    pass


_ABSENT = _Absent()


def operations(world: World) -> st.SearchStrategy[Operation]:
    """Operations over a world."""
    return st.composite(lambda draw: Generator(draw, world).operation())()
