"""The JSON-LD context."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from fundtrace import vocab

LEGACY = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""rdflib's own JSON-LD parser still uses what rdflib deprecates."""

KEYWORDS = {"@version", "id", "type", "label", "ft", "rdfs", "skos", "xsd"}


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
@pytest.mark.parametrize("parser", ["rdflib", "pyoxigraph"])
def test_examples_survive_json(examples: Graph, context: dict[str, Any], parser: str) -> None:
    """The examples, compacted with the context and read again, are the same graph."""
    text = examples.serialize(format="json-ld", context=context, auto_compact=True)
    if parser == "pyoxigraph":
        quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)
        triples = pyoxigraph.serialize((q.triple for q in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
        assert triples is not None
        again = Graph().parse(data=triples, format="nt")
    else:
        again = Graph().parse(data=text, format="json-ld")
    assert isomorphic(examples, again)


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
