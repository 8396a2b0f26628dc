"""Queries of the public answered by a remote store: the real one, and servers that answer badly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fundtrace.errors import QueryError
from fundtrace.graph.exchange import Credentials, Patience
from fundtrace.graph.remote import RemoteStore
from fundtrace.query import Answer, Dataset
from fundtrace.query.remoting import RemotePool, form_of
from fundtrace.settings import Settings

GRAPH = "http://localhost:8000/id/release/0123456789ab"
BRIEF = Patience(attempts=2, first=0.01, longest=0.01)
SETTINGS = Settings(sparql_processes=2, sparql_seconds=5, sparql_output_mib=1, workers=1, sparql_queue=2)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
FT = "PREFIX ft: <http://localhost:8000/ontology#> "
JSON = "application/sparql-results+json"
NONE = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'


def pool_of(
    address: str, held: Callable[[], bool] = lambda: True, settings: Settings = SETTINGS
) -> RemotePool:
    """A pool over the store at an address."""
    store = RemoteStore(address, Credentials(), seconds=settings.sparql_seconds, patience=BRIEF)
    return RemotePool(store, GRAPH, held, settings)


def ask(pool: RemotePool, query: str, **options: Any) -> Answer:
    """One query, in an event loop of its own; the pool is closed."""

    async def once() -> Answer:
        try:
            return await pool.answer(query, **options)
        finally:
            pool.close()

    return asyncio.run(once())


def code_of(pool: RemotePool, query: str = COUNT, **options: Any) -> tuple[str, str]:
    """The kind and code of the error that a query ends with."""
    with pytest.raises(QueryError) as raised:
        ask(pool, query, **options)
    return raised.value.kind, raised.value.code


@pytest.fixture
def address(store_server: Callable[..., Any]) -> str:
    """A real store with two statements in the release's graph, and one in another."""
    found: str = store_server().address
    store = RemoteStore(found, Credentials())
    lines = (f'<http://x/a> <http://x/p> "{text}" .\n' for text in ("甲", "乙"))
    store.replace(GRAPH, "".join(lines).encode())
    store.replace("http://x/secret", b'<http://x/s> <http://x/p> "secret" .')
    return found


def test_a_real_store_answers_in_every_form_and_format(address: str) -> None:
    """SELECT, ASK, CONSTRUCT and DESCRIBE come in the format asked for, from the release's graph alone."""
    rows = ask(pool_of(address), "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o", solutions="csv")
    assert (rows.body.decode().split(), rows.form) == (["o", "乙", "甲"], "solutions")
    assert rows.media_type.startswith("text/csv")
    yes = ask(pool_of(address), 'ASK { ?s ?p "甲" }')
    assert (json.loads(yes.body)["boolean"], yes.form) == (True, "boolean")
    for query in ("CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <http://x/a>"):
        told = ask(pool_of(address), query)
        assert (told.form, told.media_type.split(";")[0]) == ("graph", "text/turtle")
        assert "甲" in told.body.decode()
        assert "secret" not in told.body.decode()


@pytest.mark.parametrize(
    ("dataset", "count"),
    [
        (Dataset(), "2"),
        (Dataset(("",), ()), "2"),
        (Dataset(("http://x/secret",), ()), "0"),
        (Dataset((), ("http://x/secret",)), "0"),
    ],
)
def test_other_graphs_of_the_store_are_out_of_reach(address: str, dataset: Dataset, count: str) -> None:
    """A dataset of the protocol is ours or nothing."""
    found = json.loads(ask(pool_of(address), COUNT, dataset=dataset).body)
    assert found["results"]["bindings"][0]["n"]["value"] == count


def test_a_store_that_comes_back_answers_again(store_server: Callable[..., Any], tmp_path: Path) -> None:
    """While it is away the answer is an error that may pass; the same pool answers when it is there again."""
    server = store_server(tmp_path / "store")
    RemoteStore(server.address, Credentials()).replace(GRAPH, b'<http://x/a> <http://x/p> "1" .')

    async def course() -> None:
        pool = pool_of(server.address)
        await pool.answer(COUNT)
        server.kill()
        with pytest.raises(QueryError) as away:
            await pool.answer(COUNT + " # 2")
        assert (away.value.kind, away.value.code) == ("unavailable", "store-away")
        assert json.loads((await pool.answer(COUNT)).body)["results"]["bindings"][0]["n"]["value"] == "1"
        server.start()
        assert json.loads((await pool.answer(COUNT + " # 2")).body)["results"]
        pool.close()
        with pytest.raises(QueryError, match="query-closed"):
            await pool.answer(COUNT + " # 2")

    asyncio.run(course())


