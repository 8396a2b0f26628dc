"""The classes and properties themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

FT = "http://localhost:8000/ontology#"
ONTOLOGY = Path(__file__).parents[2] / "ontology"
TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
OWL2_DATATYPES = {
    *(RDFS.Literal, XSD.string, XSD.decimal, XSD.integer, XSD.boolean),
    XSD.anyURI,
}
FILES = sorted(path.relative_to(ONTOLOGY).as_posix() for path in ONTOLOGY.rglob("*.ttl"))


def terms(core: Graph) -> set[URIRef]:
    """Every class and property of ours."""
    return {t for t in core.subjects(RDFS.isDefinedBy) if isinstance(t, URIRef)}


def members(core: Graph, node: object) -> Iterator[URIRef]:
    """The class, or the classes of a union."""
    if isinstance(node, URIRef):
        yield node
    elif isinstance(node, BNode):
        listed = core.value(node, OWL.unionOf)
        assert listed is not None
        yield from (m for m in Collection(core, listed) if isinstance(m, URIRef))


def test_has_every_class_of_the_model(core: Graph) -> None:
    """The model has 25 classes."""
    assert len([t for t in terms(core) if (t, RDF.type, OWL.Class) in core]) == 25


def test_every_term_is_labelled_and_explained_in_two_languages(core: Graph) -> None:
    """Each term has exactly one label and one comment in Chinese and in English."""
    for term in terms(core):
        for predicate in (RDFS.label, RDFS.comment):
            languages = [o.language for o in core.objects(term, predicate) if isinstance(o, Literal)]
            assert sorted(filter(None, languages)) == ["en", "zh"], (term, predicate)


def test_main_terms_have_examples(core: Graph) -> None:
    """The classes that a reader meets first show an example, in Chinese and in English."""
    found = {str(term).removeprefix(FT) for term in core.subjects(SKOS.example)}
    assert {"Region", "Project", "Indicator", "Target", "FundingDocument", "Citation", "Suggestion"} <= found
    for term in core.subjects(SKOS.example):
        languages = [o.language for o in core.objects(term, SKOS.example) if isinstance(o, Literal)]
        assert sorted(filter(None, languages)) == ["en", "zh"], term


def test_every_term_is_of_one_kind(core: Graph) -> None:
    """OWL 2 DL: a name is a class, an object property or a datatype property, and only one of them."""
    for term in terms(core):
        assert sum((term, RDF.type, kind) in core for kind in TERM_KINDS) == 1, term


def test_domains_and_ranges_are_declared_classes_and_owl_datatypes(core: Graph) -> None:
    """OWL 2 DL: domains and ranges are classes of ours, skos:Concept, or datatypes of OWL 2's own map."""
    classes = {t for t in core.subjects(RDF.type, OWL.Class) if isinstance(t, URIRef)}
    for term in terms(core):
        for node in core.objects(term, RDFS.domain):
            assert set(members(core, node)) <= classes, term
        allowed = classes if (term, RDF.type, OWL.ObjectProperty) in core else OWL2_DATATYPES
        for node in core.objects(term, RDFS.range):
            assert set(members(core, node)) <= allowed, term


def test_all_predicates_of_others_are_declared(core: Graph) -> None:
    """OWL 2 DL: what is borrowed as an annotation is declared as one."""
    builtin = (str(OWL), str(RDF), str(RDFS))
    for predicate in set(core.predicates()):
        if not str(predicate).startswith(builtin):
            assert (predicate, RDF.type, OWL.AnnotationProperty) in core, predicate


def test_inverses_point_at_declared_properties(core: Graph) -> None:
    """Inverse and super-properties are object properties of the ontology."""
    for predicate in (OWL.inverseOf, RDFS.subPropertyOf):
        for target in core.objects(None, predicate):
            if isinstance(target, URIRef):
                assert (target, RDF.type, OWL.ObjectProperty) in core


def test_header_says_version_licence_and_creator(core: Graph) -> None:
    """The ontology names its version, licence and creator."""
    header = URIRef(FT)
    assert core.value(header, OWL.versionIRI) == URIRef(f"{FT}v{core.value(header, OWL.versionInfo)}")
    assert core.value(header, URIRef("http://purl.org/dc/terms/creator")) == Literal("fundtrace")
    assert str(core.value(header, URIRef("http://purl.org/dc/terms/license"))).endswith("/by/4.0/")


@pytest.mark.parametrize("name", FILES)
def test_two_parsers_read_the_same_graph_of_iris_that_a_publisher_can_move(name: str) -> None:
    """rdflib and pyoxigraph read each file alike, and every IRI of ours lies where replacing two strings moves it."""
    graph = Graph().parse(ONTOLOGY / name)
    theirs = ox.Dataset(ox.parse(path=str(ONTOLOGY / name)))
    ours = ox.Dataset(ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES))
    for dataset in (ours, theirs):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert ours == theirs
    known = (FT, "http://localhost:8000/id/", "http://localhost:8000/shapes#")
    for triple in graph:
        for term in triple:
            if isinstance(term, URIRef) and "localhost" in term:
                assert str(term).startswith(known), term
