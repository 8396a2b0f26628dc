"""Connections that are lent to workers."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.serving import SECONDS

from fundtrace.query import Answer, Stored, WorkerPool
from fundtrace.query.lending import MOST_LOANS
from fundtrace.query.loans import Terms, Told, read_terms
from fundtrace.query.patterns import Pattern
from fundtrace.settings import Settings

NAMESPACE = "http://localhost:8000/ontology#"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . VALUES ?m { 1 2 3 4 5 6 7 8 9 } }"
LARGE = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
TERMS = Terms(
    number=0,
    pattern=Pattern(
        before=b"POST / HTTP/1.1\r\nContent-Length: ",
        after=b"\r\n\r\n",
        counted=True,
        escaped=False,
    ),
    solutions="json",
    graph="turtle",
    head=b"HTTP/1.1 200 OK\r\nx-release: one\r\n",
    ids="abc",
    version="",
    gzip=False,
    seconds=20,
    quick_seconds=30,
)


class Line:
    """A connection of a client that is lent, and what its lender is told."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.client = socket.create_connection(listener.getsockname())
            self.lent, _ = listener.accept()
        self.lent.setblocking(False)
        self.client.setblocking(False)
        self.told: list[Told] = []
        self.back: asyncio.Future[tuple[bytes, bool]] = asyncio.get_running_loop().create_future()

    def on_told(self, told: Told) -> None:
        """As `Borrowed` has it."""
        assert not self.back.done()
        self.told.append(told)

    def on_back(self, rest: bytes, *, sure: bool) -> None:
        """As `Borrowed` has it."""
        self.back.set_result((rest, sure))

    async def send(self, query: str) -> None:
        """Ask, as the pattern has it."""
        body = query.encode()
        request = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        await asyncio.get_running_loop().sock_sendall(self.client, request)

    async def answer(self) -> tuple[bytes, bytes]:
        """Head and body of the next answer."""
        data = b""
        async with asyncio.timeout(SECONDS):
            while True:
                data += await asyncio.get_running_loop().sock_recv(self.client, 1 << 16)
                head, end, body = data.partition(b"\r\n\r\n")
                if end and len(body) == int(head.rpartition(b"content-length: ")[2]):
                    return head, body

    async def ask(self, query: str) -> tuple[bytes, bytes]:
        """Ask, and have the answer."""
        await self.send(query)
        return await self.answer()

    async def returned(self) -> tuple[bytes, bool]:
        """Wait until it is back."""
        async with asyncio.timeout(SECONDS):
            return await self.back

    def unread(self) -> bytes:
        """What the worker has left unread."""
        try:
            return self.lent.recv(1 << 16, socket.MSG_PEEK)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        """Hang up on both ends."""
        self.client.close()
        self.lent.close()


@asynccontextmanager
async def _pool(folder: Path, **changes: float | str) -> AsyncIterator[WorkerPool]:
    values = {"sparql_seconds": 60.0, "sparql_processes": 2, "workers": 1, **changes}
    stored = Stored(folder, NAMESPACE, folder.parent / "statements.nt.gz", 1_000)
    made = WorkerPool(stored, Settings(**values))  # type: ignore[arg-type]
    made.wait(SECONDS)
    try:
        # Both are ready when both have answered.
        while len(made.pids) < values["sparql_processes"]:  # type: ignore[operator]
            await made.answer("ASK {}")
            await asyncio.sleep(0.01)
        yield made
    finally:
        made.close()


@asynccontextmanager
async def _lent(pool: WorkerPool, terms: Terms = TERMS, client: str = "a") -> AsyncIterator[Line]:
    line = Line()
    try:
        assert pool.lend(line.lent.fileno(), terms, client, line)
        yield line
    finally:
        line.close()


def _count(body: bytes) -> str:
    ((binding,)) = json.loads(body)["results"]["bindings"]
    value: str = binding["n"]["value"]
    return value


