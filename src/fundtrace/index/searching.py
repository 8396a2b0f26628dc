"""Finding entities by text: ranked, with the property that matched and the matching words marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, Final, TypeAlias

import apsw
import sqlalchemy as sa

from fundtrace.index import sqlite
from fundtrace.index.declarations import declarations
from fundtrace.index.fulltext import SEARCH, folded_character, phrases, words
from fundtrace.index.metadata import ENTITY, link_name, metadata

Snippet: TypeAlias = tuple[tuple[str, bool], ...]
"""Parts of a printed text in order, each with whether it matched. Whoever shows them escapes each part."""

_BEFORE: Final = 20
_LENGTH: Final = 100
_GAP: Final = r"[\W_]*"


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a search found: its number, key, class and labels, its rank (lower is better), and where it matched.

    `place` is the name of the property; None where the words lie in several values, or are spelt too differently to mark.
    """

    n: int
    key: str
    cls: str
    label_zh: str | None
    label_en: str | None
    rank: float
    place: str | None
    snippet: Snippet


def search_rows(text_name: str, classes: Iterable[str] = ()) -> sa.Select[tuple[int, float]]:
    """The entities that a text finds, best first: columns `n` and `rank`. The text is to be bound under the name."""
    table = sa.table(SEARCH, sa.column("rowid"), sa.column("rank"), sa.column(SEARCH))
    query = sa.func.phrases(sa.bindparam(text_name, type_=sa.Text), " ".join(classes))
    return (
        sa.select(table.c.rowid.label("n"), table.c.rank.label("rank"))
        .where(table.c[SEARCH].op("MATCH")(query))
        .order_by(table.c.rank, table.c.rowid)
    )


def match_place(n: sa.ColumnElement[int], text_name: str) -> sa.ColumnElement[str]:
    """The name of the property that matched. Ask for it on a page of rows, not before they are cut."""
    return sa.func.match_place(n, sa.bindparam(text_name, type_=sa.Text), type_=sa.Text)


def match_snippet(n: sa.ColumnElement[int], text_name: str) -> sa.ColumnElement[str]:
    """The marked text as JSON, `[["…", false], ["预算", true]]`. Ask for it on a page of rows, not before they are cut."""
    return sa.func.match_snippet(n, sa.bindparam(text_name, type_=sa.Text), type_=sa.Text)


def add_functions(connection: apsw.Connection) -> None:
    """Registers the functions that the expressions of this module call."""

    def place(n: int, text: str) -> str | None:
        return locate(connection, n, text)[0]

    def snippet(n: int, text: str) -> str:
        return sqlite.parts(locate(connection, n, text)[1])

    sqlite.register(connection, "phrases", phrases, 2)
    sqlite.register(connection, "match_place", place, 2)
    sqlite.register(connection, "match_snippet", snippet, 2)


def page(classes: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """The SQL of one page of matches; parameters `text`, `limit` and `offset`."""
    entity = metadata().tables[ENTITY]
    found = (
        search_rows("text", classes).limit(sa.bindparam("limit")).offset(sa.bindparam("offset")).subquery()
    )
    rows = (
        sa.select(entity, found.c.rank)
        .join_from(found, entity, entity.c.n == found.c.n)
        .order_by(found.c.rank, entity.c.n)
    )
    return sqlite.compile(rows)


def count(classes: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """The SQL of the number of matches; parameter `text`."""
    found = search_rows("text", classes).order_by(None).subquery()
    return sqlite.compile(sa.select(sa.func.count()).select_from(found))


def locate(connection: apsw.Connection, n: int, text: str) -> tuple[str | None, Snippet]:
    """The property of an entity that most of the words stand in, and its value with the words marked."""
    looked = [re.compile(_GAP.join(map(re.escape, word))) for word in words(text)]
    kind = connection.execute(*_class_of(n)).get
    best: tuple[int, str | None, Snippet] = (0, None, ())
    for name, sql in _values(kind) if isinstance(kind, str) else ():
        for (value,) in connection.execute(sql, {"n": n}):
            if value is not None:
                hits, snippet = mark(value, looked)
                if hits > best[0]:
                    best = hits, name, snippet
    return best[1], best[2]


def mark(text: str, looked: Sequence[re.Pattern[str]]) -> tuple[int, Snippet]:
    """How many of the patterns a text holds, and the text around the first with all of them marked."""
    folded = "".join(map(folded_character, text))
    found = [[*pattern.finditer(folded)] for pattern in looked]
    hits = sum(map(bool, found))
    spans = sorted(match.span() for matches in found for match in matches)
    if not spans:
        return 0, ()
    start = max(0, spans[0][0] - _BEFORE)
    end = min(len(text), max(start + _LENGTH, spans[0][1]))
    marked = {place for begin, stop in spans for place in range(begin, stop)}
    parts: list[tuple[str, bool]] = [("…", False)] if start else []
    for matched, places in groupby(range(start, end), marked.__contains__):
        parts.append(("".join(text[place] for place in places), matched))
    if end < len(text):
        parts.append(("…", False))
    return hits, tuple(parts)


def _class_of(n: int) -> tuple[str, dict[str, Any]]:
    sql, parameters = _class_query()
    return sql, {**parameters, "n": n}


@cache
def _class_query() -> tuple[str, dict[str, Any]]:
    entity = metadata().tables[ENTITY]
    return sqlite.compile(sa.select(entity.c["class"]).where(entity.c.n == sa.bindparam("n")))


@cache
def _values(kind: str) -> tuple[tuple[str, str], ...]:
    """The properties of a class that full text covers, names first, each with the SQL of its values; parameter `n`."""
    found = declarations().search.classes.get(kind)
    queries = []
    for name in (*found.names, *found.texts) if found else ():
        table = metadata().tables[kind]
        wanted: sa.BindParameter[int] = sa.bindparam("n")
        if name in table.c:
            rows = sa.select(table.c[name]).where(table.c.n == wanted)
        else:
            link = metadata().tables[link_name(kind, name)]
            rows = sa.select(link.c.object).where(link.c.subject == wanted).order_by(link.c.object)
        queries.append((name, sqlite.compile(rows)[0]))
    return tuple(queries)
