"""What a person typed → the entities that it names. Every face of fundtrace resolves a text here, over the entity index.

A text is tried as one document number in any written form, then as several, as a code, as a title, and last as words in
labels; the first that finds something is the answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from fundtrace.citations import DocumentNumber, parse_number, parse_numbers
from fundtrace.index import Index, metadata, naming, sqlite
from fundtrace.index.metadata import ENTITY
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

LONGEST: Final = 500
"""Characters of a text that are looked at."""
MOST_NEAR: Final = 50
"""Documents that stand beside a number that nobody cites."""

_HALVES: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A text as it is looked up.

    `number` is set when the text is one document number: then it is nothing else. `numbers` is a JSON list of the canonical
    numbers that it holds, None for none; `code`, `title` and `words` (a pattern) are what else it may be.
    """

    text: str
    number: DocumentNumber | None
    numbers: str | None
    code: str | None = None
    title: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a text names: its IRI, the local name of its class, its label, and what tells it from its like."""

    iri: str
    class_name: str
    label: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text names.

    `number` is set when the text is one document number. `way` says how the matches were found: `number`, `numbers`,
    `code`, `title`, `words`, or `none`.
    """

    asked: str
    number: DocumentNumber | None
    way: str
    matches: tuple[Match, ...]


def resolve(index: Index, text: str, seconds: float | None = None) -> Resolution:
    """The entities that a text names, in a fixed order; at most 100, by words 100 of each class.

    Raises what `Index.run` does, after `seconds` for each way in which the text is tried.
    """
    asked = read(text)
    for way, given in (
        ("number" if asked.number else "numbers", asked.numbers),
        ("code", asked.code),
        ("title", asked.title),
        ("words", asked.words),
    ):
        found = _ask(index, _statement(way), seconds, given=given) if given else ()
        if found:
            return Resolution(asked.text, asked.number, way, found)
    return Resolution(asked.text, asked.number, "none", ())


def near(index: Index, number: DocumentNumber, seconds: float | None = None) -> tuple[Match, ...]:
    """Documents of the same issuer code and year, the nearest serial first, for a number that nobody cites; at most 50.

    Raises what `Index.run` does.
    """
    if number.year is None:
        return ()
    given = {"issuer": number.issuer, "year": number.year, "serial": number.serial}
    return _ask(index, _near(), seconds, **given)


def read(text: str) -> Asked:
    """A text from anybody as it is looked up; halves of characters, which come of bytes that are no UTF-8, are unknown ones."""
    # No more words are looked at than there may be characters, so that a long text costs little.
    return _read(_HALVES.sub("\ufffd", " ".join(text.split(None, LONGEST))[:LONGEST]))


@lru_cache(maxsize=256)
def _read(text: str) -> Asked:
    number = parse_number(text)
    if number is not None:
        return Asked(text, number, _listed(number))
    return Asked(
        text,
        None,
        _listed(*parse_numbers(text)),
        code=text.upper(),
        title=text.strip("《》〈〉 "),
        words=naming.pattern_of(text),
    )


def _listed(*numbers: DocumentNumber) -> str | None:
    return json.dumps([one.canonical for one in numbers], ensure_ascii=False) if numbers else None


_Statement: TypeAlias = tuple[str, dict[str, Any]]


def _ask(index: Index, statement: _Statement, seconds: float | None, **values: Any) -> tuple[Match, ...]:
    sql, constants = statement
    start = f"{index.base}id/"
    return tuple(
        Match(start + key, kind, label, None if note is None else str(note))
        for key, kind, label, note in index.run(sql, {**constants, **values}, seconds).rows
    )


@cache
def _statement(way: str) -> _Statement:
    given = sa.bindparam("given", type_=sa.Text)
    match way:
        case "number" | "numbers":
            return _told(naming.numbered(given), _scope)
        case "code":
            return _told(naming.coded(given), _year)
        case "title":
            return _told(naming.titled(given), _nothing)
        case _:
            return _told(naming.worded(given), _year)


@cache
def _near() -> _Statement:
    issuer, serial = (sa.bindparam(name, type_=sa.Text) for name in ("issuer", "serial"))
    year = sa.bindparam("year", type_=sa.Integer)
    return _told(naming.near(issuer, year, serial, MOST_NEAR), _nothing)


_N: TypeAlias = sa.ColumnElement[int]


def _told(found: naming.Named, note: Callable[[_N], sa.ColumnElement[Any]]) -> _Statement:
    """What is told of each entity: its key, its class, its label, and a note by its number."""
    rows, entities = found.subquery(), metadata().tables[ENTITY]
    label = sa.func.coalesce(entities.c.label_zh, entities.c.label_en, entities.c.key)
    told = (
        sa.select(entities.c.key, entities.c["class"], label, note(rows.c.n))
        # Outer, so that SQLite begins with what was found: it would go through all entities.
        .join_from(rows, entities, entities.c.n == rows.c.n, isouter=True)
        .order_by(rows.c.place, rows.c.n)
    )
    return sqlite.compile(told)


def _scope(n: _N) -> sa.ColumnElement[Any]:
    """The place whose document it is, where many use the same number."""
    documents, entities = metadata().tables[c.FundingDocument], metadata().tables[ENTITY].alias("scope")
    scopes = sa.select(entities.c.label_zh).join_from(
        documents, entities, entities.c.n == documents.c[p.scope]
    )
    return scopes.where(documents.c.n == n).scalar_subquery()


def _year(n: _N) -> sa.ColumnElement[Any]:
    """The fiscal year of a project or a source."""
    tables = [metadata().tables[name] for name in (c.Project, c.SourceDocument)]
    years = (sa.select(rows.c[p.fiscalYear]).where(rows.c.n == n).scalar_subquery() for rows in tables)
    return sa.func.coalesce(*years)


def _nothing(_: _N) -> sa.ColumnElement[Any]:
    return sa.null()
