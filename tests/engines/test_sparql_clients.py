"""Comunica and fetch-sparql-endpoint as real clients of the endpoint, in node; their packages take minutes to install."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving import serving

from fundtrace.release import open_release

PROGRAM = Path(__file__).parents[1] / "clients" / "sparql"
ONTOLOGY = "http://localhost:8000/ontology#"
SELECT = f"SELECT ?project {{ ?project a <{ONTOLOGY}Project> }} ORDER BY ?project"
CONSTRUCT = f"CONSTRUCT {{ ?project a <{ONTOLOGY}Thing> }} {{ ?project a <{ONTOLOGY}Project> }}"


@pytest.fixture(scope="module")
def address(sample_data: Path) -> Iterator[str]:
    """The endpoint of `fundtrace serve` over the samples."""
    with serving(sample_data) as server:
        yield f"{server.address}/sparql"


def test_node_clients_understand_every_form_of_answer(
    address: str, sample_data: Path, tmp_path: Path
) -> None:
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
    projects = [row["project"].value for row in open_release(sample_data).store.query(SELECT)]
    count = len(projects)
    assert count > 1
    error = told["fetcher"].pop("error")
    assert told["fetcher"] == {"select": projects, "ask": True, "construct": count}
    assert told["comunica"] == {"select": projects, "ask": True, "construct": count, "guessed": count}
    assert "400" in error
