"""What a person typed → the entities that it names: a number in any form, a code, a title, or words."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from fundtrace.citations import DocumentNumber, parse_number, parse_numbers
from fundtrace.release import Release
from fundtrace_server.addresses import page_path
from fundtrace_server.asking import Row, rows, text
from fundtrace_server.holding import serving_of
from fundtrace_server.negotiation import best_media_type
from fundtrace_server.rendering import Linker, page
from fundtrace_server.views.document import issuer_of
from fundtrace_server.views.linking import Link, row_link

LONGEST = 200
"""Characters of a search text that are looked at."""

_SUGGESTED = 8
_ORDER = ("FundingDocument", "Project", "Department", "BudgetUnit", "Region", "Agency", "SourceDocument")


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a text names: class, label, a note that tells it from its like, and its page."""

    class_name: str
    label: str
    note: str | None
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text names; `number` is set when the text is one document number."""

    asked: str
    number: DocumentNumber | None
    matches: tuple[Match, ...]


def resolve_text(release: Release, asked: str) -> Answer:
    """The entities that a text names: by number, else by code, else by title, else by words in labels."""
    asked = " ".join(asked.split())[:LONGEST]
    if not asked:
        return Answer(asked, None, ())
    number = parse_number(asked)
    if number:
        return Answer(asked, number, _by(release, "by-number", number=Literal(number.canonical)))
    several = parse_numbers(asked)
    found: tuple[Match, ...] = ()
    for one in several:
        found += _by(release, "by-number", number=Literal(one.canonical))
    if not found:
        found = _by(release, "by-code", code=Literal(asked.upper()))
    if not found:
        found = _by(release, "by-title", title=Literal(asked.strip("《》〈〉 ")))
    if not found:
        found = _by(release, "search", words=Literal(asked))
    return Answer(asked, None, tuple(dict.fromkeys(found)))


def resolve(request: Request) -> Response:
    """`GET /resolve?q=`: 303 to the one match, 300 with a page of several, 404 with a page for none."""
    release = serving_of(request).release
    answer = resolve_text(release, request.query_params.get("q", ""))
    if len(answer.matches) == 1:
        link = Linker(request.query_params.get("lang"))
        return RedirectResponse(link(answer.matches[0].path), status_code=303)
    if answer.matches:
        return _choices(request, answer, 300)
    return _missing(request, release, answer)


def search(request: Request) -> Response:
    """`GET /search?q=`: the matches as a page, or as JSON for the hints below the search box."""
    answer = resolve_text(serving_of(request).release, request.query_params.get("q", ""))
    accepted = best_media_type(request.headers.get("accept"), ["text/html", "application/json"])
    if request.query_params.get("format") == "json" or accepted == "application/json":
        link = Linker(request.query_params.get("lang"))
        shown = [
            {"kind": match.class_name, "label": match.label, "note": match.note, "href": link(match.path)}
            for match in answer.matches[:_SUGGESTED]
        ]
        canonical = answer.number.canonical if answer.number else None
        return JSONResponse(
            {"asked": answer.asked, "number": canonical, "matches": shown}, headers={"Vary": "Accept"}
        )
    if answer.matches:
        return _choices(request, answer, 200)
    return _missing(request, serving_of(request).release, answer)


def _choices(request: Request, answer: Answer, status: int) -> Response:
    groups = [
        (name, members)
        for name in _ORDER
        if (members := [match for match in answer.matches if match.class_name == name])
    ]
    context = {"asked": answer.asked, "groups": groups, "total": len(answer.matches)}
    return page(request, "choices.html", context, status=status)


def _missing(request: Request, release: Release, answer: Answer) -> Response:
    number = answer.number
    context = {
        "asked": answer.asked,
        "number": number,
        "issuer": issuer_of(number.issuer) if number else None,
        "near": _near(release, number) if number else (),
    }
    return page(request, "missing.html", context, status=404)


def _near(release: Release, number: DocumentNumber) -> tuple[Link, ...]:
    if number.year is None:
        return ()
    year = Literal(str(number.year), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
    found = rows(release, "near-numbers", issuer=Literal(number.issuer), year=year)
    links = (
        row_link(row, "iri", "number" if text(row, "number") else "label", release.base) for row in found
    )
    return tuple(link for link in links if link)


def _by(release: Release, question: str, **values: Literal) -> tuple[Match, ...]:
    matches = (_match(row, release) for row in rows(release, question, **values))
    return tuple(match for match in matches if match)


def _match(row: Row, release: Release) -> Match | None:
    path = page_path(text(row, "iri") or "", release.base)
    class_name = (text(row, "class") or "").removeprefix(release.namespace)
    if path is None or class_name not in _ORDER:
        return None
    return Match(class_name, text(row, "label") or "", text(row, "note"), path)
