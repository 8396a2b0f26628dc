"""The schema: strawberry types from the table of types, the fields that operations begin with, and the SDL."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLInterfaceType, GraphQLSchema, GraphQLUnionType, build_schema
from strawberry.schema.config import StrawberryConfig

from fundtrace.graphql import enums
from fundtrace.graphql.binding import Bound, Embedded, FirstText, One, Pages, Parts, Texts, Value, column_of
from fundtrace.graphql.bindings import BOUND, MEASURES, PAGED, ROOTS
from fundtrace.graphql.inputs import DECIMAL, DecimalText, filters, orders, told_or
from fundtrace.graphql.making import Argument, Made, finish, many, paging, shape
from fundtrace.graphql.wording import said, told

_SCALARS: Mapping[str, Any] = {
    "text": str, "date": str, "year": int, "integer": int, "boolean": bool, "money": DecimalText, "decimal": DecimalText,
}  # fmt: skip
_EMBEDDED = said("嵌入值，没有自己的 id。", "An embedded value without an id.")
_MONEY = said(
    "以元计。没有一个项目印出该项，或各行跨年度、阶段时为 null。",
    "In yuan; null where no project prints such a part, or where the rows span fiscal years or stages.",
)
_AGGREGATE = said(
    "对该连接中不重复的项目（不限本页）计算：每个项目只计一次，按其在文件下最强的作用，不按引用次数。"
    "文件下的金额是引用项目的预算数合计（不是文件下达金额）。只含本版收录的来源。",
    "Computed over the distinct projects of the connection, not this page alone: a project counts once, in its strongest "
    "role under the document, never once per citation. Money under a document is the budget of the projects funded under "
    "it, not what the document allots. It covers the sources of this release alone.",
)
_COUNTS = {
    "count": Made(int, said("不重复的项目数。", "How many distinct projects.")),
    "shared": Made(
        int, said("其中由多份文件下达资金的项目数。", "How many of them are funded under several documents.")
    ),
}


@cache
def make_schema() -> strawberry.Schema:
    """The schema; made once. Its resolvers are never run: operations are compiled."""
    made = _Types()
    return strawberry.Schema(
        query=made.query(),
        types=[made.of[name] for name in BOUND],
        config=StrawberryConfig(auto_camel_case=False, scalar_map={DecimalText: DECIMAL}),
    )


@cache
def sdl() -> str:
    """The schema in the schema definition language."""
    return make_schema().as_str() + "\n"


@cache
def served_schema() -> GraphQLSchema:
    """The schema that documents are validated against, made from the SDL."""
    return build_schema(sdl())


def possible_types() -> dict[str, list[str]]:
    """The object types behind each interface and union, as caches of clients want them."""
    schema = served_schema()
    return {
        name: sorted(one.name for one in schema.get_possible_types(kind))
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType)
    }


class _Types:
    def __init__(self) -> None:
        self.node = shape("Node")
        self.of = {name: shape(name, *([self.node] if bound.node else [])) for name, bound in BOUND.items()}
        names = (
            "PageInfo",
            "Source",
            "Budget",
            "FundedBudget",
            "Aggregate",
            "Sums",
            "Group",
            "GroupKey",
            "DocumentMatch",
            "Release",
        )
        self.extra = {name: shape(name) for name in names}
        self.connections = {name: shape(f"{name}Connection") for name in PAGED}
        self.citing = {
            "Project": shape("CitingProjectConnection"),
            "FundingDocument": shape("CitedDocumentConnection"),
        }
        self._finish_node()
        for name in BOUND:
            self._finish(name)
        self._finish_extra()
        self._finish_pages()

    def query(self) -> type:
        """The fields that operations begin with."""
        fields = {
            "node": Made(
                self.node | None,
                said(
                    "按全局 id 找实体；没有则为 null。", "An entity by its global id; null if there is none."
                ),
                {"id": Argument(strawberry.ID, said("全局 id。", "A global id."), ...)},
            ),
            "nodes": Made(
                many(self.node | None),
                said(
                    "按全局 id 找若干实体；没有的为 null。",
                    "Entities by their global ids; null where there is none.",
                ),
                {
                    "ids": Argument(
                        list[strawberry.ID],
                        said("全局 id，按此次序回答。", "Global ids, answered in this order."),
                        ...,
                    )
                },
            ),
            "resource": Made(
                self.node | None,
                said("按 IRI 找实体；没有则为 null。", "An entity by its IRI; null if there is none."),
                {"iri": Argument(str, said("实体的 IRI。", "The IRI of the entity."), ...)},
            ),
            "fundingDocument": Made(
                self.of["FundingDocument"] | None,
                said(
                    "按文号（任何写法）或 IRI 找文件；恰有一份时给出，否则为 null。",
                    "A document by its number in any written form, or by IRI; null unless exactly one matches.",
                ),
                {
                    "number": Argument(
                        str | None,
                        said(
                            "文号，任何写法：冀财社【2020】186号。",
                            "A document number in any written form: 冀财社[2020]186.",
                        ),
                    ),
                    "iri": Argument(str | None, said("实体的 IRI。", "The IRI of the entity.")),
                },
            ),
            "resolveDocument": Made(
                many(self.extra["DocumentMatch"]),
                said(
                    "一段文字可能指的文件，附理由；至多 100 份。",
                    "The documents that a text may name, with the reason; at most 100.",
                ),
                {
                    "text": Argument(
                        str,
                        said(
                            "文号（任何写法，可有多个）、标题或名称中的字。",
                            "Numbers in any form, a title, or words of a name.",
                        ),
                        ...,
                    )
                },
            ),
            "project": Made(
                self.of["Project"] | None,
                said(
                    "按编码和年度，或按 IRI 找项目。几个阶段都有时给预算阶段的；仍不止一个则为 null。",
                    "A project by code and fiscal year, or by IRI. Of several stages it gives the budget; null if several remain.",
                ),
                {
                    "code": Argument(str | None, told("code")),
                    "fiscalYear": Argument(int | None, told("fiscalYear")),
                    "iri": Argument(str | None, said("实体的 IRI。", "The IRI of the entity.")),
                },
            ),
            "release": Made(self.extra["Release"], told("Release")),
        }
        for name, of in ROOTS.items():
            fields[name] = Made(
                self.connections[of],
                said(
                    "全部，分页，默认按编号排列。",
                    "All of them in pages, in the order of keys if nothing else is asked.",
                )
                + "\n"
                + told(of),
                _page_arguments(of),
            )
        query = shape("Query")
        finish(
            query,
            said("只读查询。", "Questions; nothing can be changed."),
            dict(sorted(fields.items())),
            "type",
        )
        return query

    def _finish_node(self) -> None:
        fields = {
            "id": Made(
                strawberry.ID,
                said(
                    "全局 id，可用于 node(id:)；换版本、换站点前缀都不变。",
                    "The global id, for node(id:); it survives a new release and another base.",
                ),
            ),
            "iri": Made(
                str,
                said("实体的 IRI，可在浏览器中打开。", "The IRI of the entity, which opens in a browser."),
            ),
            "label": Made(
                str,
                said(
                    "给人看的名称；没有该语言时用中文。",
                    "The name for people; Chinese where the language has none.",
                ),
                {"lang": Argument(enums.Lang, said("语言。", "The language."), enums.Lang.ZH)},
            ),
            "findings": Made(
                self.connections_of("Finding"),
                said("涉及它的核查发现。", "What was noticed about it."),
                _page_arguments("Finding"),
            ),
        }
        finish(
            self.node,
            said(
                "有 id 和 IRI 的实体。id 由种类和代号组成。",
                "An entity with an id and an IRI. The id is made of kind and key.",
            ),
            fields,
            "interface",
        )

    def connections_of(self, name: str) -> type:
        """The connection of a type."""
        return self.connections[name]

    def _finish(self, name: str) -> None:
        bound = BOUND[name]
        fields = {field: self._field(bound, field) for field in bound.fields}
        described = {
            "Basis": said("指标值确定依据：原文与类别。", "The ground of a target: its text and its kind."),
            "Money": said(
                "金额：以元计的精确值，与印出的文字和单位并列。",
                "An amount: exact yuan beside the printed text and unit.",
            ),
            "Concept": said("代码表中的概念。", "A concept of a code list."),
        }
        description = described.get(name) or told(bound.table)
        finish(self.of[name], description if bound.node else f"{_EMBEDDED}\n{description}", fields, "type")

    def _field(self, bound: Bound, name: str) -> Made:
        of = bound.fields[name]
        match of:
            case Value(column, enum):
                found = column_of(bound.table, column)
                kind = enum or _SCALARS[found.kind]
                # A basis exists only where its text does.
                required = found.required or (bound.table, column, bound.node) == (
                    "Indicator",
                    "basisText",
                    False,
                )
                return Made(kind if required else kind | None, told_or(column))
            case Texts(column):
                return Made(list[str], told(column))
            case FirstText(column):
                required = column_of(bound.table, column).required
                return Made(str if required else str | None, told(column))
            case One(column):
                found = column_of(bound.table, column)
                kind = self.of[found.target] if found.target else self.node
                return Made(kind if found.required else kind | None, told_or(column))
            case Parts(way):
                return Made(many(self.of[way.target]), told(way.column))
            case Pages(way, cites):
                target = self.citing[way.target] if cites else self.connections[way.target]
                arguments = _page_arguments(way.target)
                if cites:
                    arguments = {
                        "role": Argument(
                            enums.Role | None,
                            said(
                                "只要最强作用为此的；不给则不限。",
                                "Those whose strongest role is this one; all roles when it is not given.",
                            ),
                        ),
                        **arguments,
                    }
                description = (
                    told(way.column)
                    if not way.backwards
                    else said(
                        "与之相连的各项，分页，不重复。", "What is linked with it, in pages, each once."
                    )
                )
                return Made(target, description, arguments)
            case Embedded(kind, column):
                return Made(self.of[kind] | None if column else self.of[kind], told(column or "yuan"))
        return self._special(of.name)

    def _special(self, name: str) -> Made:
        lang = {"lang": Argument(enums.Lang, said("语言。", "The language."), enums.Lang.ZH)}
        return {
            "source": lambda: Made(self.extra["Source"], told("source")),
            "budget": lambda: Made(self.extra["Budget"], told("budgetLine")),
            "title": lambda: Made(
                str | None,
                said(
                    "用作名称的标题；没有见到标题时为 null。",
                    "The title that the label uses; null where none was seen.",
                ),
            ),
            "fundedBudget": lambda: Made(
                self.extra["FundedBudget"],
                said(
                    "引用项目的预算数合计（不是文件下达金额）。",
                    "The budget of the projects funded under it, which is not what it allots.",
                ),
                {
                    "filter": Argument(
                        filters()["Project"] | None, said("只要符合的项目。", "Only projects that match.")
                    )
                },
            ),
            "message": lambda: Made(str, told("message"), lang),
            "about": lambda: Made(many(self.node), told("about")),
        }[name]()

    def _finish_extra(self) -> None:
        money = self.of["Money"]
        sums = {name: Made(DecimalText | None, told(column)) for name, column in MEASURES.items()}
        aggregate = {
            **_COUNTS,
            **{
                name: Made(self.extra["Sums"], f"{said(zh, en)}\n{_MONEY}")
                for name, zh, en in (
                    ("sum", "合计。", "Sums."),
                    ("avg", "平均，四舍六入五成双到分。", "Means, rounded half-even to 0.01 yuan."),
                    ("min", "最小。", "The smallest."),
                    ("max", "最大。", "The largest."),
                )
            },
            "groupBy": Made(
                many(self.extra["Group"]),
                said(
                    "分组合计，默认按项目数由多到少。",
                    "Totals by group, those of the most projects first if nothing else is asked.",
                ),
                {
                    "by": Argument(
                        list[enums.ProjectDimension], said("按什么分组。", "What to group by."), ...
                    ),
                    "orderBy": Argument(
                        enums.GroupOrderField | None, said("按什么排列。", "What to order by.")
                    ),
                    "direction": Argument(enums.Direction | None, said("方向。", "The direction.")),
                    "first": Argument(int, said("至多几组。", "How many groups at most."), 100),
                    "offset": Argument(int | None, said("先跳过若干组。", "Skip so many.")),
                },
            ),
        }
        tables: dict[str, tuple[str, dict[str, Made]]] = {
            "PageInfo": (
                said("本页的位置。", "Where this page lies."),
                {
                    "hasNextPage": Made(bool, said("其后是否还有。", "Whether more follow.")),
                    "hasPreviousPage": Made(bool, said("其前是否还有。", "Whether some come before.")),
                    "startCursor": Made(str | None, said("首条的游标。", "The cursor of the first edge.")),
                    "endCursor": Made(str | None, said("末条的游标。", "The cursor of the last edge.")),
                },
            ),
            "Source": (
                f"{_EMBEDDED}\n"
                + said(
                    "读自何处：来源文件和印出的行。",
                    "Where it was read: the source document and the printed row.",
                ),
                {
                    "document": Made(self.of["SourceDocument"], told("SourceDocument")),
                    "line": Made(int | None, told("line")),
                    "rows": Made(many(self.of["SourceRow"]), told("sourceRow")),
                },
            ),
            "Budget": (
                said(
                    "项目的预算数及其印出的组成部分；没有印出的为 null，不是零。",
                    "The budget of a project and its printed parts; what is not printed is null, which is not zero.",
                ),
                {name: Made(money | None, told(column)) for name, column in MEASURES.items()},
            ),
            "FundedBudget": (
                said(
                    "引用项目的预算数合计（不是文件下达金额）：由该文件下达资金的不重复项目的预算数之和。",
                    "The budget of the distinct projects that are funded under the document, which is not what the document allots.",
                ),
                {
                    "yuan": Made(DecimalText | None, _MONEY),
                    "projects": _COUNTS["count"],
                    "shared": _COUNTS["shared"],
                },
            ),
            "Sums": (_MONEY, sums),
            "Aggregate": (_AGGREGATE, aggregate),
            "GroupKey": (
                said("一组的一个值。", "One value of a group."),
                {
                    "iri": Made(str | None, said("所指实体的 IRI。", "The IRI of what it names.")),
                    "label": Made(str | None, said("给人看的名称。", "The name for people.")),
                    "value": Made(
                        str | None,
                        said("代码或年份；没有时为 null。", "The code or year; null where there is none."),
                    ),
                },
            ),
            "Group": (
                said("一组项目的合计。", "Totals of a group of projects."),
                {
                    "keys": Made(
                        many(self.extra["GroupKey"]),
                        said("各值，与 by 同序。", "Its values, in the order of by."),
                    ),
                    "aggregate": Made(self.extra["Aggregate"], _AGGREGATE),
                },
            ),
            "DocumentMatch": (
                said("一个可能的文件及其理由。", "A document that a text may name, and why."),
                {
                    "reason": Made(
                        str,
                        said(
                            "如何找到：number 文号，numbers 多个文号，title 标题，words 名称中的字。",
                            "How it was found: by number, numbers, title, or words of its name.",
                        ),
                    ),
                    "document": Made(self.of["FundingDocument"], told("FundingDocument")),
                },
            ),
            "Release": (
                told("Release"),
                {
                    "version": Made(str, told("version")),
                    "base": Made(str, said("所有 IRI 的前缀。", "What every IRI begins with.")),
                    "namespace": Made(str, said("本体的命名空间。", "The namespace of the ontology.")),
                    "softwareVersion": Made(str | None, told("softwareVersion")),
                    **{
                        f"{one}Count": Made(int, told(f"{one}Count"))
                        for one in ("source", "project", "indicator", "document")
                    },
                },
            ),
        }
        for name, (description, fields) in tables.items():
            finish(self.extra[name], description, fields, "type")

    def _finish_pages(self) -> None:
        for name, connection in self.connections.items():
            self._finish_connection(name, connection, f"{name}Edge", {})
        role = {
            "role": Made(enums.Role, said("最强的作用。", "The strongest role.")),
            "citations": Made(many(self.of["Citation"]), told("citation")),
        }
        for name, connection in self.citing.items():
            self._finish_connection(name, connection, connection.__name__.replace("Connection", "Edge"), role)

    def _finish_connection(
        self, name: str, connection: type, edge_name: str, more: Mapping[str, Made]
    ) -> None:
        edge = shape(edge_name)
        cursor = Made(str, said("游标。", "The cursor."))
        finish(
            edge,
            said("页中的一条。", "One of a page."),
            {"cursor": cursor, **more, "node": Made(self.of[name], told(name))},
            "type",
        )
        fields = {
            "edges": Made(many(edge), said("本页各条。", "The edges of this page.")),
            "pageInfo": Made(self.extra["PageInfo"], said("本页的位置。", "Where this page lies.")),
            "totalCount": Made(int, said("总数，不限本页。", "How many there are, not on this page alone.")),
        }
        if name == "Project":
            fields["aggregate"] = Made(self.extra["Aggregate"], _AGGREGATE)
        finish(connection, said("分页的列表，不重复。", "A list in pages, each once."), fields, "type")


def _page_arguments(of: str) -> dict[str, Argument]:
    return {
        "filter": Argument(filters()[of] | None, said("只要符合的。", "Only those that match.")),
        "orderBy": Argument(
            many(orders()[of][0]) | None,
            said("依次按各项排列，最后按编号。", "By each of these in turn, and by key last."),
        ),
        **paging(),
    }
