"""The types of entities and embedded values: a field for each line of the table of types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from fundtrace.graphql.binding import (
    Bound,
    Embedded,
    FirstText,
    One,
    Pages,
    Parts,
    Special,
    Texts,
    Value,
    column_of,
)
from fundtrace.graphql.bindings import BOUND
from fundtrace.graphql.inputs import DecimalText, filters, told_or
from fundtrace.graphql.kinds import EMBEDDED, Kinds, citing_arguments, language, page_arguments
from fundtrace.graphql.making import Argument, Made, finish, many
from fundtrace.graphql.wording import said, told

_SCALARS: Mapping[str, Any] = {
    "text": str, "date": str, "year": int, "integer": int, "boolean": bool, "money": DecimalText, "decimal": DecimalText,
}  # fmt: skip
_DESCRIBED = {
    "Basis": said("指标值确定依据：原文与类别。", "The ground of a target: its text and its kind."),
    "Money": said(
        "金额：以元计的精确值，与印出的文字和单位并列。",
        "An amount: exact yuan beside the printed text and unit.",
    ),
    "Concept": said("代码表中的概念。", "A concept of a code list."),
}


def finish_node(kinds: Kinds) -> None:
    """The interface of what has an id."""
    fields = {
        "id": Made(
            strawberry.ID,
            said(
                "全局 id，可用于 node(id:)；换版本、换站点前缀都不变。",
                "The global id, for node(id:); it survives a new release and another base.",
            ),
        ),
        "iri": Made(
            str, said("实体的 IRI，可在浏览器中打开。", "The IRI of the entity, which opens in a browser.")
        ),
        "label": Made(
            str,
            said(
                "给人看的名称；没有该语言时用中文。",
                "The name for people; Chinese where the language has none.",
            ),
            language(),
        ),
        "findings": Made(
            kinds.connections["Finding"],
            said("涉及它的核查发现。", "What was noticed about it."),
            page_arguments("Finding"),
        ),
    }
    finish(
        kinds.node,
        said(
            "有 id 和 IRI 的实体。id 由种类和代号组成。",
            "An entity with an id and an IRI. The id is made of kind and key.",
        ),
        fields,
        "interface",
    )


def finish_entities(kinds: Kinds) -> None:
    """The types of the table of types."""
    for name, bound in BOUND.items():
        fields = {field: _field(kinds, bound, field) for field in bound.fields}
        description = _DESCRIBED.get(name) or told(bound.table)
        finish(kinds.of[name], description if bound.node else f"{EMBEDDED}\n{description}", fields, "type")


def _field(kinds: Kinds, bound: Bound, name: str) -> Made:
    of = bound.fields[name]
    match of:
        case Value(column, enum):
            found = column_of(bound.table, column)
            kind = enum or _SCALARS[found.kind]
            # A basis exists only where its text does.
            basis = (bound.table, column, bound.node) == ("Indicator", "basisText", False)
            return Made(kind if found.required or basis else kind | None, told_or(column))
        case Texts(column):
            return Made(list[str], told(column))
        case FirstText(column):
            return Made(str if column_of(bound.table, column).required else str | None, told(column))
        case One(column):
            found = column_of(bound.table, column)
            kind = kinds.of[found.target] if found.target else kinds.node
            return Made(kind if found.required else kind | None, told_or(column))
        case Parts(way):
            return Made(many(kinds.of[way.target]), told(way.column))
        case Pages(way, cites):
            description = (
                said("与之相连的各项，分页，不重复。", "What is linked with it, in pages, each once.")
                if way.backwards
                else told(way.column)
            )
            if cites:
                return Made(kinds.citing[way.target], description, citing_arguments(way.target))
            return Made(kinds.connections[way.target], description, page_arguments(way.target))
        case Embedded(kind, column):
            return Made(kinds.of[kind] | None if column else kinds.of[kind], told(column or "yuan"))
        case Special(special):
            return _special(kinds, special)


def _special(kinds: Kinds, name: str) -> Made:
    projects = {
        "filter": Argument(filters()["Project"] | None, said("只要符合的项目。", "Only projects that match."))
    }
    made = {
        "source": Made(kinds.extra["Source"], told("source")),
        "budget": Made(kinds.extra["Budget"], told("budgetLine")),
        "title": Made(
            str | None,
            said(
                "用作名称的标题；没有见到标题时为 null。",
                "The title that the label uses; null where none was seen.",
            ),
        ),
        "fundedBudget": Made(
            kinds.extra["FundedBudget"],
            said(
                "引用项目的预算数合计（不是文件下达金额）。",
                "The budget of the projects funded under it, which is not what it allots.",
            ),
            projects,
        ),
        "trace": Made(
            kinds.extra["FundingTree"],
            said(
                "资金流向：文件 → 部门 → 项目 → 指标。",
                "Where the money goes: document, departments, projects, indicators.",
            ),
        ),
        "message": Made(str, told("message"), language()),
        "about": Made(many(kinds.node), told("about")),
        "suggests": Made(many(kinds.node), told("suggests")),
    }
    return made[name]
