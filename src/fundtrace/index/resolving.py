"""Staged rows to facts: entities are numbered in the order of their keys, and references become those numbers.

The statements are text of our own, put together from the names of tables and columns alone: there are a hundred of them, and
making them of expressions takes longer than running them over a small release.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import sqlalchemy as sa

from fundtrace.index.metadata import ENTITY, NUMBER, ORDINAL, link_name
from fundtrace.index.projection import Column, Projection, Table

STAGING: Final = "staging"
"""The schema of the staged rows."""


def entities() -> str:
    """Numbers the entities."""
    names = _listed("key", "class", "label_zh", "label_en")
    return f'INSERT INTO "{ENTITY}" ({names}) SELECT {names} FROM {_staged(ENTITY)} ORDER BY key'  # noqa: S608  # our names


def facts(tables: sa.MetaData, projected: Projection, filled: Collection[str]) -> Iterator[tuple[str, str]]:
    """Fills the tables of classes and then links, each in the order of its numbers: the name of the table, and its statement.

    `filled` names those that have staged rows.
    """
    for table in projected.tables.values():
        if table.name in filled:
            yield table.name, _class(table)
    for table in projected.tables.values():
        for link in table.links.values():
            name = link_name(table.name, link.name)
            if name in filled:
                yield name, _link(tables.tables[name], link)


def dangling(
    projected: Projection, filled: Collection[str], short: Collection[str]
) -> Iterator[tuple[Sequence[Column], str]]:
    """How many references lead to nothing that is described, a number for each property: those of a class, then of each link.

    `short` names the links with fewer rows than were staged.
    """
    for table in projected.tables.values():
        columns = [column for column in table.columns.values() if column.kind == "reference"]
        if columns and table.name in filled:
            counts = ", ".join(f'count("{column.name}") AS "{column.name}"' for column in columns)
            lost = ", ".join(f'a."{column.name}" - b."{column.name}"' for column in columns)
            yield (
                columns,
                f'SELECT {lost} FROM (SELECT {counts} FROM {_staged(table.name)}) a, (SELECT {counts} FROM "{table.name}") b',  # noqa: S608  # our names
            )
        for link in table.links.values():
            name = link_name(table.name, link.name)
            if link.kind == "reference" and name in short:
                described = f'EXISTS (SELECT 1 FROM "{ENTITY}" e WHERE e.key = s.object)'  # noqa: S608  # our names
                yield [link], f"SELECT count(*) FROM {_staged(name)} s WHERE NOT {described}"  # noqa: S608  # our names


def _class(table: Table) -> str:
    chosen = {"n": "e.n", **{name: f"s.{name}" for name in ("key", "label_zh", "label_en")}}
    for column in table.columns.values():
        staged = f's."{column.name}"'
        chosen[column.name] = (
            f'(SELECT t.n FROM "{ENTITY}" t WHERE t.key = {staged})'  # noqa: S608  # our names
            if column.kind == "reference"
            else staged
        )
        if column.kind == "decimal":
            chosen[column.name + NUMBER] = f"CAST({staged} AS REAL)"
    return (
        f'INSERT INTO "{table.name}" ({_listed(*chosen)}) SELECT {", ".join(chosen.values())} '  # noqa: S608  # our names
        f'FROM {_staged(table.name)} s JOIN "{ENTITY}" e ON e.key = s.key ORDER BY e.n'
    )


def _link(table: sa.Table, link: Column) -> str:
    names, values = ["subject", "object"], ["e.n", "s.object"]
    source = f'{_staged(table.name)} s JOIN "{ENTITY}" e ON e.key = s.subject'
    if link.kind == "lang":
        names.append("lang")
        values.append("s.lang")
    if link.kind == "reference":
        source += f' JOIN "{ENTITY}" t ON t.key = s.object'
        values[1] = "t.n"
        if ORDINAL in table.c:
            source += f' LEFT JOIN "{link.targets[0]}" p ON p.n = t.n'
            names.insert(1, ORDINAL)
            # Parts without an ordinal come first.
            values.insert(1, f"coalesce(p.{ORDINAL}, -1)")
    return (
        f'INSERT OR IGNORE INTO "{table.name}" ({_listed(*names)}) SELECT {", ".join(values)} FROM {source} '  # noqa: S608  # our names
        f"ORDER BY {', '.join(values)}"
    )


def _staged(name: str) -> str:
    return f'{STAGING}."{name}"'


def _listed(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)
