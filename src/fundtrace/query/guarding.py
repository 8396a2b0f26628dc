"""What a query of the public may not hold: other servers, updates, and shapes that end the process that reads them.

Measured on pyoxigraph 0.5.13: 1 000 nested `FILTER EXISTS`, 3 000 nested groups or 3 000 `OPTIONAL`s in a row overflow
its stack, and so do 10 000 `UNION`s or `||`; `IN` and `VALUES` lists of 50 000 terms do no harm. The engine decodes `\\u`
escapes within strings and IRIs alone, the specification everywhere; a query is read both ways and refused if either
reading is.

The engine also needs no space around a keyword (`trueSERVICE<…>`, `SERVICEex:a {`), and reads `1<2)SERVICE:a#>` as a
comparison where others see an IRI. So a word that holds `SERVICE` is refused, a prefixed name whose prefix does when `{`
follows it, and an IRI that holds `)` and then `SERVICE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from fundtrace.errors import QueryError
from fundtrace.query.tokens import Token, decoded, line_and_column, tokens

MAX_CHARACTERS: Final = 262_144
"""Characters that a query may have."""
MAX_TOKENS: Final = 60_000
"""Words, signs, names and literals that a query may have."""
MAX_DEPTH: Final = 100
"""Brackets of any kind that may be open at once."""
MAX_OPERATORS: Final = 2_000
"""Operators, separators, groups and graph patterns that a query may have."""
MAX_LIST: Final = 2_000
"""Members that one pair of round brackets may have outside `VALUES`."""

_UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"}
)
_PATTERNS = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "GRAPH", "VALUES", "SELECT"})
_OPERATORS = frozenset({"||", "&&", "!", "+", "-", "*", "/", "|", "^", ";", ",", ".", "=", "!=", "{", "["})
_SERVICE_IN_IRI = re.compile(r"\).*SERVICE", re.IGNORECASE)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def guard(text: str) -> None:
    """Refuse a query that is not safe to hand to a worker.

    Raises `QueryError` of kind `refused` for `SERVICE` and updates, of kind `too-large` for one that is too long,
    nested too deeply, or holds too many operators or list members. The message names line and column. A query that
    passes need not be correct.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            "query-length",
            f"查询有 {len(text)} 个字符，上限为 {MAX_CHARACTERS}",
            f"the query has {len(text)} characters; at most {MAX_CHARACTERS} are allowed",
            kind="too-large",
        )
    if _is_plain(text):
        return
    _check(text, tokens(text), None)
    plain, places = decoded(text)
    if places is not None:
        _check(text, tokens(plain), places)


def _is_plain(text: str) -> bool:
    """Whether a query cannot break any rule: too short for the bounds, and without the letters of a word that is refused.

    It spares most queries the tokens.
    """
    if len(text) > MAX_LIST or "\\" in text:
        return False
    letters = text.upper()
    # Written out, since a call for each word takes longer than to look for it. A test compares it with the words.
    return not (
        text.count("(") + text.count("[") + text.count("{") > MAX_DEPTH
        or "SERVICE" in letters
        or "INSERT" in letters
        or "DELETE" in letters
        or "LOAD" in letters
        or "CLEAR" in letters
        or "CREATE" in letters
        or "DROP" in letters
        or "COPY" in letters
        or "MOVE" in letters
        or "ADD" in letters
        or "WITH" in letters
        or "USING" in letters
    )


def _check(text: str, found: Iterable[Token], places: list[int] | None) -> None:
    members: list[int] = []
    operators = 0
    values = False
    glued: int | None = None
    for count, token in enumerate(found, 1):
        start = token.start if places is None else places[token.start]
        if count > MAX_TOKENS:
            raise _too_many("query-tokens", MAX_TOKENS, "词", "words and signs", text, start)
        if glued is not None and token.text == "{":
            raise _refused("SERVICE", text, glued)
        glued = None
        if token.kind == "name":
            glued = start if "SERVICE" in token.text.partition(":")[0].upper() else None
        elif token.kind == "iri" and _SERVICE_IN_IRI.search(token.text):
            raise _refused("SERVICE", text, start)
        elif token.kind == "word":
            word = token.text.upper()
            if "SERVICE" in word or word in _UPDATES:
                raise _refused("SERVICE" if "SERVICE" in word else word, text, start)
            operators += word in _PATTERNS
            values = values or word == "VALUES"
        elif token.kind == "sign":
            operators += token.text in _OPERATORS
            if token.text in _CLOSING and members:
                members.pop()
                values = values and token.text != "}"
                continue
        if members and token.text != ",":
            members[-1] += 1
            if members[-1] > MAX_LIST and not values:
                raise _too_many(
                    "query-list", MAX_LIST, "一对括号中的成员", "members in one pair of brackets", text, start
                )
        if token.kind == "sign" and token.text in _OPENING:
            members.append(0 if token.text == "(" else -MAX_CHARACTERS)
            if len(members) > MAX_DEPTH:
                raise _too_many("query-depth", MAX_DEPTH, "嵌套的括号", "nested brackets", text, start)
        if operators > MAX_OPERATORS:
            raise _too_many(
                "query-operators",
                MAX_OPERATORS,
                "运算符和图模式",
                "operators and graph patterns",
                text,
                start,
            )


def _refused(word: str, text: str, offset: int) -> QueryError:
    line, column = line_and_column(text, offset)
    if word == "SERVICE":
        why = (
            "本服务不代为访问其他服务器；请直接查询该服务",
            "this endpoint asks no other server; query that one directly",
        )
    else:
        why = (
            "本服务只读，只回答 SELECT、ASK、CONSTRUCT 和 DESCRIBE",
            "this endpoint is read-only and answers SELECT, ASK, CONSTRUCT and DESCRIBE",
        )
    return QueryError(
        "query-refused",
        f"第 {line} 行第 {column} 列：不允许 {word}，{why[0]}",
        f"line {line}, column {column}: {word} is refused; {why[1]}",
        kind="refused",
    )


def _too_many(code: str, maximum: int, zh: str, en: str, text: str, offset: int) -> QueryError:
    line, column = line_and_column(text, offset)
    return QueryError(
        code,
        f"第 {line} 行第 {column} 列：{zh}超过 {maximum} 个",
        f"line {line}, column {column}: more than {maximum} {en}",
        kind="too-large",
    )