async def _quick(folder: Path, storage: str) -> None:
    async with _pool(folder, sparql_storage=storage) as pool, _lent(pool) as line:
        for number in range(5):
            query = f"SELECT (COUNT(*) + {number} AS ?n) {{ ?a ?b ?c }}"
            head, body = await line.ask(query)
            found = await pool.answer(query)
            assert isinstance(found, Answer)
            assert body == found.body
            assert head.startswith(TERMS.head + b"date: ")
            assert b"content-type: application/sparql-results+json\r\n" in head
            assert b"x-request-id: abc%08x\r\n" % (number + 1) in head
        head, body = await line.ask("CONSTRUCT { <a:a> <a:b> 'c' } {}")
        assert b"content-type: text/turtle" in head
        assert pool.lent == 1
        assert await line.returned() == (b"", True)
        assert [told.size for told in line.told][-1] == len(body)
        assert len(line.told) == 6
        assert all(told.seconds > 0 for told in line.told)
        assert pool.lent == 0


@pytest.mark.parametrize("storage", ["memory", "disk"])
def test_a_worker_answers_by_itself(folder, storage) -> None:
    """Answers are those of the pool, with a head as agreed; a connection over which nothing comes is given back, and all is told."""
    asyncio.run(_quick(folder, storage))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {",
        "SELECT (<http://f/>(1) AS ?x) {}",
        "SELECT * { SERVICE <http://127.0.0.1:1/> {} }",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        " ",
        LARGE,
    ],
)
def test_what_is_no_plain_answer_is_given_back_unread(folder, query) -> None:
    """Errors, refusals and large answers are told in the usual way."""

    async def scene() -> None:
        async with _pool(folder) as pool, _lent(pool) as line:
            await line.ask("ASK {}")
            await line.send(query)
            assert await line.returned() == (b"", True)
            assert line.unread().endswith(query.encode())
            assert len(line.told) == 1

    asyncio.run(scene())


def test_what_is_no_query_of_the_pattern_is_given_back_unread(folder) -> None:
    """Other requests, half ones and the end of a connection are read by who lends it."""

    async def scene() -> None:
        async with _pool(folder) as pool:
            for piece in (
                b"GET / HTTP/1.1\r\n\r\n",
                b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nASK {}",
                b"POST / HTTP/1.1\r\nContent-Le",
            ):
                async with _lent(pool) as line:
                    line.client.send(piece)
                    assert await line.returned() == (b"", True)
                    assert line.unread() == piece
            async with _lent(pool) as line:
                line.client.close()
                assert await line.returned() == (b"", True)

    asyncio.run(scene())


def test_a_request_may_come_in_two_parts(folder) -> None:
    """Many clients send head and body by themselves; while the second part is awaited, others are answered."""

    async def scene() -> None:
        async with _pool(folder) as pool, _lent(pool) as line, _lent(pool) as other:
            for number in range(3):
                body = b"SELECT (%d AS ?n) {}" % number
                line.client.send(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body))
                await other.ask(f"ASK {{ FILTER({number} > 0) }}")
                line.client.send(body)
                assert _count((await line.answer())[1]) == str(number)
            assert await line.returned() == (b"", True)
            assert line.lent.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) == 1

    asyncio.run(scene())


def test_what_is_asked_again_is_given_back(folder) -> None:
    """Who lends keeps answers; what asks for the time has another one each time."""

    async def scene() -> None:
        async with _pool(folder) as pool, _lent(pool) as line:
            for _ in range(3):
                await line.ask("SELECT (NOW() AS ?n) {}")
            await line.ask("ASK {}")
            await line.send("ASK {}")
            assert await line.returned() == (b"", True)
            assert line.unread().endswith(b"ASK {}")

    asyncio.run(scene())


