"""What comes over a socket and is no proper HTTP, at the real server: nothing is taken for two requests, nothing stays for ever."""

from __future__ import annotations

import json
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.serving import SECONDS, Serving, is_heard, serving, until

HEAD_SECONDS = 5.0
"""So long that who sends a head at once is never taken for slow."""
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
ENDS = b"0\r\n\r\n"
SILENT = (b"", b"\r\n")
"""What is no request: nothing, and an empty line."""


@dataclass(frozen=True)
class Wire:
    """A server with one process, little patience, and a log of objects."""

    server: Serving

    def connect(self) -> socket.socket:
        """A connection that nothing has been said on."""
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=SECONDS)

    def send(self, sent: bytes) -> bytes:
        """All that comes back for some bytes until the server hangs up, which it must."""
        with self.connect() as connection:
            connection.sendall(sent)
            return _rest(connection)

    def client(self) -> httpx.Client:
        """A client that sends proper HTTP."""
        return httpx.Client(base_url=self.server.address, timeout=SECONDS)

    def log(self) -> str:
        """What it has written."""
        return self.server.log.read_text(encoding="utf-8")

    def lines(self) -> list[dict[str, object]]:
        """The log's objects; a line that is being written is none yet."""
        return [json.loads(line) for line in self.log().splitlines(keepends=True) if line.endswith("\n")]


def _rest(connection: socket.socket) -> bytes:
    answer = b""
    while more := connection.recv(65_536):
        answer += more
    return answer


@pytest.fixture(scope="module")
def wire(data: Path) -> Iterator[Wire]:
    """One server for all tests; the last of them stops it."""
    settings = {
        "HEAD_SECONDS": str(HEAD_SECONDS),
        "LOG_FORMAT": "json",
        "RATE_LIMIT": "0.01",
        "RATE_BURST": "20",
        "SPARQL_PROCESSES": "1",
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    environment = {f"FUNDTRACE_{name}": value for name, value in settings.items()}
    with serving(data, environment=environment) as server:
        yield Wire(server)


@pytest.fixture(scope="module")
def unfinished(wire: Wire) -> Iterator[list[socket.socket]]:
    """Clients that have begun a request and say nothing more, and behind them those that have not begun one."""
    begun = [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\n",
        b"G",
    ] * 20
    with ExitStack() as open_ones:
        connections = []
        for part in (*begun, *SILENT):
            connections.append(open_ones.enter_context(wire.connect()))
            connections[-1].sendall(part)
        yield connections


def _post(*headers: bytes, body: bytes = b"") -> bytes:
    lines = (b"POST /sparql HTTP/1.1", b"Host: x", b"Content-Type: application/sparql-query", *headers)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _get(*headers: bytes, path: bytes = b"/robots.txt", end: bytes = b"\r\n") -> bytes:
    return end.join((b"GET " + path + b" HTTP/1.1", *headers)) + end + end


CHUNKED = b"Transfer-Encoding: chunked"
REFUSED = {
    "length and chunks": _post(b"Content-Length: 5", CHUNKED, body=ENDS + SMUGGLED),
    "chunks and length": _post(CHUNKED, b"Content-Length: 5", body=ENDS + SMUGGLED),
    "two lengths": _post(b"Content-Length: 0", b"Content-Length: 37", body=SMUGGLED),
    "equal lengths": _post(b"Content-Length: 7", b"Content-Length: 7", body=b"ASK { }"),
    "a list of lengths": _post(b"Content-Length: 7, 7", body=b"ASK { }"),
    "a length with a sign": _post(b"Content-Length: +7", body=b"ASK { }"),
    "a length below nothing": _post(b"Content-Length: -1", body=SMUGGLED),
    "a length in hexadecimal": _post(b"Content-Length: 0x7", body=b"ASK { }"),
    "two codings": _post(CHUNKED, b"Transfer-Encoding: identity", body=ENDS + SMUGGLED),
    "a coding that nobody knows": _post(b"Transfer-Encoding: xchunked", body=ENDS + SMUGGLED),
    "chunks that are not last": _post(b"Transfer-Encoding: chunked, identity", body=ENDS + SMUGGLED),
    "a coding behind a control sign": _post(b"Transfer-Encoding: \x0bchunked", body=ENDS + SMUGGLED),
    "a space before the colon": _post(b"Transfer-Encoding : chunked", body=ENDS + SMUGGLED),
    "chunks of HTTP/1.0": _post(CHUNKED, body=ENDS + SMUGGLED).replace(b"HTTP/1.1", b"HTTP/1.0", 1),
    "a folded header": _post(
        b"X-A: b", b" Transfer-Encoding: chunked", b"Content-Length: 7", body=b"ASK { }"
    ),
    "a chunk below nothing": _post(CHUNKED, body=b"-1\r\n\r\n" + SMUGGLED),
    "a chunk beyond all numbers": _post(CHUNKED, body=b"F" * 17 + b"\r\n\r\n" + SMUGGLED),
    "chunks with bare line feeds": _post(CHUNKED, body=b"7\nASK { }\n0\n\n" + SMUGGLED),
    "a line feed in an extension": _post(CHUNKED, body=b"7;a\nb\r\nASK { }\r\n0\r\n\r\n" + SMUGGLED),
    "bare line feeds": _get(b"Host: x", end=b"\n"),
    "a method of other letters": _get(b"Host: x").replace(b"GET", b"get"),
    "a bare carriage return": _get(b"Host: x\rX-B: c"),
    "a NUL in a header": _get(b"Host: x", b"X-B: a\0b"),
    "a space in the address": _get(b"Host: x", path=b"/robots.txt x"),
    "no version": b"GET /robots.txt\r\n\r\n",
    "a version that nobody knows": _get(b"Host: x").replace(b"HTTP/1.1", b"HTTP/1.2"),
    "no host": _get(b"Accept: */*"),
    "two hosts": _get(b"Host: a", b"Host: b"),
}
"""What might be read in two ways: 400, and no second answer."""
TOO_LARGE = {
    "many headers": (_get(b"Host: x", *[b"A: b"] * 200), 431),
    "long headers": (_get(b"Host: x", b"A: " + b"a" * 300_000), 431),
    "a long address": (_get(b"Host: x", path=b"/" + b"a" * 70_000), 414),
    "a body that is announced": (_post(b"Expect: 100-continue", b"Content-Length: 999999999"), 413),
}
HARMLESS = {
    "an address with another host": (_get(b"Host: x", path=b"http://evil.example/robots.txt"), 200),
    "another protocol": (_get(b"Host: x", b"Connection: Upgrade", b"Upgrade: h2c"), 200),
    "a body where none belongs": (_get(b"Host: x", b"Content-Length: 37") + SMUGGLED, 200),
    "HTTP/1.0 without host": (_get(b"Accept: */*").replace(b"HTTP/1.1", b"HTTP/1.0"), 200),
}


UNLIKE = {
    "bad-http": b"\x16\x03\x01\x02\x00",
    "head-too-large": TOO_LARGE["many headers"][0],
    "address-too-long": TOO_LARGE["a long address"][0],
}
"""What is refused before the application sees it, by code; the first is what a browser sends that takes the port for HTTPS."""


def _statuses(answer: bytes) -> list[int]:
    # An answer begins right behind the body of the one before.
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) [A-Z]", answer)]


