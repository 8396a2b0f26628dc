"""The fields that operations begin with, as statements."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from graphql import FieldNode, GraphQLError, GraphQLObjectType, is_non_null_type

from fundtrace.citations import parse_number
from fundtrace.graphql.binding import Way
from fundtrace.graphql.bindings import ROOTS
from fundtrace.graphql.compiling import Compiler
from fundtrace.graphql.filtering import Condition, Rows, numbered, rows_of
from fundtrace.graphql.identity import decode
from fundtrace.graphql.limits import published
from fundtrace.graphql.pages import connection
from fundtrace.graphql.searching import search
from fundtrace.graphql.selecting import Bind
from fundtrace.graphql.tracing import Tracing
from fundtrace.graphql.windows import page_of
from fundtrace.index import sqlite

Resolve = Callable[[str], str]

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "number": ("文号相同", "it has this number"),
    "numbers": ("文中写有它的文号", "the text holds its number"),
    "title": ("标题相同", "it has this title"),
    "words": ("名称中含有这些字", "its name holds these words"),
    "near": (
        "没有这个文号；它是同一机关同年的文件",
        "no document has this number; it is of the same issuer and year",
    ),
}
"""Why a document may be the one that a text names, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One root field: its key in the answer, its nodes, its SQL, its constants, and what is bound when it is run."""

    key: str
    nodes: tuple[FieldNode, ...]
    sql: str
    constants: Mapping[str, Any]
    binds: tuple[Bind, ...]
    required: bool


class Rooting:
    """The fields that operations begin with, as statements."""

    def __init__(self, compiler: Compiler, namespace: str, resolve: Resolve) -> None:
        self._compiler = compiler
        self._selector = compiler.selector
        self._namespace = namespace
        self._resolve = resolve

    @property
    def query(self) -> GraphQLObjectType:
        """The type that operations begin with."""
        return self._compiler.kind("Query")

    def statement(self, key: str, nodes: list[FieldNode]) -> Statement:
        """The statement of one field."""
        query, name = self.query, nodes[0].name.value
        first = len(self._selector.binds)
        if name == "__typename":
            made: Any = sa.select(sa.func.json_quote(sa.literal("Query")))
        else:
            made = self._contained(name, nodes, self._selector.arguments(query.fields[name], nodes[0]))
        sql, constants = sqlite.compile(made)
        required = name == "__typename" or is_non_null_type(query.fields[name].type)
        # Values that the answer does not need are checked all the same.
        binds = tuple(self._selector.binds[first:])
        return Statement(key, tuple(nodes), sql, constants, binds, required)

    def _contained(self, name: str, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        if marker := self._selector.failed(nodes[0]):
            return sa.select(sa.literal(marker))
        with self._selector.at(nodes[0]):
            try:
                return self._field(name, nodes, arguments)
            except GraphQLError as error:
                return sa.select(sa.literal(self._selector.fail(nodes[0], error)))

    def _field(self, name: str, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        if name in ROOTS:
            kind = self._compiler.kind_below(self._compiler.kind("Query"), name)
            page = page_of(self._compiler, Way(ROOTS[name]), None, arguments)
            return sa.select(connection(self._compiler, kind, nodes, page))
        made_by: Mapping[str, Callable[[list[FieldNode], dict[str, Any]], sa.Select[Any]]] = {
            "node": lambda nodes, given: self._node(nodes, given["id"], lambda one: decode(one) or ""),
            "resource": lambda nodes, given: self._node(nodes, given["iri"], self._key),
            "nodes": self._nodes,
            "fundingDocument": self._document,
            "project": self._project,
            "resolveDocument": self._matches,
            "release": self._release,
            "search": self._search,
            "trace": self._trace,
            "limits": self._limits,
        }
        return made_by[name](nodes, arguments)

    def _key(self, iri: str) -> str:
        start = f"{self._compiler.base}id/"
        return iri.removeprefix(start) if iri.startswith(start) else ""

    def _node(self, nodes: list[FieldNode], given: Any, make: Callable[[str], str]) -> sa.Select[Any]:
        return sa.select(self._compiler.node(nodes, numbered(self._selector.bind(given, make))))

    def _nodes(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        ids = self._selector.bind(
            arguments["ids"], lambda given: json.dumps([decode(one) or "" for one in given])
        )
        each = sa.func.json_each(ids).table_valued("key", "value").alias()
        listed = (
            sa.select(self._compiler.node(nodes, numbered(each.c.value)))
            .select_from(each)
            .order_by(each.c.key)
        )
        return sa.select(self._compiler.listed(listed, each))

    def _document(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        rows = rows_of("FundingDocument")
        conditions = self._numbered(rows, arguments["number"]) if "number" in arguments else []
        return self._one("FundingDocument", nodes, rows, conditions, arguments)

    def _numbered(self, rows: Rows, text: Any) -> list[Condition]:
        """That a document is the one with this number."""
        number = self._selector.bind(text, _canonical)
        others = rows_of("FundingDocument")
        same = sa.select(sa.func.count()).select_from(others).where(others.c.number == number)
        return [rows.c.number == number, same.scalar_subquery() == 1]

    def _trace(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        rows = rows_of("FundingDocument")
        made = Tracing(self._compiler, rows).tree(nodes)
        return sa.select(made).select_from(rows).where(*self._numbered(rows, arguments["document"]))

    def _search(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:
        kind = self._compiler.kind_below(self.query, "search")
        return sa.select(search(self._compiler, kind, nodes, arguments))

    def _limits(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> sa.Select[Any]:  # noqa: ARG002 - one signature for all
        kind = self._compiler.kind("Limit")
        listed = []
        for limit in published():
            pairs: list[tuple[str, Any]] = []
            for key, below in self._selector.fields(kind, nodes).items():
                given = self._selector.arguments(kind.fields["description"], below[0])
                told = {
                    "__typename": kind.name,
                    "name": limit.name,
                    "maximum": limit.maximum,
                    "description": limit.zh if given.get("lang") == "ZH" else limit.en,
                }
                pairs.append((key, sa.literal(told[below[0].name.value])))
            listed.append(sqlite.json_object(pairs))
        return sa.select(sa.func.json_array(*map(sqlite.json_raw, listed)))

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
            conditions = [*conditions, rows.c.n == numbered(self._selector.bind(arguments["iri"], self._key))]
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
                case "rank":
                    pairs.append((key, each.c.key + 1))
                case "explanation":
                    given = self._selector.arguments(kind.fields["explanation"], below[0])
                    way = sa.func.json_extract(each.c.value, "$[0]")
                    at = 0 if given["lang"] == "ZH" else 1
                    told = {name: sa.literal(texts[at]) for name, texts in REASONS.items()}
                    pairs.append((key, sa.case(told, value=way, else_=way)))
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
