"""/sparql: the protocol, the formats, and what is refused."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib

from fundtrace.settings import Settings

PREFIX = "PREFIX ft: <http://localhost:8000/ontology#> "
SELECT = (
    PREFIX
    + 'SELECT ?project WHERE { ?project ft:fundedUnder ?d . ?d ft:number "冀财社〔2020〕186号" } ORDER BY ?project'
)
CONSTRUCT = PREFIX + "CONSTRUCT { ?d ft:number ?n } WHERE { ?d ft:number ?n }"
EXPECTED = [
    "http://localhost:8000/id/project/130636210000000000001-2021",
    "http://localhost:8000/id/project/13063621KBZ5IOG4SDMWN-2021",
]


async def _pieces() -> AsyncIterator[bytes]:
    for _ in range(9):
        yield b"#" * 9_000


def _projects(response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["project"]["value"] for row in response.json()["results"]["bindings"]]


def test_a_query_may_come_in_each_way_of_the_protocol(client) -> None:
    """GET, a form, and a body of its own give the same answer."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = {"Content-Type": "application/sparql-query; charset=utf-8"}
    assert _projects(client.get("/sparql", params={"query": SELECT})) == EXPECTED
    assert _projects(client.post("/sparql", content=urlencode({"query": SELECT}), headers=form)) == EXPECTED
    assert _projects(client.post("/sparql", content=SELECT.encode(), headers=body)) == EXPECTED


def test_a_form_is_decoded_exactly_once(client) -> None:
    """A percent sign in a query, as in the IRI of a Chinese document, survives."""
    iri = "http://localhost:8000/id/document/%E5%86%80"
    query = f"SELECT ('{iri}+%2B' AS ?x) {{}}"
    response = client.post("/sparql", data={"query": query})
    assert response.json()["results"]["bindings"][0]["x"]["value"] == f"{iri}+%2B"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values;q=0.8, text/csv;q=0.7", "text/tab-separated-values"),
        ("text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "application/sparql-results+json",
        ),
    ],
)
def test_solutions_come_in_the_format_that_is_accepted(client, accept: str | None, media_type: str) -> None:
    """JSON, XML, CSV and TSV, by weights; a browser gets JSON."""
    headers = {"Accept": accept} if accept else {}
    response = client.get("/sparql", params={"query": SELECT}, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type
    assert response.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(
    ("asked", "media_type", "rdf"),
    [
        ("turtle", "text/turtle", ox.RdfFormat.TURTLE),
        ("ttl", "text/turtle", ox.RdfFormat.TURTLE),
        ("nt", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("trig", "application/trig", ox.RdfFormat.TRIG),
        ("nq", "application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_graphs_come_in_the_format_that_is_named(
    client, asked: str, media_type: str, rdf: ox.RdfFormat
) -> None:
    """`?format=` beats Accept and takes usual names."""
    response = client.get(
        "/sparql", params={"query": CONSTRUCT, "format": asked}, headers={"Accept": "text/csv"}
    )
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type
    assert len(list(ox.parse(response.content, format=rdf))) == 5


@pytest.mark.parametrize(
    ("query", "options"),
    [
        (SELECT, {"headers": {"Accept": "image/png"}}),
        (SELECT, {"params": {"format": "docx"}}),
        (SELECT, {"headers": {"Accept": "text/turtle"}}),
        (CONSTRUCT, {"headers": {"Accept": "text/csv"}}),
    ],
)
def test_a_format_that_the_answer_does_not_have_is_not_acceptable(client, query: str, options: dict) -> None:
    """406 for what does not exist, and for what exists only for the other form of answer."""
    params = {"query": query, **options.pop("params", {})}
    response = client.get("/sparql", params=params, **options)
    assert response.status_code == 406
    assert "json" in response.text


def test_a_malformed_query_is_told_where(client) -> None:
    """400 with line and column."""
    response = client.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p "})
    error = response.json()["error"]
    assert response.status_code == 400
    assert error["line"] == 2
    assert isinstance(error["column"], int)
    assert set(error["message"]) == {"zh", "en"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:1/>",
    ],
)
def test_other_servers_and_updates_are_refused(client, query: str) -> None:
    """400 that says so; nothing is asked elsewhere and nothing changes."""
    response = client.get("/sparql", params={"query": query})
    assert response.status_code == 400
    assert response.json()["error"]["code"] in {"query-refused", "query-syntax"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"format": "json"}, "query-missing"),
        ({"query": "  "}, "query-missing"),
        ({"query": ["ASK {}", "ASK {}"]}, "query-missing"),
        ({"update": "CLEAR ALL"}, "query-refused"),
        ({"query": "ASK {}", "default-graph-uri": "no iri"}, "dataset-iri"),
    ],
)
def test_requests_that_the_endpoint_does_not_take_say_what_to_do(client, fields: dict, code: str) -> None:
    """400 with a code of its own."""
    for response in (client.get("/sparql", params=fields), client.post("/sparql", data=fields or {"x": ""})):
        assert response.status_code == 400
        assert response.json()["error"]["code"] == code


