"""Comunica and fetch-sparql-endpoint as real clients of the endpoint, in node; their packages take minutes to install."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fundtrace.release import Account, build_release

PROGRAM = Path(__file__).parents[1] / "clients" / "sparql"
BASE = "http://localhost:8000/"
PROJECT = f"<{BASE}id/project/{{}}> a <{BASE}ontology#Project> ."
SELECT = f"SELECT ?project {{ ?project a <{BASE}ontology#Project> }} ORDER BY ?project"
CONSTRUCT = f"CONSTRUCT {{ ?project a <{BASE}ontology#Thing> }} {{ ?project a <{BASE}ontology#Project> }}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of `fundtrace serve` over three projects."""
    data = tmp_path_factory.mktemp("served")
    build_release(data, [PROJECT.format(n) for n in "abc"], BASE, f"{BASE}ontology#", Account())
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    flags = ["--data", str(data), "--port", str(port), "--workers", "1"]
    process = subprocess.Popen([sys.executable, "-m", "fundtrace", "serve", *flags], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_node_clients_understand_every_form_of_answer(address: str, tmp_path: Path) -> None:
    """Rows, truth and triples, a malformed query as an error, and the endpoint found by its description."""
    folder = tmp_path / "sparql"
    shutil.copytree(PROGRAM, folder, ignore=shutil.ignore_patterns("node_modules"))
    install = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(install, cwd=folder, check=True, timeout=900)
    asked = [address, SELECT, "ASK { ?s ?p ?o }", CONSTRUCT]
    done = subprocess.run(
        ["node", "ask.mjs", *asked], cwd=folder, check=True, timeout=300, capture_output=True, text=True
    )
    told = json.loads(done.stdout)
    projects = [f"{BASE}id/project/{n}" for n in "abc"]
    error = told["fetcher"].pop("error")
    assert told["fetcher"] == {"select": projects, "ask": True, "construct": 3}
    assert told["comunica"] == {"select": projects, "ask": True, "construct": 3, "guessed": 3}
    assert "400" in error
