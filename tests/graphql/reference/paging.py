"""Orders, cursors and pages of the reference executor."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from functools import cmp_to_key
from typing import Any

from graphql import GraphQLError
from tests.graphql.reference.world import Entity

from fundtrace.graphql.binding import column_of
from fundtrace.graphql.bindings import BOUND
from fundtrace.graphql.inputs import order_fields

Wanted = Sequence[Mapping[str, Any]]


def fault(code: str) -> GraphQLError:
    """An error with a code."""
    return GraphQLError(code, extensions={"code": code})


class Order:
    """An order of entities of a type."""

    def __init__(self, name: str, wanted: Wanted) -> None:
        self._name = name
        self._terms = [
            (one["field"], one.get("direction") == "DESC", one.get("nulls") != "FIRST")
            for one in wanted
            if one
        ]
        if len(self._terms) > 5:
            raise fault("limit-orders")
        self.signature = ",".join(
            f"{field}{'-' if down else '+'}{'l' if last else 'f'}" for field, down, last in self._terms
        )

    def values(self, entity: Entity) -> list[Any]:
        """What an entity is ordered by."""
        return [self._value(entity, field) for field, _, _ in self._terms]

    def _value(self, entity: Entity, field: str) -> Any:
        if field == "key":
            return entity.key
        bound = BOUND[self._name]
        column = column_of(bound.table, order_fields(bound)[field])
        value = entity.one(column.name)
        if value is None:
            return None
        if column.kind == "money":
            return int(value * 10_000)
        if column.kind == "decimal":
            return float(value)
        if column.kind == "boolean":
            return int(value)
        return value.key if isinstance(value, Entity) else value

    def compare(self, one: tuple[list[Any], str], other: tuple[list[Any], str]) -> int:
        """Which of two places comes first."""
        for (_, down, nulls_last), own, its in zip(self._terms, one[0], other[0], strict=True):
            if own == its:
                continue
            if own is None or its is None:
                return 1 if (own is None) == nulls_last else -1
            return 1 if (own > its) != down else -1
        return (one[1] > other[1]) - (one[1] < other[1])

    def place(self, entity: Entity) -> tuple[list[Any], str]:
        """The place of an entity."""
        return self.values(entity), entity.key

    def sorted(self, entities: Sequence[Entity]) -> list[Entity]:
        """Entities in this order."""
        return sorted(entities, key=cmp_to_key(lambda a, b: self.compare(self.place(a), self.place(b))))

    def cursor(self, entity: Entity, version: str) -> str:
        """The cursor of an entity."""
        parts = [version, self.signature, entity.key, *self.values(entity)]
        return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode()

    def read(self, cursor: str) -> tuple[list[Any], str]:
        """The place that a cursor names."""
        try:
            found = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        except ValueError as error:
            raise fault("bad-cursor") from error
        if not isinstance(found, list) or len(found) != 3 + len(self._terms) or found[1] != self.signature:
            raise fault("bad-cursor")
        return found[3:], found[2]


class Page:
    """A page of a list in an order."""

    def __init__(self, order: Order, entities: Sequence[Entity], arguments: Mapping[str, Any]) -> None:
        given = {name: value for name, value in arguments.items() if value is not None}
        if "first" in given and "last" in given:
            raise fault("first-and-last")
        backwards, size, offset = (
            "last" in given,
            given.get("last", given.get("first", 20)),
            given.get("offset", 0),
        )
        if not 0 <= size <= 1_000 or not 0 <= offset <= 1_000_000:
            raise fault("page-size")
        whole = order.sorted(entities)
        low, high = 0, len(whole)
        if "after" in given:
            at = order.read(given["after"])
            low = sum(order.compare(order.place(one), at) <= 0 for one in whole)
        if "before" in given:
            at = order.read(given["before"])
            high = sum(order.compare(order.place(one), at) < 0 for one in whole)
        inside = whole[low:high]
        if backwards:
            end = max(0, len(inside) - offset)
            self.entities = inside[max(0, end - size) : end]
            self.more_before = end - size > 0 or low > 0
            self.more_after = high < len(whole) or (offset > 0 and bool(inside))
        else:
            self.entities = inside[offset : offset + size]
            self.more_after = len(inside) > offset + size or high < len(whole)
            self.more_before = low > 0 or (offset > 0 and bool(inside))
