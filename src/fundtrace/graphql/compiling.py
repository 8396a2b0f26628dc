"""Operations as SQL: one statement for each root field, which builds the JSON of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from graphql import FieldNode, GraphQLInterfaceType, GraphQLObjectType, get_named_type

from fundtrace.graphql.binding import (
    Embedded,
    FirstText,
    One,
    Pages,
    Parts,
    Special,
    Texts,
    Value,
    Way,
    column_of,
)
from fundtrace.graphql.bindings import BOUND, NODES
from fundtrace.graphql.filtering import Rows, condition, reach, rows_of, table
from fundtrace.graphql.pages import connection
from fundtrace.graphql.selecting import Selector
from fundtrace.graphql.summing import Totals
from fundtrace.index import sqlite
from fundtrace.index.metadata import link_name

Json = sa.ColumnElement[Any]


class Compiler:
    """Makes SQL of what a selector selects, for the release of a base and version."""

    def __init__(self, selector: Selector, base: str, version: str) -> None:
        self.selector = selector
        self.base = base
        self.version = version
        self._special: Mapping[str, Callable[[list[FieldNode], Rows, str], Json]] = {
            "source": self._source,
            "budget": self._budget,
            "title": lambda nodes, rows, name: self._title(rows),  # noqa: ARG005 - one signature for all
            "fundedBudget": self._funded,
            "message": self._message,
            "about": self._about,
        }

    def kind(self, name: str) -> GraphQLObjectType:
        """An object type of the schema."""
        found = self.selector.schema.get_type(name)
        assert isinstance(found, GraphQLObjectType)  # noqa: S101 - the table of types and the schema are one
        return found

    def kind_below(self, kind: GraphQLObjectType, name: str) -> GraphQLObjectType:
        """The object type of a field."""
        return self.kind(get_named_type(kind.fields[name].type).name)

    def iri(self, rows: Rows) -> Json:
        """The IRI of a row."""
        return sa.literal(f"{self.base}id/").concat(rows.c.key)

    def label(self, of: str, rows: Rows, lang: str) -> Json:
        """The label of a row in a language, else in the other, else its key."""
        names: list[Json] = [rows.c.label_zh, rows.c.label_en]
        if of == "Concept":
            names = [
                sa.func.coalesce(name, self._preferred(rows, code))
                for name, code in zip(names, ("zh", "en"), strict=True)
            ]
        return sa.func.coalesce(*(names if lang == "ZH" else reversed(names)), rows.c.key)

    def _preferred(self, rows: Rows, lang: str) -> Json:
        link = table(link_name("Concept", "prefLabel")).alias()
        texts = sa.select(sa.func.min(link.c.object)).where(link.c.subject == rows.c.n, link.c.lang == lang)
        return texts.correlate_except(link).scalar_subquery()

    def member(self, column: Json) -> Json:
        """The member of an enum that a reference to a concept stands for."""
        concepts = rows_of("Concept")
        name = sa.func.upper(sa.func.replace(concepts.c.notation, "-", "_"))
        return sa.select(name).where(concepts.c.n == column).scalar_subquery()

    def listed(self, rows: sa.Select[Any], *own: Rows) -> Json:
        """A JSON list of the first column of some rows, in their order. `own` is what they are selected from."""
        page = rows.correlate_except(*own).subquery()
        return (
            sa.select(sa.func.json_group_array(sqlite.json_raw(page.c[0])))
            .select_from(page)
            .scalar_subquery()
        )

    def object(self, kind: GraphQLObjectType, nodes: list[FieldNode], rows: Rows) -> Json:
        """The JSON of an object that a row stands for."""
        pairs = []
        for key, below in self.selector.fields(kind, nodes).items():
            pairs.append((key, self._field(kind, below, rows)))
        return sqlite.json_object(pairs)

    def node(self, nodes: list[FieldNode], number: Json) -> Json:
        """The JSON of whatever entity has a number."""
        entities = rows_of("Entity")
        choices = []
        for name in NODES:
            rows = rows_of(BOUND[name].table)
            inner = self.object(self.kind(name), nodes, rows)
            one = sa.select(inner).where(rows.c.n == entities.c.n).scalar_subquery()
            choices.append((entities.c["class"] == BOUND[name].table, one))
        return sa.select(sa.case(*choices, else_=None)).where(entities.c.n == number).scalar_subquery()

    def _field(self, kind: GraphQLObjectType, nodes: list[FieldNode], rows: Rows) -> Json:
        node = nodes[0]
        name = node.name.value
        if name == "__typename":
            return sa.literal(kind.name)
        arguments = self.selector.arguments(kind.fields[name], node)
        bound = BOUND[kind.name]
        match bound.fields.get(name):
            case Value(column, enum):
                return self._value(bound.table, rows, column, coded=enum is not None)
            case Texts(column):
                link = table(link_name(bound.table, column)).alias()
                texts = sa.select(link.c.object).where(link.c.subject == rows.c.n).order_by(link.c.object)
                each = texts.correlate_except(link).subquery()
                return sqlite.json_raw(sa.select(sa.func.json_group_array(each.c.object)).scalar_subquery())
            case FirstText(column):
                link = table(link_name(bound.table, column)).alias()
                return (
                    sa.select(sa.func.min(link.c.object)).where(link.c.subject == rows.c.n).scalar_subquery()
                )
            case One(column):
                return sqlite.json_raw(self._one(kind, nodes, rows, column))
            case Parts(way):
                return sqlite.json_raw(self._parts(nodes, way, rows))
            case Pages(way):
                target = self.kind_below(kind, name)
                return sqlite.json_raw(
                    connection(self, target, nodes, way.target, reach(way, rows), arguments)
                )
            case Embedded(of, column):
                inner = self.object(self.kind(of), nodes, rows)
                return sqlite.json_raw(sa.case((rows.c[column].is_not(None), inner)) if column else inner)
            case Special(special):
                return self._special[special](nodes, rows, bound.table)
            case None:
                return self._common(kind, name, nodes, rows, arguments)

    def _common(
        self,
        kind: GraphQLObjectType,
        name: str,
        nodes: list[FieldNode],
        rows: Rows,
        arguments: Mapping[str, Any],
    ) -> Json:
        """The fields of the interface Node."""
        if name == "id":
            return sa.func.opaque(rows.c.key)
        if name == "iri":
            return self.iri(rows)
        if name == "label":
            return self.label(BOUND[kind.name].table, rows, arguments["lang"])
        way = Way("Finding", "Finding", "about", backwards=True)
        return sqlite.json_raw(
            connection(self, self.kind_below(kind, name), nodes, "Finding", reach(way, rows), arguments)
        )

    def _value(self, of: str, rows: Rows, column: str, *, coded: bool) -> Json:
        kind = column_of(of, column).kind
        if coded:
            return self.member(rows.c[column])
        if kind == "money":
            return sqlite.yuan(rows.c[column])
        return sqlite.json_boolean(rows.c[column]) if kind == "boolean" else rows.c[column]

    def _one(self, kind: GraphQLObjectType, nodes: list[FieldNode], rows: Rows, column: str) -> Json:
        target = get_named_type(kind.fields[nodes[0].name.value].type)
        if isinstance(target, GraphQLInterfaceType):
            return self.node(nodes, rows.c[column])
        assert isinstance(target, GraphQLObjectType)  # noqa: S101 - there are no unions here
        other = rows_of(BOUND[target.name].table)
        return (
            sa.select(self.object(target, nodes, other)).where(other.c.n == rows.c[column]).scalar_subquery()
        )

    def _parts(self, nodes: list[FieldNode], way: Way, rows: Rows) -> Json:
        reached = reach(way, rows)
        inner = self.object(self.kind(way.target), nodes, reached.rows)
        by = [reached.rows.c.ordinal] if "ordinal" in reached.rows.c else []
        return self.listed(
            sa.select(inner)
            .select_from(reached.source)
            .where(*reached.conditions)
            .order_by(*by, reached.rows.c.n),
            *reached.own,
        )

    def _source(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        kind = self.kind("Source")
        pairs: list[tuple[str, Json]] = []
        for key, below in self.selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                case "line":
                    pairs.append((key, rows.c.line if "line" in rows.c else sa.null()))
                case "document":
                    reached = reach(Way("SourceDocument", of, "source"), rows)
                    inner = self.object(self.kind("SourceDocument"), below, reached.rows)
                    first = sa.select(inner).select_from(reached.source).where(*reached.conditions)
                    pairs.append(
                        (key, sqlite.json_raw(first.order_by(reached.rows.c.n).limit(1).scalar_subquery()))
                    )
                case _:
                    found = sqlite.json_raw(self._rows(below, rows, of))
                    pairs.append((key, found))
        return sqlite.json_raw(sqlite.json_object(pairs))

    def _rows(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        if f"{of}_sourceRow" not in table(of).metadata.tables:
            return sa.literal("[]")
        reached = reach(Way("SourceRow", of, "sourceRow"), rows)
        inner = self.object(self.kind("SourceRow"), nodes, reached.rows)
        return self.listed(
            sa.select(inner)
            .select_from(reached.source)
            .where(*reached.conditions)
            .order_by(reached.rows.c.n),
            *reached.own,
        )

    def _budget(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        kind = self.kind("Budget")
        pairs: list[tuple[str, Json]] = []
        for key, below in self.selector.fields(kind, nodes).items():
            name = below[0].name.value
            if name == "__typename":
                pairs.append((key, sa.literal(kind.name)))
                continue
            reached = reach(Way("BudgetLine", of, "budgetLine"), rows)
            entities = rows_of("Entity")
            line_kind = (
                sa.select(entities.c.n)
                .where(entities.c.key == f"concept/budget-line-{name}")
                .scalar_subquery()
            )
            inner = self.object(self.kind("Money"), below, reached.rows)
            one = (
                sa.select(inner)
                .select_from(reached.source)
                .where(*reached.conditions, reached.rows.c.lineKind == line_kind)
                .order_by(reached.rows.c.n)
                .limit(1)
            )
            pairs.append((key, sqlite.json_raw(one.scalar_subquery())))
        return sqlite.json_raw(sqlite.json_object(pairs))

    def _title(self, rows: Rows) -> Json:
        link = table(link_name("FundingDocument", "title")).alias()
        shown = sa.func.instr(rows.c.label_zh, link.c.object) > 0
        titles = sa.select(link.c.object).where(link.c.subject == rows.c.n)
        return titles.order_by(sa.func.coalesce(shown, 0).desc(), link.c.object).limit(1).scalar_subquery()

    def _funded(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        reached = reach(Way("Project", "Project", "fundedUnder", backwards=True), rows)
        arguments = self.selector.arguments(self.kind(of).fields["fundedBudget"], nodes[0])
        matching = list(reached.conditions)
        if arguments.get("filter"):
            matching.append(condition(self.selector, "Project", reached.rows, arguments["filter"]))
        return sqlite.json_raw(Totals(self, reached, matching).funded(nodes).scalar_subquery())

    def _message(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        arguments = self.selector.arguments(self.kind(of).fields["message"], nodes[0])
        link = table(link_name(of, "message")).alias()
        wanted = sa.func.coalesce(link.c.lang == arguments["lang"].lower(), 0)
        texts = sa.select(link.c.object).where(link.c.subject == rows.c.n)
        return sa.func.coalesce(
            texts.order_by(wanted.desc(), link.c.object).limit(1).scalar_subquery(), rows.c.label_zh
        )

    def _about(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        link, entities = table(link_name(of, "about")).alias(), rows_of("Entity")
        names = [BOUND[name].table for name in NODES]
        joined = link.join(entities, entities.c.n == link.c.object)
        each = (
            sa.select(self.node(nodes, link.c.object))
            .select_from(joined)
            .where(link.c.subject == rows.c.n, entities.c["class"].in_([sa.literal(name) for name in names]))
            .order_by(link.c.object)
        )
        return sqlite.json_raw(self.listed(each, joined, link, entities))
