"""What a worker answers, how it is confined, and the process that it is forked from."""

from __future__ import annotations

import os
import resource
import select
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from fundtrace.query import frames
from fundtrace.query.answers import LARGEST
from fundtrace.query.forking import load
from fundtrace.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from fundtrace.query.passing import Wanted, receive, send
from fundtrace.query.worker import MIB, Processor, answer, resident_mib
from fundtrace.query.zygote import Zygote

NAMESPACE = "http://localhost:8000/ontology#"


Request = tuple[frames.Header, str]


def _request(query: str, **changes: str | float | None) -> Request:
    return {"solutions": "json", "graph": "turtle", "seconds": 5, **changes}, query


def _frame(query: str, **changes: str | float | None) -> bytes:
    asked, _ = _request(query, **changes)
    return frames.pack(asked, query.encode())


def _answered(store: ox.Store, request: Request, limit: int = MIB) -> list[tuple[frames.Header, bytes]]:
    sent = bytearray()
    answer(store, *request, sent.extend, limit, {})
    found = []
    while frame := frames.unpack(sent):
        found.append(frame)
    assert not sent
    return found


@pytest.mark.parametrize(
    ("name", "media_type"), [(one.name, one.media_type) for one in SOLUTION_FORMATS.values()]
)
def test_rows_come_in_every_format(store: ox.Store, name: str, media_type: str) -> None:
    """SELECT and ASK are written by the engine in the format that is wanted."""
    ((header, body),) = _answered(store, _request("SELECT ?x { VALUES ?x { 'a' } }", solutions=name))
    assert header == {"form": "solutions", "media_type": media_type}
    assert b"a" in body
    ((header, body),) = _answered(store, _request("ASK {}", solutions=name))
    assert header["form"] == "boolean"
    assert b"true" in body


@pytest.mark.parametrize(
    ("name", "media_type"), [(one.name, one.media_type) for one in GRAPH_FORMATS.values()]
)
def test_graphs_come_in_every_format(store: ox.Store, name: str, media_type: str) -> None:
    """CONSTRUCT and DESCRIBE are written by the engine in the format that is wanted."""
    ((header, body),) = _answered(store, _request("CONSTRUCT { <a:a> <a:b> 'c' } {}", graph=name))
    assert header == {"form": "graph", "media_type": media_type}
    assert b"c" in body


@pytest.mark.parametrize(
    ("query", "changes", "code", "kind"),
    [
        ("SELECT * {", {}, "query-syntax", "malformed"),
        ("SELECT (<http://f/>(1) AS ?x) {}", {}, "query-evaluation", "malformed"),
        ("SELECT * {}", {"solutions": None}, "answer-format", "not-acceptable"),
        ("DESCRIBE <a:a>", {"graph": None}, "answer-format", "not-acceptable"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", {}, "answer-size", "too-large"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> {} }", {}, "query-input", "unavailable"),
    ],
)
def test_refusals(store: ox.Store, query: str, changes: dict[str, None], code: str, kind: str) -> None:
    """What cannot be answered is told with a code and a kind."""
    ((header, body),) = _answered(store, _request(query, **changes), 10_000)
    assert (header["error"]["code"], header["error"]["kind"], body) == (code, kind, b"")
    assert header["error"]["zh"]


def test_a_syntax_error_says_where(store: ox.Store) -> None:
    """The engine's line and column are handed on."""
    ((header, _),) = _answered(store, _request("SELECT *\n{ ?s ?p"))
    assert "2:" in header["error"]["en"]


def test_a_large_answer_comes_in_pieces(store: ox.Store) -> None:
    """The first piece has 1 MiB, each says whether more will come, and together they are the answer."""
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    pieces = _answered(store, _request(query, solutions="csv"), 8 * MIB)
    assert len(pieces) > 2
    assert ["more" in header for header, _ in pieces] == [True] * (len(pieces) - 1) + [False]
    assert len(pieces[0][1]) > LARGEST
    assert b"".join(body for _, body in pieces).count(b"\n") == 20_001


def test_an_answer_that_grows_too_large_ends_in_an_error(store: ox.Store) -> None:
    """What has been sent is followed by the reason, never by an end."""
    pieces = _answered(store, _request("SELECT * { ?a ?b ?c . ?d ?e ?f }"), 2 * MIB)
    assert "more" in pieces[0][0]
    assert pieces[-1][0]["error"]["code"] == "answer-size"


