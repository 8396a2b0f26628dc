"""The shapes: the examples conform, and each rule refuses what breaks it."""

from __future__ import annotations

from decimal import Decimal

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef

from fundtrace import vocab

FT = vocab.NAMESPACE
SHAPES = "http://localhost:8000/shapes#"
DATA = "http://localhost:8000/id/"


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


def copy(graph: Graph) -> Graph:
    """The same statements in a graph that may be broken."""
    return Graph().parse(data=graph.serialize(format="nt"), format="nt")


def rules(shapes: Graph, constraint: URIRef, *, warn: bool = False) -> list[tuple[str, URIRef, URIRef, str]]:
    """(shape, class, path, value of the constraint) of the property shapes of our classes that have it."""
    found = []
    for node, target in shapes.subject_objects(SH.targetClass):
        for shape in shapes.objects(node, SH.property):
            value, path = shapes.value(shape, constraint), shapes.value(shape, SH.path)
            strength = shapes.value(shape, SH.severity) == SH.Warning
            if (
                value is not None
                and strength is warn
                and isinstance(path, URIRef)
                and isinstance(target, URIRef)
            ):
                found.append((str(shape).removeprefix(SHAPES), target, path, str(value)))
    assert found
    return found


def an_instance(world: Graph, kind: URIRef, path: URIRef) -> URIRef:
    """Something of that class, with that property if any has it."""
    instances = sorted(str(i) for i in world.subjects(RDF.type, kind))
    return URIRef(next((i for i in instances if (URIRef(i), path, None) in world), instances[0]))


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


def test_what_must_be_stated_is_missed(world: Graph, shapes: Graph) -> None:
    """Taking away any required value of any class is a violation of its own rule."""
    broken = copy(world)
    expected = set()
    for shape, kind, path, _ in rules(shapes, SH.minCount):
        broken.remove((an_instance(world, kind, path), path, None))
        expected.add(shape)
    assert expected <= validate(broken, shapes)[0]


def test_what_a_form_should_contain_is_warned_of(world: Graph, shapes: Graph) -> None:
    """Taking away an expected value warns and does not violate."""
    broken = copy(world)
    expected = set()
    for shape, kind, path, _ in rules(shapes, SH.minCount, warn=True):
        broken.remove((an_instance(world, kind, path), path, None))
        expected.add(shape)
    violated, warned = validate(broken, shapes)
    assert expected <= warned
    assert violated <= {"Target-numeric"}


def test_single_values_are_single(world: Graph, shapes: Graph) -> None:
    """A second value where there is one at most is a violation of its own rule."""
    broken = copy(world)
    expected = set()
    for shape, kind, path, _ in rules(shapes, SH.maxCount):
        for value in ("x", "y"):
            broken.add((an_instance(world, kind, path), path, Literal(value)))
        expected.add(shape)
    assert expected <= validate(broken, shapes)[0]


@pytest.mark.parametrize("constraint", [SH.datatype, SH["class"], SH["in"], SH.nodeKind, SH["or"]])
def test_values_of_another_kind_are_refused(world: Graph, shapes: Graph, constraint: URIRef) -> None:
    """A value of the wrong datatype, class or code list is a violation of its own rule."""
    broken = copy(world)
    expected = set()
    for shape, kind, path, _ in rules(shapes, constraint):
        broken.add((an_instance(world, kind, path), path, Literal("2021-01-01", datatype=XSD.date)))
        expected.add(shape)
    assert expected <= validate(broken, shapes)[0]


@pytest.mark.parametrize(
    ("shape", "subject", "name", "value"),
    [
        ("Region-gbCode", "region/130636", "gbCode", Literal("13063")),
        ("SchedulePoint-month", "schedule-point/13063621KBZ5IOG4SDMWN-2021-1", "month", Literal(13)),
        ("SchedulePoint-ordinal", "schedule-point/13063621KBZ5IOG4SDMWN-2021-1", "ordinal", Literal(0)),
        ("Target-comparator", "target/13063621KBZ5IOG4SDMWN-2021-1", "comparator", Literal("≥")),
        ("SourceDocument-sha256", "source/130636-323-2021", "sha256", Literal("732A")),
        ("Project-purpose", "project/13063621KBZ5IOG4SDMWN-2021", "purpose", Literal("")),
        ("Project-stage", "project/13063621KBZ5IOG4SDMWN-2021", "stage", URIRef(f"{DATA}concept/role-funds")),
        (
            "Indicator-category",
            "indicator/13063621KBZ5IOG4SDMWN-2021-1",
            "category",
            URIRef(f"{DATA}concept/role-funds"),
        ),
        ("Release-projectCount", "release/2021-example", "projectCount", Literal(-1)),
        ("Suggestion-confidence", "suggestion/1", "confidence", Literal(Decimal("1.5"))),
        (
            "BudgetLine-printedUnit",
            "budget-line/13063621KBZ5IOG4SDMWN-2021-total",
            "printedUnit",
            Literal("美元"),
        ),
        (
            "Finding-message",
            "finding/130605-313-2022-percentage-outside-range-1",
            "message",
            Literal("x", lang="de"),
        ),
        ("Finding-code", "finding/130605-313-2022-percentage-outside-range-1", "code", Literal("No Slug")),
    ],
)
def test_values_out_of_bounds_are_refused(
    world: Graph, shapes: Graph, shape: str, subject: str, name: str, value: Literal | URIRef
) -> None:
    """Patterns, bounds, lists and empty strings are checked."""
    broken = copy(world)
    broken.set((URIRef(DATA + subject), URIRef(FT + name), value))
    assert shape in validate(broken, shapes)[0]


def test_a_numeric_target_has_a_value(world: Graph, shapes: Graph) -> None:
    """The kind of a target and its value agree."""
    broken = copy(world)
    broken.remove((URIRef(f"{DATA}target/13063621KBZ5IOG4SDMWN-2021-1"), URIRef(FT + "value"), None))
    assert validate(broken, shapes)[0] == {"Target-numeric"}


def test_a_numbered_document_has_the_parts_of_its_number(world: Graph, shapes: Graph) -> None:
    """A number without issuer code is a violation; neither number nor title is a warning."""
    broken = copy(world)
    broken.remove((URIRef(f"{DATA}document/冀财社-2020-186"), URIRef(FT + "issuerCode"), None))
    broken.remove((URIRef(f"{DATA}document/劳动争议仲裁法"), URIRef(FT + "title"), None))
    violated, warned = validate(broken, shapes)
    assert violated == {"FundingDocument-numbered"}
    assert "FundingDocument-named" in warned


def test_blank_nodes_are_refused(world: Graph, shapes: Graph) -> None:
    """An entity without an IRI is a violation."""
    broken = copy(world).parse(data=f'[] a <{FT}ProjectSeries> ; <{RDFS.label}> "无"@zh .', format="turtle")
    assert "Entity" in validate(broken, shapes)[0]
