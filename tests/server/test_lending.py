"""A client that asks one quick query after the other, at the real server, where a worker comes to answer it by itself."""

from __future__ import annotations

import gzip
import http.client
import itertools
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.serving import SECONDS, Serving, serving, until

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/csv"}
SLOW = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . VALUES ?m {{ {} }} }}".format(
    " ".join(map(str, range(60)))
)


@dataclass
class Answer:
    """A response and its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def issuer(self) -> str:
        """Who gave it its id: the server process, or a worker for one connection."""
        return self.headers["x-request-id"][:12]


@dataclass
class Client:
    """One connection that is kept."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)

    def ask(self, query: str) -> Answer:
        """Ask with a form."""
        return self.request("POST", "/sparql", urlencode({"query": query}), {**FORM, **self.headers})

    def get(self, query: str, **headers: str) -> Answer:
        """Ask with an address."""
        return self.request(
            "GET", f"/sparql?{urlencode({'query': query})}", None, {**self.headers, **headers}
        )

    def request(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        """Any request."""
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, response.read())

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def until_lent(self, ask: Callable[[str], Answer] | None = None) -> Answer:
        """Ask one thing after the other until a worker answers by itself; its answer."""
        ask = ask or self.ask
        own = self.request("GET", "/healthz", None, {}).issuer
        for number in range(10_000):
            answer = ask(f"SELECT ({number} AS ?n) {{}} # {time.monotonic()}")
            assert answer.status == 200
            if answer.issuer != own:
                return answer
        raise AssertionError("nothing was lent")


@contextmanager
def _serving(data: Path, **settings: str) -> Iterator[Serving]:
    told = {"LOG_FORMAT": "json", "SPARQL_SECONDS": "60", **settings}
    with serving(data, environment={f"FUNDTRACE_{name}": value for name, value in told.items()}) as one:
        yield one
        one.close()
        assert [line for line in _lines(one) if "message" in line] == []


def _lines(one: Serving) -> list[dict[str, str]]:
    # Those who measure the coverage of the tests write there as well.
    lines = one.log.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Serving]:
    """One server for the tests that leave it as it was."""
    with _serving(data, SPARQL_QUICK_MS="2000") as one:
        yield one


@pytest.fixture
def opened() -> Iterator[Callable[..., Client]]:
    """Opens connections, which are closed after the test."""
    with ExitStack() as stack:
        yield lambda *values: stack.enter_context(closing(Client(*values)))


def test_answers_are_the_same_whoever_gives_them(server, opened) -> None:
    """Body and headers are those of a first request, apart from date and id, and each has an id of its own that the log knows."""
    client = opened(server.port)
    client.until_lent()
    ids = set()
    for number in range(300):
        query = f"SELECT ?s ({number} AS ?n) {{ ?s a ?t }} ORDER BY ?s LIMIT {number % 7}"
        answer = client.ask(query)
        ids.add(answer.headers["x-request-id"])
        if number % 50 == 0:
            first = opened(server.port).ask(query)
            assert answer.body == first.body
            assert {**answer.headers, "date": "", "x-request-id": ""} == {
                **first.headers,
                "date": "",
                "x-request-id": "",
            }
    assert len(ids) == 300
    until(lambda: ids <= {line["request"] for line in _lines(server)})


def test_addresses_and_packed_answers(server, opened) -> None:
    """A query in the address has an `ETag` that is valid for other requests too, and gzip is for who takes it."""
    client = opened(server.port, {"Accept-Encoding": "gzip", "Accept": "text/csv"})
    client.until_lent(client.get)
    for number in range(20):
        query = f"SELECT * {{ ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT {100 + number}"
        answer = client.get(query)
        whole = opened(server.port, {"Accept": "text/csv"}).get(query)
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(answer.body) == whole.body
        assert client.get(query, **{"If-None-Match": answer.headers["etag"]}).status == 304
        assert answer.headers["last-modified"] == whole.headers["last-modified"]