LAST = _get(b"Host: x", b"Connection: close", path=b"/healthz")
"""A request behind which the server hangs up."""
STAYING = {"no host", "two hosts", "an address with another host"}
"""What does not end a connection, since it was understood."""


def test_nothing_is_read_in_two_ways(wire: Wire, unfinished: list[socket.socket]) -> None:
    """Each gets one answer and, where it was refused, no more; what was hidden in it is never asked."""
    expected = {name: (sent, 400) for name, sent in REFUSED.items()} | TOO_LARGE | HARMLESS
    for name, (sent, status) in expected.items():
        if name in STAYING:
            assert _statuses(wire.send(sent + LAST)) == [status, 200], name
        else:
            answer = wire.send(sent)
            assert _statuses(answer) == [status], (name, answer)
    assert all(line.get("path") != "/smuggled" for line in wire.lines())


@pytest.mark.parametrize("code", UNLIKE)
def test_a_refused_head_is_told_why(wire: Wire, code: str) -> None:
    """As other errors are: an object with code and message in both languages, which nothing may guess a type for."""
    head, _, body = wire.send(UNLIKE[code]).partition(b"\r\n\r\n")
    error = json.loads(body)["error"]
    assert error["code"] == code
    assert set(error["message"]) == {"zh", "en"}
    assert b"x-content-type-options: nosniff" in head
    assert b"connection: close" in head


def test_requests_sent_together_are_answered_in_order(wire: Wire) -> None:
    """One connection, three requests at once, of which the slowest comes first."""
    query = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?a ?d ?e }"
    together = (
        _post(b"Content-Length: %d" % len(query), body=query)
        + _get(b"Host: x")
        + _get(b"Host: x", b"Connection: close", path=b"/none")
    )
    assert _statuses(wire.send(together)) == [200, 200, 404]


def test_what_is_broken_ends_the_connection(wire: Wire) -> None:
    """Behind an answer that was given; a request that came together with it is not answered, since it may be a part of it."""
    assert _statuses(wire.send(_get(b"Host: x") + b"nonsense\r\n\r\n")) == [400]
    with wire.connect() as connection:
        connection.sendall(_get(b"Host: x", path=b"/healthz"))
        answer = b""
        while not answer.endswith(b"ok\n"):
            answer += connection.recv(65_536)
        connection.sendall(b"nonsense\r\n\r\n")
        assert _statuses(answer + _rest(connection)) == [200, 400]


def test_an_answer_comes_whole_though_nobody_wants_the_body(wire: Wire) -> None:
    """What is left of a body is thrown away for a moment, and then the connection ends."""
    answer = wire.send(_post(b"Content-Length: 9999999", body=b"x" * 100_000))
    assert _statuses(answer) == [413]
    assert b"body-too-large" in answer


