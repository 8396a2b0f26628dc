"""`resolveDocument`: the documents that a text may name, found in the index within the time of its statement.

A text is read as `fundtrace.query.resolving` reads it for every face: one number, else several, else a code, a title, and
last words of a name. The first that finds something is the answer; beside a number that nobody cites stand those near it.
"""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from graphql import FieldNode

from fundtrace.citations import parse_number, parse_numbers
from fundtrace.graphql.compiling import Compiler
from fundtrace.graphql.filtering import Condition, rows_of, table
from fundtrace.index import writing

LONGEST: Final = 500
"""Characters of a text that are looked at."""
_MOST: Final = 100
"""Documents that are named."""
_MOST_NEAR: Final = 50
_CODED: Final = ("Project", "Department", "BudgetUnit", "Region")
_TO_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "number": ("文号相同", "it has this number"),
    "numbers": ("文中写有它的文号", "the text holds its number"),
    "title": ("标题相同", "it has this title"),
    "words": ("名称中含有这些字", "its name holds these words"),
    "near": (
        "没有这个文号；它是同一机关同年的文件",
        "no document has this number; it is of the same issuer and year",
    ),
}
"""Why a document may be the one that a text names, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text as it was read: its numbers as a JSON list, issuer and year of the one number that it is, else what else it may be."""

    way: str
    numbers: str
    issuer: str | None = None
    year: int | None = None
    code: str | None = None
    title: str | None = None
    words: str | None = None


def matches(compiler: Compiler, nodes: list[FieldNode], text: Any) -> sa.Select[Any]:
    """The JSON of the documents that a text may name, the likeliest first."""
    found = _found(compiler, text).subquery()
    rows = rows_of("FundingDocument")
    kind = compiler.kind("DocumentMatch")
    pairs: list[tuple[str, Any]] = []
    for key, below in compiler.selector.fields(kind, nodes).items():
        match below[0].name.value:
            case "__typename":
                pairs.append((key, sa.literal(kind.name)))
            case "rank":
                pairs.append((key, found.c.rank))
            case "reason":
                pairs.append((key, found.c.way))
            case "explanation":
                given = compiler.selector.arguments(kind.fields["explanation"], below[0])
                at = 0 if given["lang"] == "ZH" else 1
                told = {name: sa.literal(texts[at]) for name, texts in REASONS.items()}
                pairs.append((key, sa.case(told, value=found.c.way)))
            case _:
                pairs.append((key, compiler.object(compiler.kind("FundingDocument"), below, rows)))
    joined = found.join(rows, rows.c.n == found.c.n)
    listed = sa.select(writing.json_object(pairs)).select_from(joined).order_by(found.c.rank)
    return sa.select(compiler.listed(listed, joined, found, rows))


def _found(compiler: Compiler, text: Any) -> sa.Select[Any]:
    """The way, rank and number of each document that is found, by the first way that finds any."""

    def part(make: Callable[[Asked], Any]) -> sa.BindParameter[Any]:
        return compiler.selector.bind(text, lambda given: make(_read(given[: 2 * LONGEST])))

    numbered = _numbered(part(lambda asked: asked.numbers))
    titled = _titled(part(lambda asked: asked.title)).cte()
    documents = rows_of("FundingDocument")
    label, number = documents.c.label_zh, documents.c.n
    code, words = part(lambda asked: asked.code), part(lambda asked: asked.words)
    coded = sa.or_(
        *(
            sa.exists(sa.select(sa.literal(1)).select_from(rows).where(rows.c.code == code))
            for rows in map(rows_of, _CODED)
        )
    )
    place = sa.func.row_number().over(order_by=(label, number))
    near = (
        sa.select(sa.literal("near"), place, number)
        .where(
            documents.c.issuerCode == part(lambda asked: asked.issuer),
            documents.c.year == part(lambda asked: asked.year),
            ~_any(numbered),
        )
        .limit(_MOST_NEAR)
        .subquery()
    )
    named = sa.select(sa.literal("words"), place, number).where(
        sa.func.instr(sa.func.lower(label), words) > 0, ~_any(numbered), ~coded, ~_any(titled)
    )
    each = sa.union_all(
        sa.select(
            part(lambda asked: asked.way).label("way"),
            numbered.c.place.label("place"),
            numbered.c.n.label("n"),
        ),
        sa.select(near),
        sa.select(sa.literal("title"), titled.c.n, titled.c.n).where(~_any(numbered), ~coded),
        named,
    ).subquery()
    rank = sa.func.row_number().over(order_by=(each.c.place, each.c.n)).label("rank")
    return sa.select(each.c.way, rank, each.c.n).order_by(rank).limit(_MOST)


def _numbered(numbers: sa.BindParameter[Any]) -> sa.CTE:
    """The documents with one of some numbers, also those that one was merged into, in the order of the numbers."""
    documents, merges = rows_of("FundingDocument"), rows_of("Merge")
    each, other = (sa.func.json_each(numbers).table_valued("key", "value").alias() for _ in range(2))
    pairs = sa.union_all(
        sa.select(documents.c.n.label("n"), each.c.key.label("place")).join_from(
            each, documents, documents.c.number == each.c.value
        ),
        sa.select(merges.c.mergedInto, other.c.key).join_from(
            other, merges, merges.c.mergedName == other.c.value
        ),
    ).subquery()
    return sa.select(pairs.c.n, sa.func.min(pairs.c.place).label("place")).group_by(pairs.c.n).cte()


def _titled(title: sa.BindParameter[Any]) -> sa.Select[Any]:
    titles = table("FundingDocument_title").alias()
    return sa.select(titles.c.subject.label("n")).where(titles.c.object == title)


def _any(found: sa.CTE) -> Condition:
    return sa.exists(sa.select(sa.literal(1)).select_from(found))


@lru_cache(maxsize=256)
def _read(text: str) -> Asked:
    asked = " ".join(text.split())[:LONGEST]
    number = parse_number(asked)
    if number is not None:
        return Asked("number", _listed(number.canonical), number.issuer, number.year)
    numbers = [one.canonical for one in parse_numbers(asked)]
    if not asked:
        return Asked("numbers", "[]")
    return Asked(
        "numbers",
        _listed(*numbers),
        code=asked.upper(),
        title=asked.strip("《》〈〉 "),
        words=asked.translate(_TO_LOWER),
    )


def _listed(*numbers: str) -> str:
    return json.dumps(numbers, ensure_ascii=False)
