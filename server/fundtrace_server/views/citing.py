"""Where projects cite a document: role, place, printed text and line of each citation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import ask, concepts, prepared, table, value
from fundtrace_server.views.linking import Link
from fundtrace_server.views.naming import among, links, numbers

MOST_NARRATIVE: Final = 100
"""Citations in the narrative of sources that a page lists."""


@dataclass(frozen=True, slots=True)
class CitationView:
    """One citation as printed: place and role are concept codes."""

    place: str
    role: str
    printed: str
    article: str | None
    line: int | None
    indicator: str | None


def _columns() -> tuple[sa.FromClause, list[sa.ColumnElement[Any]]]:
    citation, indicator = table("Citation"), table("Indicator")
    joined = citation.outerjoin(indicator, indicator.c.n == citation.c.citingIndicator)
    names = ("place", "role", "printed", "article", "line")
    return joined, [*(citation.c[name] for name in names), indicator.c.name]


@prepared
def _of_projects() -> sa.Select[Any]:
    citation = table("Citation")
    joined, columns = _columns()
    # An expression is no column of an index: the engine walks the citations of the projects, not all of the document's.
    document = citation.c.citedDocument + 0
    return (
        sa.select(citation.c.citingProject, *columns)
        .select_from(joined)
        .where(citation.c.citingProject.in_(among("ns")), document == value("of"))
        .order_by(citation.c.line.is_(None), citation.c.line, citation.c.n)
    )


def citations(index: Index, document: int, projects: Iterable[int]) -> Mapping[int, tuple[CitationView, ...]]:
    """The citations of a document by projects, by the number of the project."""
    found: dict[int, list[CitationView]] = defaultdict(list)
    codes = concepts(index)
    for project, *rest in ask(index, _of_projects(), of=document, ns=numbers(projects)):
        found[project].append(_view(codes, *rest))
    return {project: tuple(members) for project, members in found.items()}


@prepared
def _narrative() -> sa.Select[Any]:
    citation, told, source = table("Citation"), table("SourceDocument_citation"), table("SourceDocument")
    joined, columns = _columns()
    return (
        sa.select(source.c.n, *columns)
        .select_from(
            joined.join(told, told.c.object == citation.c.n).join(source, source.c.n == told.c.subject)
        )
        .where(citation.c.citedDocument + 0 == value("of"), citation.c.citingProject.is_(None))
        .order_by(source.c.n, citation.c.line, citation.c.n)
        .limit(MOST_NARRATIVE)
    )


def narrative(index: Index, document: int, language: str) -> tuple[tuple[Link, CitationView], ...]:
    """The citations of a document in the narrative of sources."""
    found = ask(index, _narrative(), of=document)
    named = links(index, {row[0] for row in found}, language)
    codes = concepts(index)
    return tuple((named[source], _view(codes, *rest)) for source, *rest in found)


def _view(codes: Mapping[int, str], place: int, role: int, printed: str | None, article: str | None, line: int | None,
          indicator: str | None) -> CitationView:  # fmt: skip
    return CitationView(codes.get(place, ""), codes.get(role, ""), printed or "", article, line, indicator)
