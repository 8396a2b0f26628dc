"""The fields that operations begin with, as statements."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
from fundtrace.graphql.resolving import matches
from fundtrace.graphql.searching import search
from fundtrace.graphql.selecting import Bind
from fundtrace.graphql.tracing import Tracing
from fundtrace.graphql.windows import page_of
from fundtrace.index import sqlite, writing
from fundtrace.query.resolving import LONGEST


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

    def __init__(self, compiler: Compiler, namespace: str) -> None:
        self._compiler = compiler
        self._selector = compiler.selector
        self._namespace = namespace

    @property
    def query(self) -> GraphQLObjectType:
        """The type that operations begin with."""
        return self._compiler.kind("Query")

    def statement(self, key: str, nodes: list[FieldNode]) -> Statement:
        """The statement of one field."""
        query, name = self.query, nodes[0].name.value
        first = len(self._selector.binds)
        if name == "__typename":
            made = sa.select(sa.literal('"Query"'))
        else:
            made = self._contained(name, nodes, self._selector.arguments(query.fields[name], nodes[0]))
        # As bytes, which are sent as they are.
        sql, constants = sqlite.compile(sa.select(sa.cast(made.scalar_subquery(), sa.LargeBinary)))
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
            "resolveDocument": lambda nodes, given: matches(self._compiler, nodes, given["text"]),
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
        """That a document is the one with this number, or the one that its document was merged into."""
        number = self._selector.bind(text, _canonical)
        documents, merges = rows_of("FundingDocument"), rows_of("Merge")
        found = sa.union(
            sa.select(documents.c.n.label("n")).where(documents.c.number == number),
            sa.select(merges.c.mergedInto).where(merges.c.mergedName == number),
        ).subquery()
        only = sa.select(sa.case((sa.func.count() == 1, sa.func.min(found.c.n)))).select_from(found)
        return [rows.c.n == only.scalar_subquery()]

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
            listed.append(writing.json_object(pairs))
        return sa.select(writing.json_array(listed))

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
        return sa.select(writing.json_object(pairs))


def _canonical(text: str) -> str:
    return _known(text) if len(text) <= LONGEST else ""


@lru_cache(maxsize=1_024)
def _known(text: str) -> str:
    found = parse_number(text)
    return found.canonical if found is not None else ""
