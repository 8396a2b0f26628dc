"""The example that is told completely, and the one of everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection

from fundtrace import vocab

FT = vocab.NAMESPACE
DATA = "http://localhost:8000/id/"
REVIEWED = "only a reviewed file states it, and the published documents have none"
IN_NO_EXAMPLE = {
    "page": "the examples come from plain text, which has no pages",
    "mentions": "each document of the examples is cited as funding or as ground",
    **dict.fromkeys(("Correction", "location", "asRead", "asPrinted"), REVIEWED),
    **dict.fromkeys(("Merge", "mergedInto", "mergedName", "rule", "decision"), REVIEWED),
    **dict.fromkeys(("DocumentFact", "address", "datePublished", "dateRetrieved"), REVIEWED),
    **dict.fromkeys(("documentStatus", "statusAddress", "statusDate"), REVIEWED),
    **dict.fromkeys(("decidedBy", "decidedOn"), REVIEWED),
}
"""Terms that the builder states and no example has, with the reason."""


def used(graph: Graph) -> set[str]:
    """Local names of our terms that occur as predicate or class."""
    found = {str(term) for _, p, o in graph for term in (p, o) if isinstance(term, URIRef)}
    return {term.removeprefix(FT) for term in found if term.startswith(FT)}


def classes(core: Graph, node: object) -> Iterator[str]:
    """The class, or the classes of a union."""
    if isinstance(node, BNode):
        listed = core.value(node, OWL.unionOf)
        assert listed is not None
        yield from map(str, Collection(core, listed))
    else:
        yield str(node)


def test_uses_only_what_the_ontology_defines(examples: Graph) -> None:
    """No example has a term that core.ttl has not."""
    assert used(examples) <= set(vocab.TERMS)


def test_every_term_is_shown_or_planned(examples: Graph) -> None:
    """Each term occurs in an example, is marked planned, or is listed here with the reason."""
    planned = {name for name, term in vocab.TERMS.items() if term.planned}
    shown = used(examples)
    assert set(vocab.TERMS) - shown == planned | set(IN_NO_EXAMPLE)
    assert not shown & planned


def test_planned_terms_hang_together(world: Graph) -> None:
    """The terms that no release states yet can be stated together."""
    planned = {name for name, term in vocab.TERMS.items() if term.planned}
    assert planned <= used(world)


def test_has_no_blank_nodes(examples: Graph) -> None:
    """Every node of an example has an IRI or is a value."""
    assert not [term for triple in examples for term in triple if isinstance(term, BNode)]


def test_iris_have_the_keys_of_a_release(examples: Graph) -> None:
    """Each IRI of data is base, kind and a key of at most 150 bytes of letters, digits, hyphen, underscore and tilde."""
    for subject in set(examples.subjects()):
        assert str(subject).startswith(DATA)
        kind, key = str(subject).removeprefix(DATA).split("/")
        assert re.fullmatch(r"[a-z-]+", kind)
        assert re.fullmatch(r"[\w~-]+", key)
        assert len(key.encode()) <= 150


def test_first_example_needs_no_other_file(example: Graph, codes: Graph) -> None:
    """Whatever the complete example points at is told in it, or is a concept of the code lists."""
    subjects, concepts = set(example.subjects()), set(codes.subjects(RDF.type, SKOS.Concept))
    for _, predicate, target in example:
        if isinstance(target, URIRef) and predicate != RDF.type:
            assert target in subjects | concepts, target


def test_examples_name_concepts_that_exist(examples: Graph, codes: Graph) -> None:
    """Every concept of an example is in a code list."""
    named = {o for o in examples.objects() if isinstance(o, URIRef) and f"{DATA}concept/" in str(o)}
    assert named
    assert named <= set(codes.subjects(RDF.type, SKOS.Concept))


@pytest.mark.parametrize("side", [RDFS.domain, RDFS.range])
def test_domains_and_ranges_hold(world: Graph, core: Graph, side: URIRef) -> None:
    """Each statement's subject and object are of the classes that the ontology gives; no thing needs two classes."""
    for subject, predicate, target in world:
        node = core.value(predicate, side)
        thing = subject if side == RDFS.domain else target
        if node is not None and isinstance(thing, URIRef) and SKOS.Concept not in (node, None):
            kinds = {str(kind) for kind in world.objects(thing, RDF.type)}
            assert kinds, thing
            assert kinds <= set(classes(core, node)), (predicate, thing)


def test_tells_the_fact_that_everyone_asks_for(example: Graph) -> None:
    """One project is funded under 冀财社〔2020〕186号: 220 000 yuan of 2021; eight citations name the document."""
    document = URIRef(f"{DATA}document/冀财社-2020-186")
    projects = list(example.subjects(URIRef(FT + "fundedUnder"), document))
    assert [str(project) for project in projects] == [f"{DATA}project/13063621KBZ5IOG4SDMWN-2021"]
    assert str(example.value(projects[0], URIRef(FT + "totalBudget"))) == "220000"
    assert str(example.value(projects[0], URIRef(FT + "fiscalYear"))).startswith("2021")
    assert len(list(example.subjects(URIRef(FT + "citedDocument"), document))) == 8


def test_inverses_and_direct_properties_are_stated(examples: Graph) -> None:
    """What the builder states twice, for the sake of one-pattern questions, is stated twice here."""

    def pairs(name: str) -> set[tuple[object, object]]:
        return set(examples.subject_objects(URIRef(FT + name)))

    assert pairs("indicatorOf") == {(right, left) for left, right in pairs("indicator")}
    assert pairs("citingProject") == {(right, left) for left, right in pairs("citation")}
    assert pairs("fundedUnder") | pairs("basedOn") | pairs("mentions") == pairs("cites")