def test_a_query_that_is_not_quick_ends_its_worker_alone(folder) -> None:
    """Its request is still there to be asked again, all that the worker had is back, and others have not felt it."""

    async def scene() -> None:
        async with _pool(folder) as pool:
            terms = Terms(**{**_fields(TERMS), "quick_seconds": 0.25})
            async with _lent(pool, terms) as line, _lent(pool, terms) as other:
                assert await line.ask("ASK {}")
                assert await other.ask("ASK { ?a ?b ?c }")
                await line.send(HEAVY)
                assert await line.returned() == (b"", True)
                assert await other.returned() == (b"", True)
                assert line.unread().endswith(HEAVY.encode())
                assert not pool.lend(line.lent.fileno(), terms, "a", line)
                found = await pool.answer(HEAVY)
                assert isinstance(found, Answer)
                assert _count(found.body)
                assert await _lendable(pool, "b")

    asyncio.run(scene())


def test_of_a_worker_that_was_killed_nobody_knows_what_it_read(folder) -> None:
    """Who lends is told that it is not sure, and the pool has another worker."""

    async def scene() -> None:
        async with _pool(folder) as pool, _lent(pool) as line:
            await line.ask("ASK {}")
            await line.send(HEAVY.replace("?m", "?n"))
            os.kill(await _busy(pool), signal.SIGKILL)
            assert await line.returned() == (b"", False)
            assert await pool.answer("ASK { ?a ?b ?c }")
            assert await _lendable(pool, "a")

    asyncio.run(scene())


def test_one_worker_is_left_for_others(folder) -> None:
    """A pool of one lends nothing, one of two lends one, and none while another query is slow."""

    async def scene() -> None:
        async with _pool(folder, sparql_processes=1) as pool:
            line = Line()
            assert not pool.lend(line.lent.fileno(), TERMS, "a", line)
            line.close()
        async with _pool(folder) as pool, _lent(pool), _lent(pool):
            line = Line()
            assert not pool.lend(line.lent.fileno(), TERMS, "b", line)
            line.close()
            assert await pool.answer("ASK {}")
        async with _pool(folder) as pool:
            slow = asyncio.create_task(pool.answer(HEAVY.replace("?m", "?p")))
            await _busy(pool)
            line = Line()
            assert not pool.lend(line.lent.fileno(), TERMS, "b", line)
            await slow
            assert pool.lend(line.lent.fileno(), TERMS, "b", line)
            assert await line.returned() == (b"", True)
            line.close()

    asyncio.run(scene())


def test_a_worker_has_no_more_than_so_many(folder) -> None:
    """Beyond that they are answered in the usual way."""

    async def scene() -> None:
        async with _pool(folder) as pool:
            lines = [Line() for _ in range(MOST_LOANS + 1)]
            taken = [pool.lend(line.lent.fileno(), TERMS, "a", line) for line in lines]
            assert taken == [True] * MOST_LOANS + [False]
            pool.recall()
            for line in lines[:-1]:
                assert await line.returned() == (b"", True)
            for line in lines:
                line.close()
            assert pool.lent == 0

    asyncio.run(scene())


def test_long_terms_are_handed_over_in_order(folder) -> None:
    """What a busy worker cannot take at once is not mixed with what follows, and what it cannot take at all is not lent."""

    async def scene() -> None:
        terms = Terms(**{**_fields(TERMS), "head": TERMS.head + b"x-long: " + b"a" * 60_000 + b"\r\n"})
        async with _pool(folder) as pool, _lent(pool, terms) as line:
            await line.send(HEAVY.replace("?m", "?long"))
            await _busy(pool)
            others = [Line() for _ in range(12)]
            lent = [other for other in others if pool.lend(other.lent.fileno(), terms, "a", other)]
            assert 0 < len(lent) < len(others)
            pool.recall()
            await line.answer()
            for other in (line, *lent):
                assert await other.returned() == (b"", True)
            for other in others:
                other.close()
            assert await _lendable(pool, "a")

    asyncio.run(scene())


