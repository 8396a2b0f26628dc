"""Pages from templates: Jinja2 with escaping on, strict names, and the few filters that templates need."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from fundtrace_server.assets import asset
from fundtrace_server.caching import conditional
from fundtrace_server.messages import LANGUAGES, Messages

_TEMPLATES = Path(__file__).parent / "templates"
_SAFE_IN_PATH = "/~-_."


def page(request: Request, template: str, context: Mapping[str, Any], *, status: int = 200) -> Response:
    """A template rendered in the language that the request asks for, with validators, or 304."""
    language = language_of(request)
    messages = Messages(language)
    serving = request.scope.get("fundtrace")
    text = (
        environment()
        .get_template(template)
        .render(
            t=messages,
            lang=language,
            link=Linker(request.query_params.get("lang")),
            other_language_url=_in_other_language(request, language),
            path=request.url.path,
            release=serving.release if serving else None,
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
    made.globals["asset"] = asset
    return made


class Linker:
    """Makes addresses for templates: a path, percent-encoded, that keeps a language chosen by `?lang=`."""

    def __init__(self, language: str | None) -> None:
        self.language = language if language in LANGUAGES else None

    def __call__(self, path: str, **query: str | int) -> str:
        """The address of a path of this server, with a query."""
        if self.language:
            query["lang"] = self.language
        address = encode_path(path)
        return f"{address}?{urlencode(query)}" if query else address


def encode_path(path: str) -> str:
    """A path with everything percent-encoded that an address may not hold raw."""
    return quote(path, safe=_SAFE_IN_PATH)


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


def _in_other_language(request: Request, language: str) -> str:
    other = next(one for one in LANGUAGES if one != language)
    query = [(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k != "lang"]
    return f"{encode_path(request.url.path)}?{urlencode([*query, ('lang', other)])}"
