"""The pool of worker processes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from fundtrace.errors import QueryError
from fundtrace.query import Answer, Dataset, Stored, Stream, WorkerPool, zygote
from fundtrace.query.crew import storage_for
from fundtrace.query.guarding import MAX_CHARACTERS
from fundtrace.settings import Settings

NAMESPACE = "http://localhost:8000/ontology#"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . VALUES ?m { 1 2 3 4 5 6 7 8 } }"
LARGE = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
TOO_LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SLOW_STREAM = (
    "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STRLEN(REPLACE(STR(?i), 'a', STR(?f))) >= 0) }"
)
DOUBLING = (
    'SELECT (STRLEN(?i) AS ?n) { VALUES ?a { "aaaaaaaaaaaaaaaa" } '
    + " ".join(
        f"BIND(CONCAT({', '.join([f'?{x}'] * 16)}) AS ?{y})"
        for x, y in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + " }"
)
T = TypeVar("T")


def _stored(folder: Path) -> Stored:
    return Stored(folder, NAMESPACE, folder.parent / "statements.nt.gz", 1_000)


@asynccontextmanager
async def _pool(folder: Path, **changes: float | str) -> AsyncIterator[WorkerPool]:
    values = {
        "sparql_seconds": 20.0,
        "sparql_processes": 2,
        "sparql_memory_mib": 256,
        "sparql_output_mib": 1,
        **changes,
    }
    made = WorkerPool(_stored(folder), Settings(**values))  # type: ignore[arg-type]
    made.wait(20)
    try:
        yield made
    finally:
        made.close()


def _scene(act: Callable[[WorkerPool], Awaitable[T]], folder: Path, **changes: float | str) -> T:
    """What an act with a pool of its own gives."""

    async def play() -> T:
        async with _pool(folder, **changes) as pool:
            return await act(pool)

    return asyncio.run(play())


async def _code(pool: WorkerPool, query: str = ENDLESS) -> str:
    with pytest.raises(QueryError) as caught:
        await _body(pool, query)
    return caught.value.code


async def _body(pool: WorkerPool, query: str = "ASK {}", **options: str) -> bytes:
    found = await pool.answer(query, **options)  # type: ignore[arg-type]
    return found.body if isinstance(found, Answer) else b"".join([piece async for piece in found.pieces()])


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])


async def _gone(pid: int) -> bool:
    for _ in range(250):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        await asyncio.sleep(0.02)
    return False


@pytest.mark.parametrize("storage", ["memory", "disk"])
def test_an_answer_has_bytes_a_media_type_and_a_form(folder: Path, storage: str) -> None:
    """A query is answered in the format that suits its form, and never mixed up with another."""

    async def act(pool: WorkerPool) -> None:
        assert pool.storage == storage
        answer = await pool.answer("SELECT ?x { VALUES ?x { 1 } }", solutions="csv")
        assert isinstance(answer, Answer)
        assert (answer.body, answer.media_type, answer.form) == (
            b"x\r\n1\r\n",
            "text/csv; charset=utf-8",
            "solutions",
        )
        assert pool.started is not None
        assert pool.started["seconds"] >= 0
        graph = await pool.answer("CONSTRUCT { <a:a> <a:b> 1 } {}", graph="ntriples")
        assert graph.form == "graph"
        nothing = Dataset(default=("http://example.org/none",))
        counted = await pool.answer("ASK { ?s ?p ?o }", solutions="tsv", dataset=nothing)
        assert isinstance(counted, Answer)
        assert counted.body == b"false"
        queries = [f"SELECT ({n} AS ?n) {{}}" for n in range(60)]
        answers = await asyncio.gather(
            *(_body(pool, query, solutions="tsv", client=query) for query in queries)
        )
        assert answers == [f"?n\n{n}\n".encode() for n in range(60)]

    _scene(act, folder, sparql_storage=storage, sparql_queue=200)


def test_refusals(folder: Path) -> None:
    """What cannot be answered raises an error with a kind, and the next query is answered."""

    async def act(pool: WorkerPool) -> None:
        for query, code, kind in (
            ("SELECT * {", "query-syntax", "malformed"),
            ("SELECT * { SERVICE <a:a> {} }", "query-refused", "refused"),
            ("SELECT '\ud800' {}", "query-encoding", "malformed"),
            ("(" * 200, "query-depth", "too-large"),
            (TOO_LARGE, "answer-size", "too-large"),
            (DOUBLING, "query-stopped", "unavailable"),
        ):
            with pytest.raises(QueryError) as caught:
                await pool.answer(query)
            assert (caught.value.code, caught.value.kind) == (code, kind)
            assert await _body(pool) == b'{"head":{},"boolean":true}'

    _scene(act, folder)


def test_a_query_that_fills_the_channel_is_answered(folder: Path) -> None:
    """The longest one that the guard lets pass has more bytes than go through at once."""

    async def act(pool: WorkerPool) -> None:
        query = "ASK {} #"
        assert await _body(pool, query + "字" * (MAX_CHARACTERS - len(query)))

    _scene(act, folder)


def test_answers_are_kept(folder: Path) -> None:
    """The same question gives the same answer without a worker."""

    async def act(pool: WorkerPool) -> None:
        first = await pool.answer("ASK {}")
        assert await pool.answer("ASK {}") is first
        assert await pool.answer("ASK {}", solutions="xml") is not first
        now = "SELECT (NOW() AS ?n) {}"
        assert await pool.answer(now) is not await pool.answer(now)

    _scene(act, folder)


def test_a_large_answer_is_a_stream(folder: Path) -> None:
    """Its pieces are the answer, its worker is free before they have been read, and it is not kept."""

    async def act(pool: WorkerPool) -> None:
        stream = await pool.answer(LARGE, solutions="csv")
        assert isinstance(stream, Stream)
        assert (stream.media_type, stream.form) == ("text/csv; charset=utf-8", "solutions")
        assert await _body(pool)
        pieces = [piece async for piece in stream.pieces()]
        assert len(pieces) > 1
        assert b"".join(pieces).count(b"\n") == 20_001
        assert pool.figures[2] < len(b"".join(pieces))

    _scene(act, folder, sparql_processes=1, sparql_output_mib=16)


def test_a_stream_that_hits_a_limit_is_cut_off_with_an_error(folder: Path) -> None:
    """Its size, its time, the death of its worker: the pieces never just end."""

    async def grow(pool: WorkerPool) -> None:
        assert await _code(pool, TOO_LARGE) == "answer-size"

    async def act(pool: WorkerPool) -> None:
        assert await _code(pool, SLOW_STREAM) in {"query-time", "answer-size"}
        stream = await pool.answer(SLOW_STREAM)
        assert isinstance(stream, Stream)
        for pid in pool.pids:
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(QueryError, match="query-stopped"):
            async for _ in stream.pieces():
                pass
        assert await _body(pool)

    _scene(grow, folder, sparql_processes=1, sparql_output_mib=2)
    _scene(act, folder, sparql_processes=1, sparql_seconds=3, sparql_output_mib=64)


def test_a_stream_that_nobody_reads_ends(folder: Path) -> None:
    """Given up, it takes its query along and gives its place back."""

    async def act(pool: WorkerPool) -> None:
        stream = await pool.answer(SLOW_STREAM)
        assert isinstance(stream, Stream)
        before = pool.pids
        stream.abandon()
        stream.abandon()
        assert await _body(pool)
        assert pool.pids != before

    _scene(act, folder, sparql_processes=1, sparql_output_mib=64, sparql_queue=0)


def test_a_slow_stream_does_not_hold_up_a_quick_query(folder: Path) -> None:
    """Where slow queries hold the other workers and nothing can be asked again, another worker comes for a while."""

    async def act(pool: WorkerPool) -> None:
        slow = asyncio.create_task(pool.answer(ENDLESS, client="slow"))
        await asyncio.sleep(1.3)
        stream = await pool.answer(SLOW_STREAM, client="stream")
        assert isinstance(stream, Stream)
        assert await asyncio.wait_for(_body(pool, "ASK { ?a ?b ?c }", client="quick"), 4)
        assert len(pool.pids) == 3
        stream.abandon()
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        assert await _body(pool, "ASK { ?a ?b 1 }")
        assert len(pool.pids) <= 2

    _scene(act, folder, sparql_output_mib=512)


def test_a_slow_query_is_stopped_and_its_worker_replaced(folder: Path) -> None:
    """The limit of time holds, the process is gone, and another is there."""

    async def act(pool: WorkerPool) -> None:
        assert await _body(pool)
        before = pool.pids
        with pytest.raises(QueryError, match=r"1\.5 seconds") as caught:
            await pool.answer(ENDLESS)
        assert caught.value.kind == "unavailable"
        assert await _gone(before[0])
        assert await _body(pool, "ASK { ?a ?b ?c }")
        assert pool.pids != before

    _scene(act, folder, sparql_seconds=1.5, sparql_processes=1)


def test_two_slow_queries_have_their_time_while_nobody_waits(folder: Path) -> None:
    """The second one holds the last worker as long as no other query wants it, and no longer than it may."""

    async def act(pool: WorkerPool) -> None:
        assert await asyncio.gather(_code(pool), _code(pool)) == ["query-time"] * 2
        assert await _body(pool) == b'{"head":{},"boolean":true}'

    _scene(act, folder, sparql_seconds=0.4)


def test_a_query_that_wastes_processor_time_is_told_so(folder: Path) -> None:
    """A worker that the system ends for its processor time is a query that took too long."""

    async def act(pool: WorkerPool) -> None:
        assert await _body(pool)
        asyncio.get_running_loop().call_later(0.3, os.kill, pool.pids[0], signal.SIGXCPU)
        assert await _code(pool) == "query-time"

    _scene(act, folder, sparql_processes=1)


def test_a_worker_that_died_idle_is_felt_by_nobody(folder: Path) -> None:
    """It is replaced before the next query comes."""

    async def act(pool: WorkerPool) -> None:
        assert await _body(pool)
        (before,) = pool.pids
        os.kill(before, signal.SIGKILL)
        assert await _gone(before)
        assert await _body(pool, "ASK { ?a ?b ?c }")

    _scene(act, folder, sparql_processes=1)


def test_a_dead_holder_is_replaced(folder: Path) -> None:
    """When the process with the graph dies, its workers go with it and another one has the graph again."""

    async def act(pool: WorkerPool) -> None:
        assert await _body(pool)
        (before,) = pool.pids
        os.kill(_parent(before), signal.SIGKILL)
        assert await _gone(before)
        await asyncio.sleep(0.1)
        assert await _body(pool, "ASK { ?a ?b ?c }")

    _scene(act, folder, sparql_processes=1)


def test_a_dead_first_process_is_replaced(folder: Path) -> None:
    """When the process that all are forked from dies, another one is started."""

    async def act(pool: WorkerPool) -> None:
        assert await _body(pool)
        (before,) = pool.pids
        os.kill(zygote.shared().pid, signal.SIGKILL)
        assert await _gone(before)
        await asyncio.sleep(0.1)
        assert await _body(pool, "ASK { ?a ?b ?c }")

    _scene(act, folder, sparql_processes=1)


@pytest.mark.parametrize("lost", ["holder", "first"])
def test_a_query_outlives_the_process_its_worker_came_from(folder: Path, lost: str) -> None:
    """A query that loses its worker by no fault of its own is asked again, and its client notices nothing."""

    async def act(pool: WorkerPool) -> None:
        assert await _body(pool)
        (before,) = pool.pids
        running = asyncio.create_task(_body(pool, HEAVY))
        await asyncio.sleep(0.05)
        pid = _parent(before) if lost == "holder" else zygote.shared().pid
        os.kill(pid, signal.SIGKILL)
        assert await running

    _scene(act, folder, sparql_processes=1)


def test_a_queue_that_is_full_refuses(folder: Path) -> None:
    """No more may wait than the settings say."""

    async def act(pool: WorkerPool) -> None:
        running = asyncio.create_task(pool.answer(ENDLESS))
        await asyncio.sleep(0.3)
        with pytest.raises(QueryError) as caught:
            await pool.answer("ASK {}")
        assert (caught.value.code, caught.value.kind) == ("query-queue", "unavailable")
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    _scene(act, folder, sparql_processes=1, sparql_queue=0)


def test_a_slow_query_makes_room_and_is_asked_again(folder: Path) -> None:
    """On the last worker it gives way to a quick one, and still has its whole time."""

    async def act(pool: WorkerPool) -> None:
        slow = [asyncio.create_task(_code(pool, f"{ENDLESS} #{n}")) for n in range(2)]
        await asyncio.sleep(0.2)
        assert await _body(pool, client="quick")
        assert await asyncio.gather(*slow) == ["query-time"] * 2

    _scene(act, folder, sparql_seconds=2.5)


def test_waiting_ends_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets no worker in time is told that there are too many queries."""
    monkeypatch.setattr("fundtrace.query.dispatching._LEAST_WAIT", 0.5)

    async def act(pool: WorkerPool) -> None:
        codes = set(await asyncio.gather(*(_code(pool, f"{ENDLESS} #{n}") for n in range(3))))
        assert codes == {"query-time", "query-queue"}

    _scene(act, folder, sparql_processes=1, sparql_seconds=1)


