"""The tables of the index as SQLAlchemy Core tables: facts, stored orders and stored totals."""

from __future__ import annotations

from functools import cache
from typing import Final

import sqlalchemy as sa

from fundtrace.index.declarations import Declarations, declarations
from fundtrace.index.projection import CONCEPT, Column, Kind, Projection, Table, projection

ENTITY: Final = "Entity"
INFO: Final = "Info"
ORDINAL: Final = "ordinal"
"""The column by which the parts of something are ordered."""
NUMBER: Final = "_number"
"""What follows a decimal's name in the column that orders it."""

_TYPES: Final[dict[Kind, type[sa.Text] | type[sa.Integer]]] = {
    "text": sa.Text,
    "lang": sa.Text,
    "date": sa.Text,
    "decimal": sa.Text,
    "year": sa.Integer,
    "integer": sa.Integer,
    "boolean": sa.Integer,
    "money": sa.Integer,
    "reference": sa.Integer,
}


@cache
def metadata() -> sa.MetaData:
    """All tables but the full text, which SQLite alone knows."""
    projected, declared, made = projection(), declarations(), sa.MetaData()
    sa.Table(
        ENTITY,
        made,
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("class", sa.Text, nullable=False),
        sa.Column("label_zh", sa.Text),
        sa.Column("label_en", sa.Text),
        sa.Index("Entity_key", "key", unique=True),
        sa.Index("Entity_class", "class"),
    )
    sa.Table(
        INFO,
        made,
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    for table in projected.tables.values():
        _class(made, table, declared)
        for link in table.links.values():
            _link(made, table, link, declared, is_numbered=is_numbered(projected, link))
    _orders(made, projected, declared)
    _totals(made, projected, declared)
    return made


def is_numbered(projected: Projection, link: Column) -> bool:
    """Whether a link leads to parts that have ordinals: their order is stored in it."""
    return len(link.targets) == 1 and ORDINAL in projected.tables[link.targets[0]].columns


def link_name(table: str, link: str) -> str:
    """The name of a link table."""
    return f"{table}_{link}"


def order_name(table: str, relation: str, column: str) -> str:
    """The name of a stored order."""
    return f"{table}_{relation}_by_{column}"


def total_name(group: str) -> str:
    """The name of a stored total."""
    return f"Total_{group}"


def _class(made: sa.MetaData, table: Table, declared: Declarations) -> None:
    columns, indexes = list[sa.Column[object]](), list[sa.Index]()
    lookups = declared.lookups.get(table.name, ())
    for column in table.columns.values():
        columns.append(_column(column.name, column))
        if column.kind == "decimal":
            columns.append(sa.Column(column.name + NUMBER, sa.REAL))
        backwards = column.kind == "reference" and column.target != CONCEPT
        if backwards or column.name in lookups:
            indexes.append(sa.Index(f"{table.name}_{column.name}_lookup", column.name))
    sa.Table(
        table.name,
        made,
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("label_zh", sa.Text),
        sa.Column("label_en", sa.Text),
        *columns,
        *indexes,
        info={"class": table},
    )


def _link(
    made: sa.MetaData, table: Table, link: Column, declared: Declarations, *, is_numbered: bool
) -> None:
    name = link_name(table.name, link.name)
    columns: list[sa.Column[object]] = [
        sa.Column("subject", sa.Integer, primary_key=True),
        sa.Column("object", _TYPES[link.kind], primary_key=True),
    ]
    if is_numbered:
        columns.insert(1, sa.Column(ORDINAL, sa.Integer, primary_key=True))
    if link.kind == "lang":
        columns.append(sa.Column("lang", sa.Text, primary_key=True))
    strongest = declared.strongest
    if (table.name, link.name) == (strongest.table, strongest.relation):
        columns.append(sa.Column(strongest.column, sa.Integer))
    back = [sa.Index(f"{name}_back", "object", "subject")] if link.kind == "reference" else []
    sa.Table(name, made, *columns, *back, sqlite_with_rowid=False, info={"link": link})


def _orders(made: sa.MetaData, projected: Projection, declared: Declarations) -> None:
    orders, strongest = declared.orders, declared.strongest
    table = projected.tables[orders.table]
    for relation in orders.relations:
        for by, direction in orders.by.items():
            payload = (
                [sa.Column(strongest.column, sa.Integer)]
                if (orders.table, relation) == (strongest.table, strongest.relation)
                else []
            )
            sa.Table(
                order_name(orders.table, relation, by),
                made,
                sa.Column("object", sa.Integer, primary_key=True),
                sa.Column("missing", sa.Integer, primary_key=True),
                sa.Column("value", _TYPES[table.columns[by].kind], primary_key=True),
                sa.Column("subject", sa.Integer, primary_key=True),
                *payload,
                sqlite_with_rowid=False,
                info={"descending": ("value",) if direction == "descending" else ()},
            )


def _totals(made: sa.MetaData, projected: Projection, declared: Declarations) -> None:
    totals = declared.totals
    table = projected.tables[totals.table]
    for name, group in totals.groups.items():
        measured = [
            sa.Column(f"{measure}_{figure}", sa.Integer)
            for measure in totals.measures
            for figure in ("count", "sum", "min", "max")
        ]
        grouped = []
        if group.over or group.column:
            owner = projected.tables[table.links[group.over].target or ""] if group.over else table
            kind = owner.columns[group.column].kind if group.column else "reference"
            grouped = [sa.Column(name, _TYPES[kind]), sa.Index(f"{total_name(name)}_{name}", name)]
        sa.Table(
            total_name(name),
            made,
            *grouped,
            sa.Column(totals.stage, sa.Integer),
            sa.Column(totals.year, sa.Integer),
            sa.Column("projects", sa.Integer, nullable=False),
            sa.Column("shared", sa.Integer, nullable=False),
            *(sa.Column(count, sa.Integer, nullable=False) for count in totals.distinct),
            *measured,
        )


def _column(name: str, column: Column) -> sa.Column[object]:
    # Never NOT NULL: what a stranger's statements lack is reported by validation, not by a constraint here.
    return sa.Column(name, _TYPES[column.kind])
