"""The type `Query`: the fields that operations begin with."""

from __future__ import annotations

from enum import Enum
from functools import cache

import strawberry

from fundtrace.graphql.bindings import NODES, ROOTS
from fundtrace.graphql.kinds import Kinds, page_arguments
from fundtrace.graphql.making import Argument, Made, finish, many, paging, shape
from fundtrace.graphql.wording import said, told
from fundtrace.index import declarations

_IRI = said("实体的 IRI。", "The IRI of the entity.")
_NUMBER = said(
    "文号，任何写法：冀财社【2020】186号。", "A document number in any written form: 冀财社[2020]186."
)


@cache
def search_types() -> type[Enum]:
    """The enum of what a search can find."""
    members = {
        _spelt(name): strawberry.enum_value(name, description=told(name))
        for name in declarations().search.classes
        if name in NODES
    }
    enum = Enum("SearchType", members)  # type: ignore[misc]  # members are read from a declaration
    made: type[Enum] = strawberry.enum(
        enum, description=said("搜索可找到的种类。", "What a search can find.")
    )
    return made


def _spelt(name: str) -> str:
    """`FundingDocument` as `FUNDING_DOCUMENT`."""
    return "".join(f"_{char}" if char.isupper() and at else char for at, char in enumerate(name)).upper()


def query(kinds: Kinds) -> type:
    """The fields that operations begin with."""
    fields = {**_entities(kinds), **_documents(kinds), **_service(kinds)}
    for name, of in ROOTS.items():
        everything = said(
            "全部，分页，默认按编号排列。",
            "All of them in pages, in the order of keys if nothing else is asked.",
        )
        fields[name] = Made(kinds.connections[of], f"{everything}\n{told(of)}", page_arguments(of))
    made = shape("Query")
    finish(
        made, said("只读查询。", "Questions; nothing can be changed."), dict(sorted(fields.items())), "type"
    )
    return made


def _entities(kinds: Kinds) -> dict[str, Made]:
    ids = Argument(
        list[strawberry.ID], said("全局 id，按此次序回答。", "Global ids, answered in this order."), ...
    )
    return {
        "node": Made(
            kinds.node | None,
            said("按全局 id 找实体；没有则为 null。", "An entity by its global id; null if there is none."),
            {"id": Argument(strawberry.ID, said("全局 id。", "A global id."), ...)},
        ),
        "nodes": Made(
            many(kinds.node | None),
            said(
                "按全局 id 找若干实体；没有的为 null。",
                "Entities by their global ids; null where there is none.",
            ),
            {"ids": ids},
        ),
        "resource": Made(
            kinds.node | None,
            said("按 IRI 找实体；没有则为 null。", "An entity by its IRI; null if there is none."),
            {"iri": Argument(str, _IRI, ...)},
        ),
        "project": Made(
            kinds.of["Project"] | None,
            said(
                "按编码和年度，或按 IRI 找项目。几个阶段都有时给预算阶段的；仍不止一个则为 null。",
                "A project by code and fiscal year, or by IRI. Of several stages it gives the budget; null if several remain.",
            ),
            {
                "code": Argument(str | None, told("code")),
                "fiscalYear": Argument(int | None, told("fiscalYear")),
                "iri": Argument(str | None, _IRI),
            },
        ),
    }


def _documents(kinds: Kinds) -> dict[str, Made]:
    words = said(
        "文号（任何写法，可有多个）、标题或名称中的字。", "Numbers in any form, a title, or words of a name."
    )
    return {
        "fundingDocument": Made(
            kinds.of["FundingDocument"] | None,
            said(
                "按文号（任何写法，也可用已合并文件的文号）或 IRI 找文件；恰有一份时给出，否则为 null。",
                "A document by its number in any written form, also that of one merged into it, or by IRI; null unless exactly one matches.",
            ),
            {"number": Argument(str | None, _NUMBER), "iri": Argument(str | None, _IRI)},
        ),
        "trace": Made(
            kinds.extra["FundingTree"] | None,
            said(
                "按文号（任何写法）给出资金流向；恰有一份文件时给出，否则为 null。",
                "Where the money of a document goes, by its number in any written form; null unless exactly one matches.",
            ),
            {"document": Argument(str, _NUMBER, ...)},
        ),
        "resolveDocument": Made(
            many(kinds.extra["DocumentMatch"]),
            said(
                "一段文字可能指的文件，最可能的在前，附理由；至多 100 份。",
                "The documents that a text may name, the likeliest first, with the reason; at most 100.",
            ),
            {"text": Argument(str, words, ...)},
        ),
        "search": Made(
            kinds.extra["SearchConnection"],
            said(
                "含有每个词的实体，最相近的在前；词与词之间留空格，一个字也可以。",
                "What holds every word of a text, the best match first. White space parts words; one character is enough.",
            ),
            {
                "text": Argument(str, said("所找的字。", "What to look for."), ...),
                "types": Argument(
                    many(search_types()) | None,
                    said("只找这些种类；不给则全找。", "These types alone; all when it is not given."),
                ),
                **paging(),
            },
        ),
    }


def _service(kinds: Kinds) -> dict[str, Made]:
    return {
        "release": Made(kinds.extra["Release"], told("Release")),
        "limits": Made(
            many(kinds.extra["Limit"]),
            said("对查询的各项限制。", "What operations are limited to."),
        ),
    }
