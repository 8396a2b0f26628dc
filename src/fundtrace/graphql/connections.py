"""The types of pages: connections, their edges and page information; and the small types beside entities."""

from __future__ import annotations

from collections.abc import Mapping

from fundtrace.graphql import enums
from fundtrace.graphql.bindings import MEASURES
from fundtrace.graphql.figures import AGGREGATE, COUNT
from fundtrace.graphql.kinds import EMBEDDED, Kinds, language
from fundtrace.graphql.making import Made, finish, many, shape
from fundtrace.graphql.wording import said, told

_CURSOR = Made(str, said("游标。", "The cursor."))


def finish_connections(kinds: Kinds) -> None:
    """The types of pages."""
    info = {
        "hasNextPage": Made(bool, said("其后是否还有。", "Whether more follow.")),
        "hasPreviousPage": Made(bool, said("其前是否还有。", "Whether some come before.")),
        "startCursor": Made(str | None, said("首条的游标。", "The cursor of the first edge.")),
        "endCursor": Made(str | None, said("末条的游标。", "The cursor of the last edge.")),
    }
    finish(kinds.extra["PageInfo"], said("本页的位置。", "Where this page lies."), info, "type")
    for name, connection in kinds.connections.items():
        _finish(kinds, name, connection, {})
    role = {
        "role": Made(enums.Role, said("最强的作用。", "The strongest role.")),
        "citations": Made(many(kinds.of["Citation"]), told("citation")),
    }
    for name, connection in kinds.citing.items():
        _finish(kinds, name, connection, role)
    part = {
        "text": Made(str, said("印出的文字。", "The printed text.")),
        "matched": Made(bool, said("是否为所找的字。", "Whether it is what was looked for.")),
    }
    snippet = said("一段文字，标出所找的字。", "A part of a text, with what was looked for told apart.")
    finish(kinds.extra["SnippetPart"], snippet, part, "type")
    found = {
        "place": Made(
            str | None,
            said(
                "所找的字在哪个属性中；散在几处时为 null。",
                "The property that the words stand in; null where they lie in several.",
            ),
        ),
        "snippet": Made(many(kinds.extra["SnippetPart"]), snippet),
    }
    _finish(kinds, "Node", kinds.extra["SearchConnection"], found)


def _finish(kinds: Kinds, name: str, connection: type, more: Mapping[str, Made]) -> None:
    edge = shape(connection.__name__.replace("Connection", "Edge"))
    node = (
        Made(kinds.node, said("找到的实体。", "What was found."))
        if name == "Node"
        else Made(kinds.of[name], told(name))
    )
    finish(edge, said("页中的一条。", "One of a page."), {"cursor": _CURSOR, **more, "node": node}, "type")
    fields = {
        "edges": Made(many(edge), said("本页各条。", "The edges of this page.")),
        "pageInfo": Made(kinds.extra["PageInfo"], said("本页的位置。", "Where this page lies.")),
        "totalCount": Made(int, said("总数，不限本页。", "How many there are, not on this page alone.")),
    }
    if name == "Project":
        fields["aggregate"] = Made(kinds.extra["Aggregate"], AGGREGATE)
    elif name in kinds.aggregates:
        fields["aggregate"] = Made(kinds.aggregates[name], COUNT)
    finish(connection, said("分页的列表，不重复。", "A list in pages, each once."), fields, "type")


def finish_values(kinds: Kinds) -> None:
    """The small types beside entities."""
    money = kinds.of["Money"]
    tables: dict[str, tuple[str, dict[str, Made]]] = {
        "Source": (
            f"{EMBEDDED}\n"
            + said("读自何处：来源文件和印出的行。", "Where it was read: the source document and the printed row."),
            {
                "document": Made(kinds.of["SourceDocument"], told("SourceDocument")),
                "line": Made(int | None, told("line")),
                "rows": Made(many(kinds.of["SourceRow"]), told("sourceRow")),
            },
        ),
        "Budget": (
            said(
                "项目的预算数及其印出的组成部分；没有印出的为 null，不是零。",
                "The budget of a project and its printed parts; what is not printed is null, which is not zero.",
            ),
            {name: Made(money | None, told(column)) for name, column in MEASURES.items()},
        ),
        "DocumentMatch": (
            said("一个可能的文件及其理由。", "A document that a text may name, and why."),
            {
                "rank": Made(int, said("次序，1 最可能。", "Its rank; 1 is the likeliest.")),
                "reason": Made(
                    str,
                    said(
                        "如何找到：number 文号，numbers 多个文号，title 标题，words 名称中的字，near 同一机关同年的其他文号。",
                        "How it was found: by number, numbers, title, words of its name, or near: another number of the same "
                        "issuer and year.",
                    ),
                ),
                "explanation": Made(str, said("写给人看的理由。", "The reason in words."), language()),
                "document": Made(kinds.of["FundingDocument"], told("FundingDocument")),
            },
        ),
        "Limit": (
            said("对查询的一项限制；超过时错误的 extensions.code 为 limit-名称。", "A limit of operations; an error that names it has the extensions.code limit-name."),
            {
                "name": Made(str, said("名称。", "Its name.")),
                "maximum": Made(int, said("上限。", "The maximum.")),
                "description": Made(str, said("限制的是什么。", "What is limited."), language()),
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
    }  # fmt: skip
    for name, (description, fields) in tables.items():
        finish(kinds.extra[name], description, fields, "type")
