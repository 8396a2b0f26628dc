"""Remote stores of other makers: a release pushed, the store killed in the middle, served, and asked every saved question."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.benchmarks.virtuoso import PROGRAM, configured, execute
from tests.serving import SECONDS, free_port, is_heard

from fundtrace.errors import SystemFailure
from fundtrace.graph.exchange import Credentials, Patience
from fundtrace.graph.remote import RemoteStore
from fundtrace.query import catalogue, select
from fundtrace.query.asking import prepare
from fundtrace.query.results import Row
from fundtrace.release import Release
from fundtrace.release.pushing import push
from fundtrace.release.registered import counted, read_register, release_graph

DIFFERENCES = yaml.safe_load((Path(__file__).parent / "store-differences.yml").read_text(encoding="utf-8"))
PATIENT = Patience(attempts=120, first=0.1, longest=0.5)


class Virtuoso:
    """A Virtuoso of its own on free ports, which takes graphs from everybody."""

    query, graphs = "sparql", "sparql-graph-crud"

    def __init__(self, folder: Path, sql: int, port: int) -> None:
        self._folder = folder
        self._sql, self._port = sql, port
        self.address = f"http://127.0.0.1:{self._port}"
        self._command = configured(folder, self._sql, self._port)
        self.start()
        execute(self._sql, 'grant SPARQL_UPDATE to "SPARQL"; checkpoint;')

    def start(self) -> None:
        """Run until it answers."""
        (self._folder / "virtuoso.lck").unlink(missing_ok=True)
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while self._process.poll() is None:
            if is_heard(self._port):
                return
            time.sleep(0.1)
        raise RuntimeError((self._folder / "virtuoso.log").read_text(encoding="utf-8", errors="replace"))

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self._process.kill()
        self._process.wait()


class Oxigraph:
    """An `oxigraph serve` of its own."""

    query, graphs = "query", "store?no_transaction"

    def __init__(self, server: Any) -> None:
        self.address: str = server.address
        self.start, self.kill = server.start, server.kill


@pytest.fixture(params=["oxigraph", "virtuoso"])
def store(request: pytest.FixtureRequest, store_server: Callable[..., Any], tmp_path: Path) -> Iterator[Any]:
    """A real store of each maker."""
    folder = tmp_path / "store"
    folder.mkdir()
    if request.param == "oxigraph":
        yield Oxigraph(store_server(folder))
        return
    if shutil.which(PROGRAM) is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
    with free_port() as sql, free_port() as port:
        server = Virtuoso(folder, sql, port)
        yield server
        server.kill()


def _counted(rows: list[Row]) -> Counter[frozenset[tuple[str, str]]]:
    return Counter(frozenset((name, str(term)) for name, term in row.items()) for row in rows)


def test_every_store_keeps_serves_and_answers(store: Any, sample_release: Release, sample_data: Path) -> None:
    """A push outlives a power cut; `/sparql` counts what was pushed; every question gives the same rows, or is listed with a reason."""
    release, maker = sample_release, type(store).__name__.lower()
    remote = RemoteStore(
        store.address, Credentials(), query=store.query, graphs=store.graphs, patience=PATIENT
    )
    restarted: list[threading.Thread] = []

    def told(done: int, total: int) -> None:
        if done > total // 2 and not restarted:
            store.kill()
            restarted.append(threading.Thread(target=store.start))
            restarted[0].start()

    graph = push(release, remote, told, piece_lines=1_000).graph
    restarted[0].join()
    assert graph == release_graph(release.base, release.version)
    assert counted(remote, graph) == release.info.statements
    assert read_register(remote, release.base).current == graph
    assert push(release, remote, lambda done, total: None).sent == 0
    assert _served_count(store, sample_data) == release.info.statements
    listed = DIFFERENCES.get(maker, {"questions": {}, "reasons": {}})
    assert set(listed["questions"].values()) == set(listed["reasons"])
    unlike = set()
    for question in catalogue().values():
        query = prepare(question, question.example, release.base, release.namespace).query
        try:
            there = _counted(remote.rows(query, graph))
        except SystemFailure as error:
            print(question.id, error)
            unlike.add(question.id)
            continue
        here = _counted(select(release, query))
        if there != here:
            print(question.id, here - there, there - here)
            unlike.add(question.id)
    assert unlike == set(listed["questions"])


def _served_count(store: Any, data: Path) -> int:
    """The number of statements that a server over the store tells."""
    command = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--store", store.address]
    environment = {
        **os.environ,
        "FUNDTRACE_STORE_QUERY": store.query,
        "FUNDTRACE_STORE_GRAPHS": store.graphs,
        "FUNDTRACE_WORKERS": "1",
    }
    query = urllib.parse.quote("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    with (
        free_port() as port,
        subprocess.Popen(
            [*command, "--port", str(port)], stdout=subprocess.PIPE, env=environment, text=True
        ) as server,
    ):
        try:
            assert server.stdout is not None
            assert "ready" in server.stdout.readline()
            address = f"http://127.0.0.1:{port}/sparql?query={query}"
            asked = urllib.request.Request(address, headers={"Accept": "text/csv"})
            with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
                found = re.findall(r"\d+", answer.read().decode())
        finally:
            server.terminate()
    return int(found[0])
