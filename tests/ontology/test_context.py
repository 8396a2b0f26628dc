"""The JSON-LD context."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import Graph

from fundtrace import vocab

LEGACY = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""rdflib's own JSON-LD parser still uses what rdflib deprecates."""

KEYWORDS = {"@version", "id", "type", "label", "ft", "rdfs", "skos", "xsd"}


def canonical(triples: str | bytes) -> set[str]:
    """N-Triples as lines that two writers agree on."""
    return {str(quad) for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)}


@pytest.fixture(scope="module")
def context(ontology: Path) -> dict[str, Any]:
    """The inside of @context."""
    found: dict[str, Any] = json.loads((ontology / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return found


def test_covers_every_term_and_no_other(context: dict[str, Any]) -> None:
    """Each class and property has its own name in the context, and nothing else does."""
    assert set(context) - KEYWORDS == set(vocab.TERMS)
    for name, term in vocab.TERMS.items():
        entry = context[name]
        assert (entry if isinstance(entry, str) else entry["@id"]) == f"ft:{name}"
        assert isinstance(entry, str) is (term.kind == "class")
        if term.kind == "object":
            assert entry["@type"] == "@id"


def test_repeatable_properties_are_arrays(context: dict[str, Any]) -> None:
    """A property with at most one value is a value, any other an array."""
    assert "@container" not in context["totalBudget"]
    assert context["indicator"]["@container"] == "@set"
    assert context["name"]["@container"] == "@set"
    assert context["message"]["@container"] == "@language"


@LEGACY
def test_examples_survive_json(examples: Graph, context: dict[str, Any]) -> None:
    """The examples, compacted with the context and read again by three readers, are the same graph."""
    text = examples.serialize(format="json-ld", context=context, auto_compact=True)
    told = canonical(examples.serialize(format="nt"))
    triples = (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD))
    assert canonical(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"") == told
    assert canonical(Graph().parse(data=text, format="json-ld").serialize(format="nt")) == told
    expanded = jsonld.expand(json.loads(text))
    assert all(key.startswith(("@", "http://")) for node in expanded for key in node)
    assert canonical(jsonld.to_rdf(expanded, {"format": "application/n-quads"})) == told


@LEGACY
def test_a_person_can_write_with_it(context: dict[str, Any]) -> None:
    """Short names, plain numbers in strings and labels by language expand to what the ontology means."""
    written = {
        "@context": context,
        "id": "http://localhost:8000/id/project/x-2021",
        "type": "Project",
        "label": {"zh": "项目"},
        "fiscalYear": "2021",
        "totalBudget": "220000",
        "fundedUnder": ["http://localhost:8000/id/document/冀财社-2020-186"],
    }
    lines = set(Graph().parse(data=json.dumps(written), format="json-ld").serialize(format="nt").splitlines())
    assert any(
        line.endswith('totalBudget> "220000"^^<http://www.w3.org/2001/XMLSchema#decimal> .') for line in lines
    )
    assert any(
        line.endswith('fiscalYear> "2021"^^<http://www.w3.org/2001/XMLSchema#gYear> .') for line in lines
    )
    assert len(lines) == 5
