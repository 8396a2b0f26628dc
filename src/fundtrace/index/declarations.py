"""`orders.yml` as dataclasses, checked against the projection."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from fundtrace.index.projection import Projection, projection
from fundtrace.resources import parse_yaml

_STRICT = ConfigDict(extra="forbid")


@checked(frozen=True, config=_STRICT)
class Strongest:
    """A relation and the column of its link table that holds the strongest role: relation to key of the concept."""

    table: str
    relation: str
    column: str
    roles: dict[str, str]


@checked(frozen=True, config=_STRICT)
class Orders:
    """The relations of a class whose rows are stored in the order of each of these columns."""

    table: str
    relations: tuple[str, ...]
    by: dict[str, Literal["ascending", "descending"]]


@checked(frozen=True, config=_STRICT)
class Group:
    """What a total is grouped by: the objects of a relation, or a column of those or of the class itself."""

    over: str | None = None
    column: str | None = None


@checked(frozen=True, config=_STRICT)
class Totals:
    """Stored sums of a class: names of its stage and year, of what is summed, and the groups by name of the total."""

    table: str
    stage: str
    year: str
    measures: tuple[str, ...]
    shared: str
    distinct: dict[str, str]
    groups: dict[str, Group]


@checked(frozen=True, config=_STRICT)
class Found:
    """The properties of a class that full text covers: those that name an entity, and those that tell of it."""

    names: tuple[str, ...]
    texts: tuple[str, ...]


@checked(frozen=True, config=_STRICT)
class Search:
    """Full text: the weight of a match, and the classes that are found."""

    weights: dict[Literal["names", "texts"], float]
    classes: dict[str, Found]


@checked(frozen=True, config=_STRICT)
class Declarations:
    """The whole of `orders.yml`."""

    strongest: Strongest
    orders: Orders
    totals: Totals
    lookups: dict[str, tuple[str, ...]]
    search: Search

    def names(self) -> set[tuple[str, str]]:
        """Every (class, property) that is spoken of."""
        strongest, orders, totals = self.strongest, self.orders, self.totals
        return {
            *((strongest.table, name) for name in (strongest.relation, *strongest.roles)),
            *((orders.table, name) for name in (*orders.relations, *orders.by)),
            *((totals.table, name) for name in (totals.stage, totals.year, totals.shared)),
            *((totals.table, name) for name in (*totals.measures, *totals.distinct.values())),
            *((table, name) for table, columns in self.lookups.items() for name in columns),
            *(
                (table, name)
                for table, found in self.search.classes.items()
                for name in (*found.names, *found.texts)
            ),
        }


@cache
def declarations() -> Declarations:
    """What `orders.yml` declares. Raises `ValueError` as `read` does."""
    return read(Path(__file__).with_name("orders.yml").read_text(encoding="utf-8"), projection())


def read(text: str, projected: Projection) -> Declarations:
    """Declarations from YAML. Raises `ValueError` for what is malformed or names a property that no shape has."""
    told = TypeAdapter(Declarations).validate_python(parse_yaml(text))
    for table, name in sorted(told.names()):
        if table not in projected.tables or name not in projected.tables[table].properties:
            raise ValueError(f"orders.yml names {table}.{name}, which no shape has")
    return told