def test_what_asks_for_another_protocol_gets_one_answer(wire: Wire) -> None:
    """The connection ends behind it, since what follows may be of that protocol."""
    assert _statuses(wire.send(HARMLESS["another protocol"][0] + SMUGGLED)) == [200]


@pytest.mark.parametrize(
    "path",
    [
        b"/dumps/../../../etc/passwd",
        b"/dumps/..%2f..%2f..%2fetc%2fpasswd",
        b"/dumps/%2e%2e/%2e%2e/current",
        b"/static/..%2f..%2fapp.py",
        b"/static//etc/passwd",
        b"/docs/../../pyproject.toml",
        b"/docs/reference/..%2f..%2f..%2fpyproject.toml",
        b"/page/%2e%2e/%2e%2e",
        b"/data/region/..%2f130636.ttl",
        b"//evil.example/%2e%2e",
        b"/..\\..\\etc\\passwd",
    ],
)
def test_no_path_leads_out(wire: Wire, path: bytes) -> None:
    """As it stands on the wire, which no client library has put in order."""
    answer = wire.send(_get(b"Host: x", b"Connection: close", path=path))
    (status,) = _statuses(answer)
    assert status in {307, 404}
    assert b"evil.example" not in answer.partition(b"\r\n\r\n")[0]
    assert b"root:" not in answer


def test_the_log_tells_of_requests_and_not_of_questions(wire: Wire) -> None:
    """One object a line; the id is that of the answer; what was asked in words stands nowhere."""
    with wire.client() as client:
        found = client.get("/search", params={"q": "某某的名字"}, headers={"Accept": "application/json"})
        broken = client.post(
            "/sparql", content="SELECT 某某的名字", headers={"Content-Type": "application/sparql-query"}
        )
    assert (found.status_code, broken.status_code) == (200, 400)
    assert broken.json()["error"]["request"] == broken.headers["x-request-id"]

    def told(answer: httpx.Response) -> dict[str, object]:
        # The line is written behind the answer.
        asked = answer.headers["x-request-id"]
        return until(lambda: next((line for line in wire.lines() if line.get("request") == asked), {}))

    line = told(found)
    assert (line["method"], line["route"], line["status"]) == ("GET", "/search", 200)
    assert line["bytes"] == len(found.content)
    assert told(broken)["status"] == 400
    assert "某某" not in wire.log()


def test_a_client_behind_the_proxy_is_limited_and_others_are_not(wire: Wire) -> None:
    """The address that the trusted proxy names has its own bucket; the figures tell how often it was empty."""
    with wire.client() as client:
        eager = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7"}
        statuses = [client.get("/robots.txt", headers=eager).status_code for _ in range(25)]
        assert statuses == [200] * 20 + [429] * 5
        refused = client.get("/graphql?query={release{version}}", headers=eager)
        assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True)
        assert refused.json()["errors"][0]["extensions"]["code"] == "rate-limit"
        assert client.get("/healthz", headers=eager).status_code == 200
        assert client.get("/robots.txt", headers={"X-Forwarded-For": "192.0.2.8"}).status_code == 200
        assert 'fundtrace_problems_total{code="rate-limit"} 6.0' in client.get("/metrics").text


def test_who_says_nothing_is_hung_up_on(unfinished: list[socket.socket]) -> None:
    """A connection without a request has as long as a head; empty lines are no request."""
    assert [_rest(connection) for connection in unfinished[-len(SILENT) :]] == [b""] * len(SILENT)


def test_who_does_not_finish_is_hung_up_on(wire: Wire, unfinished: list[socket.socket]) -> None:
    """A head has its time, however slowly it trickles in; meanwhile everybody else was answered."""
    with wire.connect() as trickling:
        trickling.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")

        def is_hung_up_on() -> bool:
            try:
                trickling.sendall(b"a")
            except OSError:
                return True
            return False

        until(is_hung_up_on)
    begun = unfinished[: -len(SILENT)]
    assert [_rest(connection) for connection in begun] == [b""] * len(begun)
    with wire.client() as client:
        assert client.get("/healthz").status_code == 200


def test_requests_at_hand_are_answered_before_the_end(wire: Wire) -> None:
    """SIGTERM while a body is on its way: it is taken, answered whole, and then the server ends with 0."""
    query = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    length = b"Content-Length: %d" % len(query)
    with wire.connect() as connection:
        connection.sendall(_post(length, b"Expect: 100-continue", b"Connection: close", body=query[:10]))
        # The server says so when it waits for the body.
        assert connection.recv(65_536).startswith(b"HTTP/1.1 100 ")
        wire.server.process.send_signal(signal.SIGTERM)
        until(lambda: not is_heard(wire.server.port))
        connection.sendall(query[10:])
        answer = _rest(connection)
    assert _statuses(answer) == [200]
    assert b'"bindings"' in answer
    assert wire.server.process.wait(SECONDS) == 0
