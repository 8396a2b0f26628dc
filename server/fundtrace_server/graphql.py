"""`/graphql`: GraphQL over HTTP, bounded and strict about what it is sent; a page for browsers; the SDL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from fundtrace.errors import FundtraceError
from fundtrace.graphql import execute, possible_types, sdl
from fundtrace_server.bodies import decode, media_type, read_body
from fundtrace_server.headers import CORS, preflight
from fundtrace_server.holding import serving_of
from fundtrace_server.negotiation import best_media_type, prefers_html
from fundtrace_server.problems import Problem, answer, from_error, not_acceptable
from fundtrace_server.rendering import page

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""What the endpoint takes."""

JSON = "application/json"
RESPONSE = "application/graphql-response+json"

_AVAILABLE = {"json": JSON, "graphql-response": RESPONSE}
_EXAMPLES = ("document", "project", "departments")
_LARGEST_INTEGER = 400
"""Digits of a number in variables; JSON itself knows no bound."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client asks: the document, its variables, and which operation of it."""

    query: str
    variables: dict[str, Any]
    name: str | None


async def graphql(request: Request) -> Response:
    """`GET`, `HEAD`, `POST` and `OPTIONS /graphql`; a browser that brings no query gets the query page.

    An answer in `application/json` is 200 whenever the request could be read; in `application/graphql-response+json`
    it is 400 when there is no data. What cannot be read is 400, 413 or 415, never 500.
    """
    if request.method == "OPTIONS":
        return preflight(METHODS)
    asks = request.method == "POST" or "query" in request.query_params
    if not asks and prefers_html(request.headers.get("accept")):
        return page(request, "graphql.html", {"examples": examples()})
    try:
        response = await _answered(request)
    except Problem as problem:
        response = answer(request, problem)
    except FundtraceError as error:
        response = answer(request, from_error(error))
    response.headers.update(CORS)
    return response


@cache
def examples() -> Mapping[str, str]:
    """The example operations of the query page, by name; the first stands in the form."""
    folder = Path(__file__).parent / "examples"
    return {name: (folder / f"{name}.graphql").read_text(encoding="utf-8").strip() for name in _EXAMPLES}


async def schema(request: Request) -> Response:  # noqa: ARG001 - starlette's signature
    """`GET /graphql/schema.graphql`: the schema definition."""
    return PlainTextResponse(sdl(), headers={**CORS, "Cache-Control": "no-cache"})


async def types(request: Request) -> Response:  # noqa: ARG001 - starlette's signature
    """`GET /graphql/possible-types.json`: the object types behind each interface, for the caches of clients."""
    return JSONResponse(possible_types(), headers={**CORS, "Cache-Control": "no-cache"})


async def _answered(request: Request) -> Response:
    # A browser's form names HTML; its answer is JSON all the same.
    accept = "*/*" if prefers_html(request.headers.get("accept")) else request.headers.get("accept")
    chosen = best_media_type(accept, list(_AVAILABLE.values()))
    if chosen is None:
        raise not_acceptable(_AVAILABLE)
    operation = await _operation(request)
    release = serving_of(request).release
    result = await run_in_threadpool(execute, release, operation.query, operation.variables, operation.name)
    status = 400 if chosen == RESPONSE and "data" not in result else 200
    headers = {"Cache-Control": "no-cache", "Vary": "Accept", "X-Release": release.version}
    return JSONResponse(result, status_code=status, headers=headers, media_type=chosen)


async def _operation(request: Request) -> Operation:
    if request.method != "POST":
        asked = dict(request.query_params)
        variables = _read_json(asked["variables"]) if asked.get("variables") else None
        return _checked(asked.get("query"), variables, asked.get("operationName"))
    if media_type(request) != JSON:
        raise Problem(
            415,
            "unsupported-media-type",
            f"请求正文应为 {JSON}",
            f"the body must be {JSON}",
            headers={"Accept-Post": JSON},
        )
    body = await read_body(request, request.app.state.settings.request_kib * 1024)
    asked = _read_json(decode(body))
    if not isinstance(asked, dict):
        raise _bad("正文应为一个 JSON 对象", "the body must be one JSON object")
    return _checked(asked.get("query"), asked.get("variables"), asked.get("operationName"))


def _checked(query: object, variables: object, name: object) -> Operation:
    if not isinstance(query, str) or not query.strip():
        raise _bad("query 应为非空的文字", "query must be a text that is not empty")
    if variables is not None and not isinstance(variables, dict):
        raise _bad("variables 应为 JSON 对象", "variables must be a JSON object")
    if name is not None and not isinstance(name, str):
        raise _bad("operationName 应为文字", "operationName must be a text")
    return Operation(query, variables or {}, name or None)


def _read_json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "nesting"
        raise _bad(f"无法读取 JSON：{reason}", f"the JSON cannot be read: {reason}") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _integer(digits: str) -> int:
    if len(digits) > _LARGEST_INTEGER:
        raise ValueError(f"{digits[:20]}…")
    return int(digits)


def _bad(zh: str, en: str) -> Problem:
    return Problem(400, "bad-graphql-request", zh, en)