def test_a_coroutine_that_is_cancelled_ends_its_query(folder: Path) -> None:
    """A client that goes away takes its query along, waiting or running, and leaves the pool whole."""

    async def act(pool: WorkerPool) -> None:
        running = asyncio.create_task(pool.answer(ENDLESS))
        await asyncio.sleep(0.3)
        waiting = asyncio.create_task(pool.answer(ENDLESS))
        await asyncio.sleep(0.1)
        before = pool.pids
        waiting.cancel()
        running.cancel()
        results = await asyncio.gather(running, waiting, return_exceptions=True)
        assert all(isinstance(result, asyncio.CancelledError) for result in results)
        assert await _body(pool, solutions="tsv") == b"true"
        assert await _gone(before[0])

    _scene(act, folder, sparql_processes=1)


def test_closing_ends_everything(folder: Path) -> None:
    """No process is left, who waits and who is being answered is told, and nothing more is answered; from any thread."""

    async def act(pool: WorkerPool) -> None:
        assert await _body(pool)
        pids = pool.pids
        running = [asyncio.create_task(_code(pool, f"{ENDLESS} #{n}")) for n in range(2)]
        await asyncio.sleep(0.3)
        await asyncio.to_thread(pool.close)
        assert await asyncio.gather(*running) == ["query-closed"] * 2
        for pid in pids:
            assert await _gone(pid)
        assert await _code(pool, "ASK {}") == "query-closed"

    _scene(act, folder, sparql_processes=1)


def test_a_pool_that_was_never_asked_closes(folder: Path) -> None:
    """Without an event loop."""
    pool = WorkerPool(_stored(folder), Settings())
    pool.wait(20)
    pool.close()
    assert pool.started is None


def test_a_store_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    """A pool over nothing answers every query with the reason."""

    async def act(pool: WorkerPool) -> None:
        for _ in range(2):
            with pytest.raises(QueryError) as caught:
                await pool.answer("ASK {}")
            assert (caught.value.code, caught.value.kind) == ("query-start", "unavailable")

    _scene(act, tmp_path / "none")


def test_memory_is_chosen_by_size_and_setting(folder: Path) -> None:
    """`auto` holds in memory what fits; without statements to load there is only the disk."""
    small, large = _stored(folder), Stored(folder, NAMESPACE, folder.parent / "statements.nt.gz", 10**9)
    assert storage_for(small, Settings()) == "memory"
    assert storage_for(large, Settings()) == "disk"
    assert storage_for(large, Settings(sparql_storage="memory")) == "memory"
    assert storage_for(small, Settings(sparql_storage="disk")) == "disk"
    assert storage_for(Stored(folder, NAMESPACE), Settings(sparql_storage="memory")) == "disk"
