"""Full text in SQLite's FTS5: every character a word, so that a substring of any length is a phrase.

Text is folded (width, brackets, traditional characters, case) before it is indexed and before it is looked for. The
table keeps no text of its own (`content=''`): what matched is read from the facts again when a page is shown.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import apsw

from fundtrace.citations import fold
from fundtrace.index import sqlite
from fundtrace.index.declarations import Search
from fundtrace.index.metadata import link_name
from fundtrace.index.projection import Projection, Table

SEARCH: Final = "Search"
WORDS: Final = 32
"""Words of a search that count."""
CHARACTERS: Final = 200
"""Characters of a search that count."""

_BOUNDARY: Final = "\ue000"
"""A character of private use that FTS5 takes for a word: no phrase reaches from one value into the next."""
_NOTHING: Final = '""'
_COLUMNS: Final = ("names", "texts")
_HASH: Final = 64 << 20
_LEAF: Final = 8_050


class _Spacing(dict[int, str]):
    """For `str.translate`: a blank and the folded character, a blank alone for what is no letter or digit."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = folded_character(character)
        spaced = self[code] = f" {folded}" if is_word(folded) or character == _BOUNDARY else " "
        return spaced


_SPACING: Final = _Spacing()


def folded_character(character: str) -> str:
    """A character as it is compared: its fold in lower case, always one character."""
    folded = fold(character)
    lower = folded.lower()
    return lower if len(lower) == 1 else folded


def is_word(character: str) -> bool:
    """Whether FTS5's `unicode61` takes a character for a word: a letter or a number."""
    return unicodedata.category(character)[0] in "LN"


def spaced(text: str | None) -> str:
    """What is indexed of a text."""
    return text.translate(_SPACING) if text else ""


def words(text: str) -> list[str]:
    """The words of a search, folded, of letters and digits alone: what stands between white space."""
    cut = text[:CHARACTERS]
    found = (
        "".join(char for char in map(folded_character, word) if is_word(char)) for word in fold(cut).split()
    )
    return [word for word in found if word][:WORDS]


def phrases(text: str, classes: str = "") -> str:
    """The FTS5 query for a text from anybody, within classes (names with blanks between them; empty: all).

    Nothing of the text reaches FTS5 but letters and digits in quotes. A text without any finds nothing.
    """
    quoted = [f'"{" ".join(word)}"' for word in words(text)]
    if not quoted:
        return _NOTHING
    query = f"{{{' '.join(_COLUMNS)}}} : ({' AND '.join(quoted)})"
    if not classes:
        return query
    kinds = [f'"{name}"' for name in classes.split() if name.isalnum()]
    return f"(kind : ({' OR '.join(kinds)})) AND ({query})" if kinds else _NOTHING


def add_full_text(connection: apsw.Connection, projected: Projection, search: Search) -> None:
    """Makes and fills the table from the tables of facts."""
    sqlite.register(connection, "spaced", spaced, 1)
    weights = ", ".join(str(search.weights[name]) for name in _COLUMNS)
    settings = {
        "automerge": "0",
        "hashsize": f"{_HASH}",
        "pgsz": f"{_LEAF}",
        "rank": f"'bm25(0.0, {weights})'",
    }
    connection.execute(
        f"CREATE VIRTUAL TABLE {SEARCH} USING fts5"
        f"(kind, {', '.join(_COLUMNS)}, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    for name, value in settings.items():
        connection.execute(f"INSERT INTO {SEARCH}({SEARCH}, rank) VALUES ('{name}', {value})")  # noqa: S608  # our names
    for name, found in search.classes.items():
        table = projected.tables[name]
        names, texts = _joined(table, found.names), _joined(table, found.texts)
        connection.execute(
            f"INSERT INTO {SEARCH}(rowid, kind, {', '.join(_COLUMNS)}) "  # noqa: S608  # our names
            f"SELECT n, '{name}', spaced({names}), spaced({texts}) FROM \"{name}\""
        )
    connection.execute(f"INSERT INTO {SEARCH}({SEARCH}) VALUES ('optimize')")  # noqa: S608  # our names


def _joined(table: Table, names: tuple[str, ...]) -> str:
    """The SQL of all values of some properties in one text."""
    values = [
        f'"{name}"'
        if name in table.columns
        else f"(SELECT group_concat(object, '{_BOUNDARY}') FROM \"{link_name(table.name, name)}\" WHERE subject = n)"  # noqa: S608
        for name in names
    ]
    return f"concat_ws('{_BOUNDARY}', {', '.join(values)})" if values else "NULL"
