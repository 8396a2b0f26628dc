"""What comes over a socket and is no proper HTTP, at the real server: nothing is taken for two requests, nothing stays for ever."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

SECONDS = 60
HEAD_SECONDS = 1.0
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
ENDS = b"0\r\n\r\n"


@dataclass
class Server:
    """`fundtrace serve` with one process, little patience, and a log of objects."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def send(self, *parts: bytes, wait: float = 0.5) -> bytes:
        """What comes back for some bytes, until the server hangs up or says nothing more; `…` stands behind it if it is still there."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS) as connection:
            for part in parts:
                connection.sendall(part)
            answer = connection.recv(65_536)
            connection.settimeout(wait)
            try:
                while more := connection.recv(65_536):
                    answer += more
            except TimeoutError:
                answer += "…".encode()
            except ConnectionResetError:
                pass
            return answer

    def lines(self) -> list[dict[str, object]]:
        """The log."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def server(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests; the last of them stops it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {
        "HEAD_SECONDS": str(HEAD_SECONDS),
        "LOG_FORMAT": "json",
        "RATE_LIMIT": "0.01",
        "RATE_BURST": "20",
        "SPARQL_PROCESSES": "1",
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    environment = {**os.environ, **{f"FUNDTRACE_{name}": value for name, value in settings.items()}}
    command = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--port", str(port)]
    log = tmp_path_factory.mktemp("wire") / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [*command, "--workers", "1"], env=environment, stdout=subprocess.PIPE, stderr=errors
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline(), log.read_text(encoding="utf-8")
            yield Server(process, port, log)
        finally:
            process.kill()
            process.communicate(timeout=SECONDS)


@pytest.fixture(scope="module")
def unfinished(server: Server) -> Iterator[list[socket.socket]]:
    """Clients that have begun a request and say nothing more, or one letter from time to time."""
    begun = [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\n",
        b"G",
    ] * 20
    connections = []
    for part in begun:
        connections.append(socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS))
        connections[-1].sendall(part)
    yield connections
    for connection in connections:
        connection.close()


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


def test_nothing_is_read_in_two_ways(server: Server, unfinished: list[socket.socket]) -> None:
    """Each gets one answer and, where it was refused, no more; what was hidden in it is never asked."""
    for name, sent in REFUSED.items():
        answer = server.send(sent)
        assert _statuses(answer) == [400], (name, answer)
        assert not answer.endswith("…".encode()) or "host" in name, name
    for name, (sent, status) in {**TOO_LARGE, **HARMLESS}.items():
        assert _statuses(server.send(sent, wait=0.05)) == [status], name
    assert all(line.get("path") != "/smuggled" for line in server.lines())


@pytest.mark.parametrize("code", UNLIKE)
def test_a_refused_head_is_told_why(server: Server, code: str) -> None:
    """As other errors are: an object with code and message in both languages, which nothing may guess a type for."""
    head, _, body = server.send(UNLIKE[code]).removesuffix("…".encode()).partition(b"\r\n\r\n")
    error = json.loads(body)["error"]
    assert error["code"] == code
    assert set(error["message"]) == {"zh", "en"}
    assert b"x-content-type-options: nosniff" in head
    assert b"connection: close" in head


def test_requests_sent_together_are_answered_in_order(server: Server) -> None:
    """One connection, three requests at once, of which the slowest comes first; then one that is broken ends it."""
    query = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?a ?d ?e }"
    together = (
        _post(b"Content-Length: %d" % len(query), body=query)
        + _get(b"Host: x")
        + _get(b"Host: x", path=b"/none")
    )
    assert _statuses(server.send(together, wait=2)) == [200, 200, 404]
    answer = server.send(_get(b"Host: x") + b"nonsense\r\n\r\n", wait=2)
    assert _statuses(answer) in ([200], [400], [])
    assert not answer.endswith("…".encode())


def test_an_answer_comes_whole_though_nobody_wants_the_body(server: Server) -> None:
    """What is left of a body is thrown away for a moment, and then the connection ends."""
    announced = _post(b"Content-Length: 9999999", body=b"x" * 100_000)
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as connection:
        connection.sendall(announced)
        answer = b""
        while more := connection.recv(65_536):
            answer += more
    assert _statuses(answer) == [413]
    assert b"body-too-large" in answer


