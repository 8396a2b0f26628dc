"""Two counties as a release with its index, and a way to ask them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import fundtrace.index
from fundtrace.graphql import execute
from fundtrace.resources import folder

TURTLE = Path(__file__).parents[1] / "query" / "two-counties.ttl"
BASE = "http://localhost:8000/"

Ask = Callable[..., Any]


@dataclass(frozen=True)
class Opened:
    """A graph and an index with a version, as an answer needs them."""

    store: Any
    path: Path
    version: str = "2021-01"
    base: str = BASE
    namespace: str = f"{BASE}ontology#"

    @cached_property
    def index(self) -> fundtrace.index.Index:
        """The index in the folder."""
        return fundtrace.index.open_index(self.path)


def opened(path: Path, base: str = BASE, version: str = "2021-01") -> Opened:
    """A release of the two counties and the code lists, with its index, in a folder."""
    texts = [TURTLE, *sorted((folder("ontology") / "codes").glob("*.ttl"))]
    store = ox.Store()
    for text in texts:
        store.load(text.read_text(encoding="utf-8").replace(BASE, base), format=ox.RdfFormat.TURTLE)
    lines = sorted(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in store)
    fundtrace.index.build_index(lines, path / fundtrace.index.INDEX, base, f"{base}ontology#")
    return Opened(store, path, version, base, f"{base}ontology#")


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The two counties under the base of the repository."""
    return opened(tmp_path_factory.mktemp("counties"))


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The same facts under another base."""
    return opened(tmp_path_factory.mktemp("elsewhere"), "https://data.example/", "other")


@pytest.fixture
def ask(release: Opened) -> Ask:
    """Ask the release something that must be answered without errors; gives the data."""

    def asked(document: str, **variables: Any) -> Any:
        response = execute(release, document, variables)
        assert "errors" not in response, response["errors"]
        return response["data"]

    return asked


@pytest.fixture
def refused(release: Opened) -> Ask:
    """Ask the release something that must be refused; gives the first error."""

    def asked(document: str, **variables: Any) -> Any:
        response = execute(release, document, variables)
        return response["errors"][0]

    return asked
