"""Pages from templates: Jinja2 with escaping on, strict names, and the few filters that templates need."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from fundtrace.settings import Settings
from fundtrace_server.assets import asset, stylesheets
from fundtrace_server.caching import conditional
from fundtrace_server.holding import CURRENT_KEY, SCOPE_KEY, Serving
from fundtrace_server.linker import linker_of, route_path
from fundtrace_server.messages import LANGUAGES, Messages

_TEMPLATES = Path(__file__).parent / "templates"


def page(request: Request, template: str, context: Mapping[str, Any], *, status: int = 200) -> Response:
    """A template rendered in the language that the request asks for, with validators, or 304."""
    language = language_of(request)
    messages = Messages(language)
    serving: Serving | None = request.scope.get(SCOPE_KEY)
    link = linker_of(request)
    text = (
        environment()
        .get_template(template)
        .render(
            t=messages,
            lang=language,
            link=link,
            asset=lambda source: link.file(asset(source)),
            stylesheets=lambda source: [link.file(path) for path in stylesheets(source)],
            other_language_url=_in_other_language(request, language),
            path=request.url.path,
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
    made.filters.update(money=money, number=number, yuan=yuan)
    return made


def yuan(amount: Decimal | str) -> str:
    """An amount with grouped thousands and at least two decimals, never rounded: `220,000.00`."""
    value = Decimal(amount)
    decimals = max(2, -int(value.as_tuple().exponent))
    return f"{value:,.{decimals}f}"


def money(amount: Decimal | str | None) -> Markup:
    """An amount in yuan as `<data>`, which the script can show in 万元; a dash when it is absent."""
    if amount is None:
        return Markup('<span class="absent">—</span>')
    return Markup('<data class="money" value="{}">{}</data>').format(f"{Decimal(amount):f}", yuan(amount))


def number(count: int | Decimal | str) -> str:
    """A count with grouped thousands."""
    return f"{int(count):,}"


def _inspects(request: Request) -> bool:
    """Whether a page may lead to `/inspect`: a setting switches it off, and files that are written down have no settings."""
    app = request.scope.get("app")
    settings: Settings | None = getattr(app.state, "settings", None) if app else None
    return bool(settings and settings.inspect_mib)


def _in_other_language(request: Request, language: str) -> str:
    other = next(one for one in LANGUAGES if one != language)
    query = parse_qsl(request.url.query, keep_blank_values=True)
    return linker_of(request).translated(route_path(request), query, other)
