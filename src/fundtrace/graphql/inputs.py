"""Filter and order inputs, made from the table of types."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, NewType

import strawberry

from fundtrace.graphql import enums
from fundtrace.graphql.binding import Bound, FirstText, One, Pages, Parts, Texts, Value, Way, column_of
from fundtrace.graphql.bindings import BOUND, PAGED
from fundtrace.graphql.making import Made, finish, many, shape
from fundtrace.graphql.wording import said, told

DecimalText = NewType("DecimalText", str)
DECIMAL = strawberry.scalar(
    name="Decimal",
    description=said(
        "精确的十进制数，以字符串表示：无指数，无多余的零，整数无小数点。",
        "An exact decimal as a string: no exponent, no trailing zeros, no point when whole.",
    ),
    specified_by_url=None,
    serialize=str,
    parse_value=str,
)
"""The scalar behind `DecimalText`."""

FILTERED = tuple(sorted({*PAGED, "Goal", "Target", "Concept", "SpendingSchedule", "BudgetLine"}))
"""The types that can be filtered by."""

_COMPARED = {
    "eq": said("等于。", "Equals."),
    "ne": said("不等于；没有值的不算。", "Differs; what has no value does not match."),
    "in": said("是其中之一。", "Is one of these."),
}
_ORDERED = {
    "lt": said("小于。", "Is less than."),
    "lte": said("小于或等于。", "Is at most."),
    "gt": said("大于。", "Is greater than."),
    "gte": said("大于或等于。", "Is at least."),
}
_NULL = said("是否没有值。", "Whether there is no value.")


def column_kind(table: str, name: str) -> str:
    """The kind of a column."""
    return column_of(table, name).kind


@cache
def conditions() -> Mapping[str, type]:
    """The inputs for values: by kind of column, and by name of enum."""
    made = {}
    kinds: dict[str, tuple[str, Any, bool, str]] = {
        "text": ("TextCondition", str, True, said("对文字的要求。", "A condition on a text.")),
        "year": ("YearCondition", int, True, said("对年份的要求。", "A condition on a year.")),
        "integer": ("IntegerCondition", int, True, said("对整数的要求。", "A condition on a whole number.")),
        "money": (
            "MoneyCondition",
            DecimalText,
            True,
            said("对以元计的金额的要求。", "A condition on an amount in yuan."),
        ),
        "decimal": ("DecimalCondition", DecimalText, True, said("对数的要求。", "A condition on a number.")),
        "id": ("IdCondition", strawberry.ID, False, said("对 id 的要求。", "A condition on an id.")),
    }
    for kind, (name, of, ordered, description) in kinds.items():
        fields = {one: Made(of | None, text) for one, text in _COMPARED.items() if one != "in"}
        fields["in"] = Made(many(of) | None, _COMPARED["in"])
        if ordered:
            fields |= {one: Made(of | None, text) for one, text in _ORDERED.items()}
        if kind == "text":
            fields["contains"] = Made(str | None, said("含有这段文字。", "Contains this text."))
            fields["startsWith"] = Made(str | None, said("以这段文字开头。", "Begins with this text."))
        if kind != "id":
            fields["isNull"] = Made(bool | None, _NULL)
        made[kind] = shape(name)
        finish(made[kind], description, fields, "input")
    made["boolean"] = shape("BooleanCondition")
    fields = {"eq": Made(bool | None, _COMPARED["eq"]), "isNull": Made(bool | None, _NULL)}
    finish(made["boolean"], said("对真假的要求。", "A condition on a truth value."), fields, "input")
    for enum in enums.CODES:
        made[enum.__name__] = shape(f"{enum.__name__}Condition")
        fields = {one: Made(enum | None, text) for one, text in _COMPARED.items() if one != "in"}
        fields["in"] = Made(many(enum) | None, _COMPARED["in"])
        fields["isNull"] = Made(bool | None, _NULL)
        finish(made[enum.__name__], said("对代码的要求。", "A condition on a code."), fields, "input")
    return made


@cache
def filters() -> Mapping[str, type]:
    """The filter input of each type that can be filtered by."""
    made = {name: shape(f"{name}Filter") for name in FILTERED}
    lists = {name: shape(f"{name}ListFilter") for name in FILTERED}
    for name in FILTERED:
        of = made[name]
        fields = {
            "and": Made(many(of) | None, said("都要符合。", "All of these.")),
            "or": Made(many(of) | None, said("符合其一即可。", "Any of these.")),
            "not": Made(of | None, said("不符合这一条。", "Not this.")),
            "id": Made(conditions()["id"] | None, said("全局 id。", "The global id.")),
        }
        for field, way in filter_fields(BOUND[name]).items():
            fields[field] = _field(BOUND[name].table, way, made, lists)
        finish(
            of, said("选取；几个条件都要满足。", "Chooses those that meet all conditions."), fields, "input"
        )
        some = {
            "some": Made(of | None, said("至少有一个符合。", "At least one matches.")),
            "every": Made(of | None, said("个个符合；一个也没有也算。", "All match, or there is none.")),
            "none": Made(of | None, said("没有一个符合。", "None matches.")),
        }
        finish(lists[name], said("对所连各项的要求。", "A condition on what is linked."), some, "input")
    return made


def filter_fields(bound: Bound) -> dict[str, Value | Texts | One | Way]:
    """What a filter can name: values, texts, one entity, or many."""
    found: dict[str, Value | Texts | One | Way] = {}
    for name, field in bound.fields.items():
        match field:
            case Value() | Texts():
                found[name] = field
            case FirstText(column):
                found[name] = Texts(column)
            case One(column) if (target := column_of(bound.table, column).target) and target in FILTERED:
                found[name] = field
            case Parts(way) | Pages(way) if way.target in FILTERED:
                found[name] = way
            case _:
                pass
    return {**found, **{name: Value(name) for name in bound.columns}, **bound.filters}


def _field(table: str, of: Value | Texts | One | Way, made: dict[str, type], lists: dict[str, type]) -> Made:
    if isinstance(of, Way):
        description = (
            told(of.column) if not of.backwards else said("与之相连的各项。", "What is linked with it.")
        )
        return Made(lists[of.target] | None, description)
    if isinstance(of, One):
        return Made(made[column_of(table, of.column).targets[0]] | None, told_or(of.column))
    if isinstance(of, Texts):
        return Made(
            conditions()["text"] | None,
            said("任一文字符合即可。", "Any of the texts.") + "\n" + told(of.column),
        )
    condition = (
        of.enum.__name__
        if of.enum
        else {"date": "text"}.get(column_kind(table, of.column)) or column_kind(table, of.column)
    )
    return Made(conditions()[condition] | None, told_or(of.column))


def told_or(column: str) -> str:
    """What the ontology says of a property; of a concept's own columns, their name."""
    known = {
        "notation": said("概念的代码。", "The code of the concept."),
        "broader": said("上位概念。", "The broader concept."),
        "theme": said("跨版本的主题。", "The theme across editions."),
    }
    return known.get(column) or told(column)


