"""The pool of worker processes."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from fundtrace.errors import QueryError
from fundtrace.query import Ticket, WorkerPool
from fundtrace.settings import Settings

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DOUBLING = (
    'SELECT (STRLEN(?i) AS ?n) { VALUES ?a { "aaaaaaaaaaaaaaaa" } '
    + " ".join(
        f"BIND(CONCAT({', '.join([f'?{x}'] * 16)}) AS ?{y})"
        for x, y in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + " }"
)


@contextmanager
def _pool(folder: Path, **changes: float) -> Iterator[WorkerPool]:
    values = {
        "sparql_seconds": 20.0,
        "sparql_processes": 2,
        "sparql_memory_mib": 256,
        "sparql_output_mib": 1,
        **changes,
    }
    made = WorkerPool(folder, Settings(**values))  # type: ignore[arg-type]
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def patient(folder: Path) -> Iterator[WorkerPool]:
    """A pool with time."""
    with _pool(folder) as made:
        yield made


def code_of(asked: WorkerPool, ticket: Ticket | None = None) -> str:
    """The code of the error that an endless query ends with."""
    with pytest.raises(QueryError) as caught:
        asked.evaluate(ENDLESS, ticket=ticket)
    return caught.value.code


def _gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_an_answer_has_bytes_a_media_type_and_a_form(patient: WorkerPool) -> None:
    """A query is answered in the format that suits its form."""
    answer = patient.evaluate("SELECT ?x { VALUES ?x { 1 } }", solutions="csv")
    assert (answer.body, answer.media_type, answer.form) == (
        b"x\r\n1\r\n",
        "text/csv; charset=utf-8",
        "solutions",
    )
    assert patient.evaluate("CONSTRUCT { <a:a> <a:b> 1 } {}", graph="ntriples").form == "graph"


@pytest.mark.parametrize(
    ("query", "code", "kind"),
    [
        ("SELECT * {", "query-syntax", "malformed"),
        ("SELECT * { SERVICE <a:a> {} }", "query-refused", "refused"),
        ("SELECT '\ud800' {}", "query-encoding", "malformed"),
        ("(" * 200, "query-depth", "too-large"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "answer-size", "too-large"),
        (DOUBLING, "query-stopped", "unavailable"),
    ],
)
def test_refusals(patient: WorkerPool, query: str, code: str, kind: str) -> None:
    """What cannot be answered raises an error with a kind, and the next query is answered."""
    with pytest.raises(QueryError) as caught:
        patient.evaluate(query)
    assert (caught.value.code, caught.value.kind) == (code, kind)
    assert patient.evaluate("ASK {}").body == b'{"head":{},"boolean":true}'


def test_many_threads_get_their_own_answers(patient: WorkerPool) -> None:
    """Answers are never mixed up."""
    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(
                lambda n: patient.evaluate(f"SELECT ({n} AS ?n) {{}}", solutions="tsv").body, range(100)
            )
        )
    assert answers == [f"?n\n{n}\n".encode() for n in range(100)]


def test_a_slow_query_is_stopped_and_its_worker_replaced(folder: Path) -> None:
    """The limit of time holds, the process is gone, and another is there."""
    with _pool(folder, sparql_seconds=1.5, sparql_processes=1) as quick:
        assert quick.evaluate("ASK {}")
        before = quick.pids
        start = time.monotonic()
        with pytest.raises(QueryError, match=r"1\.5 seconds") as caught:
            quick.evaluate(ENDLESS)
        assert time.monotonic() - start < 5
        assert caught.value.kind == "unavailable"
        assert _gone(before[0])
        assert quick.evaluate("ASK {}")
        assert quick.pids != before


def test_a_query_that_wastes_processor_time_is_told_so(folder: Path) -> None:
    """A worker that the system ends for its processor time is a query that took too long."""
    with _pool(folder, sparql_processes=1) as made:
        assert made.evaluate("ASK {}")
        threading.Timer(0.5, os.kill, (made.pids[0], signal.SIGXCPU)).start()
        with pytest.raises(QueryError) as caught:
            made.evaluate(ENDLESS)
        assert caught.value.code == "query-time"


def test_a_worker_that_died_idle_is_felt_by_nobody(folder: Path) -> None:
    """A dead worker is replaced before the next query is sent to it."""
    with _pool(folder, sparql_processes=1) as made:
        assert made.evaluate("ASK {}")
        os.kill(made.pids[0], signal.SIGKILL)
        deadline = time.monotonic() + 5
        while made.pids and time.monotonic() < deadline:
            time.sleep(0.01)
        assert made.evaluate("ASK {}")


def test_a_queue_that_is_full_refuses(folder: Path) -> None:
    """No more may wait than the settings say."""
    with _pool(folder, sparql_processes=1, sparql_queue=0, sparql_seconds=3) as made:
        ticket = Ticket()
        thread = threading.Thread(target=code_of, args=(made, ticket))
        thread.start()
        time.sleep(0.5)
        with pytest.raises(QueryError) as caught:
            made.evaluate("ASK {}")
        assert (caught.value.code, caught.value.kind) == ("query-queue", "unavailable")
        ticket.cancel()
        thread.join()


def test_waiting_ends_too(folder: Path) -> None:
    """Who gets no worker in time is told that there are too many queries."""
    with _pool(folder, sparql_processes=1, sparql_seconds=1) as made:
        assert made.evaluate("ASK {}")
        with ThreadPoolExecutor(3) as threads:
            codes = set(threads.map(code_of, [made] * 3))
        assert codes <= {"query-time", "query-queue"}
        assert "query-time" in codes


def test_a_cancelled_query_ends_at_once(folder: Path) -> None:
    """The worker of a cancelled query is killed; a query cancelled beforehand never gets one."""
    with _pool(folder, sparql_processes=1) as made:
        ticket = Ticket()
        threading.Timer(0.5, ticket.cancel).start()
        start = time.monotonic()
        with pytest.raises(QueryError) as caught:
            made.evaluate(ENDLESS, ticket=ticket)
        assert caught.value.code == "query-cancelled"
        assert time.monotonic() - start < 5
        assert ticket.cancelled
        before = made.pids
        with pytest.raises(QueryError):
            made.evaluate("ASK {}", ticket=ticket)
        assert made.pids == before


def test_a_coroutine_that_is_cancelled_ends_its_query(folder: Path) -> None:
    """A client that goes away takes its query along, waiting or running, and leaves the pool whole."""
    with _pool(folder, sparql_processes=1) as made:

        async def scene() -> bytes:
            running = asyncio.create_task(made.answer(ENDLESS))
            await asyncio.sleep(0.5)
            waiting = asyncio.create_task(made.answer(ENDLESS))
            await asyncio.sleep(0.1)
            waiting.cancel()
            running.cancel()
            results = await asyncio.gather(running, waiting, return_exceptions=True)
            assert all(isinstance(result, asyncio.CancelledError) for result in results)
            return (await made.answer("ASK {}", solutions="tsv")).body

        assert asyncio.run(scene()) == b"true"


def test_closing_ends_everything(folder: Path) -> None:
    """No process is left, a running query is told, and nothing more is answered."""
    with _pool(folder) as made:
        assert made.evaluate("ASK {}")
        pids = made.pids
        with ThreadPoolExecutor(1) as threads:
            running = threads.submit(code_of, made)
            time.sleep(0.5)
            made.close()
            assert running.result() == "query-closed"
        assert all(_gone(pid) for pid in pids)
        with pytest.raises(QueryError, match="stopping"):
            made.evaluate("ASK {}")
        with pytest.raises(QueryError, match="stopping"):
            asyncio.run(made.answer("ASK {}"))


def test_a_store_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    """A pool over nothing answers every query with the reason."""
    with _pool(tmp_path / "none") as made, pytest.raises(QueryError) as caught:
        made.evaluate("ASK {}")
    assert (caught.value.code, caught.value.kind) == ("query-start", "unavailable")


def test_a_hanging_query_does_not_hold_up_another(folder: Path) -> None:
    """While one worker is busy, the other answers."""
    with _pool(folder) as made:
        ticket = Ticket()
        thread = threading.Thread(target=code_of, args=(made, ticket))
        thread.start()
        time.sleep(0.3)
        assert [made.evaluate("ASK {}").form for _ in range(20)] == ["boolean"] * 20
        ticket.cancel()
        thread.join()
