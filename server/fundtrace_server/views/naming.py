"""Names and pages of entities by their number in the index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import ask, prepared, table, value
from fundtrace_server.views.linking import Link


def among(name: str) -> sa.Select[Any]:
    """The numbers of a JSON list that is given under a name, to be selected from."""
    listed = sa.func.json_each(value(name)).table_valued("value")
    return sa.select(listed.c.value)


def numbers(found: Iterable[int | None]) -> str:
    """The JSON list of numbers that `among` reads."""
    return json.dumps(sorted({n for n in found if n is not None}))


@prepared
def _named() -> sa.Select[Any]:
    entity = table("Entity")
    columns = entity.c.n, entity.c.key, entity.c.label_zh, entity.c.label_en
    return sa.select(*columns).where(entity.c.n.in_(among("ns")))


def links(index: Index, found: Iterable[int | None], language: str) -> Mapping[int, Link]:
    """Links to entities by their number."""
    return {n: to(key, zh, en, language) for n, key, zh, en in ask(index, _named(), ns=numbers(found))}


def to(key: str, zh: str | None, en: str | None, language: str) -> Link:
    """A link to an entity of which key and labels are known."""
    return Link(name(key, zh, en, language), f"/page/{key}")


def name(key: str, zh: str | None, en: str | None, language: str) -> str:
    """The label in a language, else the Chinese one, else the last segment of the key."""
    return (en if language == "en" else None) or zh or en or key.rpartition("/")[2]
