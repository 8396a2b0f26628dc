"""What a person typed → the entities that it names: a number in any form, a code, a title, or words."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fundtrace.citations import DocumentNumber
from fundtrace.query.resolving import Match as Named
from fundtrace.query.resolving import resolve as resolve_names
from fundtrace.release import Release
from fundtrace_server.addresses import page_path
from fundtrace_server.holding import serving_of
from fundtrace_server.indexed import SECONDS
from fundtrace_server.linker import linker_of
from fundtrace_server.rendering import language_of, page
from fundtrace_server.views.document import issuer_of
from fundtrace_server.views.uncited import view_uncited

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
    """The entities that a text names and that have a page of their own."""
    found = resolve_names(release.index, asked, SECONDS)
    matches = tuple(match for named in found.matches if (match := _match(named, release)))
    return Answer(found.asked, found.number, matches)


def resolve(request: Request) -> Response:
    """`GET /resolve?q=`: 303 to the one match, 300 with a page of several, 404 with a page for none."""
    release = serving_of(request).release
    answer = resolve_text(release, request.query_params.get("q", ""))
    if len(answer.matches) == 1:
        link = linker_of(request)
        return RedirectResponse(link(answer.matches[0].path), status_code=303)
    if answer.matches:
        return _choices(request, answer, 300)
    return _missing(request, release, answer)


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
        "beside": view_uncited(release.index, number, language_of(request)) if number else None,
    }
    return page(request, "missing.html", context, status=404)


def _match(named: Named, release: Release) -> Match | None:
    path = page_path(named.iri, release.base)
    if path is None or named.class_name not in _ORDER:
        return None
    return Match(named.class_name, named.label, named.note, path)
