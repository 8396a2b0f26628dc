"""The JSON of aggregates over the rows of a connection, and of groups of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from graphql import FieldNode, GraphQLObjectType

from fundtrace.graphql.dimensions import DIMENSIONS
from fundtrace.graphql.filtering import Condition, Reached, Rows, condition, rows_of
from fundtrace.graphql.grouping import Key, distinct_rows, target_of
from fundtrace.graphql.identity import refused
from fundtrace.graphql.limits import MAX_GROUPS, MAX_OFFSET
from fundtrace.graphql.summing import (
    Figure,
    Figures,
    Live,
    Stored,
    figure,
    is_of_one,
    total_of,
    whole,
)
from fundtrace.index import writing

if TYPE_CHECKING:
    from fundtrace.graphql.compiling import Compiler

_STORED: Final = {"DOCUMENT": "document", "ISSUER": "issuer", "DEPARTMENT": "department", "REGION": "region"}
"""Dimensions of projects that have stored totals, beside stage and fiscal year, which every stored total has."""
_ALWAYS: Final = {"STAGE": "stage", "FISCAL_YEAR": "fiscalYear"}
Take = Callable[[Figure], Figure]
"""What stands for a figure in the JSON of a group."""
_APART: Final = frozenset({"groupBy", "__typename"})
"""Fields of an aggregate that no row of it is read for."""
_PER_ROW: Final = frozenset({"departments", "sources"})
"""Figures that cannot be added up over stored totals."""


@dataclass(frozen=True, slots=True)
class Aggregation:
    """Aggregates over the rows of a type that were reached.

    Stored totals answer where `funding` is the document whose projects they are, or where they are `everything`, as far as
    they meet the filter `chosen`, which asks for stages and fiscal years alone.
    """

    compiler: Compiler
    name: str
    reached: Reached
    matching: list[Condition]
    funding: Rows | None = None
    everything: bool = False
    chosen: Mapping[str, Any] = field(default_factory=dict)

    def aggregate(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> sa.ColumnElement[str]:
        """The JSON of an aggregate over all of them."""
        named = self._named(kind, nodes)
        if named <= _APART:
            return self._object(kind, nodes, Live(self.reached.rows))
        stored = self._stored([])
        if stored is not None and (is_of_one(self.chosen) or not named & _PER_ROW):
            rows, _, conditions = stored
            made = self._object(kind, nodes, Stored(rows))
            return whole(made, rows, conditions, rows)
        figures = Live(self.reached.rows)
        made = self._object(kind, nodes, figures)
        return whole(made, self.reached.source, self.matching, *self.reached.own)

    def _named(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> set[str]:
        """The fields of an aggregate that are selected."""
        return {below[0].name.value for below in self.compiler.selector.fields(kind, nodes).values()}

    def _stored(self, dimensions: Sequence[str]) -> tuple[Rows, list[Key], list[Condition]] | None:
        """The stored totals that answer for these dimensions, their keys, and which rows of them; None if none does."""
        others = [one for one in dimensions if one not in _ALWAYS]
        if self.name != "Project" or len(others) > 1 or (others and others[0] not in _STORED):
            return None
        conditions: list[Condition] = []
        if self.funding is not None and not others:
            rows = total_of("document")
            conditions = [rows.c.document == self.funding.c.n]
        elif self.everything:
            rows = total_of(_STORED[others[0]] if others else "year")
        else:
            return None
        if self.chosen:
            conditions.append(condition(self.compiler.selector, "Project", rows, self.chosen))
        keys = [
            Key(rows.c[_ALWAYS.get(one) or _STORED[one]], target_of("Project", DIMENSIONS["Project"][one]))
            for one in dimensions
        ]
        return rows, keys, conditions

    def _object(
        self, kind: GraphQLObjectType, nodes: list[FieldNode], figures: Figures, take: Take | None = None
    ) -> sa.ColumnElement[str]:
        """The JSON of an aggregate. In a group `take` gives a figure that the statement of all groups works out."""
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        for key, below in self.compiler.selector.fields(kind, nodes).items():
            name = below[0].name.value
            if name == "__typename":
                value: sa.ColumnElement[Any] = sa.literal(kind.name)
            elif name == "groupBy":
                value = self._contained_groups(kind, below, nested=take is not None)
            elif name in {"sum", "avg", "min", "max"}:
                value = self._money(name, below, figures, take or _itself)
            else:
                value = (take or _itself)(figure(figures, name, self.compiler.member))
            pairs.append((key, value))
        return writing.json_object(pairs)

    def _money(
        self, name: str, nodes: list[FieldNode], figures: Figures, take: Take
    ) -> sa.ColumnElement[str]:
        kind = self.compiler.kind("Sums")
        pairs = []
        for key, below in self.compiler.selector.fields(kind, nodes).items():
            measure = below[0].name.value
            typename = measure == "__typename"
            pairs.append((key, sa.literal(kind.name) if typename else take(figures.money(name, measure))))
        return writing.json_object(pairs)

    def _contained_groups(
        self, kind: GraphQLObjectType, nodes: list[FieldNode], *, nested: bool
    ) -> sa.ColumnElement[Any]:
        def make() -> sa.ColumnElement[Any]:
            if nested:
                raise refused(
                    "nested-groups",
                    "分组之内不能再分组",
                    "there are no groups within groups; name all dimensions in by",
                )
            return self._groups(kind, nodes)

        return self.compiler.contained(nodes[0], make)

    def _groups(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> sa.ColumnElement[Any]:
        compiler = self.compiler
        arguments = compiler.selector.arguments(kind.fields["groupBy"], nodes[0])
        dimensions = list(dict.fromkeys(one for one in arguments["by"] if one))
        group = compiler.kind_below(kind, "groupBy")
        stored = self._stored(dimensions) if self._adds_up(group, nodes, dimensions) else None
        if stored is not None:
            source, keys, conditions = stored
            figures: Figures = Stored(source)
        else:
            source, keys = distinct_rows(self.name, self.reached, self.matching, dimensions)
            figures, conditions = Live(source), []
        limit = compiler.selector.bind(arguments["first"], _bounded("first", MAX_GROUPS))
        skipped = compiler.selector.bind(arguments.get("offset", 0), _bounded("offset", MAX_OFFSET))
        columns = [key.column for key in keys]
        by = self._order(arguments, figures, columns)
        taken: list[sa.Label[Any]] = []

        def take(of: Figure) -> Figure:
            taken.append(of.label(f"figure{len(taken)}"))
            return sa.column(taken[-1].name, of.type)

        # JSON is written of the groups of the page alone.
        made = self._group(group, nodes, figures, [Key(take(key.column), key.target) for key in keys], take)
        grouped = (
            sa.select(*taken, *([] if taken else [sa.null()]))
            .select_from(source)
            .where(*conditions)
            .group_by(*(columns or [sa.null()]))
            .order_by(*by)
            .limit(limit)
            .offset(skipped)
            .correlate_except(source)
            .subquery()
        )
        return compiler.listed(sa.select(made).select_from(grouped), grouped)

    def _adds_up(self, group: GraphQLObjectType, nodes: list[FieldNode], dimensions: Sequence[str]) -> bool:
        """Whether what is selected of each group can be added up from stored totals."""
        if set(_ALWAYS) <= set(dimensions) or is_of_one(self.chosen):
            return True
        selector, aggregate = self.compiler.selector, self.compiler.kind_below(group, "aggregate")
        below = [
            one
            for found in selector.fields(group, nodes).values()
            if found[0].name.value == "aggregate"
            for one in found
        ]
        return not self._named(aggregate, below) & _PER_ROW

    def _order(
        self, arguments: dict[str, Any], figures: Figures, columns: list[sa.ColumnElement[Any]]
    ) -> list[sa.ColumnElement[Any]]:
        wanted = arguments.get("orderBy", "COUNT")
        descending = arguments.get("direction", "ASC" if wanted == "KEY" else "DESC") == "DESC"
        if wanted == "KEY":
            first = columns
        elif wanted == "TOTAL" and self.name == "Project":
            name = "totalBudget" if isinstance(figures, Live) else "totalBudget_sum"
            first = [sa.func.sum(figures.rows.c[name])]
        else:
            first = [figures.count()]
        by = [(one.desc() if descending else one.asc()).nulls_last() for one in first]
        return [*by, *(one.asc().nulls_last() for one in columns if wanted != "KEY")]

    def _group(
        self, kind: GraphQLObjectType, nodes: list[FieldNode], figures: Figures, keys: list[Key], take: Take
    ) -> sa.ColumnElement[str]:
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        for key, below in self.compiler.selector.fields(kind, nodes).items():
            name = below[0].name.value
            if name == "__typename":
                pairs.append((key, sa.literal(kind.name)))
            elif name == "keys":
                each = [self._key(below, one) for one in keys]
                pairs.append((key, writing.json_array(each)))
            else:
                aggregate = self.compiler.kind_below(kind, "aggregate")
                made = self._object(aggregate, below, figures, take)
                pairs.append((key, made))
        return writing.json_object(pairs)

    def _key(self, nodes: list[FieldNode], of: Key) -> sa.ColumnElement[str]:
        compiler, kind = self.compiler, self.compiler.kind("GroupKey")
        named = rows_of(of.target) if of.target else None
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        nothing: list[tuple[str, sa.ColumnElement[Any]]] = []
        for key, below in compiler.selector.fields(kind, nodes).items():
            name = below[0].name.value
            value: sa.ColumnElement[Any] = sa.literal(kind.name) if name == "__typename" else sa.null()
            nothing.append((key, value))
            if name == "__typename":
                pairs.append((key, value))
            elif named is None:
                pairs.append((key, value if name == "iri" else sa.cast(of.column, sa.Text)))
            else:
                found = {
                    "iri": compiler.iri(named),
                    "label": compiler.label(of.target, named, "ZH"),
                    "value": named.c[of.code],
                }[name]
                pairs.append((key, found))
        if named is None:
            return writing.json_object(pairs)
        made = sa.select(writing.json_object(pairs)).where(named.c.n == of.column).correlate_except(named)
        return sa.func.coalesce(made.scalar_subquery(), writing.json_object(nothing), type_=writing.Json())


def _itself(of: Figure) -> Figure:
    return of


def _bounded(name: str, maximum: int) -> Any:
    def check(value: int) -> int:
        if not 0 <= value <= maximum:
            raise refused(
                "page-size",
                f"groupBy 的 {name} 应为 0 至 {maximum}，而不是 {value}",
                f"{name} of groupBy must be 0 to {maximum}, not {value}",
                number=value,
                maximum=maximum,
            )
        return value

    return check
