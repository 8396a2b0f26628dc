"""Plans: an operation as statements, kept for the next time, and run over an index."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import sqlalchemy as sa
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    is_non_null_type,
)

from fundtrace.citations import parse_number
from fundtrace.graphql.binding import Way
from fundtrace.graphql.bindings import ROOTS
from fundtrace.graphql.compiling import Compiler
from fundtrace.graphql.filtering import reach, rows_of
from fundtrace.graphql.identity import decode
from fundtrace.graphql.pages import connection
from fundtrace.graphql.schema import served_schema
from fundtrace.graphql.selecting import Bind, Selector, Slot
from fundtrace.index import sqlite

PLANS: Final = 512
"""Plans that are kept."""

Resolve = Callable[[str], str]


class Ran(Protocol):
    """What an index answers to a statement."""

    @property
    def rows(self) -> list[tuple[Any, ...]]: ...  # noqa: D102
    @property
    def notes(self) -> frozenset[str]: ...  # noqa: D102


Run = Callable[[str, Mapping[str, Any]], Ran]


@dataclass(frozen=True, slots=True)
class Statement:
    """One root field: its key in the answer, its SQL, its constants, and what is bound when it is run."""

    key: str
    sql: str
    constants: Mapping[str, Any]
    binds: tuple[Bind, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The statements of an operation, in the order of the answer. `typename` keys need none."""

    statements: tuple[Statement, ...]