def test_whatever_else_comes_is_answered_as_ever(server, opened) -> None:
    """Pages, errors, other formats, requests sent together and slow queries, over a connection that a worker had."""
    client = opened(server.port)
    for number in range(3):
        client.until_lent()
        assert client.request("GET", "/robots.txt", None, {}).status == 200
        client.until_lent()
        wrong = client.ask(f"SELECT * {{ # {number}")
        assert wrong.status == 400
        assert json.loads(wrong.body)["error"]["code"] == "query-syntax"
        client.until_lent()
        assert client.get("ASK {}", Accept="text/turtle").status == 406
        client.until_lent()
        assert client.ask("").status == 400
        client.until_lent()
        large = client.ask(f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {30_000 + number}")
        assert large.headers["transfer-encoding"] == "chunked"
        assert large.body.count(b"\n") == 30_001 + number


def test_who_asks_for_large_answers_is_not_lent_to(server, opened) -> None:
    """What is streamed would be evaluated twice."""
    client = opened(server.port)
    own = client.request("GET", "/healthz", None, {}).issuer
    for number in range(10):
        large = client.ask(f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {20_000 + number}")
        assert large.headers["transfer-encoding"] == "chunked"
        assert large.issuer == own


def test_requests_that_are_sent_together_are_answered_in_order(server, opened) -> None:
    """Also where a worker had the connection before."""
    client = opened(server.port)
    client.until_lent()
    bodies = [urlencode({"query": f"SELECT ({number} AS ?n) {{}} # x"}) for number in (11, 22, 33)]
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}"
    together = "".join(head.format(FORM["Content-Type"], len(body), body) for body in bodies)
    connection = client.connection.sock
    connection.sendall(together.encode())
    data = b""
    while data.count(b"n\r\n") < 3 or not data.endswith(b"33\r\n"):
        piece = connection.recv(65_536)
        assert piece
        data += piece
    assert [data.index(b"n\r\n%d\r\n" % number) for number in (11, 22, 33)] == sorted(
        data.index(b"n\r\n%d\r\n" % number) for number in (11, 22, 33)
    )


def test_a_query_that_is_not_quick_is_answered_all_the_same(data, opened) -> None:
    """Its worker ends and it is asked again, and nobody else's answer is late or lost."""
    with _serving(data, SPARQL_QUICK_MS="250") as server:
        client, other = opened(server.port), opened(server.port)
        client.until_lent()
        other.until_lent()
        answer = client.ask(SLOW)
        assert answer.status == 200
        assert answer.body.startswith(b"n\r\n")
        assert other.ask("ASK { ?a ?b ?c }").status == 200
        assert client.ask("ASK { ?a ?b ?c . ?d ?e ?f }").status == 200


def test_the_end_of_a_worker_costs_no_request(data, opened) -> None:
    """Half a request that it was waiting for is answered when the rest has come."""
    with _serving(data, SPARQL_QUICK_MS="2000") as server:
        client = opened(server.port)
        client.until_lent()
        client.connection.putrequest("POST", "/sparql")
        body = urlencode({"query": "SELECT (77 AS ?n) {}"}).encode()
        for name, value in {"Content-Length": str(len(body)), **FORM}.items():
            client.connection.putheader(name, value)
        client.connection.endheaders()
        time.sleep(0.05)
        for pid in _workers(server.process.pid):
            os.kill(pid, signal.SIGKILL)
        client.connection.send(body)
        assert client.connection.getresponse().read() == b"n\r\n77\r\n"


def _workers(pid: int) -> list[int]:
    """The processes below one that have started none, but for those that serve HTTP."""
    below = [
        int(child)
        for path in Path(f"/proc/{pid}/task").glob("*/children")
        for child in path.read_text(encoding="ascii").split()
    ]
    if not below:
        return [pid] if b"forking" in Path(f"/proc/{pid}/cmdline").read_bytes() else []
    return [found for child in below for found in _workers(child)]


def test_who_asks_too_often_is_refused_also_by_way_of_a_worker(data, opened) -> None:
    """What a worker answers counts for the client's rate."""
    settings = {"RATE_LIMIT": "1", "RATE_BURST": "200", "TRUSTED_PROXIES": "127.0.0.1"}
    with _serving(data, SPARQL_QUICK_MS="2000", **settings) as server:
        client = opened(server.port, {"X-Forwarded-For": "192.0.2.7"})
        client.until_lent(client.get)
        statuses = [client.get(f"ASK {{ FILTER({number} > 0) }}").status for number in range(600)]
        assert statuses[-1] == 429
        assert set(statuses) == {200, 429}


def test_a_new_release_is_taken_up_by_who_goes_on_asking(data, tmp_path, publish, opened) -> None:
    """A connection that a worker has comes back for it."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder, symlinks=True)
    with _serving(folder, SPARQL_QUICK_MS="2000") as server:
        client = opened(server.port)
        old = client.until_lent().headers["x-release"]
        publish(folder, '<region/130000> a ft:Region ; ft:code "130000" .\n')
        for number in itertools.count():
            answer = client.ask(f"ASK {{ FILTER({number} > -1) }}")
            assert answer.status == 200
            if answer.headers["x-release"] != old:
                break


def test_a_server_that_is_told_to_stop_finishes_what_is_under_way(data, opened) -> None:
    """A client that goes on asking has whole answers until its connection is closed, and no process stays."""
    with _serving(data, SPARQL_QUICK_MS="2000") as server:
        client = opened(server.port)
        client.until_lent()
        server.process.send_signal(signal.SIGTERM)
        with suppress(http.client.RemoteDisconnected, ConnectionError):
            for number in itertools.count():
                answer = client.ask(f"SELECT ({number} AS ?n) {{}}")
                assert answer.body == b"n\r\n%d\r\n" % number
        assert server.process.wait(SECONDS) == 0