def test_who_waits_has_connections_recalled(folder) -> None:
    """When all other workers are busy, the one that answers by itself stops doing so, even when its client goes on asking."""

    async def scene() -> None:
        async with _pool(folder) as pool, _lent(pool) as line:
            slow = asyncio.create_task(pool.answer(HEAVY.replace("?m", "?o"), client="slow"))
            asked = asyncio.create_task(pool.answer("ASK { ?a ?b ?c }", client="other"))
            number = 0
            while not line.back.done():
                number += 1
                await line.send(f"ASK {{ FILTER({number} > 0) }}")
                await asyncio.wait(
                    [line.back, asyncio.ensure_future(line.answer())], return_when=asyncio.FIRST_COMPLETED
                )
            assert isinstance(await asked, Answer)
            await slow

    asyncio.run(scene())


def test_what_a_client_does_not_take_is_left_to_who_lends(folder) -> None:
    """A worker does not wait for anybody: the rest of an answer comes back with the connection."""

    async def scene() -> None:
        async with _pool(folder) as pool, _lent(pool) as line:
            line.lent.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
            line.client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            query = LARGE.replace("20000", "3000")
            await line.send(query)
            rest, sure = await line.returned()
            assert rest
            assert sure
            sending = asyncio.create_task(asyncio.get_running_loop().sock_sendall(line.lent, rest))
            _, body = await line.answer()
            await sending
            found = await pool.answer(query)
            assert isinstance(found, Answer)
            assert body == found.body

    asyncio.run(scene())


def test_answers_are_packed_and_named_as_agreed(folder) -> None:
    """Gzip for who takes it, and an `ETag` where the method has one."""

    async def scene() -> None:
        terms = Terms(**{**_fields(TERMS), "gzip": True, "version": "v1"})
        async with _pool(folder) as pool, _lent(pool, terms) as line:
            query = "SELECT * { ?a ?b ?c } LIMIT 50"
            head, body = await line.ask(query)
            found = await pool.answer(query)
            assert isinstance(found, Answer)
            assert gzip.decompress(body) == found.body
            assert b"content-encoding: gzip\r\n" in head
            assert f'etag: "v1-{found.digest}-gzip"\r\n'.encode() in head
            head, _ = await line.ask("ASK {}")
            assert b"content-encoding" not in head

    asyncio.run(scene())


def test_a_pool_that_retires_has_all_back(folder) -> None:
    """From any thread; then nothing is lent any more."""

    async def scene() -> None:
        async with _pool(folder) as pool, _lent(pool) as line:
            await line.ask("ASK {}")
            await asyncio.to_thread(pool.retire)
            assert await line.returned() == (b"", True)
            assert not pool.lend(line.lent.fileno(), TERMS, "a", line)

    asyncio.run(scene())


def test_a_pool_that_is_closed_has_all_back(folder) -> None:
    """Its workers are gone, so nobody knows what they read."""

    async def scene() -> None:
        async with _pool(folder) as pool, _lent(pool) as line:
            await line.ask("ASK {}")
            pool.close()
            assert await line.returned() == (b"", False)

    asyncio.run(scene())


def test_terms_come_as_they_were_sent() -> None:
    """Whatever bytes a head has."""
    terms = Terms(**{**_fields(TERMS), "head": bytes(range(256)), "graph": None})
    assert read_terms(terms.numbered(7).written()) == Terms(**{**_fields(terms), "number": 7})


def _fields(terms: Terms) -> dict[str, object]:
    return {name: getattr(terms, name) for name in Terms.__slots__}


async def _lendable(pool: WorkerPool, client: str) -> bool:
    async with asyncio.timeout(SECONDS):
        while True:
            line = Line()
            if pool.lend(line.lent.fileno(), TERMS, client, line):
                line.client.close()
                await line.returned()
                line.close()
                return True
            line.close()
            await asyncio.sleep(0.01)


async def _busy(pool: WorkerPool) -> int:
    """The worker that is at work, as soon as one is."""
    while True:
        for pid in pool.pids:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            if int(fields[11]) > 20:
                return pid
        await asyncio.sleep(0.01)
