"""/graphql: GraphQL over HTTP, strict and bounded."""

from __future__ import annotations

import json

import pytest
from graphql import build_schema, parse, validate

from fundtrace_server.graphql import examples

ASKED = {"query": 'query One { fundingDocument(number: "冀財社(2020)186號") { number } }'}
EXPECTED = {"fundingDocument": {"number": "冀财社〔2020〕186号"}}


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


def test_preflight_allows_a_page_to_post(client) -> None:
    """CORS for any origin, since there are no cookies."""
    response = client.request("OPTIONS", "/graphql", headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    assert "Content-Type" in response.headers["access-control-allow-headers"]


def test_a_browser_gets_a_page_with_examples_that_are_valid(client) -> None:
    """The examples validate against the published schema and answer; its form works without a script."""
    page = client.page("/graphql")
    assert page.status_code == 200
    assert "data-example" in page.text
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

    def fail(*_, **__) -> None:
        raise SystemFailure("disk", "磁盘出错", "the disk failed")

    monkeypatch.setattr(graphql, "respond_quickly", fail)
    response = client.post("/graphql", json=ASKED)
    assert response.status_code == 503
    assert "retry-after" in response.headers


def test_errors_beside_data_name_the_request(client) -> None:
    """As every other error does."""
    query = '{ release { version } fundingDocument(number: "冀财社〔2020〕186号") { citedBy(after: "x") { totalCount } } }'
    asked = {"query": query}
    response = client.post("/graphql", json=asked)
    assert response.json()["data"]["release"]
    (error,) = response.json()["errors"]
    assert error["extensions"]["request"] == response.headers["x-request-id"]


def test_answers_have_the_same_head_the_first_time_and_after(client) -> None:
    """Type, length, release, and what caches and pages of others need to know."""
    first, again = (client.post("/graphql", json=ASKED) for _ in range(2))
    for response in (first, again):
        assert response.headers["content-type"] == "application/json"
        assert response.headers["content-length"] == str(len(response.content))
        assert response.headers["cache-control"] == "no-cache"
        assert "Accept" in response.headers["vary"]
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["x-release"]


def test_possible_types_are_published(client) -> None:
    """What caches of clients need to know of the interface."""
    published = client.get("/graphql/possible-types.json")
    assert "Project" in published.json()["Node"]
    assert published.headers["access-control-allow-origin"] == "*"


def test_an_answer_by_get_is_kept_by_release_and_operation(client) -> None:
    """A strong ETag that the spelling of variables does not change; 304 before anything runs; none for POST and errors."""
    params = {
        "query": "query($n: String, $x: Int) { fundingDocument(number: $n) { citedBy(first: $x) { totalCount } } }"
    }
    first = client.get("/graphql", params={**params, "variables": '{"n": "冀财社[2020]186", "x": 1}'})
    assert first.status_code == 200, first.text
    etag = first.headers["etag"]
    assert etag.startswith(f'"{first.headers["x-release"]}-')
    again = {**params, "variables": '{"x":1,"n":"冀财社[2020]186"}'}
    for known in (etag, f'W/{etag}, "other"'):
        kept = client.get("/graphql", params=again, headers={"If-None-Match": known})
        assert (kept.status_code, kept.content, kept.headers["etag"]) == (304, b"", etag)
        assert kept.headers["access-control-allow-origin"] == "*"
    other = {**again, "variables": '{"n": "x"}'}
    assert client.get("/graphql", params=other, headers={"If-None-Match": etag}).status_code == 200
    assert client.get("/graphql", params=again, headers={"If-None-Match": "*"}).status_code == 200
    accept = {"Accept": "application/graphql-response+json"}
    assert client.get("/graphql", params=again, headers=accept).headers["etag"] != etag
    refused = client.get("/graphql", params={"query": "{ noSuchField }"}, headers=accept)
    assert (refused.status_code, "etag" in refused.headers) == (400, False)
    assert "etag" not in client.post("/graphql", json=ASKED).headers
    head = client.request("HEAD", "/graphql", params=again)
    assert head.headers["etag"] == etag


def test_the_schema_and_the_types_are_kept_too(client) -> None:
    """304 for who has them."""
    for path in ("/graphql/schema.graphql", "/graphql/possible-types.json"):
        etag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_preflight_allows_the_headers_that_clients_send(client) -> None:
    """Those that are asked for; a list that is no list of names gets the usual ones."""
    asked = {"Access-Control-Request-Headers": "content-type, apollographql-client-name, x-explain"}
    allowed = client.request("OPTIONS", "/graphql", headers=asked).headers["access-control-allow-headers"]
    assert "apollographql-client-name" in allowed
    odd = {"Access-Control-Request-Headers": "a;b, " + "c" * 20}
    allowed = client.request("OPTIONS", "/graphql", headers=odd).headers["access-control-allow-headers"]
    assert "Content-Type" in allowed
