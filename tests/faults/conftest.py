"""A data folder with two releases, the first of them current, and a real server over a folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from fundtrace.pipeline import build
from fundtrace.release import rollback
from fundtrace.settings import Settings

PAGE = "/page/project/13063621KBZ5IOG4SDMWN-2021"


@dataclass(frozen=True)
class Folder:
    """A data folder: the release that is current, the other one, and a document that made the other one."""

    data: Path
    good: str
    other: str
    document: Path

    def switch(self, version: str) -> None:
        """What the last step of a build does."""
        draft = self.data / "current.draft"
        draft.write_text(f"{version}\n", encoding="ascii")
        draft.replace(self.data / "current")


@pytest.fixture(scope="session")
def pair(samples: Path, sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Two releases. Nothing may write to it."""
    data = tmp_path_factory.mktemp("pair") / "data"
    shutil.copytree(sample_data, data)
    document = samples / "julu-2025.txt"
    other = build([document], Settings(data=str(data), jobs=1)).release.version
    return Folder(data, rollback(data).version, other, document)


@pytest.fixture
def own(pair: Folder, tmp_path: Path) -> Folder:
    """Two releases in a folder that a test may damage."""
    shutil.copytree(pair.data, tmp_path / "data")
    return Folder(tmp_path / "data", pair.good, pair.other, pair.document)


class Server:
    """`fundtrace serve` as a process, and a client of it."""

    def __init__(self, data: Path, log: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--port", str(port)]
        self._log = log.open("wb")
        self.log = log
        self.process = subprocess.Popen(
            [*command, "--workers", "1"],
            env={**os.environ, "PYTHONUNBUFFERED": "1", "FUNDTRACE_SPARQL_PROCESSES": "1"},
            stdout=subprocess.PIPE,
            stderr=self._log,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline(), log.read_text(encoding="utf-8")
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)

    def close(self) -> None:
        """Stop it as an operator does."""
        self.client.close()
        self.process.terminate()
        self.process.communicate(timeout=60)
        self._log.close()

    def release(self) -> str:
        """The version that every face answers from: page, data, GraphQL and SPARQL."""
        asked = (
            self.client.get("/"),
            self.client.get(PAGE),
            self.client.get("/readyz"),
            self.client.get("/data/region/130636.ttl"),
            self.client.post("/graphql", json={"query": "{ projects { totalCount } }"}),
            self.client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}),
        )
        assert [one.status_code for one in asked] == [200] * len(asked)
        assert "errors" not in asked[4].json()
        versions = {one.headers["x-release"] for one in asked if "x-release" in one.headers}
        versions.add(asked[2].json()["release"])
        (version,) = versions
        return version


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Path], Server]]:
    """Starts servers that end with the test."""
    started: list[Server] = []

    def start(data: Path) -> Server:
        started.append(Server(data, tmp_path / f"server-{len(started)}.log"))
        return started[-1]

    yield start
    for server in started:
        server.close()
