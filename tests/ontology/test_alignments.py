"""The links to other vocabularies."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DC, DCAT, DCTERMS, FOAF, ODRL2, ORG, PROV, QB, RDFS, SDO, SH, BNode, Graph, URIRef

from fundtrace import vocab

LISTED = (DC, DCAT, DCTERMS, FOAF, ODRL2, ORG, PROV, QB, SDO, SH)
"""Vocabularies whose terms rdflib lists."""

BY_HAND = {
    "http://data.europa.eu/eli/ontology#LegalResource",
    "http://purl.org/spar/cito/Citation",
    "http://purl.org/spar/cito/cites",
    "http://purl.org/spar/cito/citesAsAuthority",
    "http://purl.org/spar/cito/citesForInformation",
    "http://purl.org/spar/cito/hasCitedEntity",
    "http://purl.org/spar/cito/hasCitingEntity",
    "http://qudt.org/schema/qudt/QuantityValue",
    "http://qudt.org/schema/qudt/hasUnit",
    "http://qudt.org/schema/qudt/numericValue",
    "http://www.w3.org/ns/dcat#version",
}
"""Terms of ELI, CiTO, QUDT and DCAT 3, which rdflib does not list; looked up one by one."""


@pytest.fixture(scope="module")
def alignments(ontology: Path) -> Graph:
    """The links."""
    return Graph().parse(ontology / "alignments.ttl")


def test_starts_from_our_terms(alignments: Graph) -> None:
    """Only terms of ours are aligned."""
    subjects = {
        str(s).removeprefix(vocab.NAMESPACE) for s in alignments.subjects() if not isinstance(s, BNode)
    }
    assert subjects <= set(vocab.TERMS)


def test_points_at_terms_that_exist(alignments: Graph) -> None:
    """Every term of another vocabulary is defined there."""
    known = {str(term) for listed in LISTED for term in dir(listed) if str(term).startswith("http")} | BY_HAND
    for listed in LISTED:
        known |= {str(listed) + name for name in listed.__annotations__}
    targets = {str(o) for o in alignments.objects() if isinstance(o, URIRef)}
    assert targets - known == set()


def test_classes_go_to_classes_and_properties_to_properties(alignments: Graph) -> None:
    """A sub-class statement is about a class of ours, a sub-property statement about a property."""
    for predicate, wanted in ((RDFS.subClassOf, {"class"}), (RDFS.subPropertyOf, {"object", "datatype"})):
        for subject in alignments.subjects(predicate):
            assert vocab.TERMS[str(subject).removeprefix(vocab.NAMESPACE)].kind in wanted
