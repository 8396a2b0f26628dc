"""What an answer to an agent rests on: its query, its release, and the documents that it was read from."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from fundtrace.errors import FundtraceError
from fundtrace.query import load_questions, select
from fundtrace.release import Release

MOST_ENTITIES: Final = 200
"""Entities of an answer whose sources are looked up."""
MOST_CHARACTERS: Final = 100_000
"""Characters of an answer: more would fill what an agent can read at once."""


def told(release: Release, query: str, answer: Any, notes: tuple[str, ...] = ()) -> dict[str, Any]:
    """An answer with its query, the version of its release, and the source documents of the entities that it names.

    Raises `TooLong` for one that is longer than `MOST_CHARACTERS`.
    """
    text = json.dumps(answer, ensure_ascii=False, default=_plain)
    if len(text) > MOST_CHARACTERS:
        raise TooLong(len(text))
    found = {
        "query": query,
        "release": release.version,
        "sources": _sources(release, text),
        "answer": json.loads(text),
    }
    return {**found, "notes": list(notes)} if notes else found


class TooLong(FundtraceError):
    """An answer that no agent could read; the query is to ask for less."""

    def __init__(self, length: int) -> None:
        super().__init__(
            "answer-too-long",
            f"回答有 {length} 个字符，上限为 {MOST_CHARACTERS}；请缩小范围、少取几列或分页",
            f"the answer has {length} characters, at most {MOST_CHARACTERS} are given; "
            "narrow the question, take fewer columns, or page",
        )


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(type(value))


def _sources(release: Release, text: str) -> list[dict[str, str | None]]:
    iris = re.findall(rf"{re.escape(release.base)}id/[a-z]+/[\w~-]+", text)
    named = [NamedNode(iri) for iri in list(dict.fromkeys(iris))[:MOST_ENTITIES]]
    if not named:
        return []
    rows = select(release, load_questions()["pages/sources-of"], entity=named)
    return [
        {
            name: term.value if isinstance(term := row.get(key), NamedNode | Literal) else None
            for name, key in _SHOWN
        }
        for row in rows
    ]


_SHOWN: Final = (("iri", "source"), ("file", "fileName"), ("sha256", "sha256"))
