"""Two counties in memory, on disk, and under another base."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

TURTLE = Path(__file__).with_name("two-counties.ttl")


@dataclass(frozen=True)
class Graph:
    """A store with the base and namespace of its IRIs."""

    store: ox.Store
    base: str
    namespace: str


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The two counties under the base of the repository."""
    store = ox.Store()
    store.load(path=TURTLE, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def elsewhere() -> Graph:
    """The same facts under another base, with a namespace of its own."""
    text = TURTLE.read_text(encoding="utf-8")
    text = text.replace("http://localhost:8000/ontology#", "https://terms.example/ft#")
    text = text.replace("http://localhost:8000/", "https://data.example/")
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.TURTLE)
    return Graph(store, "https://data.example/", "https://terms.example/ft#")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two counties as a store on disk."""
    folder = tmp_path_factory.mktemp("release") / "store"
    store = ox.Store(folder)
    store.bulk_load(path=TURTLE, format=ox.RdfFormat.TURTLE)
    store.flush()
    del store
    return folder
