"""The entities that a number, a code, a title or words name, as statements: columns `n` and `place`.

`place` is the order in which they are told; what has the same place is told in the order of its IRI.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from fundtrace.index.metadata import link_name, metadata
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

Named: TypeAlias = sa.Select[tuple[int, int]]
Given: TypeAlias = sa.ColumnElement[Any]
"""What is looked for: a parameter, so that one statement serves every text."""

MOST: Final = 100
"""Entities that are found: all together, or of each class where words find them."""
CODED: Final = (c.Project, c.Department, c.BudgetUnit, c.Region)
"""What is found by its code."""
LABELLED: Final = (
    c.Agency,
    c.BudgetUnit,
    c.Department,
    c.FundingDocument,
    c.Project,
    c.Region,
    c.SourceDocument,
)
"""What is found by words of its label, in the order in which it is told."""

_FAR: Final = 1 << 62
_SPECIAL: Final = frozenset("*?[")


def numbered(numbers: Given) -> Named:
    """The documents with one of some canonical numbers, and those that one was merged into, in the order of the numbers.

    `numbers` is a JSON list of texts.
    """
    documents, merges = _table(c.FundingDocument), _table(c.Merge)
    own, other = (sa.func.json_each(numbers).table_valued("key", "value").alias() for _ in range(2))
    pairs = sa.union_all(
        sa.select(documents.c.n.label("n"), own.c.key.label("place")).join_from(
            own, documents, documents.c[p.number] == own.c.value
        ),
        sa.select(merges.c[p.mergedInto], other.c.key).join_from(
            other, merges, merges.c[p.mergedName] == other.c.value
        ),
    ).subquery()
    place = sa.func.min(pairs.c.place).label("place")
    return sa.select(pairs.c.n, place).group_by(pairs.c.n).order_by(place, pairs.c.n).limit(MOST)


def coded(code: Given) -> Named:
    """The projects, departments, units and regions with a code."""
    each = sa.union_all(
        *(sa.select(rows.c.n.label("n")).where(rows.c[p.code] == code) for rows in map(_table, CODED))
    ).subquery()
    return sa.select(each.c.n, sa.literal(0).label("place")).order_by(each.c.n).limit(MOST)


def titled(title: Given) -> Named:
    """The documents that a title was seen of."""
    titles = _table(link_name(c.FundingDocument, p.title))
    found = sa.select(titles.c.subject.label("n"), sa.literal(0).label("place"))
    return found.where(titles.c.object == title).order_by(titles.c.subject).limit(MOST)


def worded(pattern: Given, classes: Sequence[str] = LABELLED) -> Named:
    """The entities of these classes whose Chinese label fits what `pattern_of` made of words: by class, then by label."""
    parts = []
    for number, rows in enumerate(map(_table, classes)):
        order = (rows.c.label_zh, rows.c.n)
        place = sa.func.row_number().over(order_by=order) + number * MOST
        part = sa.select(rows.c.n.label("n"), place.label("place"))
        parts.append(part.where(rows.c.label_zh.op("GLOB")(pattern)).order_by(*order).limit(MOST).subquery())
    each = sa.union_all(*(sa.select(part.c.n, part.c.place) for part in parts)).subquery()
    return sa.select(each.c.n, each.c.place).order_by(each.c.place)


def near(issuer: Given, year: Given, serial: Given, most: int, *, elsewhere: bool = False) -> Named:
    """The documents of an issuer's code and year, the nearest serial first; `elsewhere`: other issuers' of that serial too."""
    rows = _table(c.FundingDocument)
    if elsewhere:
        chosen = sa.and_(
            rows.c[p.year] == year, sa.or_(rows.c[p.issuerCode] == issuer, rows.c[p.serial] == serial)
        )
    else:
        # An issuer has fewer documents than a year; a sum has no index, so that SQLite looks up the issuer.
        chosen = sa.and_(rows.c[p.issuerCode] == issuer, rows.c[p.year] + 0 == year)
    distance = sa.func.abs(sa.cast(rows.c[p.serial], sa.Integer) - sa.cast(serial, sa.Integer))
    place = sa.func.coalesce(distance, _FAR).label("place")
    return sa.select(rows.c.n.label("n"), place).where(chosen).order_by(place, rows.c.n).limit(most)


def pattern_of(words: str) -> str | None:
    """The GLOB pattern of what holds some words with letters in either case; None for no words, and what SQLite cannot compare.

    >>> pattern_of("Ⅲ级[1]")
    '*[Ⅲⅲ]级[[]1]*'
    """
    return f"*{''.join(map(_either, words))}*" if words and "\0" not in words else None


def _either(character: str) -> str:
    cased = {character, character.lower(), character.upper()}
    cases = sorted(one for one in cased if len(one) == 1)
    return f"[{''.join(cases)}]" if len(cases) > 1 or character in _SPECIAL else character


def _table(name: str) -> sa.FromClause:
    """The rows of a table under a name of their own, so that statements may stand within others."""
    return metadata().tables[name].alias()