@cache
def orders() -> Mapping[str, tuple[type, type]]:
    """The order input of each paged type, and the enum of what it can be ordered by."""
    made = {}
    for name in sorted(PAGED):
        members = {"key": strawberry.enum_value("key", description=said("编号", "The key"))}
        for field in order_fields(BOUND[name]):
            members[field] = strawberry.enum_value(
                field, description=told_or(order_fields(BOUND[name])[field])
            )
        by = Enum(f"{name}OrderField", members)  # type: ignore[misc]
        by_type = strawberry.enum(by, description=said("按什么排列。", "What to order by."))
        order = shape(f"{name}Order")
        fields = {
            "field": Made(by_type, said("按什么排列。", "What to order by.")),
            "direction": Made(
                enums.Direction | None, said("方向，默认由小到大。", "The direction, ascending if not given.")
            ),
            "nulls": Made(
                enums.Nulls | None,
                said("没有值的排在哪里，默认最后。", "Where rows without a value stand, last if not given."),
            ),
        }
        finish(order, said("一项排列。", "One order."), fields, "input")
        made[name] = (order, by_type)
    return made


def order_fields(bound: Bound) -> dict[str, str]:
    """What rows can be ordered by: the columns of values, by name."""
    found = {name: field.column for name, field in bound.fields.items() if isinstance(field, Value)}
    return {**found, **{name: name for name in bound.columns}}
