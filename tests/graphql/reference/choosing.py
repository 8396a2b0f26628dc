"""Filters of the reference executor: whether an entity is chosen."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.graphql.reference.world import Entity, World

from fundtrace.graphql import enums
from fundtrace.graphql.binding import One, Texts, Value, Way, column_of
from fundtrace.graphql.bindings import BOUND
from fundtrace.graphql.identity import decode
from fundtrace.graphql.inputs import filter_fields

_OPERATORS: Mapping[str, Any] = {
    **{name: getattr(operator, name) for name in ("eq", "ne", "lt", "gt")},
    "lte": operator.le,
    "gte": operator.ge,
    "contains": operator.contains,
    "startsWith": str.startswith,
}


def reached(world: World, way: Way, entity: Entity) -> list[Entity]:
    """The entities that a way leads to, each once, by key."""
    if way.backwards:
        return world.back(way.table, way.column, entity)
    return [one for one in entity.many(way.column) if one.cls]


def chosen(world: World, name: str, entity: Entity, wanted: Mapping[str, Any] | None) -> bool:
    """Whether an entity meets a filter of a type. Null counts as not given."""
    fields = filter_fields(BOUND[name])
    for key, value in (wanted or {}).items():
        if value is None:
            continue
        if key == "and":
            met = all(chosen(world, name, entity, one) for one in value)
        elif key == "or":
            met = any(chosen(world, name, entity, one) for one in value)
        elif key == "not":
            met = not chosen(world, name, entity, value)
        elif key == "id":
            met = _compared(entity.key, value, lambda one: decode(one) or "")
        else:
            met = _field(world, BOUND[name].table, entity, fields[key], value)
        if not met:
            return False
    return True


def _field(world: World, table: str, entity: Entity, of: Any, value: Mapping[str, Any]) -> bool:
    match of:
        case Value(column, None):
            kind = column_of(table, column).kind
            if kind == "money":
                return _compared(entity.one(column), value, Decimal)
            if kind == "decimal":
                number = entity.one(column)
                return _compared(None if number is None else float(number), value, float)
            return _compared(entity.one(column), value)
        case Value(column, enum):
            concept = entity.one(column)
            name = None if concept is None else concept.key
            return _compared(name, value, lambda one: f"concept/{enums.CODES[enum]}-{enum[one].value}")
        case Texts(column):
            texts = entity.many(column)
            null = value.get("isNull")
            rest = {name: one for name, one in value.items() if name != "isNull" and one is not None}
            fits = not rest or any(_compared(text, rest) for text in texts)
            return fits and (null is None or null is not bool(texts))
        case One(column):
            other = entity.one(column)
            return other is not None and chosen(world, column_of(table, column).targets[0], other, value)
    others = reached(world, of, entity)
    tests = {
        "some": lambda wanted: any(chosen(world, of.target, one, wanted) for one in others),
        "every": lambda wanted: all(chosen(world, of.target, one, wanted) for one in others),
        "none": lambda wanted: not any(chosen(world, of.target, one, wanted) for one in others),
    }
    return all(tests[name](wanted) for name, wanted in value.items() if wanted is not None)


def _compared(own: Any, value: Mapping[str, Any], make: Any = lambda one: one) -> bool:
    for name, given in value.items():
        if given is None:
            continue
        if name == "isNull":
            met = (own is None) is given
        elif own is None:
            met = False
        elif name == "in":
            met = own in [make(one) for one in given if one is not None]
        else:
            met = _OPERATORS[name](own, make(given))
        if not met:
            return False
    return True
