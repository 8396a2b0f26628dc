"""What is peculiar to SQLite: its dialect, connections, JSON, and the functions that every connection has."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import apsw
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteDDLCompiler, SQLiteDialect
from sqlalchemy.schema import CreateIndex, CreateTable

UNITS: Final = 10_000
"""Money is stored as a whole number of these parts of a yuan, so that sums are exact."""

_PAGE: Final = 8192
_CACHE_KIB: Final = 65_536
_READ_CACHE_KIB: Final = 2_048


class _Definitions(SQLiteDDLCompiler):
    """Primary keys that are kept in descending order of the columns that the table's `info` names."""

    def visit_primary_key_constraint(self, constraint: sa.PrimaryKeyConstraint, **options: Any) -> str:
        descending = constraint.table.info.get("descending", ())
        if not descending:
            return str(super().visit_primary_key_constraint(constraint, **options))  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
        columns = ", ".join(
            self.preparer.quote(column.name) + (" DESC" if column.name in descending else "")
            for column in constraint.columns
        )
        return f"PRIMARY KEY ({columns})"


class _Dialect(SQLiteDialect):
    ddl_compiler = _Definitions
    supports_statement_cache = False


_DIALECT: Final = _Dialect(paramstyle="named")


def compile(statement: sa.sql.ClauseElement) -> tuple[str, dict[str, Any]]:  # noqa: A001  # always called by its module's name
    """The SQL of a statement, and its named parameters with their values (None for those still to be bound)."""
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    return str(compiled), dict(compiled.params or {})


def create(table: sa.Table) -> str:
    """The SQL that creates a table."""
    return str(CreateTable(table).compile(dialect=_DIALECT)).strip()


def create_indexes(table: sa.Table) -> list[str]:
    """The SQL that creates the indexes of a table."""
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    return [str(CreateIndex(index).compile(dialect=_DIALECT)) for index in indexes]


def open_new(path: Path) -> apsw.Connection:
    """A connection to a new file that one process fills once: no journal, no waiting for the disk."""
    connection = apsw.Connection(str(path))
    connection.execute(f"PRAGMA page_size={_PAGE}; PRAGMA temp_store=file; {_filling('main')}")
    return connection


def attach_new(connection: apsw.Connection, path: Path, schema: str) -> None:
    """Attaches another new file under the name of a schema."""
    connection.execute(f"ATTACH ? AS {schema}", (str(path),))
    connection.execute(_filling(schema))


def _filling(schema: str) -> str:
    settings = {
        "journal_mode": "off",
        "synchronous": "off",
        "locking_mode": "exclusive",
        "cache_size": -_CACHE_KIB,
    }
    return "; ".join(f"PRAGMA {schema}.{name}={value}" for name, value in settings.items())


def open_finished(path: Path) -> apsw.Connection:
    """A read-only connection to a file that never changes. Raises `apsw.Error`."""
    connection = apsw.Connection(
        f"file:{quote(str(path))}?mode=ro&immutable=1",
        flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI,
        statementcachesize=64,
    )
    # Otherwise a plan hangs on the values that are bound, and a statement is compiled anew at every other page size.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    connection.execute(
        f"PRAGMA query_only=on; PRAGMA trusted_schema=off; PRAGMA temp_store=memory;"
        f"PRAGMA cache_size=-{_READ_CACHE_KIB}"
    )
    return connection


def is_whole(connection: apsw.Connection, path: Path) -> bool:
    """Whether the file is as long as its header says."""
    pages, size = connection.pragma("page_count"), connection.pragma("page_size")
    return bool(path.stat().st_size == pages * size)


def add_functions(connection: apsw.Connection, notes: set[str]) -> None:
    """Registers the functions of this module; `note(code)` adds to the set."""

    def note(code: str) -> None:
        notes.add(code)

    plain: Mapping[str, tuple[Callable[..., Any], int]] = {
        "opaque": (_opaque, 1),
        "mean_yuan": (mean_yuan, 2),
    }
    for name, (function, count) in plain.items():
        register(connection, name, function, count)
    connection.create_aggregate_function("members", _Members.made, 1)
    connection.create_aggregate_function("count_members", _Members.counted, 1)
    register(connection, "note", note, 1, constant=False)


def register(
    connection: apsw.Connection, name: str, function: Callable[..., Any], count: int, *, constant: bool = True
) -> None:
    """Registers a function of so many arguments; `constant` when equal arguments give equal results."""
    connection.create_scalar_function(name, function, count, deterministic=constant)


@lru_cache(maxsize=65_536)
def canonical(units: int | None) -> str | None:
    """Parts of a yuan as canonical decimal text.

    >>> canonical(16303182600)
    '1630318.26'
    """
    if units is None:
        return None
    whole, rest = divmod(abs(units), UNITS)
    text = f"{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else str(whole)
    return f"-{text}" if units < 0 else text


def units(text: str) -> int:
    """Canonical decimal yuan as a whole number of parts. Raises `ValueError` for what is finer or no decimal.

    >>> units("1630318.26")
    16303182600
    """
    whole, point, rest = text.partition(".")
    if not point:
        return int(text) * UNITS
    if len(rest) > 4 or not rest.isdigit():
        raise ValueError(text)
    return int(whole + rest.ljust(4, "0"))


def parts(snippet: Sequence[tuple[str, bool]]) -> str:
    """A marked text as JSON: `[["…", false], ["预算", true]]`."""
    return json.dumps(snippet, ensure_ascii=False)


def count_members(lists: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """How many distinct values the JSON lists of a column hold together."""
    return sa.func.count_members(lists, type_=sa.Integer)


class _Members:
    """An aggregate over the distinct values of a column."""

    def __init__(self) -> None:
        self._values: set[Any] = set()

    def _add(self, value: Any) -> None:
        if value is not None:
            self._values.add(value)

    def _listed(self) -> str:
        return json.dumps(sorted(self._values), ensure_ascii=False)

    def _counted(self) -> int:
        return len({one for text in self._values for one in json.loads(text)})

    @classmethod
    def made(cls) -> tuple[_Members, Callable[..., None], Callable[..., str]]:
        return cls(), cls._add, cls._listed

    @classmethod
    def counted(cls) -> tuple[_Members, Callable[..., None], Callable[..., int]]:
        return cls(), cls._add, cls._counted


def _opaque(text: str | None) -> str | None:
    return None if text is None else base64.urlsafe_b64encode(text.encode()).decode()


def mean_yuan(total: int | None, count: int | None) -> str | None:
    """The mean of stored money in yuan, rounded half-even to 0.01."""
    if total is None or not count:
        return None
    mean = (Decimal(total) / count / UNITS).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return canonical(int(mean * UNITS))
