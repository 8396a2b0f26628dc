"""Aggregates and groups of the reference executor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cmp_to_key
from typing import Any

from tests.graphql.reference.paging import fault
from tests.graphql.reference.world import Entity, World

from fundtrace.graphql.bindings import BOUND, MEASURES
from fundtrace.graphql.dimensions import DIMENSIONS, Dimension
from fundtrace.index.projection import projection

_CODES = {"Agency": "name", "Concept": "notation", "FundingDocument": "number", "SourceDocument": "fileName"}


def canonical(value: Decimal | None) -> str | None:
    """A decimal without exponent and trailing zeros."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def member(concept: Entity | None) -> str | None:
    """The enum's member of a concept."""
    return None if concept is None else concept.one("notation").upper().replace("-", "_")


class Totals:
    """Totals over distinct entities of a type."""

    def __init__(
        self,
        world: World,
        name: str,
        entities: Sequence[Entity],
        label: Callable[..., str],
        note: Callable[[str], None],
    ) -> None:
        self._world, self._name, self._entities = world, name, list(entities)
        self._label, self._note = label, note

    def aggregate(self, *, nested: bool = False) -> dict[str, Any]:
        """The fields of an aggregate."""
        rows = self._entities

        def groups(_info: Any, **arguments: Any) -> list[dict[str, Any]]:
            if nested:
                raise fault("nested-groups")
            return self._groups(**arguments)

        if self._name != "Project":
            return {"count": len(rows), "groupBy": groups}
        return {
            "count": len(rows),
            "shared": sum(len(one.many("fundedUnder")) > 1 for one in rows),
            "departments": len({one.one("department") for one in rows} - {None}),
            "sources": len({source for one in rows for source in one.many("source")}),
            "fiscalYears": sorted({one.one("fiscalYear") for one in rows} - {None}),
            "stages": sorted({member(one.one("stage")) for one in rows} - {None}),
            "groupBy": groups,
            **{
                figure: {
                    measure: (lambda _info, figure=figure, measure=measure: self.money(figure, measure))
                    for measure in MEASURES
                }
                for figure in ("sum", "avg", "min", "max")
            },
        }

    def money(self, figure: str, measure: str) -> str | None:
        """A figure of a part of the budget; None with a note where stages or years mix."""
        spans = (
            {one.one("stage") for one in self._entities},
            {one.one("fiscalYear") for one in self._entities},
        )
        if any(len(one) > 1 for one in spans):
            self._note("mixed")
            return None
        values = [value for one in self._entities if (value := one.one(MEASURES[measure])) is not None]
        if not values:
            return None
        if figure == "avg":
            mean = sum(values, Decimal(0)) / len(values)
            return canonical(mean.quantize(Decimal("0.01"), ROUND_HALF_EVEN))
        return canonical({"sum": sum(values, Decimal(0)), "min": min(values), "max": max(values)}[figure])

    def _groups(
        self,
        by: list[str],
        orderBy: str | None = None,  # noqa: N803 - the schema's name
        direction: str | None = None,
        first: int = 100,
        offset: int | None = None,
    ) -> list[dict[str, Any]]:
        if not 0 <= first <= 1_000 or not 0 <= (offset or 0) <= 1_000_000:
            raise fault("page-size")
        dimensions = [DIMENSIONS[self._name][one] for one in dict.fromkeys(by)]
        members: dict[tuple[Any, ...], dict[Entity, None]] = {}
        for entity in self._entities:
            for key in self._keys(entity, dimensions):
                members.setdefault(key, {})[entity] = None
        wanted = orderBy or "COUNT"
        down = (direction or ("ASC" if wanted == "KEY" else "DESC")) == "DESC"

        def compare(one: Any, other: Any) -> int:
            if wanted != "KEY":
                figures = [self._figure(wanted, list(group[1])) for group in (one, other)]
                if figures[0] != figures[1]:
                    return _nulls_last(figures[0], figures[1], down=down)
            for own, its in zip(one[0], other[0], strict=True):
                left, right = (value.key if isinstance(value, Entity) else value for value in (own, its))
                if left != right:
                    return _nulls_last(left, right, down=down and wanted == "KEY")
            return 0

        ordered = sorted(members.items(), key=cmp_to_key(compare))
        return [
            {
                "keys": [self._key(value) for value in key],
                "aggregate": Totals(self._world, self._name, list(rows), self._label, self._note).aggregate(
                    nested=True
                ),
            }
            for key, rows in ordered[offset or 0 :][:first]
        ]

    def _figure(self, wanted: str, rows: list[Entity]) -> Any:
        if wanted == "COUNT" or self._name != "Project":
            return len(rows)
        values = [value for one in rows if (value := one.one("totalBudget")) is not None]
        return sum(values) if values else None

    def _keys(self, entity: Entity, dimensions: Sequence[Dimension]) -> list[tuple[Any, ...]]:
        """Every combination of keys; ways that begin with the same link go to the same entity."""
        table = BOUND[self._name].table
        links = {
            one.path[0]: entity.many(one.path[0]) or [None]
            for one in dimensions
            if one.path[0] not in _columns(table)
        }
        choices: list[Mapping[str, Any]] = [{}]
        for name, values in links.items():
            choices = [{**choice, name: value} for choice in choices for value in values]
        return [tuple(self._value(entity, one, choice) for one in dimensions) for choice in choices]

    def _value(self, entity: Entity, dimension: Dimension, choice: Mapping[str, Any]) -> Any:
        value: Any = entity
        for step in dimension.path:
            if value is None:
                return None
            value = choice[step] if value is entity and step in choice else value.one(step)
        while dimension.level and value is not None and _level(value.one("code")) != dimension.level:
            value = value.one("parentRegion")
        return value

    def _key(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, Entity):
            text = None if value is None else str(value)
            return {"iri": None, "label": text, "value": text}
        return {
            "iri": f"{self._world.base}id/{value.key}",
            "label": self._label(value, "ZH"),
            "value": value.one(_CODES.get(value.cls, "code")),
        }


def _columns(table: str) -> Mapping[str, Any]:

    return projection().tables[table].columns


def _level(code: str) -> str:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def _nulls_last(one: Any, other: Any, *, down: bool) -> int:
    if one is None or other is None:
        return 1 if one is None else -1
    return 1 if (one > other) != down else -1
