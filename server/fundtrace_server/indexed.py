"""What pages ask of the entity index: statements of SQLAlchemy Core, compiled once, and small values out of their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeAlias, cast

import sqlalchemy as sa

from fundtrace.index import Index, sqlite
from fundtrace.index.metadata import metadata
from fundtrace.release import Release

SECONDS = 5.0
"""What one statement of a page may take; the answer is 503 after that."""

_ASKED = ParamSpec("_ASKED")

Prepared: TypeAlias = tuple[str, Mapping[str, Any]]
"""The SQL of a statement, and the values of its own constants."""


def table(name: str) -> sa.Table:
    """A table of the index."""
    return metadata().tables[name]


def value(name: str) -> sa.BindParameter[Any]:
    """A value that is given when the statement is asked."""
    return sa.bindparam(name)


def prepared(make: Callable[_ASKED, sa.Select[Any]]) -> Callable[_ASKED, Prepared]:
    """A statement compiled once for each way of making it: what makes it takes only what can be hashed."""

    @wraps(make)
    def compiled(*args: _ASKED.args, **options: _ASKED.kwargs) -> Prepared:
        return sqlite.compile(make(*args, **options))

    return cast(Callable[_ASKED, Prepared], lru_cache(maxsize=512)(compiled))


def ask(index: Index, statement: Prepared, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement. Raises `QueryError` `too-slow` and `SystemFailure` as `Index.run` does."""
    sql, constants = statement
    return index.run(sql, {**constants, **values}, SECONDS).rows


@prepared
def _number_of() -> sa.Select[Any]:
    entity = table("Entity")
    return sa.select(entity.c.n).where(entity.c.key == value("key"))


def number_of(index: Index, key: str) -> int | None:
    """The number of an entity (`department/130636-323`); None when the index has none."""
    found = ask(index, _number_of(), key=key)
    return int(found[0][0]) if found else None


@prepared
def _concepts() -> sa.Select[Any]:
    entity = table("Entity")
    return sa.select(entity.c.n, entity.c.key).where(entity.c["class"] == "Concept")


@lru_cache(maxsize=8)
def concepts(index: Index) -> Mapping[int, str]:
    """The codes of a release's concepts by number: `stage-budget`."""
    return {n: key.partition("/")[2] for n, key in ask(index, _concepts())}


def concept_number(index: Index, code: str) -> int | None:
    """The number of a concept (`role-funds`); None when the release states none."""
    return number_of(index, f"concept/{code}")


def amount(parts: int | None) -> Decimal | None:
    """Money as the index holds it (1/10 000 yuan) in yuan, without trailing zeros; None where none is stated."""
    text = sqlite.canonical(parts)
    return None if text is None else Decimal(text)


def iri_of(release: Release, key: str) -> str:
    """The IRI of a key."""
    return f"{release.base}id/{key}"
