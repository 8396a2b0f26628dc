"""Operations as SQL: one statement for each root field, which builds the JSON of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from graphql import FieldNode, GraphQLError, GraphQLInterfaceType, GraphQLObjectType, get_named_type

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
from fundtrace.graphql.bindings import BOUND
from fundtrace.graphql.filtering import Condition, Rows, reach, rows_of, table
from fundtrace.graphql.pages import connection
from fundtrace.graphql.selecting import TYPE, Selector
from fundtrace.graphql.specials import Specials
from fundtrace.graphql.unfolding import kinds_of
from fundtrace.graphql.windows import page_of
from fundtrace.index import writing
from fundtrace.index.metadata import ORDINAL, link_name

Json = sa.ColumnElement[Any]


class Compiler:
    """Makes SQL of what a selector selects, for the release of a base and version."""

    def __init__(self, selector: Selector, base: str, version: str) -> None:
        self.selector = selector
        self.base = base
        self.version = version
        self._specials = Specials(self)
        self._joins: dict[Rows, list[tuple[Rows, Condition]]] = {}

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
        return writing.json_list(rows.correlate_except(*own))

    def object(
        self, kind: GraphQLObjectType, nodes: list[FieldNode], rows: Rows, *, typed: bool = False
    ) -> Json:
        """The JSON of an object that a row stands for; `typed` when it is to name its type."""
        pairs: list[tuple[str, Json]] = [(TYPE, sa.literal(kind.name))] if typed else []
        for key, below in self.selector.fields(kind, nodes).items():
            pairs.append((key, self._field(kind, below, rows)))
        return writing.json_object(pairs)

    def node(self, nodes: list[FieldNode], number: Json) -> Json:
        """The JSON of whatever entity has a number.

        Types of which nothing is asked but what every entity has are answered together.
        """
        entities = rows_of("Entity")
        choices: list[tuple[Condition, Json]] = []
        for names, common in kinds_of(self.selector, nodes):
            kind = self.kind(names[0])
            if common:
                of = self._entity(kind, nodes, entities)
            else:
                rows = rows_of(BOUND[kind.name].table)
                inner = self.object(kind, nodes, rows, typed=self.selector.names_types)
                of = sa.select(inner).where(rows.c.n == entities.c.n).scalar_subquery()
            classes = [sa.literal(BOUND[name].table) for name in names]
            choices.append((entities.c["class"].in_(classes), of))
        return sa.select(sa.case(*choices, else_=None)).where(entities.c.n == number).scalar_subquery()

    def _entity(self, kind: GraphQLObjectType, nodes: list[FieldNode], entities: Rows) -> Json:
        """The JSON of what every entity has. Classes and types have the same names."""
        pairs: list[tuple[str, Json]] = [(TYPE, entities.c["class"])] if self.selector.names_types else []
        for key, below in self.selector.fields(kind, nodes).items():
            if below[0].name.value == "__typename":
                pairs.append((key, entities.c["class"]))
            else:
                pairs.append((key, self._field(kind, below, entities, anything=True)))
        return writing.json_object(pairs)

    def _field(
        self, kind: GraphQLObjectType, nodes: list[FieldNode], rows: Rows, *, anything: bool = False
    ) -> Json:
        node = nodes[0]
        name = node.name.value
        if name == "__typename":
            return sa.literal(kind.name)

        def make() -> Json:
            arguments = self.selector.arguments(kind.fields[name], node)
            if anything:
                return self._common("Concept", kind, nodes, rows, arguments)
            return self._answered(kind, nodes, rows, arguments)

        return self.contained(node, make)

    def contained(self, node: FieldNode, make: Callable[[], Json]) -> Json:
        """What is made of a field, or the marker of its failure."""
        if marker := self.selector.failed(node):
            return writing.json_text(sa.literal(marker))
        with self.selector.at(node):
            try:
                return make()
            except GraphQLError as error:
                return writing.json_text(sa.literal(self.selector.fail(node, error)))

    def _answered(
        self, kind: GraphQLObjectType, nodes: list[FieldNode], rows: Rows, arguments: Mapping[str, Any]
    ) -> Json:
        name, bound = nodes[0].name.value, BOUND[kind.name]
        match bound.fields.get(name):
            case Value(column, enum):
                return self._value(bound.table, rows, column, coded=enum is not None)
            case Texts(column):
                link = table(link_name(bound.table, column)).alias()
                texts = sa.select(link.c.object).where(link.c.subject == rows.c.n).order_by(link.c.object)
                each = texts.correlate_except(link).subquery()
                return sa.select(
                    sa.func.json_group_array(each.c.object, type_=writing.Json())
                ).scalar_subquery()
            case FirstText(column):
                link = table(link_name(bound.table, column)).alias()
                texts = sa.select(link.c.object).where(link.c.subject == rows.c.n)
                return texts.order_by(link.c.object).limit(1).scalar_subquery()
            case One(column):
                return self._one(kind, nodes, rows, column)
            case Parts(way):
                return self._parts(nodes, way, rows)
            case Pages(way):
                target = self.kind_below(kind, name)
                return connection(self, target, nodes, page_of(self, way, rows, arguments))
            case Embedded(of, column):
                inner = self.object(self.kind(of), nodes, rows)
                return sa.case((rows.c[column].is_not(None), inner)) if column else inner
            case Special(special):
                return self._specials.field(special, nodes, rows, bound.table)
            case None:
                return self._common(bound.table, kind, nodes, rows, arguments)

    def _common(
        self,
        of: str,
        kind: GraphQLObjectType,
        nodes: list[FieldNode],
        rows: Rows,
        arguments: Mapping[str, Any],
    ) -> Json:
        """The fields of the interface Node; the label of a concept may be of any entity."""
        name = nodes[0].name.value
        if name == "id":
            return sa.func.opaque(rows.c.key)
        if name == "iri":
            return self.iri(rows)
        if name == "label":
            return self.label(of, rows, arguments["lang"])
        way = Way("Finding", "Finding", "about", backwards=True)
        return connection(self, self.kind_below(kind, name), nodes, page_of(self, way, rows, arguments))

    def _value(self, of: str, rows: Rows, column: str, *, coded: bool) -> Json:
        kind = column_of(of, column).kind
        if coded:
            return self.member(rows.c[column])
        if kind == "money":
            return writing.yuan(rows.c[column])
        return writing.json_boolean(rows.c[column]) if kind == "boolean" else rows.c[column]

    def _one(self, kind: GraphQLObjectType, nodes: list[FieldNode], rows: Rows, column: str) -> Json:
        target = get_named_type(kind.fields[nodes[0].name.value].type)
        if isinstance(target, GraphQLInterfaceType):
            return self.node(nodes, rows.c[column])
        assert isinstance(target, GraphQLObjectType)  # noqa: S101 - there are no unions here
        other = rows_of(BOUND[target.name].table)
        same = other.c.n == rows.c[column]
        joins = self._joins.get(rows)
        if joins is None:
            return sa.select(self.object(target, nodes, other)).where(same).scalar_subquery()
        joins.append((other, same))
        self._joins[other] = joins
        return sa.case((other.c.n.is_not(None), self.object(target, nodes, other)))

    def joined_to(self, rows: Rows) -> list[tuple[Rows, Condition]]:
        """What the rows of a list will name, once they are compiled: joined to them, it costs half of a subquery for each."""
        return self._joins.setdefault(rows, [])

    def _parts(self, nodes: list[FieldNode], way: Way, rows: Rows) -> Json:
        reached = reach(way, rows)
        joins = self.joined_to(reached.rows)
        inner = self.object(self.kind(way.target), nodes, reached.rows)
        source = reached.source
        for other, same in joins:
            source = source.outerjoin(other, same)
        ordered = reached.link if reached.link is not None and ORDINAL in reached.link.c else reached.rows
        by = [ordered.c[ORDINAL]] if ORDINAL in ordered.c else []
        listed = sa.select(inner).select_from(source).where(*reached.conditions).order_by(*by, reached.number)
        return self.listed(listed, source, *reached.own, *(other for other, _ in joins))
