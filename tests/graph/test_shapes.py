"""The shapes as SPARQL: they say what pySHACL says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from fundtrace.graph.shapes import rules, translate

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
ONTOLOGY = Path(__file__).parents[2] / "ontology"

PAIRS = Path(__file__).parents[1] / "ontology" / "shapes"
Told = set[tuple[str, str]]
Break = Callable[[Graph, Graph], None]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The shapes as rdflib reads them."""
    return Graph().parse(ONTOLOGY / "shapes.ttl")


def name_of(node: Node | None) -> str:
    """An IRI; blank nodes have other names in each graph and are all called `_:`."""
    return "_:" if isinstance(node, BNode) else str(node)


def by_pyshacl(data: Graph, shapes: Graph) -> Told:
    """(code, resource) of what breaks the shapes, as pySHACL finds it."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    return {
        (
            str(report.value(result, SH.sourceShape)).rpartition("#")[2],
            name_of(report.value(result, SH.focusNode)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def by_queries(data: Graph) -> Told:
    """The same by our queries."""
    store = ox.Store()
    store.load(data.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    found: Told = set()
    for rule in rules(BASE, NS):
        for query in rule.queries:
            solutions = store.query(query)
            assert isinstance(solutions, ox.QuerySolutions)
            for solution in solutions:
                term = solution["this"]
                assert isinstance(term, ox.NamedNode | ox.BlankNode)
                found.add((rule.code, term.value if isinstance(term, ox.NamedNode) else "_:"))
    return found


def targets(data: Graph, shapes: Graph) -> Iterator[tuple[URIRef, URIRef]]:
    """(instance, path) of every property shape whose class has an instance."""
    for node, kind in shapes.subject_objects(SH.targetClass):
        instances = sorted(map(str, data.subjects(RDF.type, kind)))
        for shape in shapes.objects(node, SH.property):
            path = shapes.value(shape, SH.path)
            if instances and isinstance(path, URIRef):
                yield URIRef(instances[0]), path


def lose(data: Graph, shapes: Graph) -> None:
    """Takes every value of one instance of each class."""
    for instance, path in list(targets(data, shapes)):
        data.remove((instance, path, None))


def add(*values: Literal | URIRef) -> Break:
    """Adds values to every property of one instance of each class."""

    def change(data: Graph, shapes: Graph) -> None:
        for instance, path in list(targets(data, shapes)):
            for value in values:
                data.add((instance, path, value))

    return change


def unnamed(data: Graph, shapes: Graph) -> None:
    """Adds entities without an IRI."""
    for kind in ("Project", "Target", "FundingDocument"):
        data.add((BNode(f"b{kind}"), RDF.type, URIRef(NS + kind)))


@pytest.mark.parametrize(
    "change",
    [
        lose,
        unnamed,
        add(Literal("甲", lang="zh"), Literal("乙", lang="zh"), Literal("c", lang="de")),
        add(
            Literal(0),
            Literal("1.5", datatype=XSD.decimal),
            Literal(True),
            Literal("2021", datatype=XSD.gYear),
        ),
        add(
            URIRef(f"{BASE}id/concept/target-numeric"), URIRef(f"{BASE}id/nothing/at-all"), Literal("No Slug")
        ),
        add(*(Literal("x", datatype=kind, normalize=False) for kind in (XSD.integer, XSD.boolean, XSD.date))),
    ],
)
def test_the_queries_find_what_pyshacl_finds(shapes: Graph, change: Break) -> None:
    """The same resources break the same shapes, however the examples are broken."""
    data = Graph().parse(ONTOLOGY / "example.ttl").parse(ONTOLOGY / "example-others.ttl")
    change(data, shapes)
    assert by_queries(data) == by_pyshacl(data, shapes)


def test_the_queries_find_what_the_approved_reports_say() -> None:
    """Of every file that keeps or breaks a rule the queries say what its approved report says, and no more."""
    data, expected = Graph(), set()
    for path in PAIRS.glob("*/*.ttl"):
        data.parse(path)
        node = f"{BASE}id/shape-test/{path.parent.name}-{path.stem.replace('.', '-')}"
        report = path.with_suffix(".txt")
        lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
        expected |= {(line.split(" ")[1], node) for line in lines}
    told = {(code, node) for code, node in by_queries(data) if "-valid" in node or "-invalid-" in node}
    assert told == expected


def test_rules_follow_base_and_namespace() -> None:
    """A publisher's own names are in the queries, and the repository's are not."""
    text = "".join(
        query for rule in rules("https://example.org/", "https://example.org/ft#") for query in rule.queries
    )
    assert "localhost" not in text
    assert "<https://example.org/ft#name>" in text
    assert "<https://example.org/id/concept/role-funds>" in text


def test_rules_speak_two_languages() -> None:
    """Each has a code, a strength and its messages."""
    found = {rule.code: rule for rule in rules(BASE, NS)}
    assert found["Project-name"].violation
    assert not found["Project-fiscalYear-expected"].violation
    assert all(rule.zh != rule.code != rule.en and rule.zh != rule.en for rule in found.values())


_PREFIXES = """
@prefix : <http://localhost:8000/shapes#> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x/> .
"""


@pytest.mark.parametrize(
    "turtle",
    [
        ":S sh:targetClass x:C ; sh:closed true .",
        ":S sh:targetClass x:C ; sh:property [ sh:path ( x:p x:q ) ] .",
        ":S sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:lessThan x:q ] .",
        ":S sh:targetClass x:C ; sh:nodeKind sh:Literal .",
        ":S sh:targetClass x:C ; sh:not [ sh:property [ sh:path x:p ; sh:minCount 2 ] ] .",
        ":S sh:targetClass x:C ; sh:not [ sh:property [ sh:path x:p ; sh:minCount 1 ; sh:class x:D ] ] .",
    ],
)
def test_what_is_not_translated_is_refused(turtle: str) -> None:
    """No rule is passed over in silence."""
    with pytest.raises(ValueError, match=r"translated|simple path"):
        translate(_PREFIXES + turtle)


def test_counts_beyond_one_are_counted() -> None:
    """Two at least and three at most are found by counting."""
    (rule,) = translate(
        _PREFIXES
        + ":S sh:targetClass x:C ; sh:property :S-p . :S-p sh:path x:p ; sh:minCount 2 ; sh:maxCount 3 ."
    )
    store = ox.Store()
    for number in range(6):
        lines = [f"<x:{number}> a <http://x/C> ."] + [
            f"<x:{number}> <http://x/p> {n} ." for n in range(number)
        ]
        store.load("\n".join(lines).encode(), format=ox.RdfFormat.TURTLE)
    found = []
    for query in rule.queries:
        solutions = store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        found.append(sorted(str(solution["this"]) for solution in solutions))
    assert found == [["<x:0>", "<x:1>"], ["<x:4>", "<x:5>"]]
