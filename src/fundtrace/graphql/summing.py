"""Totals over distinct projects as SQL; money over several stages or fiscal years is null, with a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from graphql import FieldNode

from fundtrace.graphql.bindings import MEASURES
from fundtrace.graphql.filtering import Condition, Reached, Rows, rows_of, table
from fundtrace.graphql.identity import refused
from fundtrace.index import sqlite

if TYPE_CHECKING:
    from fundtrace.graphql.compiling import Compiler

MIXED: Final = "mixed"
"""The note that rows span several fiscal years or stages."""
MAX_GROUPS: Final = 1_000
"""Groups that one answer may hold."""

_COLUMNS: Final = {
    "REGION": ("region", "code"),
    "DEPARTMENT": ("department", "code"),
    "UNIT": ("unit", "code"),
    "STAGE": ("stage", "notation"),
    "FUND_LEVEL": ("fundLevel", "notation"),
}
_TABLES: Final = {
    "REGION": "Region", "DEPARTMENT": "Department", "UNIT": "BudgetUnit", "STAGE": "Concept", "FUND_LEVEL": "Concept",
    "DOCUMENT": "FundingDocument",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals over the projects that were reached."""

    compiler: Compiler
    reached: Reached
    matching: list[Condition]

    def aggregate(self, nodes: list[FieldNode]) -> sa.Select[Any]:
        """The JSON of an aggregate over all of them."""
        rows = self.reached.rows
        base = self.reached
        whole = self._object(nodes, rows)
        return sa.select(whole).select_from(base.source).where(*self.matching)

    def funded(self, nodes: list[FieldNode]) -> sa.Select[Any]:
        """The JSON of money under a document: its total, projects, and how many are shared."""
        rows = self.reached.rows
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        kind = self.compiler.kind("FundedBudget")
        for key, below in self.compiler.selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                case "yuan":
                    pairs.append((key, _guarded(rows, sqlite.yuan(sa.func.sum(rows.c.totalBudget)))))
                case "projects":
                    pairs.append((key, sa.func.count(rows.c.n)))
                case _:
                    pairs.append((key, _shared(rows)))
        return sa.select(sqlite.json_object(pairs)).select_from(self.reached.source).where(*self.matching)

    def _object(self, nodes: list[FieldNode], rows: Rows) -> sa.ColumnElement[str]:
        kind = self.compiler.kind("Aggregate")
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        for key, below in self.compiler.selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                case "count":
                    pairs.append((key, sa.func.count(rows.c.n)))
                case "shared":
                    pairs.append((key, _shared(rows)))
                case "groupBy":
                    pairs.append((key, sqlite.json_raw(self._groups(below, rows))))
                case name:
                    pairs.append((key, sqlite.json_raw(self._measures(name, below, rows))))
        return sqlite.json_object(pairs)

    def _measures(self, name: str, nodes: list[FieldNode], rows: Rows) -> sa.ColumnElement[str]:
        kind = self.compiler.kind("Sums")
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        for key, below in self.compiler.selector.fields(kind, nodes).items():
            measure = below[0].name.value
            if measure == "__typename":
                pairs.append((key, sa.literal(kind.name)))
                continue
            column = rows.c[MEASURES[measure]]
            if name == "avg":
                made: sa.ColumnElement[Any] = sa.func.mean_yuan(sa.func.sum(column), sa.func.count(column))
            else:
                made = sqlite.yuan(getattr(sa.func, name)(column))
            pairs.append((key, _guarded(rows, made)))
        return sqlite.json_object(pairs)

    def _groups(self, nodes: list[FieldNode], rows: Rows) -> sa.ColumnElement[str]:
        compiler, node = self.compiler, nodes[0]
        if isinstance(rows, sa.Subquery):
            raise refused(
                "nested-groups",
                "分组之内不能再分组",
                "there are no groups within groups; name all dimensions in by",
            )
        arguments = compiler.selector.arguments(compiler.kind("Aggregate").fields["groupBy"], node)
        dimensions = list(dict.fromkeys(one for one in arguments["by"] if one))
        inner = self._distinct(rows, dimensions)
        keys = [inner.c[f"key{at}"] for at in range(len(dimensions))]
        count, total = sa.func.count(inner.c.n), sa.func.sum(inner.c.totalBudget)
        descending = (
            arguments.get("direction", "ASC" if arguments.get("orderBy") == "KEY" else "DESC") == "DESC"
        )
        by_field: dict[str, list[sa.ColumnElement[Any]]] = {
            "KEY": [*keys],
            "TOTAL": [total],
            "COUNT": [count],
        }
        first = by_field[arguments.get("orderBy", "COUNT")]
        by = [(one.desc() if descending else one.asc()).nulls_last() for one in first]
        limit = compiler.selector.bind(arguments["first"], _groups_checked)
        skipped = compiler.selector.bind(arguments.get("offset", 0), _offset_checked)
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        kind = compiler.kind("Group")
        for key, below in compiler.selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                case "keys":
                    each = [
                        self._key(below, one, column) for one, column in zip(dimensions, keys, strict=True)
                    ]
                    pairs.append((key, sqlite.json_raw(sa.func.json_array(*each))))
                case _:
                    pairs.append((key, sqlite.json_raw(self._object(below, inner))))
        grouped = (
            sa.select(sqlite.json_object(pairs))
            .select_from(inner)
            .group_by(*keys)
            .order_by(*by, *(one.asc() for one in keys))
            .limit(limit)
            .offset(skipped)
        )
        return compiler.listed(grouped, inner)

    def _distinct(self, rows: Rows, dimensions: list[str]) -> sa.Subquery:
        reached = self.reached
        fresh = table("Project").alias()
        chosen = (
            sa.select(rows.c.n)
            .select_from(reached.source)
            .where(*self.matching)
            .correlate_except(*reached.own)
        )
        source: Rows = fresh
        columns: list[sa.ColumnElement[Any]] = [
            fresh.c[name] for name in ("n", "stage", "fiscalYear", *MEASURES.values())
        ]
        document: Rows | None = None
        for at, dimension in enumerate(dimensions):
            if dimension in {"DOCUMENT", "ISSUER"} and document is None:
                funded = table("Project_fundedUnder").alias()
                document = rows_of("FundingDocument")
                source = source.outerjoin(funded, funded.c.subject == fresh.c.n).outerjoin(
                    document, document.c.n == funded.c.object
                )
            if dimension in {"DOCUMENT", "ISSUER"} and document is not None:
                value = document.c.n if dimension == "DOCUMENT" else document.c.issuerCode
            elif dimension == "FISCAL_YEAR":
                value = fresh.c.fiscalYear
            else:
                value = fresh.c[_COLUMNS[dimension][0]]
            columns.append(value.label(f"key{at}"))
        return sa.select(*columns).distinct().select_from(source).where(fresh.c.n.in_(chosen)).subquery()

    def _key(
        self, nodes: list[FieldNode], dimension: str, column: sa.ColumnElement[Any]
    ) -> sa.ColumnElement[str]:
        compiler, kind = self.compiler, self.compiler.kind("GroupKey")
        pairs: list[tuple[str, sa.ColumnElement[Any]]] = []
        for key, below in compiler.selector.fields(kind, nodes).items():
            name = below[0].name.value
            if name == "__typename":
                value: sa.ColumnElement[Any] = sa.literal(kind.name)
            elif dimension not in _TABLES:
                value = sa.null() if name == "iri" else sa.cast(column, sa.Text)
            else:
                named = rows_of(_TABLES[dimension])
                code = {"DOCUMENT": "number"}.get(dimension) or _COLUMNS[dimension][1]
                found = {
                    "iri": compiler.iri(named),
                    "label": compiler.label(_TABLES[dimension], named, "ZH"),
                    "value": named.c[code],
                }[name]
                value = sa.select(found).where(named.c.n == column).scalar_subquery()
            pairs.append((key, value))
        return sqlite.json_raw(sqlite.json_object(pairs))


