"""Clients that people use, and what only a real connection shows, against a real server."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import SPARQLWrapper
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from tests.serving import SECONDS, serving, until

QUERY = (
    "PREFIX ft: <http://localhost:8000/ontology#> "
    'SELECT ?project { ?project ft:fundedUnder ?d . ?d ft:number "冀财社〔2020〕186号" } ORDER BY ?project'
)
EXPECTED = [
    "http://localhost:8000/id/project/130636210000000000001-2021",
    "http://localhost:8000/id/project/13063621KBZ5IOG4SDMWN-2021",
]


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """The endpoint of `fundtrace serve` over the fixture."""
    limits = {
        "FUNDTRACE_SPARQL_PROCESSES": "1",
        "FUNDTRACE_SPARQL_QUEUE": "0",
        "FUNDTRACE_SPARQL_OUTPUT_MIB": "8",
        # Longer than any test waits.
        "FUNDTRACE_SPARQL_SECONDS": "600",
    }
    with serving(data, environment=limits) as server:
        yield f"{server.address}/sparql"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_the_store_of_rdflib(address: str, method: str) -> None:
    """A SELECT, an ASK and a pattern, by each of its methods."""
    store = SPARQLStore(address, method=method, returnFormat="xml")
    assert [str(row[0]) for row in store.query(QUERY)] == EXPECTED
    assert store.query("ASK { ?s ?p ?o }").askAnswer
    number = URIRef("http://localhost:8000/ontology#number")
    assert len(list(store.triples((None, number, None)))) > 1


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_plain_http(address: str, accept: str) -> None:
    """A body with its length, over a real connection."""
    request = urllib.request.Request(
        address, QUERY.encode(), {"Content-Type": "application/sparql-query", "Accept": accept}
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as response:
        body = response.read()
        assert int(response.headers["content-length"]) == len(body)
    assert all(one.encode() in body for one in EXPECTED)


LARGE = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
TOO_LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def _asked(address: str, query: str, **headers: str) -> http.client.HTTPResponse:
    request = urllib.request.Request(
        address, query.encode(), {"Content-Type": "application/sparql-query", **headers}
    )
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=SECONDS)
    return answer


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_large_answer_is_streamed_whole(address: str, coding: str) -> None:
    """Without a length, in chunks, packed for who takes that."""
    with _asked(address, LARGE, **{"Accept": "text/csv", "Accept-Encoding": coding}) as response:
        assert "content-length" not in response.headers
        assert "etag" not in response.headers
        assert response.headers["x-release"]
        body = response.read()
    assert (gzip.decompress(body) if coding == "gzip" else body).count(b"\n") == 20_001


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json"])
def test_an_answer_that_is_cut_off_is_never_taken_for_a_whole_one(address: str, accept: str) -> None:
    """At a limit the connection ends without the last chunk, which every client reports."""
    with (
        _asked(address, TOO_LARGE, Accept=accept) as response,
        pytest.raises(http.client.IncompleteRead) as caught,
    ):
        response.read()
    assert len(caught.value.partial) > 1 << 20
    assert _asked(address, "ASK {}").read() == b'{"head":{},"boolean":true}'


def test_the_head_of_a_large_answer_is_only_its_head(address: str) -> None:
    """The query ends with it."""
    host, port = address.removeprefix("http://").removesuffix("/sparql").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=SECONDS)
    connection.request("HEAD", "/sparql?" + urlencode({"query": TOO_LARGE, "format": "csv"}))
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b"")
    connection.close()
    assert json.loads(_asked(address, "ASK { ?a ?b ?c }").read())["boolean"]


@pytest.mark.parametrize("query", [ENDLESS, TOO_LARGE])
def test_a_client_that_goes_away_takes_its_query_along(address: str, query: str) -> None:
    """There is one worker and no queue, so that another query is answered only if the first one has ended."""
    host, port = address.removeprefix("http://").removesuffix("/sparql").split(":")
    body = query.encode()
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
    numbers = count()

    def status() -> int:
        # Each is another query, since an answer that is kept needs no worker.
        try:
            with _asked(address, f"ASK {{ ?a ?b ?c }} # {query} {next(numbers)}") as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    with socket.socket() as connection:
        # What is not read must not fit into the buffers between the two.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect((host, int(port)))
        connection.sendall(head.encode() + body)
        until(lambda: status() == 503)
    until(lambda: status() == 200)


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # SPARQLWrapper's own use
@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
def test_sparqlwrapper(address: str, method: str) -> None:
    """Each form of answer in the formats that it asks for, and its own exception for a malformed query."""

    def ask(query: str, form: str) -> Any:
        wrapper = SPARQLWrapper.SPARQLWrapper(address)
        wrapper.setMethod(method)
        wrapper.setQuery(query)
        wrapper.setReturnFormat(form)
        return wrapper.query().convert()

    rows = ask(QUERY, SPARQLWrapper.JSON)["results"]["bindings"]
    assert [row["project"]["value"] for row in rows] == EXPECTED
    assert ask(QUERY, SPARQLWrapper.CSV).decode().split() == ["project", *EXPECTED]
    assert ask("ASK { ?s ?p ?o }", SPARQLWrapper.XML).toxml().count("true") == 1
    graph = ask("CONSTRUCT { <a:s> <a:p> ?x } { VALUES ?x { 1 2 } }", SPARQLWrapper.RDFXML)
    assert len(graph) == 2
    assert len(ask("CONSTRUCT { <a:s> <a:p> ?x } { VALUES ?x { 1 2 } }", SPARQLWrapper.JSONLD)) == 2
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="line"):
        ask("SELECT * {", SPARQLWrapper.JSON)
