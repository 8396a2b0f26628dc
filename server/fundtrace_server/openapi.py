"""`/openapi.json`: every route described (OpenAPI 3.1), from the routes of the application and `openapi.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from fundtrace import __version__
from fundtrace.resources import parse_yaml
from fundtrace_server.caching import conditional
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of

_FILE = Path(__file__).parent / "openapi.yml"
_CONVERTER = re.compile(r":\w+\}")
_NAME = re.compile(r"\{(\w+)\}")
_ERRORS = {"400": "wrong usage", "404": "not found", "406": "no such format"}
_DESCRIBED_METHODS = ("GET", "POST")


def openapi(request: Request) -> Response:
    """`GET /openapi.json`: the description under the base of the release."""
    told = describe_routes(request.app.routes, serving_of(request).release.base)
    return conditional(request, JSONResponse(told, headers={**CORS, "Cache-Control": "no-cache"}))


def describe_routes(routes: Iterable[BaseRoute], base: str) -> dict[str, Any]:
    """The OpenAPI document of routes; a route that `openapi.yml` does not know is described by its path alone."""
    table = _table()
    paths: dict[str, Any] = {}
    for route in routes:
        if isinstance(route, Route):
            path = _CONVERTER.sub("}", route.path)
            said = table["paths"].get(path, {"en": path, "zh": path, "query": [], "types": []})
            methods = [one for one in _DESCRIBED_METHODS if one in (route.methods or ())]
            found = {one.lower(): _operation(path, one, said, table["queries"]) for one in methods}
            paths[path] = {**paths.get(path, {}), **found}
    info = {
        "title": "fundtrace",
        "version": __version__,
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": base.rstrip("/")}], "paths": paths}


def _operation(path: str, method: str, said: Mapping[str, Any], queries: Mapping[str, Any]) -> dict[str, Any]:
    status = str(said.get("status", 200))
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _NAME.findall(path)
    ]
    for name in said["query"] if method == "GET" else ():
        query = queries[name]
        parameters.append(
            {
                "name": name,
                "in": "query",
                "description": f"{query['zh']} | {query['en']}",
                "schema": query["schema"],
            }
        )
    answer = {"description": said["en"], "content": {media_type: {} for media_type in said["types"]}}
    told: dict[str, Any] = {
        "operationId": f"{method.lower()}{re.sub(r'[^a-zA-Z]+', '-', path)}".rstrip("-"),
        "summary": f"{said['zh']} | {said['en']}",
        "parameters": parameters,
        "responses": {status: answer, **{code: {"description": text} for code, text in _ERRORS.items()}},
    }
    if method == "POST":
        told["requestBody"] = {"content": {"application/x-www-form-urlencoded": {}, "application/json": {}}}
    return told


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, dict[str, Any]] = parse_yaml(_FILE.read_text(encoding="utf-8"))
    return table