def test_what_asks_for_another_protocol_gets_one_answer(server: Server) -> None:
    """The connection ends behind it, since what follows may be of that protocol."""
    answer = server.send(HARMLESS["another protocol"][0] + SMUGGLED, wait=2)
    assert _statuses(answer) == [200]
    assert not answer.endswith("…".encode())


@pytest.mark.parametrize("said", [b"", b"\r\n"])
def test_who_says_nothing_is_hung_up_on(server: Server, said: bytes) -> None:
    """A connection without a request has as long as a head; empty lines are no request."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as connection:
        connection.sendall(said)
        assert connection.recv(1) == b""


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
def test_no_path_leads_out(server: Server, path: bytes) -> None:
    """As it stands on the wire, which no client library has put in order."""
    answer = server.send(_get(b"Host: x", path=path), wait=0.05)
    (status,) = _statuses(answer)
    assert status in {307, 404}
    assert b"evil.example" not in answer.partition(b"\r\n\r\n")[0]
    assert b"root:" not in answer


def test_the_log_tells_of_requests_and_not_of_questions(server: Server) -> None:
    """One object a line; the id is that of the answer; what was asked in words stands nowhere."""
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=SECONDS) as client:
        found = client.get("/search", params={"q": "某某的名字"}, headers={"Accept": "application/json"})
        broken = client.post(
            "/sparql", content="SELECT 某某的名字", headers={"Content-Type": "application/sparql-query"}
        )
    assert (found.status_code, broken.status_code) == (200, 400)
    assert broken.json()["error"]["request"] == broken.headers["x-request-id"]
    lines: dict[object, dict[str, object]] = {}
    while broken.headers["x-request-id"] not in lines:
        # The line is written behind the answer.
        time.sleep(0.05)
        lines = {line.get("request"): line for line in server.lines()}
    line = lines[found.headers["x-request-id"]]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/search", 200)
    assert line["bytes"] == len(found.content)
    assert lines[broken.headers["x-request-id"]]["status"] == 400
    assert "某某" not in server.log.read_text(encoding="utf-8")


def test_a_client_behind_the_proxy_is_limited_and_others_are_not(server: Server) -> None:
    """The address that the trusted proxy names has its own bucket; the figures tell how often it was empty."""
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=SECONDS) as client:
        eager = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7"}
        statuses = [client.get("/robots.txt", headers=eager).status_code for _ in range(25)]
        assert statuses == [200] * 20 + [429] * 5
        refused = client.get("/graphql?query={release{version}}", headers=eager)
        assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True)
        assert refused.json()["errors"][0]["extensions"]["code"] == "rate-limit"
        assert client.get("/healthz", headers=eager).status_code == 200
        assert client.get("/robots.txt", headers={"X-Forwarded-For": "192.0.2.8"}).status_code == 200
        assert 'fundtrace_problems_total{code="rate-limit"} 6.0' in client.get("/metrics").text


def test_who_does_not_finish_is_hung_up_on(server: Server, unfinished: list[socket.socket]) -> None:
    """A head has its time, however slowly it trickles in; meanwhile everybody else was answered."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as trickling:
        trickling.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        for _ in range(SECONDS * 10):
            time.sleep(0.1)
            try:
                trickling.sendall(b"a")
            except OSError:
                break
        else:
            pytest.fail("it is still listened to")
    for connection in unfinished:
        assert b" 200 " not in connection.recv(65_536)
    assert httpx.get(f"http://127.0.0.1:{server.port}/healthz", timeout=SECONDS).status_code == 200


def test_requests_at_hand_are_answered_before_the_end(server: Server) -> None:
    """SIGTERM while a body is on its way: it is taken, answered whole, and then the server ends with 0."""
    query = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answers: list[bytes] = []
    under_way = threading.Event()

    def ask() -> None:
        with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as connection:
            connection.sendall(
                _post(b"Content-Length: %d" % len(query), b"Connection: close", body=query[:10])
            )
            under_way.set()
            time.sleep(0.5)
            connection.sendall(query[10:])
            answer = b""
            while more := connection.recv(65_536):
                answer += more
            answers.append(answer)

    client = threading.Thread(target=ask)
    client.start()
    under_way.wait(SECONDS)
    time.sleep(0.2)
    server.process.send_signal(signal.SIGTERM)
    client.join(SECONDS)
    assert _statuses(answers[0]) == [200]
    assert b'"bindings"' in answers[0]
    assert server.process.wait(SECONDS) == 0
