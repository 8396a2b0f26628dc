"""What a field of the schema is in the index: the words of the one table that schema and compiler share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from fundtrace.index.projection import Column, projection


@dataclass(frozen=True, slots=True)
class Way:
    """How rows of a class are reached from a row of another.

    `table` and `column` name a reference column or a link; `backwards` goes from its object to its subjects. Without a
    column the way leads to all rows of the class.
    """

    target: str
    table: str = ""
    column: str = ""
    backwards: bool = False

    @property
    def is_link(self) -> bool:
        """Whether the rows are reached through a link table."""
        return bool(self.column) and self.column in projection().tables[self.table].links


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a column; an enum's member where the column names a concept of its code list."""

    column: str
    enum: type[Enum] | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a link, in their order."""

    column: str


@dataclass(frozen=True, slots=True)
class FirstText:
    """The first text of a link; null where there is none."""

    column: str


@dataclass(frozen=True, slots=True)
class One:
    """The entity that a column names."""

    column: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A list of all rows of a way, by their ordinals."""

    way: Way


@dataclass(frozen=True, slots=True)
class Pages:
    """A connection over the rows of a way. `cites` says that its edges carry role and citations."""

    way: Way
    cites: bool = False


@dataclass(frozen=True, slots=True)
class Embedded:
    """An object made of the same row; null where this column is."""

    type: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Special:
    """A field that the compiler makes in its own way, by name."""

    name: str


Field: TypeAlias = Value | Texts | FirstText | One | Parts | Pages | Embedded | Special


@dataclass(frozen=True, slots=True)
class Bound:
    """A type of the schema: its class, its fields, and how its connections are called (empty: none).

    `node` types have an id and are reached by it. `columns` and `filters` are what only filters and orders name.
    """

    table: str
    fields: Mapping[str, Field]
    node: bool = True
    columns: tuple[str, ...] = ()
    filters: Mapping[str, Way] = field(default_factory=dict)


def column_of(table: str, name: str) -> Column:
    """A column or link of a class. Raises `KeyError`."""
    found: Column = projection().tables[table].properties[name]
    return found
