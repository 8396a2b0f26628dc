"""The ontology's files as graphs, read once, and a small world with the terms that the published documents do not use."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

ONTOLOGY = Path(__file__).parents[2] / "ontology"

ELSEWHERE = """
@prefix ft: <http://localhost:8000/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<http://localhost:8000/id/project/13063621KBZ5IOG4SDMWN-2021>
    ft:fundingSource <http://localhost:8000/id/concept/funding-source-general-public> .

<http://localhost:8000/id/document/冀财社-2020-186>
    ft:address "https://example.org/186"^^xsd:anyURI ;
    ft:datePublished "2020-12-01"^^xsd:date ; ft:dateRetrieved "2021-03-01"^^xsd:date ;
    ft:documentStatus <http://localhost:8000/id/concept/status-in-force> ;
    ft:statusAddress "https://example.org/status"^^xsd:anyURI ; ft:statusDate "2021-03-01"^^xsd:date .

<http://localhost:8000/id/suggestion/1> a ft:Suggestion ; rdfs:label "可能是同一份文件"@zh ;
    ft:suggests <http://localhost:8000/id/document/冀财社-2020-186>, <http://localhost:8000/id/document/劳动争议仲裁法> ;
    ft:suggestionKind <http://localhost:8000/id/concept/suggestion-same-document> ;
    ft:reason "same-title" ; ft:confidence 0.7 ;
    ft:decision <http://localhost:8000/id/concept/decision-rejected> ;
    ft:decidedBy "甲" ; ft:decidedOn "2021-03-01"^^xsd:date .

<http://localhost:8000/id/merge/1> a ft:Merge ; rdfs:label "合并"@zh ;
    ft:mergedInto <http://localhost:8000/id/document/冀财社-2020-186> ; ft:mergedName "冀财社〔2020〕168号" ;
    ft:rule "letter-missing" ; ft:decidedBy "甲" ; ft:decidedOn "2021-03-01"^^xsd:date .

<http://localhost:8000/id/fact/1> a ft:DocumentFact ; rdfs:label "补充事实"@zh ;
    ft:about <http://localhost:8000/id/document/冀财社-2020-186> ;
    ft:decidedBy "甲" ; ft:decidedOn "2021-03-01"^^xsd:date .

<http://localhost:8000/id/correction/1> a ft:Correction ; rdfs:label "更正"@zh ;
    ft:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ;
    ft:location "第 2 页 第 1 表 第 3 行" ; ft:asRead "l2" ; ft:asPrinted "12" ;
    ft:decidedBy "甲" ; ft:decidedOn "2021-03-01"^^xsd:date .
"""


@pytest.fixture(scope="session")
def ontology() -> Path:
    """The folder of the ontology."""
    return ONTOLOGY


@pytest.fixture(scope="session")
def core() -> Graph:
    """The classes and properties."""
    return Graph().parse(ONTOLOGY / "core.ttl")


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """The shapes."""
    return Graph().parse(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="session")
def codes() -> Graph:
    """All code lists together."""
    graph = Graph()
    for path in sorted((ONTOLOGY / "codes").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def example() -> Graph:
    """The project that is told completely."""
    return Graph().parse(ONTOLOGY / "example.ttl")


@pytest.fixture(scope="session")
def examples() -> Graph:
    """Both examples together."""
    return Graph().parse(ONTOLOGY / "example.ttl").parse(ONTOLOGY / "example-others.ttl")


@pytest.fixture(scope="session")
def world(examples: Graph) -> Graph:
    """The examples, and an instance of every class that they have not."""
    return (
        Graph()
        .parse(data=examples.serialize(format="nt"), format="nt")
        .parse(data=ELSEWHERE, format="turtle")
    )
