"""The tree below a document: its totals by year and stage, and its projects by department."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from graphql import FieldNode

from fundtrace.graphql import enums
from fundtrace.graphql.binding import Way
from fundtrace.graphql.filtering import Condition, Rows, concept, rows_of, table
from fundtrace.graphql.limits import MAX_GROUPS, MAX_OFFSET
from fundtrace.graphql.pages import connection
from fundtrace.graphql.summing import total_of
from fundtrace.graphql.windows import bounded, page_of
from fundtrace.index import writing

if TYPE_CHECKING:
    from fundtrace.graphql.compiling import Compiler

Pairs = list[tuple[str, sa.ColumnElement[Any]]]


class Tracing:
    """The tree below the documents of some rows."""

    def __init__(self, compiler: Compiler, document: Rows) -> None:
        self._compiler = compiler
        self._document = document

    def tree(self, nodes: list[FieldNode]) -> sa.ColumnElement[str]:
        """The JSON of the tree below a document."""
        compiler, kind = self._compiler, self._compiler.kind("FundingTree")
        pairs: Pairs = []
        for key, below in compiler.selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                    continue
                case "document":
                    # The document of a row is the row: no other row is looked up.
                    value: sa.ColumnElement[Any] = compiler.object(
                        compiler.kind("FundingDocument"), below, self._document
                    )
                case "totals":
                    value = self._totals(below)
                case _:
                    value = compiler.contained(below[0], partial(self._branches, below))
            pairs.append((key, value))
        return writing.json_object(pairs)

    def _totals(self, nodes: list[FieldNode]) -> sa.ColumnElement[Any]:
        compiler, kind, rows = self._compiler, self._compiler.kind("FundingTotal"), total_of("document")
        pairs: Pairs = []
        for key, below in compiler.selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                case "stage":
                    pairs.append((key, compiler.member(rows.c.stage)))
                case "yuan":
                    pairs.append((key, writing.yuan(rows.c.totalBudget_sum)))
                case name:
                    pairs.append((key, rows.c[name]))
        listed = (
            sa.select(writing.json_object(pairs))
            .where(rows.c.document == self._document.c.n)
            .order_by(rows.c.fiscalYear.asc().nulls_last(), rows.c.stage)
        )
        return compiler.listed(listed, rows)

    def _branches(self, nodes: list[FieldNode]) -> sa.ColumnElement[Any]:
        compiler, kind = self._compiler, self._compiler.kind("FundingBranch")
        arguments = compiler.selector.arguments(compiler.kind("FundingTree").fields["branches"], nodes[0])
        branch = self._grouped(arguments["role"])
        size = compiler.selector.bind(arguments["first"], bounded("first", MAX_GROUPS))
        offset = compiler.selector.bind(arguments.get("offset", 0), bounded("offset", MAX_OFFSET))
        pairs: Pairs = []
        for key, below in compiler.selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                case "department":
                    department = rows_of("Department")
                    made = compiler.object(compiler.kind("Department"), below, department)
                    one = sa.select(made).where(department.c.n == branch.c.department)
                    pairs.append((key, one.scalar_subquery()))
                case "stage":
                    pairs.append((key, compiler.member(branch.c.stage)))
                case "yuan":
                    pairs.append((key, writing.yuan(branch.c.total)))
                case "citedBy":
                    pairs.append((key, self._projects(below, branch, arguments["role"])))
                case name:
                    pairs.append((key, branch.c[name]))
        listed = (
            sa.select(writing.json_object(pairs))
            .select_from(branch)
            .order_by(
                branch.c.total.desc().nulls_last(),
                branch.c.department.asc().nulls_last(),
                branch.c.fiscalYear.asc().nulls_last(),
                branch.c.stage,
            )
            .limit(size)
            .offset(offset)
        )
        return compiler.listed(listed, branch)

    def _grouped(self, role: str) -> sa.Subquery:
        link, projects = table("Project_cites").alias(), rows_of("Project")
        facts = projects.c
        return (
            sa.select(
                facts.department,
                facts.fiscalYear,
                facts.stage,
                sa.func.count().label("projects"),
                sa.func.sum(facts.totalBudget).label("total"),
            )
            .select_from(link.join(projects, projects.c.n == link.c.subject))
            .where(link.c.object == self._document.c.n, link.c.role == concept(enums.Role, role))
            .group_by(facts.department, facts.fiscalYear, facts.stage)
            .correlate(self._document)
            .subquery()
        )

    def _projects(self, nodes: list[FieldNode], branch: Rows, role: str) -> sa.ColumnElement[Any]:
        compiler, kind = self._compiler, self._compiler.kind("FundingBranch")

        def within(rows: Rows) -> list[Condition]:
            return [
                rows.c[name].is_not_distinct_from(branch.c[name])
                for name in ("department", "fiscalYear", "stage")
            ]

        def make() -> sa.ColumnElement[Any]:
            arguments = {
                **compiler.selector.arguments(kind.fields["citedBy"], nodes[0]), "role": role,
            }  # fmt: skip
            way = Way("Project", "Project", "cites", backwards=True)
            page = page_of(compiler, way, self._document, arguments, within)
            return connection(compiler, compiler.kind_below(kind, "citedBy"), nodes, page)

        return compiler.contained(nodes[0], make)
