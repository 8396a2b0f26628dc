"""What the builder states of the published documents, against the shapes and the examples."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Graph, URIRef

from fundtrace import vocab
from fundtrace.graph import Iris, statements
from fundtrace.reading import read
from fundtrace.recognising import recognise
from fundtrace.release import breaches

BASE = "http://localhost:8000/"
FT = vocab.NAMESPACE
FOLDER = os.environ.get("FUNDTRACE_DOCUMENTS")
TOLD_IN_OTHER_WORDS = {FT + name for name in ("purpose", "text", "heading", "note", "description", "cells")}

pytestmark = [
    pytest.mark.documents,
    pytest.mark.skipif(not FOLDER, reason="FUNDTRACE_DOCUMENTS names no folder"),
]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """All statements about the published documents, sorted."""
    paths = sorted(Path(FOLDER or "").glob("*.txt"))
    documents = [recognise(sheets) for path in paths for sheets in read(path)]
    return sorted(set(statements(documents, Iris(BASE), FT)))


@pytest.fixture(scope="module")
def release(lines: list[str]) -> Graph:
    """The same as a graph."""
    return Graph().parse(data="\n".join(lines), format="nt")


def test_a_release_conforms(lines: list[str]) -> None:
    """The published documents violate no shape; what their forms lack is warned of."""
    store = ox.Store()
    store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    found = list(breaches(store, BASE, FT))
    assert [breach for breach in found if breach.violation] == []
    assert found


def test_the_examples_are_what_a_release_says(release: Graph, examples: Graph) -> None:
    """Every statement of the examples is in the release, but for prose and the release's own description."""
    told = {
        (s, p, o)
        for s, p, o in examples
        if "/id/release/" not in str(s)
        and str(p) not in TOLD_IN_OTHER_WORDS
        and not (p == RDFS.label and (s, RDF.type, URIRef(f"{FT}Goal")) in examples)
    }
    assert {triple for triple in told if triple not in release} == set()


def test_a_release_uses_terms_of_the_ontology(release: Graph) -> None:
    """No statement has a term that core.ttl has not, and no planned term is stated."""
    used = {str(term).removeprefix(FT) for _, p, o in release for term in (p, o) if str(term).startswith(FT)}
    assert used <= {name for name, term in vocab.TERMS.items() if not term.planned}
