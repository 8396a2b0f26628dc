"""The links to other vocabularies."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rdflib import (
    DC,
    DCAT,
    DCTERMS,
    FOAF,
    ODRL2,
    ORG,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    BNode,
    Graph,
    URIRef,
)

from fundtrace import vocab

LISTED = (DC, DCAT, DCTERMS, FOAF, ODRL2, ORG, PROV, QB, SDO, SH)
"""Vocabularies whose terms rdflib lists."""

CHECKED = yaml.safe_load((Path(__file__).parent / "vocabularies.yml").read_text(encoding="utf-8"))
"""Terms that rdflib does not list, looked up one by one, each list with its source."""


@pytest.fixture(scope="module")
def alignments(ontology: Path) -> Graph:
    """The links."""
    return Graph().parse(ontology / "alignments.ttl")


def test_starts_from_our_terms(alignments: Graph, codes: Graph) -> None:
    """Only terms of ours are aligned, and concepts of our code lists."""
    subjects = {s for s in alignments.subjects() if not isinstance(s, BNode)}
    concepts = set(codes.subjects(RDF.type, SKOS.Concept))
    assert {str(s).removeprefix(vocab.NAMESPACE) for s in subjects - concepts} <= set(vocab.TERMS)
    assert set(alignments.subjects(SKOS.exactMatch)) <= concepts


def test_points_at_terms_that_exist(alignments: Graph) -> None:
    """Every term of another vocabulary is defined there, and none was looked up for nothing."""
    checked = {entry["namespace"] + term for entry in CHECKED for term in entry["terms"]}
    listed = {str(vocabulary) + name for vocabulary in LISTED for name in vocabulary.__annotations__}
    targets = {str(o) for o in alignments.objects() if isinstance(o, URIRef)}
    assert targets - listed - checked == set()
    assert checked <= targets
    assert all(entry["source"] for entry in CHECKED)


def test_classes_go_to_classes_and_properties_to_properties(alignments: Graph) -> None:
    """A sub-class statement is about a class of ours, a sub-property statement about a property."""
    for predicate, wanted in ((RDFS.subClassOf, {"class"}), (RDFS.subPropertyOf, {"object", "datatype"})):
        for subject in alignments.subjects(predicate):
            assert vocab.TERMS[str(subject).removeprefix(vocab.NAMESPACE)].kind in wanted
