"""Building the index of a release: one pass over its sorted statements, then joins, orders, totals and full text."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import apsw
import sqlalchemy as sa

from fundtrace.errors import SystemFailure
from fundtrace.index import deriving, resolving, sqlite
from fundtrace.index.declarations import declarations
from fundtrace.index.fulltext import add_full_text
from fundtrace.index.metadata import ENTITY, INFO, metadata
from fundtrace.index.projection import Projection, projection
from fundtrace.index.staging import LeftOut, Staging

INDEX: Final = "index.sqlite"
"""The name of the file in the folder of a release."""

_MAKING: Final = 2
"""Raise it when the same tables are filled or read in another way."""


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What went into an index: statements, entities by class, and statements without a place by reason and term.

    Reasons: `other-base` (a subject outside the release's base), `no-class` (a subject without a class that the shapes
    know), `other-class` (a class beside or instead of those), `no-property` (a property outside the shapes of the
    class), `other-kind` (another datatype, or an amount finer than 1/10 000 yuan), `second-value` (a second value of a
    property that has one), `dangling` (a reference to nothing that is described).
    """

    statements: int
    entities: Mapping[str, int]
    left_out: LeftOut


def fingerprint() -> str:
    """What an index must have been made by to be read by this version: its tables, and how they are filled."""
    text = "\n".join([str(_MAKING), *_definitions(), repr(declarations())])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _definitions() -> tuple[str, ...]:
    """The SQL that creates each table."""
    return tuple(map(sqlite.create, metadata().sorted_tables))


def build_index(lines: Iterable[str], path: Path, base: str, namespace: str) -> IndexInfo:
    """Makes the index from sorted N-Triples lines (with or without line ends) at a path, in one step.

    Raises `SystemFailure`: `index-statements` for lines that are not N-Triples or not sorted, `index-build` for a disk
    that fails. Nothing is left behind then.
    """
    draft, staged = path.with_name(f"{path.name}.unfinished"), path.with_name(f"{path.name}.staging")
    try:
        info = _make(lines, draft, staged, base, namespace)
        draft.replace(path)
    except (apsw.ConstraintError, ValueError) as error:
        raise SystemFailure(
            "index-statements",
            f"陈述不是排好序的 N-Triples（{str(error)[:200]}）；重新运行 fundtrace build",
            f"the statements are no sorted N-Triples ({str(error)[:200]}); run fundtrace build again",
            subject=str(path),
        ) from error
    except (apsw.Error, OSError) as error:
        raise SystemFailure(
            "index-build",
            f"无法建立索引（{error}）；检查磁盘空间，再运行 fundtrace build",
            f"cannot build the index ({error}); check the space on the disk and run fundtrace build again",
            subject=str(path),
        ) from error
    finally:
        for rest in (draft, staged):
            rest.unlink(missing_ok=True)
    return info


def _make(lines: Iterable[str], draft: Path, staged: Path, base: str, namespace: str) -> IndexInfo:
    for old in (draft, staged):
        old.unlink(missing_ok=True)
    connection = sqlite.open_new(draft)
    try:
        sqlite.attach_new(connection, staged, resolving.STAGING)
        return _fill(connection, lines, base, namespace)
    finally:
        connection.close()


def _fill(connection: apsw.Connection, lines: Iterable[str], base: str, namespace: str) -> IndexInfo:
    projected, declared, tables = projection(), declarations(), metadata()
    connection.execute("BEGIN")
    staging = Staging(connection, projected, declared.strongest, base, namespace)
    with _uncollected():
        staging.fill(lines)
    _facts(connection, tables, projected, staging)
    for statement in (
        deriving.roles(tables, declared),
        *deriving.orders(tables, declared),
        *deriving.totals(tables, declared),
    ):
        _run(connection, statement)
    for table in tables.sorted_tables:
        if table.name != ENTITY:
            _index(connection, table)
    add_full_text(connection, projected, declared.search)
    told = {
        "base": base,
        "namespace": namespace,
        "fingerprint": fingerprint(),
        "statements": str(staging.statements),
    }
    for name, value in told.items():
        _run(connection, tables.tables[INFO].insert().values(name=name, value=value))
    connection.execute("COMMIT; PRAGMA analysis_limit=1000; ANALYZE main")
    kind = tables.tables[ENTITY].c["class"]
    counts = _run(connection, sa.select(kind, sa.func.count()).group_by(kind))
    entities = {str(name): int(count or 0) for name, count in counts}
    return IndexInfo(staging.statements, entities, dict(staging.left_out))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keeps the collector away: rows hold no cycles, and it would go through all that wait again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _facts(connection: apsw.Connection, tables: sa.MetaData, projected: Projection, staging: Staging) -> None:
    """Fills the tables of entities, classes and links, and counts what leads nowhere."""
    for definition in _definitions():
        connection.execute(definition)
    connection.execute(resolving.entities())
    _index(connection, tables.tables[ENTITY])
    filled, short = staging.filled, set[str]()
    for name, statement in resolving.facts(tables, projected, filled):
        connection.execute(statement)
        if connection.changes() < filled[name]:
            short.add(name)
    for columns, counts in resolving.dangling(projected, filled, short):
        for column, count in zip(columns, connection.execute(counts).fetchall()[0], strict=True):
            staging.leave_out("dangling", staging.localise(column.term)[1:-1], int(count or 0))


def _index(connection: apsw.Connection, table: sa.Table) -> None:
    for statement in sqlite.create_indexes(table):
        connection.execute(statement)


def _run(connection: apsw.Connection, statement: sa.sql.ClauseElement) -> apsw.Cursor:
    return connection.execute(*sqlite.compile(statement))
