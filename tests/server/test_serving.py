"""`fundtrace serve` as a real process: what it says, what it answers, and how it ends."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from click.testing import CliRunner
from tests.serving import SECONDS, Serving, alive, command, serving, until

from fundtrace.cli.main import main

FAMILY = 7
"""The server, its two processes, the one that query processes are forked from, the one with the graph, and two for queries."""


def _whole_family(server: Serving) -> set[int]:
    """The server and all that it starts, once all of them are there."""
    return until(lambda: found if len(found := server.family()) == FAMILY else set())


def _serving(family: set[int]) -> set[int]:
    """Those of a server's processes that answer, and the first one."""
    return {pid for pid in family if b"forking" not in (command(pid) or b"forking")}


def _wait_until_gone(pids: set[int]) -> None:
    until(lambda: not alive(pids))


@contextmanager
def _running(data: Path) -> Iterator[Serving]:
    """A server with two processes, of which nothing may be left behind."""
    family: set[int] = set()
    with serving(data, "--workers", "2", environment={"FUNDTRACE_SPARQL_PROCESSES": "1"}) as server:
        try:
            yield server
        finally:
            family = server.family()
    _wait_until_gone(family)


@pytest.fixture(scope="module")
def shared(data: Path) -> Iterator[Serving]:
    """One server for the tests that leave it alive."""
    with _running(data) as running:
        yield running


@pytest.fixture
def server(data: Path) -> Iterator[Serving]:
    """A server of its own for a test that ends it."""
    with _running(data) as running:
        yield running


def test_the_server_answers_all_faces_over_http(shared: Serving) -> None:
    """The same project through page, data, SPARQL and GraphQL; raw and broken addresses never fail it."""
    project = "13063621KBZ5IOG4SDMWN"
    with httpx.Client(base_url=shared.address, timeout=SECONDS) as client:
        found = client.get("/resolve", params={"q": "冀财社【2020】186号文"})
        assert unquote(found.headers["location"]) == "/page/document/冀财社-2020-186"
        assert project in client.get(found.headers["location"]).text
        query = (
            "PREFIX ft: <http://localhost:8000/ontology#> SELECT ?code "
            '{ ?p ft:fundedUnder [ ft:number "冀财社〔2020〕186号" ] ; ft:code ?code } ORDER BY DESC(?code)'
        )
        csv = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}).text
        assert csv.split() == ["code", project, "130636210000000000001"]
        asked = {"query": '{ fundingDocument(number: "冀财社2020186号") { citedBy { totalCount } } }'}
        assert "data" in client.post("/graphql", json=asked).json()
        data = client.get(
            "/id/project/13063621KBZ5IOG4SDMWN-2021", headers={"Accept": "text/turtle"}, follow_redirects=True
        )
        assert "220000" in data.text
        assert client.head("/").content == b""
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/id/document/冀财社-2020-186".encode(), 303),
        (b"/id/document/%E5%86%80%E8%B4%A2%E7%A4%BE-2020-186", 303),
        (b"/id/document/\xff\xfe", 404),
        (b"/id/document/%FF%FE", 404),
        (b"/id/project/%00", 404),
        (b"/resolve?q=%FF%FE", 404),
        (b"/%", 404),
    ],
)
def test_raw_addresses_are_answered(shared: Serving, path: bytes, status: int) -> None:
    """Chinese without encoding, bytes that are no UTF-8, lone percent signs."""
    with socket.create_connection(("127.0.0.1", shared.port), timeout=SECONDS) as connection:
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        line = connection.makefile("rb").readline()
    assert line.split()[1] == str(status).encode()


def test_idle_connections_make_room(data: Path) -> None:
    """Far more than there can be open files keep nobody from being answered."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (200, 200))
    one = {"FUNDTRACE_SPARQL_PROCESSES": "1"}
    with serving(data, environment=one, preexec_fn=few) as server, ExitStack() as connections:
        connections.callback(resource.setrlimit, resource.RLIMIT_NOFILE, limits)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limits[1], limits[1]))
        for _ in range(10):
            for _ in range(40):
                idle = socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS)
                connections.enter_context(idle)
            assert httpx.get(f"{server.address}/healthz", timeout=SECONDS).status_code == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_and_leaves_no_process(server: Serving, number: signal.Signals) -> None:
    """Exit code 0, and neither server nor query processes remain, nor the folder with their counts."""
    assert list(server.folder.glob("fundtrace-metrics-*"))
    family = _whole_family(server)
    server.process.send_signal(number)
    assert server.process.wait(SECONDS) == 0
    _wait_until_gone(family)
    assert not list(server.folder.glob("fundtrace-metrics-*"))


def test_two_processes_count_as_one(shared: Serving) -> None:
    """Whichever process is asked for the figures, it tells those of both."""
    asked = re.compile(r'^fundtrace_request_seconds_count\{.*route="/robots.txt".*\} (\S+)$', re.MULTILINE)
    for _ in range(20):
        # A connection of its own each time, so that either process gets some.
        assert httpx.get(f"{shared.address}/robots.txt", timeout=SECONDS).status_code == 200

    def told() -> set[str]:
        texts = [httpx.get(f"{shared.address}/metrics", timeout=SECONDS).text for _ in range(6)]
        return {count for text in texts for count in asked.findall(text) or ["none"]}

    # A request is counted when its answer has been sent.
    until(lambda: told() == {"20.0"})


def test_a_process_that_dies_is_replaced(shared: Serving) -> None:
    """Requests go on being answered, and there are two processes again."""
    victim = min(_serving(_whole_family(shared)) - {shared.process.pid})
    os.kill(victim, signal.SIGKILL)
    _wait_until_gone({victim})
    assert victim not in _whole_family(shared)
    assert httpx.get(f"{shared.address}/healthz", timeout=SECONDS).text == "ok\n"


def test_nothing_outlives_a_server_that_was_killed(server: Serving) -> None:
    """The processes notice that the one that started them has died."""
    family = _whole_family(server)
    server.process.kill()
    server.process.wait(SECONDS)
    _wait_until_gone(family)


def _refused(data: Path, *flags: str) -> str:
    """The one line of a server that does not start; its exit code is 4."""
    ended = CliRunner().invoke(main, ["serve", "--data", str(data), *flags])
    assert ended.exit_code == 4
    assert ended.stderr.strip().count("\n") == 0
    return ended.stderr


def test_a_busy_port_is_one_clear_line(shared: Serving, data: Path) -> None:
    """Exit code 4 and what to do."""
    assert "--port" in _refused(data, "--port", str(shared.port))


def test_a_missing_release_says_what_to_run(tmp_path: Path) -> None:
    """Exit code 4 and the command."""
    assert "fundtrace build" in _refused(tmp_path)


def test_an_address_that_is_not_ours_is_one_clear_line(data: Path) -> None:
    """What cannot be listened on is said before anything starts."""
    assert "cannot-listen" in _refused(data, "--host", "192.0.2.1")


def test_processes_that_fail_at_once_end_the_server(data: Path, tmp_path: Path) -> None:
    """A crash loop is an error of ours with exit code 4, and the log says why."""
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    with serving(copy, environment={"FUNDTRACE_SPARQL_PROCESSES": "1"}) as server:
        family = server.family()
        shutil.rmtree(copy)
        (victim,) = _serving(family) - {server.process.pid}
        os.kill(victim, signal.SIGKILL)
        assert server.process.wait(SECONDS) == 4
        said = server.log.read_text(encoding="utf-8")
        assert "server-stopped" in said
        assert "no-release" in said
        _wait_until_gone(family)
