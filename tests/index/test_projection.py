"""The projection: what the shapes say becomes tables, columns and links."""

from __future__ import annotations

import pytest

from fundtrace.index.projection import derive, projection

PREFIXES = """
@prefix c: <http://localhost:8000/id/concept/> .
@prefix ft: <http://localhost:8000/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def test_a_class_has_the_properties_of_all_shapes_that_target_it() -> None:
    """Two shapes of one class together make its table: one limit to one value makes a column."""
    made = derive(
        [
            f"""{PREFIXES}
            [] a sh:NodeShape ; sh:targetClass ft:Region, ft:Project ;
                sh:property [ sh:path ft:code ; sh:datatype xsd:string ; sh:minCount 1 ] ,
                    [ sh:path rdfs:label ; sh:datatype rdf:langString ; sh:minCount 1 ] .
            [] a sh:NodeShape ; sh:targetClass ft:Project ;
                sh:property [ sh:path ft:code ; sh:maxCount 1 ] ,
                    [ sh:path ft:name ; sh:datatype xsd:string ; sh:maxCount 1 ; sh:minCount 1 ; sh:severity sh:Warning ] ,
                    [ sh:path ft:confidence ; sh:datatype xsd:decimal ; sh:maxCount 1 ] ,
                    [ sh:path ft:totalBudget ; sh:datatype xsd:decimal ; sh:maxCount 1 ] ,
                    [ sh:path ft:message ; sh:datatype rdf:langString ; sh:maxCount 1 ] ,
                    [ sh:path ft:stage ; sh:in ( c:stage-budget ) ; sh:maxCount 1 ] ,
                    [ sh:path ft:category ; sh:nodeKind sh:IRI ; sh:pattern "/id/concept/indicator-" ] ,
                    [ sh:path ft:about ; sh:nodeKind sh:IRI ] ,
                    [ sh:path [ sh:inversePath ft:about ] ; sh:maxCount 1 ] ,
                    [ sh:path ft:indicatorOf ; sh:or ( [ sh:class ft:Project ] [ sh:class ft:Region ] ) ] ,
                    [ sh:path ft:source ; sh:minCount 1 ] ,
                    [ sh:path ft:title ] .
            """
        ]
    )
    assert list(made.tables) == ["Project", "Region"]
    project, region = made.tables["Project"], made.tables["Region"]
    kinds = {
        name: (column.kind, column.targets, column.required) for name, column in project.properties.items()
    }
    assert list(project.columns) == ["code", "confidence", "name", "stage", "totalBudget"]
    assert kinds == {
        "code": ("text", (), True),
        "confidence": ("decimal", (), False),
        "name": ("text", (), False),
        "stage": ("reference", ("Concept",), False),
        "totalBudget": ("money", (), False),
        "message": ("lang", (), False),
        "category": ("reference", ("Concept",), False),
        "about": ("reference", (), False),
        "indicatorOf": ("reference", ("Project", "Region"), False),
        "source": ("reference", (), True),
        "title": ("text", (), False),
    }
    assert list(region.links) == ["code"]
    assert project.links["about"].target is None
    assert project.columns["stage"].target == "Concept"
    assert [column.name for _, column in made.references("Region")] == ["about", "indicatorOf", "source"]


@pytest.mark.parametrize(
    "property_",
    ["sh:path ft:key ; sh:datatype xsd:string", "sh:path <http://example.org/unknown> ; sh:maxCount 1"],
)
def test_a_property_without_a_place_is_refused(property_: str) -> None:
    """A name that the index needs, and values of which nothing is said, are refused."""
    with pytest.raises(ValueError, match=r"key|unknown"):
        derive([f"{PREFIXES} [] sh:targetClass ft:Region ; sh:property [ {property_} ] ."])


def test_the_ontology_has_a_projection() -> None:
    """Every class of the shapes, and concepts with their schemes, have a table with some property."""
    tables = projection().tables
    assert {"Project", "FundingDocument", "Concept", "ConceptScheme"} <= set(tables)
    assert tables["Concept"].columns["theme"].target == "Concept"
    assert tables["Project"].columns["totalBudget"].kind == "money"
    assert tables["Target"].columns["value"].kind == "decimal"
    assert all(table.properties for table in tables.values())
