"""The page of an indicator category: the indicators of this release that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from pyoxigraph import Literal, NamedNode

from fundtrace.index import Index, search_rows
from fundtrace.release import Release
from fundtrace_server.description import Description
from fundtrace_server.indexed import ask, number_of, prepared, table, value
from fundtrace_server.views.linking import Link, node_link
from fundtrace_server.views.naming import links
from fundtrace_server.views.wanted import Wanted

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"

PER_PAGE: Final = 50
"""Indicators on a page."""

FREQUENT: Final = 12
"""Names of indicators that are listed with how often they occur."""


@dataclass(frozen=True, slots=True)
class CategorisedIndicator:
    """An indicator with its page, its target as printed, and the project or statement that promises it."""

    indicator: Link
    target: str | None
    of: Link | None


@dataclass(frozen=True, slots=True)
class CategoryView:
    """Everything on the page; `indicators` are one page of `count`, which are those of `all` that the text finds."""

    iri: str
    label: str
    definition: str | None
    links: tuple[tuple[str, Link], ...]
    frequent: tuple[tuple[str, int], ...]
    indicators: tuple[CategorisedIndicator, ...]
    count: int
    all: int
    wanted: Wanted

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PER_PAGE))


def view_category(
    release: Release, description: Description, language: str, wanted: Wanted
) -> CategoryView | None:
    """The view of a concept that indicators belong to; None for one that they do not."""
    index = release.index
    of = number_of(index, description.iri.removeprefix(f"{release.base}id/"))
    if of is None:
        return None
    everything = _counted(index, of, None)
    if not everything:
        return None
    words = {"text": wanted.text} if wanted.text else {}
    offset = (wanted.page - 1) * PER_PAGE
    found = ask(index, _page(bool(words)), of=of, limit=PER_PAGE, offset=offset, **words)
    named = links(index, {n for row in found for n in (row[0], row[2])}, language)
    return CategoryView(
        iri=description.iri,
        label=description.label(language=language),
        definition=_definition(description, language),
        links=_links(release, description, language),
        frequent=_names(index, of),
        indicators=tuple(
            CategorisedIndicator(named[n], target, named.get(project)) for n, target, project in found
        ),
        count=_counted(index, of, wanted.text) if wanted.text else everything,
        all=everything,
        wanted=wanted,
    )


def _definition(description: Description, language: str) -> str | None:
    told = {
        term.language: term.value
        for term in description.properties().get(f"{_SKOS}definition", [])
        if isinstance(term, Literal)
    }
    return told.get(language) or told.get("zh")


def _links(release: Release, description: Description, language: str) -> tuple[tuple[str, Link], ...]:
    """The edition that the category belongs to, the category above it, and its theme across editions."""
    found = []
    for name in ("inScheme", "broader", "broadMatch"):
        for term in description.properties().get(_SKOS + name, []):
            if isinstance(term, NamedNode) and (
                link := node_link(description, term.value, release.base, language)
            ):
                found.append((name, link))
    return tuple(found)


def _chosen(text: bool) -> list[sa.ColumnElement[bool]]:
    indicator = table("Indicator")
    conditions = [indicator.c.category == value("of")]
    if text:
        matches = search_rows("text", ["Indicator"]).order_by(None).subquery()
        conditions.append(indicator.c.n.in_(sa.select(matches.c.n)))
    return conditions


@prepared
def _page(text: bool) -> sa.Select[Any]:
    indicator, target = table("Indicator"), table("Target")
    return (
        sa.select(indicator.c.n, target.c.printed, indicator.c.indicatorOf)
        .select_from(indicator.outerjoin(target, target.c.n == indicator.c.target))
        .where(*_chosen(text))
        .order_by(indicator.c.n)
        .limit(value("limit"))
        .offset(value("offset"))
    )


@prepared
def _count(text: bool) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table("Indicator")).where(*_chosen(text))


@lru_cache(maxsize=512)
def _counted(index: Index, of: int, text: str | None) -> int:
    words = {"text": text} if text else {}
    return int(ask(index, _count(bool(text)), of=of, **words)[0][0])


@prepared
def _frequent() -> sa.Select[Any]:
    indicator = table("Indicator")
    count = sa.func.count()
    return (
        sa.select(indicator.c.name, count)
        .where(indicator.c.category == value("of"), indicator.c.name.is_not(None))
        .group_by(indicator.c.name)
        .order_by(count.desc(), indicator.c.name)
        .limit(FREQUENT)
    )


@lru_cache(maxsize=512)
def _names(index: Index, of: int) -> tuple[tuple[str, int], ...]:
    return tuple((name, count) for name, count in ask(index, _frequent(), of=of))
