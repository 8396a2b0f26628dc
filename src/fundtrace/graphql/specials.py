"""Fields that are made in ways of their own: sources, budgets, titles, messages, and money under a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from graphql import FieldNode

from fundtrace.graphql.binding import Way
from fundtrace.graphql.bindings import BOUND, NODES
from fundtrace.graphql.filtering import Rows, condition, reach, rows_of, table
from fundtrace.graphql.funding import funded
from fundtrace.graphql.tracing import Tracing
from fundtrace.index import projection, writing
from fundtrace.index.metadata import link_name

if TYPE_CHECKING:
    from fundtrace.graphql.compiling import Compiler

Json = sa.ColumnElement[Any]


class Specials:
    """The special fields of a compiler."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler

    def field(self, name: str, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        """The JSON of a field by the name of its way; `of` is the class of the row."""
        match name:
            case "source":
                return self._source(nodes, rows, of)
            case "budget":
                return self._budget(nodes, rows, of)
            case "title":
                return self._title(rows)
            case "fundedBudget":
                return self._funded(nodes, rows, of)
            case "message":
                return self._message(nodes, rows, of)
            case "trace":
                return Tracing(self._compiler, rows).tree(nodes)
            case _:
                return self._linked(nodes, rows, link_name(of, name))

    def _source(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        kind = self._compiler.kind("Source")
        pairs: list[tuple[str, Json]] = []
        for key, below in self._compiler.selector.fields(kind, nodes).items():
            match below[0].name.value:
                case "__typename":
                    pairs.append((key, sa.literal(kind.name)))
                case "line":
                    pairs.append((key, rows.c.line if "line" in rows.c else sa.null()))
                case "document":
                    reached = reach(Way("SourceDocument", of, "source"), rows)
                    inner = self._compiler.object(self._compiler.kind("SourceDocument"), below, reached.rows)
                    first = sa.select(inner).select_from(reached.source).where(*reached.conditions)
                    pairs.append((key, first.order_by(reached.number).limit(1).scalar_subquery()))
                case _:
                    found = self._rows(below, rows, of)
                    pairs.append((key, found))
        return writing.json_object(pairs)

    def _rows(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        if "sourceRow" not in projection().tables[of].properties:
            return writing.json_text(sa.literal("[]"))
        reached = reach(Way("SourceRow", of, "sourceRow"), rows)
        inner = self._compiler.object(self._compiler.kind("SourceRow"), nodes, reached.rows)
        return self._compiler.listed(
            sa.select(inner).select_from(reached.source).where(*reached.conditions).order_by(reached.number),
            *reached.own,
        )

    def _budget(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        kind = self._compiler.kind("Budget")
        pairs: list[tuple[str, Json]] = []
        for key, below in self._compiler.selector.fields(kind, nodes).items():
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
            inner = self._compiler.object(self._compiler.kind("Money"), below, reached.rows)
            one = (
                sa.select(inner)
                .select_from(reached.source)
                .where(*reached.conditions, reached.rows.c.lineKind == line_kind)
                .order_by(reached.number)
                .limit(1)
            )
            pairs.append((key, one.scalar_subquery()))
        return writing.json_object(pairs)

    def _title(self, rows: Rows) -> Json:
        link = table(link_name("FundingDocument", "title")).alias()
        shown = sa.func.instr(rows.c.label_zh, link.c.object) > 0
        titles = sa.select(link.c.object).where(link.c.subject == rows.c.n)
        return titles.order_by(sa.func.coalesce(shown, 0).desc(), link.c.object).limit(1).scalar_subquery()

    def _funded(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        reached = reach(Way("Project", "Project", "fundedUnder", backwards=True), rows)
        arguments = self._compiler.selector.arguments(
            self._compiler.kind(of).fields["fundedBudget"], nodes[0]
        )
        matching = list(reached.conditions)
        chosen = arguments.get("filter") or {}
        if chosen:
            matching.append(condition(self._compiler.selector, "Project", reached.rows, chosen))
        return funded(self._compiler, nodes, reached, matching, rows, chosen)

    def _message(self, nodes: list[FieldNode], rows: Rows, of: str) -> Json:
        arguments = self._compiler.selector.arguments(self._compiler.kind(of).fields["message"], nodes[0])
        link = table(link_name(of, "message")).alias()
        wanted = sa.func.coalesce(link.c.lang == arguments["lang"].lower(), 0)
        texts = sa.select(link.c.object).where(link.c.subject == rows.c.n)
        return sa.func.coalesce(
            texts.order_by(wanted.desc(), link.c.object).limit(1).scalar_subquery(), rows.c.label_zh
        )

    def _linked(self, nodes: list[FieldNode], rows: Rows, name: str) -> Json:
        """Entities of any type that a link names."""
        link, entities = table(name).alias(), rows_of("Entity")
        names = [BOUND[name].table for name in NODES]
        joined = link.join(entities, entities.c.n == link.c.object)
        each = (
            sa.select(self._compiler.node(nodes, link.c.object))
            .select_from(joined)
            .where(link.c.subject == rows.c.n, entities.c["class"].in_([sa.literal(name) for name in names]))
            .order_by(link.c.object)
        )
        return self._compiler.listed(each, joined, link, entities)
