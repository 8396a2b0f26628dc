"""Clients that people use, against a real server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

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
    """The endpoint of `fundtrace serve` over the fixture, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    flags = ["--data", str(data), "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "fundtrace", "serve", *flags], stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        process.terminate()
        process.wait(20)


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
    with urllib.request.urlopen(request, timeout=20) as response:
        body = response.read()
        assert int(response.headers["content-length"]) == len(body)
    assert all(one.encode() in body for one in EXPECTED)
