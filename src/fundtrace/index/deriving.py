"""What is stored beside the facts: the strongest role, orders and totals, as statements over the tables of facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from fundtrace.index.declarations import Declarations, Group, Totals
from fundtrace.index.metadata import ENTITY, link_name, order_name, total_name


def number_of(tables: sa.MetaData, key: str) -> sa.ScalarSelect[int]:
    """The number of an entity, by its key."""
    entity = tables.tables[ENTITY]
    return sa.select(entity.c.n).where(entity.c.key == key).scalar_subquery()


def roles(tables: sa.MetaData, declared: Declarations) -> sa.Update:
    """Fills the column of the strongest role."""
    strongest = declared.strongest
    target = tables.tables[link_name(strongest.table, strongest.relation)]
    whens = []
    for relation, concept in strongest.roles.items():
        link = tables.tables[link_name(strongest.table, relation)]
        told = sa.exists().where(link.c.subject == target.c.subject, link.c.object == target.c.object)
        whens.append((told, number_of(tables, f"concept/{concept}")))
    return target.update().values({strongest.column: sa.case(*whens)})


def orders(tables: sa.MetaData, declared: Declarations) -> Iterator[sa.Insert]:
    """Fills the stored orders, each in its own order."""
    told = declared.orders
    owner = tables.tables[told.table]
    for relation in told.relations:
        link = tables.tables[link_name(told.table, relation)]
        for by, direction in told.by.items():
            target = tables.tables[order_name(told.table, relation, by)]
            column = owner.c[by]
            missing, value = column.is_(None).cast(sa.Integer), sa.func.coalesce(column, _nothing(column))
            payload = [link.c[name] for name in target.c.keys()[4:]]
            rows = (
                sa.select(link.c.object, missing, value, link.c.subject, *payload)
                .join_from(link, owner, owner.c.n == link.c.subject)
                .order_by(
                    link.c.object,
                    missing,
                    value.desc() if direction == "descending" else value,
                    link.c.subject,
                )
            )
            yield target.insert().from_select(list(target.c.keys()), rows)


def totals(tables: sa.MetaData, declared: Declarations) -> Iterator[sa.Insert]:
    """Fills the stored totals."""
    for name in declared.totals.groups:
        target = tables.tables[total_name(name)]
        yield target.insert().from_select(list(target.c.keys()), total(tables, declared.totals, name))


def total(tables: sa.MetaData, told: Totals, name: str) -> sa.Select[Any]:
    """A total computed from the facts: what its table stores."""
    owner = tables.tables[told.table]
    base = _members(tables, told, told.groups[name], owner).cte("members")
    joined = base.join(owner, owner.c.n == base.c.n)
    keys = [base.c.group, owner.c[told.stage], owner.c[told.year]]
    shared = tables.tables[link_name(told.table, told.shared)]
    several = (
        sa.select(sa.func.count()).where(shared.c.subject == base.c.n).correlate(base).scalar_subquery() > 1
    )
    links = {count: column for count, column in told.distinct.items() if column not in owner.c}
    columns = {count: column for count, column in told.distinct.items() if column in owner.c}
    facts = sa.select(
        *(key.label(label) for key, label in zip(keys, ("group", "stage", "year"), strict=True)),
        base.c.n,
        several.cast(sa.Integer).label("several"),
        *(owner.c[measure].label(measure) for measure in told.measures),
        *(owner.c[column].label(count) for count, column in columns.items()),
        *(sa.null().label(count) for count in links),
    ).select_from(joined)
    parts = [facts]
    for count, column in links.items():
        link = tables.tables[link_name(told.table, column)]
        parts.append(
            sa.select(
                *keys,
                *(sa.null() for _ in range(2 + len(told.measures) + len(columns))),
                *(link.c.object if other == count else sa.null() for other in links),
            ).select_from(joined.join(link, link.c.subject == base.c.n))
        )
    rows = sa.union_all(*parts).subquery("facts")
    figures = (sa.func.count, sa.func.sum, sa.func.min, sa.func.max)
    grouped = [rows.c.group] if _is_grouped(told.groups[name]) else []
    return sa.select(
        *grouped,
        rows.c.stage,
        rows.c.year,
        sa.func.count(rows.c.n),
        sa.func.sum(rows.c.several),
        *(sa.func.count(rows.c[count].distinct()) for count in told.distinct),
        *(figure(rows.c[measure]) for measure in told.measures for figure in figures),
    ).group_by(*grouped, rows.c.stage, rows.c.year)


def _members(tables: sa.MetaData, told: Totals, group: Group, owner: sa.Table) -> sa.Select[Any]:
    """Distinct pairs of group and member: a project counts once in each group, those in none under NULL."""
    if group.over is None:
        column = owner.c[group.column] if group.column else sa.null()
        return sa.select(column.label("group"), owner.c.n)
    link = tables.tables[link_name(told.table, group.over)]
    if group.column is None:
        rows = sa.select(link.c.object.label("group"), owner.c.n)
        return rows.select_from(owner.outerjoin(link, link.c.subject == owner.c.n))
    target = tables.tables[link.info["link"].target]
    return (
        sa.select(target.c[group.column].label("group"), owner.c.n)
        .select_from(
            owner.outerjoin(link, link.c.subject == owner.c.n).outerjoin(target, target.c.n == link.c.object)
        )
        .distinct()
    )


def _is_grouped(group: Group) -> bool:
    return group.over is not None or group.column is not None


def _nothing(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    return sa.literal_column("''") if isinstance(column.type, sa.Text) else sa.literal_column("0")
