"""The tokens of a SPARQL query, as far as telling a keyword from what only looks like one needs.

Strings, IRIs, comments, prefixed names, variables, language tags and blank node labels are told apart by the
terminals of the SPARQL 1.1 grammar (section 19.8), so that `SERVICE` within any of them is not a keyword. Every character
beyond ASCII is taken for a letter: where the grammar has none, the engine refuses the query anyway. A prefix is looked
for in the first hundred characters of a word, which keeps the time linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HEX = r"(?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})"
_LETTER = r"(?:[A-Za-z]|[^\x00-\x7f])"
_CHAR = r"(?:[\w\-]|[^\x00-\x7f])"
_ESCAPED = r"(?:%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_HEX})*>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$](?:\w|[^\x00-\x7f])+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:_|{_LETTER}(?:{_CHAR}|\.){{0,99}})?:(?:{_CHAR}|[:.]|{_ESCAPED})*)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>{_LETTER}(?:\w|[^\x00-\x7f])*)
    | (?P<sign>\^\^|&&|\|\||[<>!]=|<<\(?|\)?>>|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """A token: its kind (the name of its group above), its text, and where it starts (0-based)."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, spaces and comments left out. Never fails: an odd character is a sign."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind not in {"space", "comment"}:
            yield Token(kind, match.group(), match.start())


def decoded(text: str) -> tuple[str, list[int] | None]:
    r"""The query with its `\u` and `\U` escapes replaced, as section 19.2 of the specification reads it.

    The second value holds, for each character of the result, where it stands in the given text; None when the two are
    the same.
    """
    if not _ESCAPE.search(text):
        return text, None
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for match in _ESCAPE.finditer(text):
        parts.append(text[end : match.start()])
        places.extend(range(end, match.start()))
        point = int(match.group(1) or match.group(2), 16)
        parts.append(chr(point) if point < 0x110000 else "\N{REPLACEMENT CHARACTER}")
        places.append(match.start())
        end = match.end()
    parts.append(text[end:])
    places.extend(range(end, len(text)))
    return "".join(parts), places


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
