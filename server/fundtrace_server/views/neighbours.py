"""What stands beside a funding document: documents cited with it, suggestions about it, and where its written forms were seen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import ask, concepts, prepared, table, value
from fundtrace_server.views.linking import Link
from fundtrace_server.views.naming import links, to

LOOKED_AT: Final = 2_000
"""Citing projects, and citations, that are looked at: those with the largest budgets, and the first."""

LISTED: Final = 20
"""Documents cited together that are listed."""

MOST_SUGGESTIONS: Final = 50


@dataclass(frozen=True, slots=True)
class Together:
    """A document that is cited by the same projects, and by how many of them."""

    document: Link
    projects: int


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """Something that may belong together with the document: why, how sure (0 to 1), and what a person decided."""

    other: Link
    path: str
    kind: str
    reason: str
    confidence: Decimal | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class FormView:
    """A written form, how often it was seen among the citations looked at, and where first."""

    text: str
    seen: int
    project: Link | None
    source: Link | None
    line: int | None


@prepared
def _together() -> sa.Select[Any]:
    stored, cites = table("Project_cites_by_totalBudget"), table("Project_cites")
    first = (
        sa.select(stored.c.subject)
        .where(stored.c.object == value("of"))
        .order_by(stored.c.missing, stored.c.value.desc(), stored.c.subject)
        .limit(LOOKED_AT)
        .subquery()
    )
    count = sa.func.count().label("projects")
    return (
        sa.select(cites.c.object, count)
        .join_from(first, cites, cites.c.subject == first.c.subject)
        .where(cites.c.object != value("of"))
        .group_by(cites.c.object)
        .order_by(count.desc(), cites.c.object)
        .limit(LISTED)
    )


def cited_together(index: Index, document: int, language: str) -> tuple[Together, ...]:
    """The documents that the projects citing a document cite too, most often first."""
    found = ask(index, _together(), of=document)
    named = links(index, {n for n, _ in found}, language)
    return tuple(Together(named[n], projects) for n, projects in found)


@prepared
def _suggestions() -> sa.Select[Any]:
    suggestion, here, there = (
        table("Suggestion"),
        table("Suggestion_suggests").alias(),
        table("Suggestion_suggests"),
    )
    other = table("Entity").alias()
    kept = ("key", "suggestionKind", "reason", "confidence", "decision")
    return (
        sa.select(*(suggestion.c[name] for name in kept), other.c.key, other.c.label_zh, other.c.label_en)
        .select_from(
            here.join(suggestion, suggestion.c.n == here.c.subject)
            .join(there, there.c.subject == here.c.subject)
            .join(other, other.c.n == there.c.object)
        )
        .where(here.c.object == value("of"), there.c.object != value("of"))
        .order_by(suggestion.c.confidence_number.desc(), other.c.n)
        .limit(MOST_SUGGESTIONS)
    )


def suggestions(index: Index, entity: int, language: str) -> tuple[SuggestionView, ...]:
    """What is suggested about an entity, the surest first."""
    codes = concepts(index)
    found = []
    for key, kind, reason, confidence, decision, other, zh, en in ask(index, _suggestions(), of=entity):
        found.append(
            SuggestionView(
                other=to(other, zh, en, language),
                path=f"/page/{key}",
                kind=codes.get(kind, ""),
                reason=reason or "",
                confidence=None if confidence is None else Decimal(confidence),
                decision=codes.get(decision) if isinstance(decision, int) else decision,
            )
        )
    return tuple(found)


@prepared
def _forms() -> sa.Select[Any]:
    citation = table("Citation")
    looked = (
        sa.select(citation.c.n, citation.c.printed)
        .where(citation.c.citedDocument == value("of"))
        .limit(LOOKED_AT)
        .subquery()
    )
    counted = (
        sa.select(looked.c.printed, sa.func.count().label("seen"), sa.func.min(looked.c.n).label("first"))
        .group_by(looked.c.printed)
        .subquery()
    )
    first = citation.alias()
    read = table("Citation_source")
    source = sa.select(sa.func.min(read.c.object)).where(read.c.subject == first.c.n).scalar_subquery()
    return (
        sa.select(counted.c.printed, counted.c.seen, first.c.citingProject, source, first.c.line)
        .join_from(counted, first, first.c.n == counted.c.first)
        .order_by(counted.c.seen.desc(), counted.c.printed)
        .limit(LISTED)
    )


def written_forms(index: Index, document: int, forms: tuple[str, ...], language: str) -> tuple[FormView, ...]:
    """The written forms of a document, the most frequent first; those that no citation looked at prints stand last."""
    found = ask(index, _forms(), of=document)
    named = links(index, {n for row in found for n in row[2:4]}, language)
    seen = tuple(
        FormView(text, count, named.get(project), named.get(source), line)
        for text, count, project, source, line in found
        if text
    )
    known = {one.text for one in seen}
    return (*seen, *(FormView(text, 0, None, None, None) for text in forms if text not in known))
