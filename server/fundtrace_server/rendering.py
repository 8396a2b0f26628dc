"""Pages from templates: Jinja2 with escaping on, strict names, and the few filters that templates need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from fundtrace.settings import Settings
from fundtrace_server.amounts import UNITS, money, number, shown
from fundtrace_server.assets import asset, stylesheets
from fundtrace_server.caching import conditional
from fundtrace_server.holding import CURRENT_KEY, SCOPE_KEY, Serving
from fundtrace_server.linker import encode_path, linker_of, route_path
from fundtrace_server.messages import LANGUAGES, Messages

_TEMPLATES = Path(__file__).parent / "templates"
_SEAL = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='5' fill='#a61b1b'/>"
    "<text x='16' y='23.5' font-size='21' font-family='serif' font-weight='700' text-anchor='middle' fill='#fff'>溯</text></svg>"
)
ICON = f"data:image/svg+xml,{quote(_SEAL)}"
"""The icon of all pages: the seal of their head, in the page itself, so that nothing is asked for it."""


class Reader(Messages):
    """Whom a page is for: the words of a language, and amounts in a unit (one of `UNITS`)."""

    def __init__(self, language: str, unit: str = UNITS[0]) -> None:
        super().__init__(language)
        self.unit = unit

    @property
    def unit_name(self) -> str:
        """The name of the unit."""
        return self(f"unit.{self.unit}")

    def amount(self, amount: Decimal | str) -> str:
        """An amount in the unit, as text."""
        return shown(amount, self.unit)

    def money(self, amount: Decimal | str | None) -> Markup:
        """An amount in the unit, as an element that the script can show in another; a dash when it is absent."""
        return money(amount, self.unit)


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A unit that a page can show money in: its name, the page in it (None: the script alone can), and whether it is shown now."""

    name: str
    href: str | None
    chosen: bool


def page(request: Request, template: str, context: Mapping[str, Any], *, status: int = 200) -> Response:
    """A template rendered in the language that the request asks for, with validators, or 304."""
    language = language_of(request)
    reader = reader_of(request)
    serving: Serving | None = request.scope.get(SCOPE_KEY)
    link = linker_of(request)
    text = (
        environment()
        .get_template(template)
        .render(
            t=reader,
            units=_units(request, reader.unit),
            lang=language,
            link=link,
            asset=lambda source: link.file(asset(source)),
            stylesheets=lambda source: [link.file(path) for path in stylesheets(source)],
            other_language_url=_in_other_language(request, language),
            path=route_path(request),
            addresses=_addresses(request),
            icon=ICON,
            release=serving.release if serving else None,
            current=request.scope.get(CURRENT_KEY),
            inspects=_inspects(request),
            **context,
        )
    )
    headers = {"Content-Language": language, "Cache-Control": "no-cache"}
    return conditional(request, HTMLResponse(text, status_code=status, headers=headers))


def language_of(request: Request) -> str:
    """`?lang=` if it names a language of the pages, else Chinese.

    The documents are Chinese, and so are most readers whose browser asks for English; an address shows everybody the same.
    """
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def reader_of(request: Request) -> Reader:
    """The language and the unit that a request asks for, `?lang=` and `?unit=`."""
    unit = request.query_params.get("unit", "")
    return Reader(language_of(request), unit if unit in UNITS else UNITS[0])


@cache
def environment() -> Environment:
    """The one template environment, made at first use."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(number=number)
    return made


def _addresses(request: Request) -> dict[str, str]:
    """The address for good of a page by language: under the base, without filters. An older release is no page of its own."""
    serving: Serving | None = request.scope.get(SCOPE_KEY)
    if serving is None or request.method == "POST":
        return {}
    page = serving.release.base + encode_path(route_path(request)).removeprefix("/")
    number = request.query_params.get("page")
    found = {}
    for language in LANGUAGES:
        query = {"page": number} if number and number.isdecimal() and number != "1" else {}
        if language != LANGUAGES[0]:
            query["lang"] = language
        found[language] = f"{page}?{urlencode(query)}" if query else page
    return found


def _units(request: Request, chosen: str) -> list[UnitLink]:
    """The switch between units. A file has one form and the answer to a form no address: there the script alone changes it."""
    link, path = linker_of(request), route_path(request)
    query = parse_qsl(request.url.query, keep_blank_values=True)
    can = link.live and request.method != "POST"
    return [UnitLink(one, link.in_unit(path, query, one) if can else None, one == chosen) for one in UNITS]


def _inspects(request: Request) -> bool:
    """Whether a page may lead to `/inspect`: a setting switches it off, and files that are written down have no settings."""
    app = request.scope.get("app")
    settings: Settings | None = getattr(app.state, "settings", None) if app else None
    return bool(settings and settings.inspect_mib)


def _in_other_language(request: Request, language: str) -> str:
    other = next(one for one in LANGUAGES if one != language)
    query = parse_qsl(request.url.query, keep_blank_values=True)
    return linker_of(request).translated(route_path(request), query, other)
