"""A data folder with two releases, the first of them current, and a real server over a folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.serving import SECONDS, Serving, serving, until

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


BUILDS = """
import json, resource, sys
from fundtrace.cli.main import main

hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for limit in json.loads(sys.argv[1]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    code = main.main(args=sys.argv[2:], standalone_mode=False)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    print(limit, code, flush=True)
"""
"""Runs one command once for each limit of the size of a file: a write beyond it fails as it does on a full disk."""


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _overwritten(content: bytes) -> bytes:
    return content[:4096] + b"\xff" * (len(content) - 4096)


DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "description cut": ("release.json", _half),
    "index cut": ("index.sqlite", _half),
    "index empty": ("index.sqlite", lambda _: b""),
    "index overwritten": ("index.sqlite", _overwritten),
    "statements cut": ("statements.nt.gz", _half),
    "store cut": ("store/*.sst", _half),
    "store overwritten": ("store/*.sst", lambda content: bytes(len(content))),
    "store's list cut": ("store/MANIFEST-*", _half),
}


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python program in a process of its own."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)


@pytest.fixture
def builds() -> str:
    """The program that runs a command with each of several limits."""
    return BUILDS


@pytest.fixture
def python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a program of Python with arguments."""
    return _run


@pytest.fixture
def damage() -> Mapping[str, tuple[str, Callable[[bytes], bytes]]]:
    """Ways to spoil a release: the files, and what becomes of their bytes."""
    return DAMAGE


class Server:
    """A running server, and a client of it."""

    def __init__(self, process: Serving, client: httpx.Client) -> None:
        self._process = process
        self.client = client

    def told(self, words: str, count: int) -> list[str]:
        """The lines of the log with these words, once there are so many."""

        def lines() -> list[str]:
            text = self._process.log.read_text(encoding="utf-8")
            found = [line for line in text.splitlines() if words in line]
            return found if len(found) >= count else []

        found = until(lines)
        assert len(found) == count
        return found

    def comes_to(self, version: str) -> None:
        """Wait until a release is the one that answers."""
        until(lambda: self.client.get("/readyz").json() == {"release": version})

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


@pytest.fixture(scope="module")
def folder(pair: Folder, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Two releases in a folder of one module; each test leaves the good one current and both whole."""
    data = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(pair.data, data)
    return Folder(data, pair.good, pair.other, pair.document)


@pytest.fixture(scope="module")
def server(folder: Folder) -> Iterator[Server]:
    """One server over it."""
    with (
        serving(folder.data, environment={"FUNDTRACE_SPARQL_PROCESSES": "1"}) as process,
        httpx.Client(base_url=process.address, timeout=SECONDS) as client,
    ):
        yield Server(process, client)
