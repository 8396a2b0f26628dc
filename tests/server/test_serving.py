"""`fundtrace serve` as a real process: what it says, what it answers, and how it ends."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from click.testing import CliRunner

from fundtrace.cli.main import main

SECONDS = 90


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _serve(
    data: Path, port: int, *flags: str, preexec_fn: Callable[[], object] | None = None
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--port", str(port), *flags]
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "FUNDTRACE_SPARQL_PROCESSES": "1",
        "TMPDIR": str(_temporary(data, port)),
    }
    return subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=preexec_fn,
    )


def _temporary(data: Path, port: int) -> Path:
    """What a server has for its temporary files."""
    folder = data.parent / f"temporary-{port}"
    folder.mkdir(exist_ok=True)
    return folder


def _family(pid: int) -> set[int]:
    """A process and all that it has started."""
    found = {pid}
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        # A thread may end between the two looks.
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in path.read_text().split():
                found |= _family(int(child))
    return found


def _children(pid: int) -> set[int]:
    return _family(pid) - {pid}


def _alive(pids: set[int]) -> set[int]:
    return {
        pid
        for pid in pids
        if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()
    }


FAMILY = 7
"""The server, its two processes, the one that query processes are forked from, the one with the graph, and two for queries."""


def _whole_family(process: subprocess.Popen[str]) -> set[int]:
    """The server and all that it starts, once all of them are there."""
    end = time.monotonic() + SECONDS
    while len(_alive(_family(process.pid))) != FAMILY and time.monotonic() < end:
        time.sleep(0.1)
    family = _family(process.pid)
    assert len(family) == FAMILY
    return family


def _serves(pid: int) -> bool:
    return b"forking" not in Path(f"/proc/{pid}/cmdline").read_bytes()


def _wait_until_gone(pids: set[int]) -> None:
    end = time.monotonic() + SECONDS
    while _alive(pids) and time.monotonic() < end:
        time.sleep(0.1)
    assert _alive(pids) == set()


@contextmanager
def _running(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server with two processes, and its address, which it has printed."""
    process = _serve(data, _free_port(), "--workers", "2")
    try:
        assert process.stdout is not None
        ready = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", ready)
        assert address, (
            ready,
            process.stderr.read() if process.stderr and process.poll() is not None else "",
        )
        yield process, address.group().rstrip("/")
    finally:
        family = _family(process.pid) if process.poll() is None else set()
        process.kill()
        process.communicate(timeout=SECONDS)
        _wait_until_gone(family)


@pytest.fixture(scope="module")
def shared(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """One server for the tests that leave it alive."""
    with _running(data) as running:
        yield running


@pytest.fixture
def server(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own for a test that ends it."""
    with _running(data) as running:
        yield running


def test_the_server_answers_all_faces_over_http(shared) -> None:
    """The same project through page, data, SPARQL and GraphQL; raw and broken addresses never fail it."""
    _, address = shared
    project = "13063621KBZ5IOG4SDMWN"
    with httpx.Client(base_url=address, timeout=SECONDS) as client:
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
def test_raw_addresses_are_answered(shared, path: bytes, status: int) -> None:
    """Chinese without encoding, bytes that are no UTF-8, lone percent signs."""
    host, port = shared[1].removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=SECONDS) as connection:
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        line = connection.makefile("rb").readline()
    assert line.split()[1] == str(status).encode()


def test_idle_connections_make_room(data: Path) -> None:
    """Far more than there can be open files keep nobody from being answered."""
    port = _free_port()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (200, 200))
    process = _serve(data, port, "--workers", "1", preexec_fn=few)
    connections: list[socket.socket] = []
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        resource.setrlimit(resource.RLIMIT_NOFILE, (limits[1], limits[1]))
        for _ in range(10):
            connections += [socket.create_connection(("127.0.0.1", port), timeout=SECONDS) for _ in range(40)]
            assert httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=SECONDS).status_code == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        for connection in connections:
            connection.close()
        process.kill()
        process.communicate(timeout=SECONDS)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_and_leaves_no_process(server, data: Path, number: signal.Signals) -> None:
    """Exit code 0, and neither server nor query processes remain, nor the folder with their counts."""
    process, address = server
    temporary = _temporary(data, int(address.rpartition(":")[2]))
    assert list(temporary.glob("fundtrace-metrics-*"))
    family = _whole_family(process)
    process.send_signal(number)
    assert process.wait(SECONDS) == 0
    _wait_until_gone(family)
    assert not list(temporary.glob("fundtrace-metrics-*"))


def test_two_processes_count_as_one(shared) -> None:
    """Whichever process is asked for the figures, it tells those of both."""
    _, address = shared
    asked = re.compile(r'^fundtrace_request_seconds_count\{.*route="/robots.txt".*\} (\S+)$', re.MULTILINE)
    for _ in range(20):
        # A connection of its own each time, so that either process gets some.
        assert httpx.get(f"{address}/robots.txt", timeout=SECONDS).status_code == 200
    told = {asked.findall(httpx.get(f"{address}/metrics", timeout=SECONDS).text)[0] for _ in range(6)}
    assert told == {"20.0"}


def test_a_process_that_dies_is_replaced(shared) -> None:
    """Requests go on being answered, and there are two processes again."""
    process, address = shared
    victim = min(pid for pid in _whole_family(process) - {process.pid} if _serves(pid))
    os.kill(victim, signal.SIGKILL)
    _wait_until_gone({victim})
    assert victim not in _whole_family(process)
    assert httpx.get(f"{address}/healthz", timeout=SECONDS).text == "ok\n"


def test_nothing_outlives_a_server_that_was_killed(server) -> None:
    """The processes notice that the one that started them has died."""
    process, _ = server
    family = _whole_family(process)
    process.kill()
    process.wait(SECONDS)
    _wait_until_gone(family)


def _refused(data: Path, *flags: str) -> str:
    """The one line of a server that does not start; its exit code is 4."""
    ended = CliRunner().invoke(main, ["serve", "--data", str(data), *flags])
    assert ended.exit_code == 4
    assert ended.stderr.strip().count("\n") == 0
    return ended.stderr


def test_a_busy_port_is_one_clear_line(shared, data: Path) -> None:
    """Exit code 4 and what to do."""
    assert "--port" in _refused(data, "--port", shared[1].rsplit(":", 1)[1])


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
    process = _serve(copy, _free_port(), "--workers", "1")
    assert process.stdout is not None
    assert process.stdout.readline()
    shutil.rmtree(copy)
    family = _family(process.pid)
    (victim,) = (pid for pid in _children(process.pid) if _serves(pid))
    os.kill(victim, signal.SIGKILL)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 4
    assert "server-stopped" in said
    assert "no-release" in said
    _wait_until_gone(family)
