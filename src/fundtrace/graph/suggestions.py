"""Suggestions: what a person may confirm, with a reason and a confidence. Nothing is merged, and no sum knows of them.

- `same-document`: two numbers of one year and serial whose codes are one letter apart (the reasons of
  `citations.suggest`), or a whole title that is also printed beside a number (`same-title`). A notice's title is compared
  within the region that cites it only, because every level issues one under the same words, and a title that more than
  `SHARED` numbers bear points at none of them.
- `possibly-funded`: the name of a project says that money is handed down, no document funds it, and a numbered document
  or notice stands in a basis cell (`name-hands-down`, or `title-hands-down` where its title says so too).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fundtrace.citations import DocumentNumber, suggest, title_kind
from fundtrace.graph.cited import Cited
from fundtrace.graph.keys import squeeze
from fundtrace.graph.pen import Pen, shorten
from fundtrace.records import Citation, Project
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

SHARED = 5
"""Numbers that may bear one title before it says nothing about any of them."""

_HANDED_DOWN = "下达"
_ISSUED = ("印发", "转发")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be so of two entities: their kinds and keys, why, how likely (0 to 1), and a label for people."""

    kind: Literal["same-document", "possibly-funded"]
    first: tuple[str, str]
    second: tuple[str, str]
    reason: str
    confidence: str
    label: str


def write_suggestion(pen: Pen, suggestion: Suggestion) -> None:
    """States a suggestion under the keys of what it is about."""
    (_, first), (_, second) = suggestion.first, suggestion.second
    subject = pen.entity(c.Suggestion, pen.iris.pair("suggestion", first, second), shorten(suggestion.label))
    pen.concept(subject, p.suggestionKind, "suggestion", suggestion.kind)
    pen.text(subject, p.reason, suggestion.reason)
    pen.decimal(subject, p.confidence, suggestion.confidence)
    for kind, key in (suggestion.first, suggestion.second):
        pen.link(subject, p.suggests, pen.iris.iri(kind, key))


def same_documents(documents: Mapping[str, Cited]) -> Iterator[Suggestion]:
    """Pairs of documents, by key, that may be one."""
    yield from _near_numbers(documents)
    yield from _same_titles(documents)


def write_possible_funding(
    pen: Pen, key: str, project: Project, cited: Sequence[tuple[Citation, str]]
) -> None:
    """States which of the documents that a project cites (with their keys) may fund it, though none is said to."""
    if _HANDED_DOWN not in project.name or any(citation.role == "funds" for citation, _ in cited):
        return
    told: set[str] = set()
    for citation, document in cited:
        if citation.place == "basis" and document not in told and _may_fund(citation):
            told.add(document)
            says_so = _HANDED_DOWN in (citation.title or "")
            pen.link(
                f"<{pen.iris.iri('project', key)}>",
                p.possiblyFundedUnder,
                pen.iris.iri("document", document),
            )
            write_suggestion(
                pen,
                Suggestion(
                    "possibly-funded",
                    ("project", key),
                    ("document", document),
                    "title-hands-down" if says_so else "name-hands-down",
                    "0.8" if says_so else "0.4",
                    f"{citation.number or citation.title} 可能下达了“{project.name}”的资金",
                ),
            )


def _may_fund(citation: Citation) -> bool:
    title = citation.title
    if citation.kind not in {"numbered", "notice"}:
        return False
    return title is None or not (
        any(word in title for word in _ISSUED) or title_kind(title) in {"law", "measure"}
    )


def _near_numbers(documents: Mapping[str, Cited]) -> Iterator[Suggestion]:
    keys: defaultdict[DocumentNumber, list[str]] = defaultdict(list)
    for key, cited in documents.items():
        if cited.number is not None:
            keys[cited.number].append(key)
    for pair in suggest(keys):
        for first in keys[pair.first]:
            for second in keys[pair.second]:
                scopes = {documents[first].scope, documents[second].scope} - {None}
                if len(scopes) < 2:
                    yield Suggestion(
                        "same-document",
                        ("document", first),
                        ("document", second),
                        pair.reason,
                        str(pair.confidence),
                        f"{pair.first.canonical} 与 {pair.second.canonical} 可能是同一份文件",
                    )


def _same_titles(documents: Mapping[str, Cited]) -> Iterator[Suggestion]:
    numbered: defaultdict[str, list[tuple[str, Cited]]] = defaultdict(list)
    for key, cited in documents.items():
        if cited.number is not None:
            for title in {_plain(title) for title in cited.titles}:
                numbered[title].append((key, cited))
    for key, cited in documents.items():
        if cited.number is None:
            found = {
                other: of_number.number
                for title in cited.titles
                for other, of_number in numbered.get(_plain(title), ())
                if of_number.number is not None and (not cited.local or cited.readers & of_number.readers)
            }
            if len(found) <= SHARED:
                for other, number in sorted(found.items()):
                    yield Suggestion(
                        "same-document",
                        ("document", other),
                        ("document", key),
                        "same-title",
                        "0.7" if len(found) == 1 else "0.3",
                        f"《{min(cited.titles)}》可能就是 {number.canonical}",
                    )


def _plain(title: str) -> str:
    return squeeze(title).strip("《》")
