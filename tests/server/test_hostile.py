"""Hostile queries and slow clients beside normal ones: every normal answer is right, and nothing is left behind."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

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


@dataclass
class Server:
    """`fundtrace serve` with narrow limits: its process, port and address."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def family(self) -> set[int]:
        """It and all that it has started."""
        return _family(self.process.pid)


def _family(pid: int) -> set[int]:
    found = {pid}
    try:
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in path.read_text(encoding="ascii").split():
                found |= _family(int(child))
    except (FileNotFoundError, ProcessLookupError):
        return found
    return found


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
def server(data: Path) -> Iterator[Server]:
    """The server, and what it must have left behind when it has ended: nothing."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    limits = {"PROCESSES": "2", "SECONDS": "2", "MEMORY_MIB": "256", "OUTPUT_MIB": "4"}
    environment = {**os.environ, **{f"FUNDTRACE_SPARQL_{name}": value for name, value in limits.items()}}
    environment["FUNDTRACE_TRUSTED_PROXIES"] = "127.0.0.1"
    command = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen([*command, "--workers", "1"], env=environment, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        one = Server(process, port)
        yield one
        family = one.family()
    finally:
        process.terminate()
        process.communicate(timeout=30)
    deadline = time.monotonic() + 10
    while (left := [pid for pid in family if _exists(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left


def _exists(pid: int) -> bool:
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except (FileNotFoundError, ProcessLookupError):
        return False


def _slow(port: int, sent: bytes) -> socket.socket:
    """A client that sends a part and then nothing."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
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


def test_normal_clients_do_not_feel_hostile_ones(server: Server) -> None:
    """Each attack ends with its status; normal answers are right, the health check never fails, memory is bounded."""
    most = 0

    def hostile(name: str, query: str) -> tuple[str, int]:
        headers = {**KIND, "X-Forwarded-For": f"192.0.2.{50 + len(name)}"}
        try:
            response = httpx.post(f"{server.address}/sparql", content=query, headers=headers, timeout=30)
        except httpx.RemoteProtocolError:
            # Cut off in the middle, or hung up before ten megabytes were sent.
            return name, 0
        except httpx.WriteError:
            return name, 0
        return name, response.status_code

    def normal(client: int) -> list[tuple[float, int, str, int]]:
        nonlocal most
        answers = []
        with httpx.Client(base_url=server.address, timeout=30) as http:
            for number in range(12):
                query = NORMAL % (client * 100 + number, client * 100 + number)
                headers = {"X-Forwarded-For": f"192.0.2.{client}", "Accept": "text/csv"}
                begun = time.perf_counter()
                response = http.get("/sparql", params={"query": query}, headers=headers)
                seconds = time.perf_counter() - begun
                health = http.get("/healthz").status_code
                answers.append((seconds, response.status_code, response.text, health))
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
    assert {answer[1:] for answer in answers} == {(200, "n\r\n2\r\n", 200)}
    assert {found[name] for name in ENDING} <= {0, 413, 429, 503}
    assert {found[name] for name in REFUSED} <= {0, 413}
    assert {found[name] for name in ("brackets", "unions", "list")} == {413}
    assert {found[name] for name in ELSEWHERE} == {400}
    # The server, its three beside it, and two workers of 256 MiB beside their size at start.
    assert most < 1_200
    # A quick query waits for a slow one at most as long as that may hold the last worker, not for its whole time.
    assert statistics.median(answer[0] for answer in answers) < 5


def test_bodies_of_strangers_are_bounded(server: Server) -> None:
    """Bytes that are no text are refused before any worker sees them, and so are bodies without end."""

    def endless() -> Iterator[bytes]:
        while True:
            yield b"#" * 65_536

    refused = httpx.post(f"{server.address}/sparql", content=b"\xff\xfe ASK {}", headers=KIND)
    assert refused.status_code == 400
    with pytest.raises((httpx.RemoteProtocolError, httpx.WriteError, AssertionError)):
        assert httpx.post(f"{server.address}/sparql", content=endless(), headers=KIND).status_code != 413
    assert httpx.get(f"{server.address}/healthz").status_code == 200
