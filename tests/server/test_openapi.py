"""/openapi.json: every route, described truly."""

from __future__ import annotations

import re

from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from starlette.routing import Route

from fundtrace_server.app import ROUTES
from fundtrace_server.openapi import _table, describe_routes


def test_the_description_is_valid_and_whole(client) -> None:
    """It is OpenAPI 3.1, and tells of every route and of nothing else."""
    told = client.get("/openapi.json").json()
    validate(told, cls=OpenAPIV31SpecValidator)
    routes = {re.sub(r":\w+}", "}", route.path) for route in ROUTES}
    assert set(told["paths"]) == set(_table()["paths"]) == routes
    assert "release" in {one["name"] for one in told["paths"]["/page/{kind}/{key}"]["get"]["parameters"]}
    assert "post" in told["paths"]["/sparql"]
    assert told["servers"] == [{"url": "http://localhost:8000"}]


def test_what_is_described_is_answered(client) -> None:
    """Addresses without parameters answer with one of the media types that are named."""
    told = client.get("/openapi.json").json()["paths"]
    for path, methods in told.items():
        answer = methods["get"]["responses"].get("200")
        if "{" not in path and path not in {"/sparql", "/graphql", "/search"} and answer:
            found = client.get(path)
            assert found.headers["content-type"].split(";")[0] in answer["content"], path


def test_a_route_that_nobody_described_is_named() -> None:
    """It stands there by its path."""
    told = describe_routes([Route("/new/{x:path}", lambda request: None)], "https://example.org/")
    assert told["paths"]["/new/{x}"]["get"]["parameters"][0]["name"] == "x"
