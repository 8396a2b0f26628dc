"""The ontology's files as graphs, read once, and a small world of the terms that no release states yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

ONTOLOGY = Path(__file__).parents[2] / "ontology"

PLANNED = """
@prefix ft: <http://localhost:8000/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<http://localhost:8000/id/suggestion/1> a ft:Suggestion ; rdfs:label "可能是同一份文件"@zh ;
    ft:suggests <http://localhost:8000/id/document/冀财社-2020-186>, <http://localhost:8000/id/document/劳动争议仲裁法> ;
    ft:reason "near-number" ; ft:confidence 0.5 .
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
    """The examples, and an instance of every class that no release states yet."""
    return (
        Graph().parse(data=examples.serialize(format="nt"), format="nt").parse(data=PLANNED, format="turtle")
    )
