"""Two counties as a release, and a way to ask them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from fundtrace.graphql import execute

TURTLE = Path(__file__).parents[1] / "query" / "two-counties.ttl"
BASE = "http://localhost:8000/"

Ask = Callable[..., Any]


class CountingStore:
    """A store that counts the queries it is asked."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.queries: list[str] = []

    def query(self, text: str) -> Any:
        """Ask the store."""
        self.queries.append(text)
        return self._store.query(text)


@dataclass(frozen=True)
class Opened:
    """A graph with a version, as an answer needs it."""

    store: Any
    version: str = "2021-01"
    base: str = BASE
    namespace: str = f"{BASE}ontology#"


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The two counties."""
    store = ox.Store()
    store.load(path=TURTLE, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def release(store: ox.Store) -> Opened:
    """The two counties under the base of the repository."""
    return Opened(store)


@pytest.fixture
def counted(store: ox.Store) -> Opened:
    """A release whose store counts its queries, and has not been asked before."""
    return Opened(CountingStore(store))


@pytest.fixture(scope="session")
def elsewhere() -> Opened:
    """The same facts under another base."""
    text = TURTLE.read_text(encoding="utf-8").replace(BASE, "https://data.example/")
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.TURTLE)
    return Opened(store, "other", "https://data.example/", "https://data.example/ontology#")


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
