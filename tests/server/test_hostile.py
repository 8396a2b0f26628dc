"""Hostile queries beside normal clients: every normal answer is right, and nothing is left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fundtrace.settings import Settings

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
HOSTILE = {
    "cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "unbounded path": "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^!<a:a>)* ?b . ?c (!<a:a>|^!<a:a>)* ?d . ?e ?f ?g . ?h ?i ?j }",
    "concatenation": "SELECT (GROUP_CONCAT(?c) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "doubling": DOUBLING,
    "brackets": "SELECT * { " + "{" * 100_000,
    "unions": "SELECT * { {}" + " UNION {}" * 20_000 + " }",
    "list": "SELECT * { FILTER(1 IN (" + ",".join(["1"] * 60_000) + ")) }",
    "service": "SELECT * { { SELECT * { SERV\\u0049CE <http://127.0.0.1:1/> { ?s ?p ?o } } } }",
    "service in a comment's shadow": "SELECT * { SERVICE#\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "large answer": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


def _children() -> set[int]:
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text(encoding="ascii").split()}


def _workers() -> set[int]:
    return {pid for pid in _children() if b"\x00256\x001\x00" in _command(pid)}


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _resident_mib(pids: set[int]) -> int:
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total >> 20


@pytest.fixture
def guarded(connect: Callable, data: Path):
    """A server with narrow limits, and what it must have left behind when it has ended: nothing."""
    settings = Settings(
        data=str(data), sparql_processes=2, sparql_seconds=2, sparql_memory_mib=256, sparql_output_mib=1
    )
    with connect(settings) as client:
        yield client
    # The session's own client has workers too; those of this server are known by their limits.
    deadline = time.monotonic() + 5
    while (left := _workers()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left


def test_normal_answers_are_right_beside_hostile_queries(guarded) -> None:
    """Each hostile query is refused or stopped with its status; normal clients and the health check do not feel it."""
    most = 0

    def hostile(name: str) -> tuple[str, int]:
        body = HOSTILE[name].encode()
        headers = {"Content-Type": "application/sparql-query", "X-Forwarded-For": "192.0.2.66"}
        return name, guarded.post("/sparql", content=body, headers=headers).status_code

    def normal(client: int) -> list[tuple[int, str, int]]:
        nonlocal most
        answers = []
        for number in range(12):
            query = NORMAL % (client * 100 + number, client * 100 + number)
            headers = {"X-Forwarded-For": f"192.0.2.{client}", "Accept": "text/csv"}
            response = guarded.get("/sparql", params={"query": query}, headers=headers)
            health = guarded.get("/healthz").status_code
            answers.append((response.status_code, response.text, health))
            most = max(most, _resident_mib(_workers()))
            time.sleep(0.1)
        return answers

    with ThreadPoolExecutor(8) as threads:
        attacks = [threads.submit(hostile, name) for name in HOSTILE]
        asked = [threads.submit(normal, client) for client in range(3)]
        answers = [one for client in asked for one in client.result()]
        statuses = dict(attack.result() for attack in attacks)
    assert set(answers) == {(200, "n\r\n2\r\n", 200)}
    assert set(statuses.values()) <= {400, 413, 429, 503}
    assert statuses["service"] == statuses["service in a comment's shadow"] == 400
    assert {statuses[name] for name in ("brackets", "unions", "list")} == {413}
    # Two workers of 256 MiB beside their size at start.
    assert most < 1_200


def test_bodies_of_strangers_are_bounded(guarded) -> None:
    """Ten megabytes and bytes that are no text are refused before any worker sees them."""
    headers = {"Content-Type": "application/sparql-query"}
    assert guarded.post("/sparql", content=b"#" * 10_000_000, headers=headers).status_code == 413
    assert guarded.post("/sparql", content=b"\xff\xfe ASK {}", headers=headers).status_code == 400
    assert guarded.get("/healthz").status_code == 200
