"""Two departments, regions or years side by side: each with what it rests on, its money, and the documents of both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import ask, number_of, prepared, table
from fundtrace_server.problems import Problem
from fundtrace_server.views.linking import Link
from fundtrace_server.views.members import Of
from fundtrace_server.views.naming import links, to
from fundtrace_server.views.sides import LEVELS, Share, Side, SideWanted, measured

CHOICES: Final = 400
"""Departments, and regions, to choose from: those with most projects."""

DOCUMENTS: Final = 15
"""Documents that are listed: those that fund projects on both sides, then those with the most money."""

_CLASSES: Final = {"department": "Department", "region": "Region"}
_SIDE: Final = re.compile(r"(department|region)/([\w~-]{1,150})")
_BASE: Final = re.compile(r"([0-9]{4}|none)-([a-z]{1,20})")


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """A document with the share of each side that it funds."""

    document: Link
    left: Share | None
    right: Share | None


@dataclass(frozen=True, slots=True)
class ComparedTheme:
    """A theme of indicators, and how many each side promises."""

    theme: Link
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything on the page; `common` counts the documents that fund projects on both sides."""

    left: Side
    right: Side
    levels: tuple[str, ...]
    documents: tuple[ComparedDocument, ...]
    common: int
    themes: tuple[ComparedTheme, ...]


def read_side(query: Mapping[str, str], name: str) -> SideWanted | None:
    """The side that the query of an address names; None where it names none. Raises `Problem` 400 `bad-side`."""
    text, base = query.get(name, "").strip(), query.get(f"{name}_base", "").strip()
    if not text:
        return None
    if not _SIDE.fullmatch(text) or (base and not _BASE.fullmatch(base)):
        raise Problem(
            400,
            "bad-side",
            f"不能比较“{text[:60]} {base[:20]}”；应形如 department/130636-323 或 region/130636，年度和阶段形如 2021-budget",
            f"cannot compare {text[:60]!r} {base[:20]!r}; expected department/130636-323 or region/130636, and a base such as 2021-budget",
        )
    return SideWanted(text, base or None)


def view_comparison(index: Index, left: SideWanted, right: SideWanted, language: str) -> Comparison:
    """The view of two sides. Raises `Problem` 404 for what the release does not have."""
    one, other = (_side(index, wanted, language) for wanted in (left, right))
    common = one.documents.keys() & other.documents.keys()
    every = sorted(
        one.documents.keys() | other.documents.keys(),
        key=lambda n: (n not in common, -_most(one.documents.get(n), other.documents.get(n)), n),
    )
    themes = sorted(
        one.themes.keys() | other.themes.keys(),
        key=lambda n: (-one.themes.get(n, 0) - other.themes.get(n, 0), n),
    )
    named = links(index, {*every[:DOCUMENTS], *themes}, language)
    return Comparison(
        left=one,
        right=other,
        levels=tuple(name for name in LEVELS if name in one.levels or name in other.levels),
        documents=tuple(
            ComparedDocument(named[n], one.documents.get(n), other.documents.get(n))
            for n in every[:DOCUMENTS]
        ),
        common=len(common),
        themes=tuple(ComparedTheme(named[n], one.themes.get(n, 0), other.themes.get(n, 0)) for n in themes),
    )


@prepared
def _choices(class_name: str) -> sa.Select[Any]:
    own, project = table(class_name), table("Project")
    column = project.c["department" if class_name == "Department" else "region"]
    counted = (
        sa.select(column.label("n"), sa.func.count().label("projects"))
        .where(column.is_not(None))
        .group_by(column)
        .subquery()
    )
    return (
        sa.select(own.c.key, own.c.label_zh, own.c.label_en, counted.c.projects)
        .join_from(counted, own, own.c.n == counted.c.n)
        .order_by(counted.c.projects.desc(), own.c.n)
        .limit(CHOICES)
    )


@lru_cache(maxsize=8)
def sides(index: Index, language: str) -> tuple[tuple[str, tuple[tuple[str, Link, int], ...]], ...]:
    """The departments and regions that can be compared: key, link, and how many projects."""
    return tuple(
        (
            name,
            tuple(
                (key, to(key, zh, en, language), count) for key, zh, en, count in ask(index, _choices(name))
            ),
        )
        for name in ("Department", "Region")
    )


def _side(index: Index, wanted: SideWanted, language: str) -> Side:
    n = number_of(index, wanted.key)
    if n is None:
        raise Problem(404, "not-found", f"本版中没有 {wanted.key}", f"{wanted.key} is not in this release")
    return measured(index, Of(_CLASSES[wanted.key.partition("/")[0]], n), wanted, language)


def _most(*shares: Share | None) -> Decimal:
    return max((share.yuan or Decimal(0) for share in shares if share), default=Decimal(0))