def test_a_store_without_the_release_gives_no_answer(address: str) -> None:
    """What a store says that has lost the release is not passed on."""
    assert code_of(pool_of(address, lambda: False)) == ("unavailable", "store-release")


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT bad", ("malformed", "query-syntax")),
        ("bad", ("malformed", "query-syntax")),
        ("SELECT ?\udcff {}", ("malformed", "query-encoding")),
        ("SELECT * { SERVICE <http://x/> {} }", ("refused", "query-refused")),
        ("SELECT * FROM <http://x/secret> {}", ("refused", "query-refused")),
        ("SELECT * { graph ?g { ?s ?p ?o } }", ("refused", "query-refused")),
        (FT + "SELECT (ft:canonicalNumber('x') AS ?n) {}", ("refused", "query-refused")),
        (
            "PREFIX x: <http://localhost:8000/ontology#issuing> SELECT (x:Agency ('x') AS ?n) {}",
            ("refused", "query-refused"),
        ),
        (
            r"SELECT (<http://localhost:8000/ontology#canonical\u004eumber>('x') AS ?n) {}",
            ("refused", "query-refused"),
        ),
        ("ASK {} " + "#" * 300_000, ("too-large", "query-length")),
    ],
)
def test_the_guard_stands_before_every_store(address: str, query: str, error: tuple[str, str]) -> None:
    """What our own engine refuses is refused, and so is what only our own engine has."""
    assert code_of(pool_of(address), query) == error


def test_a_format_that_a_form_does_not_have_is_not_acceptable(address: str) -> None:
    """CSV holds no graph and no ASK answer."""
    assert code_of(pool_of(address), graph=None, query="CONSTRUCT WHERE { ?s ?p ?o }") == (
        "not-acceptable",
        "answer-format",
    )
    assert code_of(pool_of(address), "ASK {}", solutions="csv") == ("malformed", "query-evaluation")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((200, "text/html", b"<html>Welcome</html>"), ("unavailable", "store-html")),
        ((200, JSON, NONE[:-9]), ("unavailable", "store-answer")),
        ((200, JSON, NONE, {"Content-Length": "99"}), ("unavailable", "store-away")),
        ((200, "application/json", NONE), ("unavailable", "store-answer")),
        ((401, "text/plain", b""), ("unavailable", "store-credentials")),
        ((500, "text/plain", b"no"), ("unavailable", "store-refused")),
        ((503, "text/plain", b"no"), ("unavailable", "store-away")),
        ((200, JSON, b" " * ((1 << 20) + 1)), ("too-large", "answer-size")),
        ((400, "text/plain", b"no such thing"), ("malformed", "query-syntax")),
    ],
)
def test_what_is_no_answer_is_an_error(
    odd_server: Callable[..., Any], answer: tuple[int, str, bytes], error: tuple[str, str]
) -> None:
    """Web pages, halves, other formats and refusals become errors, never answers."""
    assert code_of(pool_of(odd_server(answer)[0])) == error


def test_rows_are_no_answer_to_ask(odd_server: Callable[..., Any]) -> None:
    """Some stores answer ASK with a row, others SELECT with a truth: neither is passed on."""
    rows, truth = (200, JSON, NONE), (200, JSON, b'{"head":{},"boolean":true}')
    assert code_of(pool_of(odd_server(rows)[0]), "ASK {}") == ("unavailable", "store-answer")
    assert code_of(pool_of(odd_server(truth)[0])) == ("unavailable", "store-answer")


def test_an_answer_that_grows_beyond_the_limit_is_too_large(odd_server: Callable[..., Any]) -> None:
    """The limit holds for the format that is sent, too."""
    rows = b",".join([b'{"s":{"type":"literal","value":"1"}}'] * 20_000)
    pool = pool_of(odd_server((200, JSON, NONE.replace(b"[]}", b"[%s]}" % rows)))[0])
    assert code_of(pool, "SELECT ?s {}", solutions="xml") == ("too-large", "answer-size")


def test_a_slow_store_is_given_up(odd_server: Callable[..., Any]) -> None:
    """Wall clock holds for the store, and a client has its share of places only."""
    settings = Settings(sparql_processes=1, sparql_seconds=0.3, workers=1, sparql_queue=1)
    address = odd_server((200, JSON, NONE, {"Delay": "1"}))[0]

    async def course() -> list[str]:
        pool = pool_of(address, settings=settings)
        asked = [pool.answer(f"{COUNT} #{n}", client="one") for n in range(2)]
        asked.append(pool.answer(COUNT, client="two"))
        found = await asyncio.gather(*asked, return_exceptions=True)
        pool.close()
        return [one.code for one in found if isinstance(one, QueryError)]

    # The store's own time and that of the query are the same; either may be noticed first.
    slow, share, other = asyncio.run(course())
    assert share == "query-share"
    assert {slow, other} <= {"query-time", "store-time"}


def test_the_form_of_a_query_is_told_by_its_first_keyword() -> None:
    """Not by what stands in the prologue, in comments or in strings."""
    assert form_of("PREFIX select: <http://ASK/> # CONSTRUCT\nDESCRIBE select:x") == "graph"
    assert form_of('SELECT ("CONSTRUCT" AS ?x) {}') == "solutions"