def test_processor_time_is_limited_for_each_query() -> None:
    """The limit moves with what has been used, not for every query that uses next to nothing."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    try:
        processor = Processor()
        processor.allow(100)
        first = resource.getrlimit(resource.RLIMIT_CPU)[0]
        processor.allow(200)
        assert resource.getrlimit(resource.RLIMIT_CPU)[0] >= first + 100
        resource.setrlimit(resource.RLIMIT_CPU, before)
        processor.allow(200)
        assert resource.getrlimit(resource.RLIMIT_CPU) == before
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)


def test_memory_is_told() -> None:
    """In MiB."""
    assert 10 < resident_mib() < 10_000


class Started:
    """A worker of its own, without a pool."""

    def __init__(self, connection: socket.socket, number: int = 1) -> None:
        self.connection = connection
        self.number = number
        self.channel, theirs = socket.socketpair()
        with theirs:
            send(connection, {"start": number, "memory_mib": 256, "output_mib": 1}, theirs.fileno())
        self._answers = frames.incoming(self.channel)

    def frame(self) -> frames.Header:
        """The header of the next answer."""
        return next(self._answers)[0]

    def ask(self, query: str, **changes: float) -> frames.Header:
        """Ask something."""
        self.channel.sendall(_frame(query, **changes))
        return self.frame()

    def hang_up(self) -> None:
        """Close the end of the channel that is here."""
        self.channel.close()

    def end(self) -> int | None:
        """Have it ended; the signal that ended it, None for one that is no more."""
        send(self.connection, {"end": self.number})
        message = receive(self.connection)
        assert message is not None
        assert message[0]["ended"] == self.number
        signal_number: int | None = message[0]["signal"]
        return signal_number


def _gone(pid: int) -> bool:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    """The process that workers are forked from."""
    one = Zygote()
    yield one
    one.close()


@pytest.fixture(params=["memory", "disk"])
def started(request: pytest.FixtureRequest, zygote: Zygote, folder: Path) -> Iterator[Started]:
    """A worker, from memory and from disk."""
    text = str(folder.parent / "statements.nt.gz") if request.param == "memory" else None
    with zygote.connect(Wanted(str(folder), text, NAMESPACE)) as connection:
        worker = Started(connection)
        yield worker
        worker.hang_up()


def test_a_worker_can_reach_nobody(started: Started) -> None:
    """Even a query that slipped through could open no connection: there is no descriptor for it."""
    ready = started.frame()
    assert ready["ready"]
    assert ready["resident_mib"] > 10
    rows = _limits(ready["pid"])
    assert rows["Max file size"] == "0"
    assert rows["Max core file size"] == "0"
    assert rows["Max address space"] != "unlimited"
    refused = started.ask("SELECT * { SERVICE <http://127.0.0.1:8/> { ?s ?p ?o } }")
    assert refused["error"]["code"] == "query-input"
    called = f'ASK {{ FILTER(<{NAMESPACE}canonicalNumber>("冀财社[2020]186") = "冀财社〔2020〕186号") }}'
    assert started.ask(called)["form"] == "boolean"
    # One that waits can be given connections; one that evaluates has no descriptor to use.
    started.channel.sendall(_frame("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=60))
    while _limits(ready["pid"])["Max open files"] != "0":
        assert not select.select([started.channel], [], [], 0)[0]
    assert started.end() == signal.SIGKILL


def _limits(pid: int) -> dict[str, str]:
    limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
    return {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}


def test_a_worker_ends_when_it_is_told_to_or_left(started: Started) -> None:
    """A busy one is killed; an idle one ends when nobody can ask it any more."""
    busy, idle = started, Started(started.connection, 2)
    pids = [busy.frame()["pid"], idle.frame()["pid"]]
    busy.channel.sendall(_frame("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=60))
    time.sleep(0.1)
    assert busy.end() == 9
    assert _gone(pids[0])
    idle.hang_up()
    assert idle.end() in {0, 9}
    assert _gone(pids[1])
    assert busy.end() is None


def test_workers_end_with_their_connection(started: Started) -> None:
    """When a pool has gone, its busy workers go as well."""
    pid = started.frame()["pid"]
    started.channel.sendall(_frame("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=60))
    started.connection.close()
    assert _gone(pid)


def test_a_frame_that_is_none_is_the_end(started: Started) -> None:
    """A worker that cannot understand its pool ends."""
    pid = started.frame()["pid"]
    started.channel.sendall(b"\x00\x00\x00\x04\x00\x00\x00\x00nope")
    assert started.channel.recv(1) == b""
    assert started.end() in {0, 9}
    assert _gone(pid)


@pytest.mark.parametrize("text", ["none.nt.gz", None])
def test_a_graph_that_cannot_be_opened_is_told(zygote: Zygote, tmp_path: Path, text: str | None) -> None:
    """The reason comes in place of a worker that is ready."""
    wanted = Wanted(str(tmp_path / "none"), text and str(tmp_path / text), NAMESPACE)
    with zygote.connect(wanted) as connection:
        worker = Started(connection)
        assert worker.frame()["failed"]
        worker.hang_up()


def test_everything_ends_with_the_first_process(folder: Path) -> None:
    """Closing it leaves no process, whatever was asked of it; later connections fail."""
    zygote = Zygote()
    connection = zygote.connect(Wanted(str(folder), None, NAMESPACE))
    worker = Started(connection)
    pid = worker.frame()["pid"]
    zygote.close()
    assert _gone(pid)
    worker.hang_up()
    connection.close()
    with pytest.raises(OSError, match="Bad file"):
        zygote.connect(Wanted(str(folder), None, NAMESPACE))


def test_a_first_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that hangs is waited for a moment, and killed."""
    monkeypatch.setattr("fundtrace.query.zygote._END_SECONDS", 0.05)
    zygote = Zygote()
    os.kill(zygote.pid, signal.SIGSTOP)
    zygote.close()
    assert _gone(zygote.pid)


def test_statements_are_loaded_into_memory(store: ox.Store, folder: Path) -> None:
    """All of them."""
    assert len(load(folder.parent / "statements.nt.gz")) == len(store)
