"""What the form of a question offers for a parameter that is an entity: the first of its kind, by key and name."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import ask, prepared, table, value
from fundtrace_server.views.linking import Link
from fundtrace_server.views.naming import to

OFFERED: Final = 300
"""Entities that a form offers; what is not among them can be written."""

_CLASSES: Final = {
    "agency": "Agency",
    "department": "Department",
    "document": "FundingDocument",
    "other": "Region",
    "region": "Region",
}


def offered(index: Index, parameter: str, language: str) -> tuple[tuple[str, str], ...]:
    """Keys (`department/130636-323`) and names for a parameter, by its name; none where everything of a release might do."""
    class_name = _CLASSES.get(parameter)
    return _offered(index, class_name, language) if class_name else ()


@prepared
def _first(class_name: str) -> sa.Select[Any]:
    own = table(class_name)
    return sa.select(own.c.key, own.c.label_zh, own.c.label_en).order_by(own.c.n).limit(value("limit"))


@lru_cache(maxsize=64)
def _offered(index: Index, class_name: str, language: str) -> tuple[tuple[str, str], ...]:
    found = [to(key, zh, en, language) for key, zh, en in ask(index, _first(class_name), limit=OFFERED)]
    return tuple((_key(one), one.label) for one in found)


def _key(link: Link) -> str:
    return (link.path or "").removeprefix("/page/")
