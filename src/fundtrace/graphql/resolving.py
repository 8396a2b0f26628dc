"""`resolveDocument`: the documents that a text may name, found in the index within the time of its statement.

A text is read as `fundtrace.query.resolving` reads it for every face, and what it names is found by the same statements: one
number, else several, else a code, a title, and last words of a name. The first that finds something is the answer; beside a
number that nobody cites stand those near it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sqlalchemy as sa
from graphql import FieldNode

from fundtrace.graphql.compiling import Compiler
from fundtrace.graphql.filtering import Condition, rows_of
from fundtrace.index import naming, writing
from fundtrace.query.resolving import MOST_NEAR, Asked, read
from fundtrace.vocab import classes as c

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
        return compiler.selector.bind(text, lambda given: make(read(given)))

    def found(way: Any, rows: sa.CTE | sa.Subquery, *conditions: Condition) -> sa.Select[Any]:
        return sa.select(way.label("way"), rows.c.place, rows.c.n).where(*conditions)

    numbered = naming.numbered(part(lambda asked: asked.numbers)).cte()
    coded = naming.coded(part(lambda asked: asked.code)).cte()
    titled = naming.titled(part(lambda asked: asked.title)).cte()
    # Without a pattern no label is compared: a condition on the rows is looked at behind the pattern.
    pattern = sa.case((~sa.or_(*map(_any, (numbered, coded, titled))), part(lambda asked: asked.words)))
    worded = naming.worded(pattern, [c.FundingDocument]).subquery()
    number = (
        part(lambda asked: asked.number and asked.number.issuer),
        part(lambda asked: asked.number and asked.number.year),
        part(lambda asked: asked.number and asked.number.serial),
    )
    near = naming.near(*number, MOST_NEAR).subquery()
    each = sa.union_all(
        found(part(lambda asked: "number" if asked.number else "numbers"), numbered),
        found(sa.literal("near"), near, ~_any(numbered)),
        found(sa.literal("title"), titled, ~_any(numbered), ~_any(coded)),
        found(sa.literal("words"), worded),
    ).subquery()
    rank = sa.func.row_number().over(order_by=(each.c.place, each.c.n)).label("rank")
    return sa.select(each.c.way, rank, each.c.n).order_by(rank).limit(naming.MOST)


def _any(found: sa.CTE) -> Condition:
    return sa.exists(sa.select(sa.literal(1)).select_from(found))
