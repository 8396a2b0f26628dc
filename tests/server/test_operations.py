"""What a client asks of /graphql: read strictly, refused with 4xx, never 5xx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundtrace.settings import Settings
from fundtrace_server.trusted import digest

JSON = {"Content-Type": "application/json"}
NEWER = {"Accept": "application/graphql-response+json"}
TEXT = 'query One { fundingDocument(number: "冀财社(2020)186號") { number } }'
DATA = {"fundingDocument": {"number": "冀财社〔2020〕186号"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of trusted documents: a document, and a map of ids."""
    folder = tmp_path_factory.mktemp("trusted")
    (folder / "one.graphql").write_text(TEXT, encoding="utf-8")
    texts = {"release@1": "query($on: Boolean!) { release { version @include(if: $on) base } }"}
    (folder / "ids.json").write_text(json.dumps(texts), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def strict(connect, data: Path, folder: Path) -> Iterator[object]:
    """A client of a server that answers trusted documents alone, and explains."""
    told = Settings(
        data=str(data),
        sparql_processes=1,
        graphql_documents=str(folder),
        graphql_trusted_only=True,
        graphql_explain=True,
    )
    with connect(told) as client:
        yield client


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'[{"query": "{ __typename }"}]',
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
        b'{"query": "{ __typename }", "extensions": 1}',
        b'{"query": "{ __typename }", "documentId": 1}',
        b'{"documentId": "' + b"x" * 300 + b'"}',
        b'{"extensions": {"persistedQuery": 1}}',
        b'{"extensions": {"persistedQuery": {"version": 1}}}',
        b'{"query": "{ __typename }", "extensions": {"persistedQuery": {"sha256Hash": "00"}}}',
        b'{"query": "{ __typename }", "variables": {"x": NaN}}',
        b'{"query": "{ __typename }", "variables": {"x": 1e999}}',
        b'{"query": "{ __typename }", "variables": {"x": ' + b"9" * 5000 + b"}}",
        b'{"query": "{ __typename }", "variables": {"x": ' + b"[" * 80 + b"]" * 80 + b"}}",
        b"[" * 20_000,
    ],
    ids=lambda body: repr(body[-40:]),
)
def test_what_cannot_be_read_is_a_bad_request(client, body: bytes) -> None:
    """400 with an error of GraphQL, in English and Chinese."""
    response = client.post("/graphql", content=body, headers=JSON)
    assert response.status_code == 400, response.text
    [error] = response.json()["errors"]
    assert error["message"]
    assert {"code", "zh"} <= set(error["extensions"])


@pytest.mark.parametrize(
    "query",
    [
        "query=%FF",
        "query=%ED%A0%80",
        "query={__typename}&query={__typename}",
        "query={__typename}&variables=nonsense",
        "query={__typename}&variables=[]",
        "query={__typename}&extensions=1",
        "query={__typename}" + "&x=1" * 30,
        "extensions=",
    ],
)
def test_an_address_that_cannot_be_read_is_a_bad_request(client, query: str) -> None:
    """Bytes that are no UTF-8, parameters twice, too many, or of the wrong kind."""
    assert client.get(f"/graphql?{query}").status_code == 400


def test_bodies_of_other_kinds_or_sizes_are_refused(client) -> None:
    """415 for another type or none, 413 beyond the limit, 406 for an answer that is no JSON."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        refused = client.post("/graphql", content=b"{}", headers={"Content-Type": kind})
        assert refused.status_code == 415
        assert refused.headers["accept-post"] == "application/json"
    assert client.post("/graphql", content=b"{" + b" " * 70_000, headers=JSON).status_code == 413
    asked = {"query": TEXT}
    assert client.post("/graphql", json=asked, headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/graphql").status_code == 400
    assert client.request("PUT", "/graphql").status_code == 405


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=3),
    max_leaves=6,
)
QUERIES = st.sampled_from(
    [
        TEXT,
        "query($a: Int) { projects(first: $a) { totalCount } }",
        "query($a: String!) { resolveDocument(text: $a) { reason } }",
        "query($a: ProjectFilter) { projects(filter: $a) { totalCount } }",
        "query($a: [ID!]!) { nodes(ids: $a) { id } }",
        "query($a: String) { projects(after: $a, first: 1) { edges { cursor } } }",
    ]
)
FIELDS = st.fixed_dictionaries(
    {"query": QUERIES | st.text(max_size=40)},
    optional={
        "variables": st.dictionaries(st.sampled_from(["a", "b", "\ud800"]), VALUES, max_size=2) | VALUES,
        "operationName": VALUES,
        "extensions": VALUES,
        "documentId": VALUES,
    },
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=FIELDS, newer=st.booleans())
def test_no_request_makes_the_server_fail(client, asked: dict[str, object], newer: bool) -> None:
    """Whatever stands in the members of the object, lone surrogates too, the answer is GraphQL's and below 500."""
    headers = {**JSON, **(NEWER if newer else {})}
    response = client.post("/graphql", content=json.dumps(asked).encode(), headers=headers)
    assert response.status_code < 500, response.text
    assert {"data", "errors"} & set(response.json())


