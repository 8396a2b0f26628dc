"""`/search`: the full text of a release, as a page by kind, or as suggestions while somebody types."""

from __future__ import annotations

import time
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fundtrace.citations import parse_number, parse_numbers
from fundtrace.errors import QueryError
from fundtrace.index import Index
from fundtrace_server.holding import serving_of
from fundtrace_server.linker import linker_of
from fundtrace_server.lookup import coded, documents
from fundtrace_server.matching import CLASSES, Hit, find, tallies
from fundtrace_server.messages import Messages
from fundtrace_server.negotiation import best_media_type
from fundtrace_server.pointing import requested_page
from fundtrace_server.rendering import language_of, page
from fundtrace_server.terms import term_names

LONGEST: Final = 200
"""Characters of a search that are looked at."""

SUGGESTED: Final = 3
"""Suggestions of each kind."""

SUGGESTING: Final = 0.25
"""Seconds after which no further kind is looked into, and that each may take."""

FIRST: Final = 5
"""Matches of each kind when all kinds are shown."""

SHOWN: Final = 20
"""Matches on a page of one kind."""

_HTML, _JSON = "text/html", "application/json"
_SUGGESTED_CLASSES = CLASSES[:8]


def search(request: Request) -> Response:
    """`GET /search?q=`: what holds the words, by kind (`class=` for one, paged), or suggestions as JSON.

    404 with a page when nothing holds them; 503 `too-slow` when there is too much of it.
    """
    asked = _asked(request)
    accepted = best_media_type(request.headers.get("accept"), [_HTML, _JSON])
    if request.query_params.get("format") == "json" or accepted == _JSON:
        return _suggestions(request, asked)
    index = serving_of(request).release.index
    language = language_of(request)
    counted = tallies(index, asked) if asked else {}
    chosen = request.query_params.get("class")
    if chosen not in counted:
        chosen = None
    number = requested_page(request)
    groups = [
        (
            name,
            find(
                index,
                asked,
                language,
                (name,),
                limit=SHOWN if chosen else FIRST,
                offset=(number - 1) * SHOWN if chosen else 0,
            ),
        )
        for name in ((chosen,) if chosen else counted)
    ]
    context = {
        "asked": asked,
        "counted": counted,
        "total": sum(counted.values()),
        "chosen": chosen,
        "groups": groups,
        "exact": _exact(index, asked, language),
        "number": number,
        "more": number * SHOWN < counted.get(chosen or "", 0),
        "names": term_names(serving_of(request).release.namespace),
        "namespace": serving_of(request).release.namespace,
    }
    found = counted or context["exact"]
    return page(request, "search.html", context, status=200 if found or not asked else 404)


def _suggestions(request: Request, asked: str) -> Response:
    index, language = serving_of(request).release.index, language_of(request)
    link, messages = linker_of(request), Messages(language)
    matches: list[dict[str, Any]] = []
    seen: set[str] = set()
    exact = _exact(index, asked, language)
    begun = time.monotonic()
    for name in _SUGGESTED_CLASSES if asked else ():
        found = [one for one in exact if one.class_name == name][:SUGGESTED]
        if time.monotonic() - begun < SUGGESTING:
            try:
                found += find(index, asked, language, (name,), limit=SUGGESTED, seconds=SUGGESTING)
            except QueryError:
                begun = 0.0  # too common a word: what is exact still helps
        for hit in found:
            if hit.path not in seen and sum(one["kind"] == name for one in matches) < SUGGESTED:
                seen.add(hit.path)
                matches.append(
                    {
                        "kind": name,
                        "group": messages(f"class.{name}"),
                        "label": hit.label,
                        "note": hit.note or None,
                        "href": link(hit.path),
                    }
                )
    number = parse_number(asked)
    body = {"asked": asked, "number": number.canonical if number else None, "matches": matches}
    return JSONResponse(body, headers={"Vary": "Accept", "Cache-Control": "no-cache"})


def _exact(index: Index, asked: str, language: str) -> list[Hit]:
    """What a number in any written form or a project code names."""
    named = documents(index, [one.canonical for one in parse_numbers(asked)], language)
    named |= coded(index, [asked.upper()], language) if asked else {}
    return [
        Hit(one.class_name, one.label, one.title or "", one.path, None, ())
        for members in named.values()
        for one in members
    ]


def _asked(request: Request) -> str:
    return " ".join(request.query_params.get("q", "").split())[:LONGEST]