def test_bodies_of_other_kinds_or_sizes_are_refused(client) -> None:
    """415 for another type, 413 beyond the limit, 400 for what is no UTF-8."""
    for kind in ("application/sparql-update", "application/json", ""):
        response = client.post("/sparql", content=b"x", headers={"Content-Type": kind})
        assert response.status_code == 415
        assert "application/sparql-query" in response.headers["accept-post"]
    kind = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b"#" * 70_000, headers=kind).status_code == 413
    assert client.post("/sparql", content=_pieces(), headers=kind).status_code == 413
    assert (
        client.post("/sparql", content=b"ASK {} #\xff", headers=kind).json()["error"]["code"] == "not-utf-8"
    )
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sparql", content=b"query=%FF", headers=form).json()["error"]["code"] == "bad-form"


def test_any_page_may_read_the_answers(client) -> None:
    """CORS on answers, errors and preflight; methods are told."""
    preflight = client.request("OPTIONS", "/sparql", headers={"Origin": "https://example.org"})
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "POST" in preflight.headers["allow"]
    for query in (SELECT, "nonsense"):
        response = client.get("/sparql", params={"query": query})
        assert response.headers["access-control-allow-origin"] == "*"
    assert client.request("HEAD", "/sparql", params={"query": SELECT}).status_code == 200
    refused = client.request("PUT", "/sparql")
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]


def test_a_query_that_takes_too_long_is_stopped_alone(connect: Callable, data: Path) -> None:
    """503 with Retry-After, though it would never end, and the next query is answered."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with connect(Settings(data=str(data), sparql_processes=1, sparql_seconds=3)) as client:
        response = client.get("/sparql", params={"query": endless})
        assert response.status_code == 503
        assert int(response.headers["retry-after"]) >= 1
        assert _projects(client.get("/sparql", params={"query": SELECT})) == EXPECTED


def test_an_answer_names_its_release(client, release) -> None:
    """So that two answers can be compared."""
    response = client.get("/sparql", params={"query": "ASK {}"})
    assert response.headers["x-release"] == release.version
    assert json.loads(response.content)["boolean"] is True


def test_a_browser_gets_a_page_to_ask_on(client) -> None:
    """A form that works without a script, with the limits; errors come as pages too."""
    page = client.page("/sparql")
    assert page.status_code == 200
    assert '<textarea id="query" name="query"' in page.text
    assert "至多 60 秒" in page.text
    wrong = client.page("/sparql?query=nonsense")
    assert wrong.status_code == 400
    assert "第 1 行，第" in wrong.text


def test_a_program_without_a_query_gets_the_description(client, release) -> None:
    """Languages, formats, functions, limits and data, in the serialisation that is wanted."""
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.headers["content-type"].startswith("text/turtle"), response.text
    graph = rdflib.Graph().parse(data=response.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
    functions = {str(one) for one in graph.objects(service, sd.extensionFunction)}
    assert functions == {f"{release.namespace}{name}" for name in ("canonicalNumber", "issuingAgency")}
    assert len(list(graph.objects(service, sd.resultFormat))) == 10
    assert "from memory" in " ".join(map(str, graph.objects(service, rdflib.DCTERMS.description)))
    assert "60 seconds" in " ".join(map(str, graph.objects(service, rdflib.DCTERMS.description)))
    etag = response.headers["etag"]
    again = client.get("/sparql", headers={"Accept": "text/turtle", "If-None-Match": etag})
    assert again.status_code == 304
    assert client.get("/sparql", headers={"Accept": "application/ld+json"}).json()
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_dataset_may_be_named(client, release) -> None:
    """The IRI of the release is all data; a graph that is not there is empty."""
    counted = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def count(**graphs: str) -> int:
        response = client.get("/sparql", params={"query": counted, "format": "json", **graphs})
        return int(response.json()["results"]["bindings"][0]["n"]["value"])

    everything = f"{release.base}id/release/{release.version}"
    assert count() == count(**{"default-graph-uri": everything}) > 0
    assert count(**{"default-graph-uri": "http://example.org/none"}) == 0
    assert count(**{"named-graph-uri": "http://example.org/none"}) == 0


def test_large_answers_are_packed_and_kept(client) -> None:
    """gzip for who takes it, an ETag of its own for each coding, 304 for who has it already; a POST has none."""
    query = {"query": "SELECT * { ?s ?p ?o } LIMIT 200"}
    packed = client.get("/sparql", params=query, headers={"Accept-Encoding": "gzip"})
    plain = client.get("/sparql", params=query, headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert int(plain.headers["content-length"]) == len(plain.content)
    assert packed.headers["etag"] != plain.headers["etag"]
    headers = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]}
    assert client.get("/sparql", params=query, headers=headers).status_code == 304
    assert "etag" not in client.post("/sparql", data=query).headers


def test_queries_may_call_our_functions(client, release) -> None:
    """A number in any written form becomes its standard form, and its code an organ."""
    query = f"""PREFIX ft: <{release.namespace}>
    SELECT (ft:canonicalNumber("冀财社[2020]186") AS ?number) (ft:issuingAgency("冀财社") AS ?agency)
      (ft:canonicalNumber("none") AS ?none) {{}}"""
    (row,) = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert {name: value["value"] for name, value in row.items()} == {
        "number": "冀财社〔2020〕186号",
        "agency": "河北省财政厅",
    }