class Rooting:
    """The fields that operations begin with, as statements."""

    def __init__(self, compiler: Compiler, namespace: str, resolve: Resolve) -> None:
        self._compiler = compiler
        self._selector = compiler.selector
        self._namespace = namespace
        self._resolve = resolve

    def statement(self, key: str, nodes: list[FieldNode]) -> Statement:
        """The statement of one field."""
        query = self._compiler.kind("Query")
        name = nodes[0].name.value
        first = len(self._selector.binds)
        if name == "__typename":
            made: Any = sa.select(sa.func.json_quote(sa.literal("Query")))
        else:
            arguments = self._selector.arguments(query.fields[name], nodes[0])
            made = self._field(name, nodes, arguments)
        sql, constants = sqlite.compile(made)
        required = name == "__typename" or is_non_null_type(query.fields[name].type)
        # Values that the answer does not need are checked all the same.
        binds = tuple(self._selector.binds[first:])
        return Statement(key, sql, constants, binds, required)

    def _field(self, name: str, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        if name in ROOTS:
            kind = self._compiler.kind_below(self._compiler.kind("Query"), name)
            made = connection(
                self._compiler, kind, nodes, ROOTS[name], reach(Way(ROOTS[name]), None), arguments
            )
            return sa.select(made)
        made_by: Mapping[str, Callable[[list[FieldNode], dict[str, Any]], sa.Select[Any]]] = {
            "node": lambda nodes, given: self._node(nodes, given["id"], lambda one: decode(one) or ""),
            "resource": lambda nodes, given: self._node(nodes, given["iri"], self._key),
            "nodes": self._nodes,
            "fundingDocument": self._document,
            "project": self._project,
            "resolveDocument": self._matches,
            "release": self._release,
        }
        return made_by[name](nodes, arguments)

    def _key(self, iri: str) -> str:
        start = f"{self._compiler.base}id/"
        return iri.removeprefix(start) if iri.startswith(start) else ""

    def _node(self, nodes: list[FieldNode], given: Any, make: Callable[[str], str]) -> sa.Select[Any]:
        entities = rows_of("Entity")
        number = (
            sa.select(entities.c.n)
            .where(entities.c.key == self._selector.bind(given, make))
            .scalar_subquery()
        )
        return sa.select(self._compiler.node(nodes, number))

    def _nodes(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        ids = self._selector.bind(
            arguments["ids"], lambda given: json.dumps([decode(one) or "" for one in given])
        )
        each = sa.func.json_each(ids).table_valued("key", "value").alias()
        entities = rows_of("Entity")
        number = (
            sa.select(entities.c.n)
            .where(entities.c.key == each.c.value)
            .correlate_except(entities)
            .scalar_subquery()
        )
        listed = sa.select(self._compiler.node(nodes, number)).select_from(each).order_by(each.c.key)
        return sa.select(self._compiler.listed(listed, each))

    def _document(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        rows = rows_of("FundingDocument")
        conditions = []
        if "number" in arguments:
            number = self._selector.bind(arguments["number"], _canonical)
            others = rows_of("FundingDocument")
            same = sa.select(sa.func.count()).select_from(others).where(others.c.number == number)
            conditions += [rows.c.number == number, same.scalar_subquery() == 1]
        return self._one("FundingDocument", nodes, rows, conditions, arguments)

    def _project(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        rows = rows_of("Project")
        conditions = []
        if "code" in arguments:
            year = self._selector.bind(arguments["fiscalYear"]) if "fiscalYear" in arguments else None
            code = self._selector.bind(arguments["code"])
            entities = rows_of("Entity")
            budget = sa.select(entities.c.n).where(entities.c.key == "concept/stage-budget").scalar_subquery()

            def count(*more: Any) -> sa.ColumnElement[Any]:
                others = rows_of("Project")
                found = [others.c.code == code, *(one(others) for one in more)]
                if year is not None:
                    found.append(others.c.fiscalYear == year)
                return sa.select(sa.func.count()).select_from(others).where(*found).scalar_subquery()

            budgets = count(lambda others: others.c.stage == budget)
            conditions.append(rows.c.code == code)
            if year is not None:
                conditions.append(rows.c.fiscalYear == year)
            conditions.append(
                sa.or_(sa.and_(budgets == 1, rows.c.stage == budget), sa.and_(budgets == 0, count() == 1))
            )
        return self._one("Project", nodes, rows, conditions, arguments)

    def _one(
        self, name: str, nodes: list[FieldNode], rows: Any, conditions: list[Any], arguments: dict[str, Any]
    ) -> sa.Select[Any]:
        if "iri" in arguments:
            conditions = [*conditions, rows.c.key == self._selector.bind(arguments["iri"], self._key)]
        if not conditions:
            conditions = [sa.literal(1) == sa.literal(0)]
        return (
            sa.select(self._compiler.object(self._compiler.kind(name), nodes, rows))
            .select_from(rows)
            .where(*conditions)
        )

    def _matches(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        found = self._selector.bind(arguments["text"], self._resolve)
        each = sa.func.json_each(found).table_valued("key", "value").alias()
        rows = rows_of("FundingDocument")
        kind = self._compiler.kind("DocumentMatch")
        pairs: list[tuple[str, Any]] = []
        for key, below in self._selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                case "reason":
                    pairs.append((key, sa.func.json_extract(each.c.value, "$[0]")))
                case _:
                    inner = self._compiler.object(self._compiler.kind("FundingDocument"), below, rows)
                    pairs.append((key, sqlite.json_raw(inner)))
        joined = each.join(rows, rows.c.key == sa.func.json_extract(each.c.value, "$[1]"))
        listed = sa.select(sqlite.json_object(pairs)).select_from(joined).order_by(each.c.key)
        return sa.select(self._compiler.listed(listed, joined, each, rows))

    def _release(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:  # noqa: ARG002
        kind = self._compiler.kind("Release")
        constants = {
            "version": self._compiler.version,
            "base": self._compiler.base,
            "namespace": self._namespace,
        }
        counted = {
            "sourceCount": "SourceDocument", "projectCount": "Project", "indicatorCount": "Indicator", "documentCount": "FundingDocument",
        }  # fmt: skip
        pairs: list[tuple[str, Any]] = []
        for key, below in self._selector.fields(kind, nodes).items():
            name = below[0].name.value
            if name == "__typename":
                value: Any = sa.literal(kind.name)
            elif name in constants:
                value = sa.literal(constants[name])
            else:
                rows = rows_of("Release")
                value = sa.select(rows.c[name]).order_by(rows.c.n).limit(1).scalar_subquery()
                if name in counted:
                    members = sa.select(sa.func.count()).select_from(rows_of(counted[name])).scalar_subquery()
                    value = sa.func.coalesce(value, members)
            pairs.append((key, value))
        return sa.select(sqlite.json_object(pairs))


def _canonical(text: str) -> str:
    found = parse_number(text)
    return found.canonical if found is not None else ""


def make_plan(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    of: tuple[str, str, str],
    resolve: Resolve,
) -> Plan:
    """The plan of an operation. `variables` have slots; `of` is base, namespace and version of the release.

    Raises `GraphQLError` for what is asked in a way that no answer can have.
    """
    base, namespace, version = of
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    selector = Selector(served_schema(), fragments, variables)
    rooting = Rooting(Compiler(selector, base, version), namespace, resolve)
    query = served_schema().query_type
    assert query is not None  # noqa: S101 - there is one
    statements = []
    for key, nodes in selector.roots(query, operation.selection_set).items():
        try:
            statements.append(rooting.statement(key, nodes))
        except GraphQLError as error:
            raise GraphQLError(str(error), nodes, path=[key], extensions=error.extensions) from error
    return Plan(tuple(statements))


def parameters(statement: Statement, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a statement. Raises `GraphQLError` for values that are out of bounds."""
    made = {bind.name: bind.make(_known(bind.value, variables)) for bind in statement.binds}
    return {name: made.get(name, value) for name, value in statement.constants.items()}


def _known(value: Any, variables: Mapping[str, Any]) -> Any:
    if isinstance(value, Slot):
        return value.value(variables)
    return [_known(one, variables) for one in value] if isinstance(value, list) else value
