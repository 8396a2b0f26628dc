"""What a worker answers, and how it is confined."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from fundtrace.query import frames
from fundtrace.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from fundtrace.query.worker import MIB, evaluate, main, serve


@pytest.fixture(autouse=True)
def _processor_time() -> Iterator[None]:
    """Gives back the processor time that a worker in this process would have limited for all later tests."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    yield
    resource.setrlimit(resource.RLIMIT_CPU, before)


def _request(query: str, **changes: str | float | None) -> frames.Header:
    return {"query": query, "solutions": "json", "graph": "turtle", "seconds": 5, **changes}


@pytest.mark.parametrize(
    ("name", "media_type"), [(one.name, one.media_type) for one in SOLUTION_FORMATS.values()]
)
def test_rows_come_in_every_format(store: ox.Store, name: str, media_type: str) -> None:
    """SELECT and ASK are written by the engine in the format that is wanted."""
    header, body = evaluate(store, _request("SELECT ?x { VALUES ?x { 'a' } }", solutions=name), MIB, {})
    assert header == {"form": "solutions", "media_type": media_type}
    assert b"a" in body
    header, body = evaluate(store, _request("ASK {}", solutions=name), MIB, {})
    assert header["form"] == "boolean"
    assert b"true" in body


@pytest.mark.parametrize(
    ("name", "media_type"), [(one.name, one.media_type) for one in GRAPH_FORMATS.values()]
)
def test_graphs_come_in_every_format(store: ox.Store, name: str, media_type: str) -> None:
    """CONSTRUCT and DESCRIBE are written by the engine in the format that is wanted."""
    header, body = evaluate(store, _request("CONSTRUCT { <a:a> <a:b> 'c' } {}", graph=name), MIB, {})
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
    header, body = evaluate(store, _request(query, **changes), MIB, {})
    assert (header["error"]["code"], header["error"]["kind"], body) == (code, kind, b"")
    assert header["error"]["zh"]


def test_a_syntax_error_says_where(store: ox.Store) -> None:
    """The engine's line and column are handed on."""
    header, _ = evaluate(store, _request("SELECT *\n{ ?s ?p"), MIB, {})
    assert "2:" in header["error"]["en"]


def test_requests_are_answered_until_there_are_none(store: ox.Store) -> None:
    """One frame for each request, in order."""
    waiting = [_request("ASK {}", seconds=10_000), _request("SELECT * {"), None]
    answers = io.BytesIO()
    serve(store, lambda: waiting.pop(0), answers, MIB, {})
    data = bytearray(answers.getvalue())
    first, second = frames.unpack(data), frames.unpack(data)
    assert first is not None
    assert second is not None
    assert first[0]["form"] == "boolean"
    assert second[0]["error"]["code"] == "query-syntax"


def test_a_store_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker says why it cannot start, and ends with 4."""
    output = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", output)
    assert main([str(tmp_path / "none"), "10", "1", "http://x/"]) == 4
    frame = frames.unpack(bytearray(output.buffer.getvalue()))
    assert frame is not None
    assert frame[0]["failed"]


class Started:
    """A worker process of its own, without a pool."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "fundtrace.query.worker",
                str(folder),
                "256",
                "1",
                "http://localhost:8000/ontology#",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def frame(self) -> frames.Header:
        """The header of the next answer."""
        assert self.process.stdout is not None
        header = frames.read(self.process.stdout)  # type: ignore[arg-type]
        assert header is not None
        self.process.stdout.read(header["length"])
        return header

    def send(self, header: frames.Header) -> None:
        """Ask something."""
        assert self.process.stdin is not None
        self.process.stdin.write(frames.pack(header))
        self.process.stdin.flush()

    def end_of_input(self) -> int:
        """Close its input and wait for its end."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        code = self.process.wait(10)
        self.process.stdout.close()
        return code


@pytest.fixture
def started(folder: Path) -> Started:
    """A worker that is ready."""
    worker = Started(folder)
    assert worker.frame()["ready"]
    return worker


def test_a_worker_ends_with_its_input(started: Started) -> None:
    """An idle worker ends by itself."""
    started.send(_request("ASK {}"))
    assert started.frame()["form"] == "boolean"
    assert started.end_of_input() == 0


def test_a_busy_worker_ends_with_its_input(started: Started) -> None:
    """A worker whose parent is gone does not finish a long query."""
    started.send(_request("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=60))
    time.sleep(0.3)
    assert started.end_of_input() == 0


def test_a_worker_can_reach_nobody(started: Started) -> None:
    """Even a query that slipped through could open no connection: there is no descriptor for it."""
    limits = Path(f"/proc/{started.process.pid}/limits").read_text(encoding="ascii")
    rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert rows["Max open files"] == "0"
    assert rows["Max file size"] == "0"
    assert rows["Max core file size"] == "0"
    assert rows["Max address space"] != "unlimited"
    started.send(_request("SELECT * { SERVICE <http://127.0.0.1:8/> { ?s ?p ?o } }"))
    assert started.frame()["error"]["code"] == "query-input"
    assert started.end_of_input() == 0


def test_a_frame_that_is_none_is_the_end(started: Started) -> None:
    """A worker that cannot understand its parent ends."""
    assert started.process.stdin is not None
    started.process.stdin.write(b"\x00\x00\x00\x04nope")
    started.process.stdin.flush()
    assert started.end_of_input() == 0
