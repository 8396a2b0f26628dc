"""The shapes: the examples conform. That each rule refuses what breaks it is shown in test_shape_pairs."""

from __future__ import annotations

import pyshacl
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

from fundtrace import vocab

FT = vocab.NAMESPACE
SHAPES = "http://localhost:8000/shapes#"


def validate(data: Graph, shapes: Graph) -> tuple[set[str], set[str]]:
    """Names of the shapes that were violated, and of those that warned."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    found: dict[URIRef, set[str]] = {SH.Violation: set(), SH.Warning: set()}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        severity, source = report.value(result, SH.resultSeverity), report.value(result, SH.sourceShape)
        assert isinstance(severity, URIRef)
        found[severity].add(str(source).removeprefix(SHAPES))
    return found[SH.Violation], found[SH.Warning]


def test_the_complete_example_conforms_without_a_warning(example: Graph, shapes: Graph) -> None:
    """The project that is told completely is what a form should contain."""
    assert validate(example, shapes) == (set(), set())


def test_the_other_examples_conform(world: Graph, shapes: Graph) -> None:
    """What is told only in part warns, and violates nothing."""
    violated, warned = validate(world, shapes)
    assert not violated
    assert all(name.endswith("-expected") for name in warned)


def test_every_class_has_a_shape(shapes: Graph) -> None:
    """Each class is the target of a shape of its own name."""
    for name, term in vocab.TERMS.items():
        if term.kind == "class":
            assert (URIRef(SHAPES + name), SH.targetClass, URIRef(FT + name)) in shapes


def test_shapes_name_terms_of_the_ontology(shapes: Graph) -> None:
    """Every path and class is a term of core.ttl, or rdfs:label."""
    for predicate in (SH.path, SH.targetClass, SH["class"]):
        for term in shapes.objects(None, predicate):
            if str(term).startswith(FT):
                assert str(term).removeprefix(FT) in vocab.TERMS
            else:
                assert term == RDFS.label


def test_every_property_is_in_a_shape(shapes: Graph) -> None:
    """A property that no shape speaks of could not be a column or a field."""
    paths = {str(path).removeprefix(FT) for path in shapes.objects(None, SH.path)}
    assert {name for name, term in vocab.TERMS.items() if term.kind != "class"} <= paths


def test_messages_are_in_two_languages(shapes: Graph) -> None:
    """Each rule speaks Chinese and English."""
    ruled = set(shapes.subjects(RDF.type, SH.PropertyShape)) | set(shapes.subjects(SH["or"]))
    for shape in ruled:
        if isinstance(shape, URIRef) and (
            (shape, SH.path, None) in shapes or (shape, SH.targetClass, None) in shapes
        ):
            languages = [m.language for m in shapes.objects(shape, SH.message) if isinstance(m, Literal)]
            assert sorted(filter(None, languages)) == ["en", "zh"], shape


def test_blank_nodes_are_refused(shapes: Graph) -> None:
    """An entity without an IRI is a violation."""
    unnamed = Graph().parse(data=f'[] a <{FT}ProjectSeries> ; <{RDFS.label}> "无"@zh .', format="turtle")
    assert "Entity" in validate(unnamed, shapes)[0]
