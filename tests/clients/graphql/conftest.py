"""A real server with trusted documents, and node with the clients' packages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.serving import SECONDS, serving

HERE = Path(__file__).parent
APP = Path(__file__).parents[3] / "server" / "web" / "examples" / "citing-projects"

Run = Callable[..., str]


def _install(folder: Path) -> None:
    if not (folder / "node_modules" / ".package-lock.json").exists():
        command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True, timeout=600)


@pytest.fixture(scope="session")
def install() -> Callable[[Path], None]:
    """Installs the packages of a folder's lock file, unless they are there."""
    return _install


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs a command and gives what it prints; the test fails with all that it said when it fails."""

    def run(*command: str | Path, folder: Path = HERE, expected: int = 0) -> str:
        words = [str(one) for one in command]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
        assert done.returncode == expected, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    return run


@pytest.fixture(scope="session")
def node(run: Run) -> Callable[..., Any]:
    """Runs a script of this folder and gives the JSON that it prints."""
    _install(HERE)

    def node(script: str, *arguments: str | Path) -> Any:
        return json.loads(run("node", HERE / script, *arguments) or "null")

    return node


@pytest.fixture(scope="module")
def server(
    sample_data: Path, node: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of `fundtrace serve` over the samples, which trusts the documents of the clients."""
    trusted = tmp_path_factory.mktemp("trusted")
    node("manifest.mjs", trusted)
    settings = {
        "FUNDTRACE_GRAPHQL_DOCUMENTS": str(trusted),
        "FUNDTRACE_GRAPHQL_EXPLAIN": "1",
        "FUNDTRACE_SPARQL_PROCESSES": "1",
    }
    with serving(sample_data, environment=settings) as one:
        yield one.address


@pytest.fixture(scope="module")
def sdl(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema that the server publishes."""
    file = tmp_path_factory.mktemp("schema") / "schema.graphql"
    file.write_text(httpx.get(f"{server}/graphql/schema.graphql", timeout=SECONDS).text, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def app() -> Path:
    """The example web app."""
    return APP
