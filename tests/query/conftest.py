"""Two counties in memory, on disk, and under another base."""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from fundtrace.release import Release

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
    """The two counties as a store on disk, and their statements as gzipped N-Triples beside it."""
    folder = tmp_path_factory.mktemp("release") / "store"
    store = ox.Store(folder)
    store.bulk_load(path=TURTLE, format=ox.RdfFormat.TURTLE)
    store.flush()
    with gzip.open(folder.parent / "statements.nt.gz", "wb") as text:
        store.dump(text, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())  # type: ignore[call-overload]
    del store
    return folder


class Facts:
    """The statements of a release as Python mappings, so that sums can be made without SPARQL."""

    def __init__(self, release: Release) -> None:
        self.base = release.base
        self._values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for quad in ox.parse("".join(release.statements()), format=ox.RdfFormat.N_TRIPLES):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            self._values[quad.subject.value][_local(quad.predicate.value)].append(quad.object)

    def of_class(self, name: str) -> list[str]:
        """The IRIs of a class."""
        return [iri for iri, values in self._values.items() if name in map(_name, values["type"])]

    def all(self, iri: str, name: str) -> list[str]:
        """The values of a property, as text."""
        return [term.value for term in self._values[iri][name]]

    def one(self, iri: str, name: str) -> str | None:
        """The only value of a property, if there is one."""
        values = self.all(iri, name)
        assert len(values) < 2
        return values[0] if values else None

    def label(self, iri: str) -> str | None:
        """The Chinese label."""
        labels = self._values[iri]["label"]
        return next(
            (term.value for term in labels if isinstance(term, ox.Literal) and term.language == "zh"), None
        )

    def code(self, iri: str, name: str, scheme: str) -> str | None:
        """The code of the concept that a property names."""
        value = self.one(iri, name)
        return value.removeprefix(f"{self.base}id/concept/{scheme}-") if value else None


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _name(term: ox.NamedNode | ox.Literal) -> str:
    return _local(term.value)


@pytest.fixture(scope="session")
def facts(sample_release: Release) -> Facts:
    """What the release of the samples states."""
    return Facts(sample_release)