def _guarded(rows: Rows, money: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    stages = sa.func.count(sa.distinct(rows.c.stage))
    years = sa.func.count(sa.distinct(sa.func.coalesce(rows.c.fiscalYear, -1)))
    return sa.case((sa.or_(stages > 1, years > 1), sa.func.note(sa.literal(MIXED))), else_=money)


def _shared(rows: Rows) -> sa.ColumnElement[Any]:
    funded = table("Project_fundedUnder").alias()
    several = (
        sa.select(sa.func.count())
        .select_from(funded)
        .where(funded.c.subject == rows.c.n)
        .correlate(rows)
        .scalar_subquery()
    )
    return sa.func.coalesce(sa.func.sum(several > 1), 0)


def _groups_checked(value: int) -> int:
    if not 0 <= value <= MAX_GROUPS:
        raise refused(
            "page-size",
            f"groupBy 的 first 应为 0 至 {MAX_GROUPS}，而不是 {value}",
            f"first of groupBy must be 0 to {MAX_GROUPS}, not {value}",
            number=value,
            maximum=MAX_GROUPS,
        )
    return value


def _offset_checked(value: int) -> int:
    if value < 0:
        raise refused(
            "page-size", "offset 不能为负", "offset must not be negative", number=value, maximum=1_000_000
        )
    return value
