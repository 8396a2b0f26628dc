"""Staged rows to facts: entities are numbered in the order of their keys, and references become those numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index.metadata import ENTITY, NUMBER, ORDINAL, link_name
from fundtrace.index.projection import Column, Projection, Table

STAGING: Final = "staging"
"""The schema of the staged rows."""


def entities(tables: sa.MetaData) -> sa.Insert:
    """Numbers the entities."""
    target = tables.tables[ENTITY]
    names = ("key", "class", "label_zh", "label_en")
    staged = _staged(ENTITY, names)
    return target.insert().from_select(names, sa.select(staged).order_by(staged.c.key))


def facts(tables: sa.MetaData, projected: Projection) -> Iterator[sa.Insert]:
    """Fills the tables of classes and then links, each in the order of its numbers."""
    for table in projected.tables.values():
        yield _class(tables, table)
    for table in projected.tables.values():
        for link in table.links.values():
            yield _link(tables, table, link)


def dangling(tables: sa.MetaData, projected: Projection) -> Iterator[tuple[Column, sa.Select[int]]]:
    """For each property that refers: how many of its references lead to nothing that is described."""
    entity = tables.tables[ENTITY]
    for table in projected.tables.values():
        for column in table.properties.values():
            if column.kind == "reference":
                alone = column.name in table.columns
                staged = _staged(
                    table.name if alone else link_name(table.name, column.name), (column.name, "object")
                )
                key = staged.c[column.name if alone else "object"]
                described = sa.exists().where(entity.c.key == key)
                yield column, sa.select(sa.func.count()).where(key.is_not(None), ~described)


def _class(tables: sa.MetaData, table: Table) -> sa.Insert:
    entity, target = tables.tables[ENTITY], tables.tables[table.name]
    staged = _staged(table.name, ("key", "label_zh", "label_en", *table.columns))
    chosen: dict[str, sa.ColumnElement[Any]] = {
        "n": entity.c.n,
        **{name: staged.c[name] for name in ("key", "label_zh", "label_en")},
    }
    for column in table.columns.values():
        chosen[column.name] = (
            _resolved(staged.c[column.name], entity) if column.kind == "reference" else staged.c[column.name]
        )
        if column.kind == "decimal":
            chosen[column.name + NUMBER] = sa.cast(staged.c[column.name], sa.REAL)
    rows = (
        sa.select(*chosen.values())
        .join_from(staged, entity, entity.c.key == staged.c.key)
        .order_by(entity.c.n)
    )
    return target.insert().from_select(list(chosen), rows)


def _link(tables: sa.MetaData, table: Table, link: Column) -> sa.Insert:
    subject = tables.tables[ENTITY]
    name = link_name(table.name, link.name)
    names = ("subject", "object", *(("lang",) if link.kind == "lang" else ()))
    staged = _staged(name, names)
    source = staged.join(subject, subject.c.key == staged.c.subject)
    values: list[sa.ColumnElement[Any]] = [staged.c[column] for column in names[1:]]
    if link.kind == "reference":
        target = subject.alias("target")
        source, values = source.join(target, target.c.key == staged.c.object), [target.c.n]
        if ORDINAL in tables.tables[name].c:
            part = tables.tables[link.targets[0]].alias("part")
            source = source.outerjoin(part, part.c.n == target.c.n)
            # Parts without an ordinal come first.
            values.insert(0, sa.func.coalesce(part.c[ORDINAL], -1))
            names = ("subject", ORDINAL, "object")
    rows = sa.select(subject.c.n, *values).select_from(source).order_by(subject.c.n, *values[:2])
    return tables.tables[name].insert().prefix_with("OR IGNORE").from_select(names, rows)


def _resolved(key: sa.ColumnElement[Any], entity: sa.Table) -> sa.ScalarSelect[int]:
    other = entity.alias("target")
    return sa.select(other.c.n).where(other.c.key == key).scalar_subquery()


def _staged(name: str, columns: tuple[str, ...]) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns), schema=STAGING)