@pytest.mark.parametrize("lone", [b'"\\ud800"', b'"\\udfff x"'])
def test_lone_surrogates_are_refused_wherever_they_stand(client, strict, lone: bytes) -> None:
    """In the document, its name, a variable, and an id."""
    for body in (
        b'{"query": ' + lone + b"}",
        b'{"query": "{ __typename }", "operationName": ' + lone + b"}",
        b'{"query": "query($a: String!) { resolveDocument(text: $a) { reason } }", "variables": {"a": '
        + lone
        + b"}}",
        b'{"documentId": ' + lone + b"}",
        b'{"extensions": {"persistedQuery": {"sha256Hash": ' + lone + b"}}}",
    ):
        for one in (client, strict):
            response = one.post("/graphql", content=body, headers={**JSON, **NEWER})
            assert 400 <= response.status_code < 500, body
            assert response.json()["errors"]


def test_trusted_documents_are_asked_by_hash_and_by_id(strict) -> None:
    """In the address and in the body, in each form; the text itself is trusted too."""
    named = digest(TEXT)
    for params in (
        {"documentId": named},
        {"documentId": f"sha256:{named.upper()}"},
        {"extensions": json.dumps({"persistedQuery": {"version": 1, "sha256Hash": named}})},
        {"query": TEXT, "documentId": named},
    ):
        if "query" not in params or params["documentId"] == named:
            assert strict.get("/graphql", params=params).json()["data"] == DATA
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": named}}
    assert strict.post("/graphql", json={"extensions": persisted}).json()["data"] == DATA
    assert strict.post("/graphql", json={"query": TEXT, "extensions": persisted}).json()["data"] == DATA
    by_id = {"documentId": "release@1", "variables": {"on": True}}
    assert strict.post("/graphql", json=by_id).json()["data"]["release"]["version"]


def test_trusted_operations_are_timed_by_name(strict) -> None:
    """A refused one is not, nor any name that a client gives."""
    counted = 'fundtrace_graphql_seconds_count{operation="One"}'

    def count() -> float:
        lines = strict.get("/metrics").text.splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(counted))

    before = count()
    for _ in range(2):
        assert strict.post("/graphql", json={"documentId": digest(TEXT)}).json()["data"] == DATA
    strict.post("/graphql", json={"documentId": digest(TEXT), "operationName": "Strange"})
    assert count() - before == 2
    assert "Strange" not in strict.get("/metrics").text


def test_other_documents_are_refused_where_only_trusted_ones_are_answered(strict) -> None:
    """403 with what to do."""
    refused = strict.post("/graphql", json={"query": "{ __typename }"})
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["extensions"]["code"] == "document-not-trusted"


def test_an_unknown_hash_is_told_in_the_words_of_the_clients(client, strict) -> None:
    """Links of clients look for message and code, in an answer of status 200 where it is plain JSON."""
    asked = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}
    for one, word in ((strict, "FOUND"), (client, "SUPPORTED")):
        plain = one.post("/graphql", json=asked)
        assert plain.status_code == 200
        assert plain.json()["errors"][0]["message"] == f"PersistedQueryNot{word.capitalize()}"
        assert plain.json()["errors"][0]["extensions"]["code"] == f"PERSISTED_QUERY_NOT_{word}"
        assert plain.headers["cache-control"] == "no-store"
        assert one.post("/graphql", json=asked, headers=NEWER).status_code == 404


def test_sql_is_explained_when_it_is_asked_for_and_allowed(client, strict) -> None:
    """By a header, and never kept."""
    explained = strict.post("/graphql", json={"query": TEXT}, headers={"X-Explain": "1"})
    assert "SELECT" in explained.json()["extensions"]["explain"]["statements"][0]["sql"]
    assert explained.headers["cache-control"] == "no-store"
    assert "explain" not in strict.post("/graphql", json={"query": TEXT}).json()["extensions"]
    assert (
        "explain"
        not in client.post("/graphql", json={"query": TEXT}, headers={"X-Explain": "1"}).json()["extensions"]
    )
