"""/graphql: GraphQL over HTTP, strict and bounded."""

from __future__ import annotations

import json

import pytest
from graphql import build_schema, parse, validate

from fundtrace_server.graphql import examples

ASKED = {"query": 'query One { fundingDocument(number: "冀財社(2020)186號") { number } }'}
EXPECTED = {"fundingDocument": {"number": "冀财社〔2020〕186号"}}
JSON = {"Content-Type": "application/json"}


def test_an_operation_is_answered_by_post_and_get(client) -> None:
    """With variables and the name of the operation, in both ways."""
    assert client.post("/graphql", json=ASKED).json()["data"] == EXPECTED
    named = {
        "query": "query A { __typename } query B($n: String) { fundingDocument(number: $n) { number } }",
        "operationName": "B",
        "variables": {"n": "冀财社[2020]186"},
    }
    assert client.post("/graphql", json=named).json()["data"] == EXPECTED
    in_address = {**named, "variables": json.dumps(named["variables"])}
    answered = client.get("/graphql", params=in_address)
    assert answered.json()["data"] == EXPECTED
    assert answered.headers["access-control-allow-origin"] == "*"
    empty = {**ASKED, "variables": None, "operationName": "", "extensions": {}}
    assert client.post("/graphql", json=empty).json()["data"] == EXPECTED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"1",
        b'"text"',
        b"{",
        b"\xff\xfe",
        b'{"query": "\xff"}',
        b'{"query": null}',
        b'{"query": 1}',
        b'{"query": "  "}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "variables": {"x": NaN}}',
        b'{"query": "{ __typename }", "variables": {"x": ' + b"9" * 5000 + b"}}",
        b"[" * 20_000,
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_cannot_be_read_is_a_bad_request(client, body: bytes) -> None:
    """400, never 500: no UTF-8, no JSON, no object, no query, endless numbers and brackets."""
    response = client.post("/graphql", content=body, headers=JSON)
    assert response.status_code == 400, response.text
    assert set(response.json()["error"]["message"]) == {"zh", "en"}


@pytest.mark.parametrize(
    "query",
    [
        "nonsense",
        "{ noSuchField }",
        "mutation { x }",
        "{ __typename " + "a: __typename " * 400 + "}",
        '{ fundingDocument(number: "\\ud800") { number } }',
        "query($n: Int = 99999999999999999999) { projects(first: $n) { totalCount } }",
        "{" * 3000,
    ],
    ids=lambda query: query[:24],
)
def test_an_operation_that_is_refused_is_an_error_of_graphql(client, query: str) -> None:
    """Errors without data; 400 in the newer media type, 200 in plain JSON."""
    plain = client.post("/graphql", json={"query": query})
    assert plain.status_code == 200, plain.text
    assert plain.json()["errors"]
    assert "data" not in plain.json()
    accept = {"Accept": "application/graphql-response+json"}
    newer = client.post("/graphql", json={"query": query}, headers=accept)
    assert newer.status_code == 400
    assert newer.headers["content-type"].startswith("application/graphql-response+json")


def test_bodies_of_other_kinds_or_sizes_are_refused(client) -> None:
    """415 for another type, 413 beyond the limit, 406 for an answer that is no JSON."""
    refused = client.post("/graphql", content=b"{}", headers={"Content-Type": "text/plain"})
    assert refused.status_code == 415
    assert refused.headers["accept-post"] == "application/json"
    assert client.post("/graphql", content=b"{" + b" " * 70_000, headers=JSON).status_code == 413
    assert client.post("/graphql", json=ASKED, headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/graphql").status_code == 400
    assert client.request("PUT", "/graphql").status_code == 405


def test_preflight_allows_a_page_to_post(client) -> None:
    """CORS for any origin, since there are no cookies."""
    response = client.request("OPTIONS", "/graphql", headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    assert "Content-Type" in response.headers["access-control-allow-headers"]


def test_a_browser_gets_a_page_with_examples_that_are_valid(client) -> None:
    """The examples validate against the published schema and answer; its form works without a script."""
    page = client.page("/graphql")
    assert page.status_code == 200
    assert "data-graphql" in page.text
    schema = build_schema(client.get("/graphql/schema.graphql").text)
    for text in examples().values():
        assert validate(schema, parse(text)) == []
        answer = client.post("/graphql", json={"query": text}).json()
        assert "errors" not in answer
        assert all(value is not None for value in answer["data"].values())
    submitted = client.page("/graphql?query=%7B__typename%7D")
    assert submitted.json()["data"] == {"__typename": "Query"}


def test_an_error_of_the_rooms_below_keeps_its_status(client, monkeypatch) -> None:
    """A release that fails under a query is 503 with Retry-After."""
    from fundtrace.errors import SystemFailure
    from fundtrace_server import graphql

    def fail(*_) -> None:
        raise SystemFailure("disk", "磁盘出错", "the disk failed")

    monkeypatch.setattr(graphql, "execute", fail)
    response = client.post("/graphql", json=ASKED)
    assert response.status_code == 503
    assert "retry-after" in response.headers


def test_possible_types_are_published(client) -> None:
    """What caches of clients need to know of the interface."""
    published = client.get("/graphql/possible-types.json")
    assert "Project" in published.json()["Node"]
    assert published.headers["access-control-allow-origin"] == "*"
