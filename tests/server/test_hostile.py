"""Hostile queries and slow clients beside normal ones: every normal answer is right, and nothing is left behind."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.serving import SECONDS, Serving, alive, serving, until

NORMAL = (
    "PREFIX ft: <http://localhost:8000/ontology#> "
    'SELECT (COUNT(*) AS ?n) { ?p ft:fundedUnder ?d . ?d ft:number "冀财社〔2020〕186号" FILTER(%d = %d) }'
)
DOUBLING = (
    'SELECT (STRLEN(?i) AS ?n) { VALUES ?a { "aaaaaaaaaaaaaaaa" } '
    + " ".join(
        f"BIND(CONCAT({', '.join([f'?{x}'] * 16)}) AS ?{y})"
        for x, y in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + " }"
)
NOWHERE = "<http://127.0.0.1:1/> { ?s ?p ?o }"
ENDING = {
    "cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "unbounded path": "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^!<a:a>)* ?b . ?c (!<a:a>|^!<a:a>)* ?d . ?e ?f ?g . ?h ?i ?j }",
    "concatenation": "SELECT (GROUP_CONCAT(?c) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "doubling": DOUBLING,
    "large answer": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
"""What only limits end: 413, 429 or 503, or an answer that is cut off."""
REFUSED = {
    "brackets": "SELECT * { " + "{" * 100_000,
    "unions": "SELECT * { {}" + " UNION {}" * 50_000 + " }",
    "list": "SELECT * { FILTER(1 IN (" + ",".join(["1"] * 60_000) + ")) }",
    "values": "SELECT * { VALUES ?a { " + "1 " * 60_000 + "} }",
    "bytes": "#" * 10_000_000,
}
"""What is too large to be asked: 413."""
ELSEWHERE = {
    "service": f"SELECT * {{ SERVICE {NOWHERE} }}",
    "escapes": f"SELECT * {{ SERV\\u0049CE {NOWHERE} }}",
    "long escapes": f"SELECT * {{ \\U00000053ERVICE SILENT {NOWHERE} }}",
    "comment": f"SELECT * {{ SERVICE#\n{NOWHERE} }}",
    "sub-select": f"SELECT * {{ {{ SELECT * {{ {{ SELECT * {{ service {NOWHERE} }} }} }} }} }}",
    "exists": f"ASK {{ FILTER EXISTS {{ SERVICE ?x {{ }} . SERVICE {NOWHERE} }} }}",
    "glued": f"SELECT * {{ FILTER(trueSERVICE{NOWHERE}) }}",
}
"""What asks another server: 400."""
KIND = {"Content-Type": "application/sparql-query"}
SLOW_CLIENTS = 20
HUNG_UP = (httpx.RemoteProtocolError, httpx.NetworkError)
"""What a client sees of a connection that the server ended, as far as it had got itself."""


def _own_mib(pids: set[int]) -> int:
    """Memory that the processes do not share with one another, and what they share once each."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total >> 10


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Serving]:
    """A server with narrow limits, and what it must have left behind when it has ended: nothing."""
    limits = {"PROCESSES": "2", "SECONDS": "3", "MEMORY_MIB": "256", "OUTPUT_MIB": "4"}
    environment = {f"FUNDTRACE_SPARQL_{name}": value for name, value in limits.items()}
    with serving(data, environment={**environment, "FUNDTRACE_TRUSTED_PROXIES": "127.0.0.1"}) as one:
        yield one
        family = one.family()
    until(lambda: not alive(family))


def _slow(port: int, sent: bytes) -> socket.socket:
    """A client that sends a part and then nothing."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
    connection.sendall(sent)
    return connection


def _slow_clients(port: int) -> list[socket.socket]:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.%d\r\n"
    body = b"Content-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n"
    query = b"SELECT * { ?a ?b ?c . ?d ?e ?f }"
    return [
        _slow(port, part)
        for number in range(SLOW_CLIENTS)
        for part in (
            # Half a head, half a body, and a large answer that nobody reads.
            head % (100 + number),
            head % (100 + number) + body % 1000 + b"SELECT",
            head % (100 + number) + body % len(query) + query,
        )
    ]


def test_normal_clients_do_not_feel_hostile_ones(server: Serving) -> None:
    """Each attack ends with its status; normal answers are right, the health check never fails, memory is bounded."""
    most = 0

    def hostile(name: str, query: str) -> tuple[str, int]:
        headers = {**KIND, "X-Forwarded-For": f"192.0.2.{50 + len(name)}"}
        try:
            response = httpx.post(f"{server.address}/sparql", content=query, headers=headers, timeout=SECONDS)
        except HUNG_UP:
            # Cut off in the middle, or hung up before ten megabytes were sent.
            return name, 0
        return name, response.status_code

    def normal(client: int) -> list[tuple[int, str, int]]:
        nonlocal most
        answers = []
        with httpx.Client(base_url=server.address, timeout=SECONDS) as http:
            for number in range(12):
                query = NORMAL % (client * 100 + number, client * 100 + number)
                headers = {"X-Forwarded-For": f"192.0.2.{client}", "Accept": "text/csv"}
                response = http.get("/sparql", params={"query": query}, headers=headers)
                health = http.get("/healthz").status_code
                answers.append((response.status_code, response.text, health))
                most = max(most, _own_mib(server.family()))
                time.sleep(0.1)
        return answers

    attacks = [(name, query) for group in (ENDING, REFUSED, ELSEWHERE) for name, query in group.items()]
    slow = _slow_clients(server.port)
    with ThreadPoolExecutor(30) as threads:
        statuses = [threads.submit(hostile, name, query) for name, query in attacks]
        asked = [threads.submit(normal, client) for client in range(3)]
        answers = [one for client in asked for one in client.result()]
        found = dict(status.result() for status in statuses)
    for connection in slow:
        connection.close()
    # A quick query waits for slow ones no longer than they may hold the last worker. Who has waited for long is told 503.
    assert set(answers) == {(200, "n\r\n2\r\n", 200)}
    assert {found[name] for name in ENDING} <= {0, 413, 429, 503}
    assert {found[name] for name in REFUSED} <= {0, 413}
    assert {found[name] for name in ("brackets", "unions", "list")} == {413}
    assert {found[name] for name in ELSEWHERE} == {400}
    # The server, its three beside it, and two workers of 256 MiB beside their size at start.
    assert most < 1_200


def test_bodies_of_strangers_are_bounded(server: Serving) -> None:
    """Bytes that are no text are refused before any worker sees them, and so are bodies without end."""

    def endless() -> Iterator[bytes]:
        while True:
            yield b"#" * 65_536

    with httpx.Client(base_url=server.address, timeout=SECONDS) as client:
        assert client.post("/sparql", content=b"\xff\xfe ASK {}", headers=KIND).status_code == 400
        # Who is still sending may be hung up on before it reads the answer.
        with suppress(*HUNG_UP):
            assert client.post("/sparql", content=endless(), headers=KIND).status_code == 413
        assert client.get("/healthz").status_code == 200
