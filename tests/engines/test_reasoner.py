"""The ontology under a reasoner: HermiT, with the profile checker of the OWL API, both in the jar that owlready2 brings.

It wants Java; without it these tests fail, since nothing here may pass unseen.
"""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

ONTOLOGY = Path(__file__).parents[2] / "ontology"
PROGRAM = Path(__file__).parent / "Reason.java"
PREFIXES = """
@prefix ft: <http://localhost:8000/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <http://localhost:8000/id/x/> .
"""

Reason = Callable[..., list[str]]


@pytest.fixture(scope="module")
def reason(tmp_path_factory: pytest.TempPathFactory) -> Reason:
    """Puts files of the ontology and further Turtle together, and gives what the reasoner prints, without the count."""
    spec = importlib.util.find_spec("owlready2")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).parent / "hermit" / "HermiT.jar"
    path = tmp_path_factory.mktemp("reasoner") / "ontology.ttl"

    def run(*names: str, more: str = "") -> list[str]:
        graph = Graph().parse(data=PREFIXES + more, format="turtle")
        for name in names:
            graph.parse(ONTOLOGY / name)
        graph.serialize(path, format="turtle", encoding="utf-8")
        done = subprocess.run(
            ["java", "-cp", jar, PROGRAM, path], capture_output=True, text=True, check=True, timeout=300
        )
        axioms, *told = done.stdout.splitlines()
        assert int(axioms.removeprefix("axioms ")) > 200
        return told

    return run


def test_the_ontology_is_owl_2_dl_and_no_class_is_empty(reason: Reason) -> None:
    """core.ttl keeps every rule of OWL 2 DL, has no contradiction, and each of its classes can have a member."""
    assert reason("core.ttl") == ["consistent true"]


def test_the_examples_contradict_nothing(reason: Reason) -> None:
    """What a release says of published documents is consistent with domains, ranges and the disjointness of all classes."""
    assert reason("core.ttl", "example.ttl", "example-others.ttl") == ["consistent true"]


@pytest.mark.parametrize(
    "more",
    [
        ":a a ft:Project, ft:Region .",
        ":a ft:indicator :b . :b a ft:Target .",
        ":a ft:citingProject :b . :b a ft:Project . :a a ft:Goal .",
    ],
)
def test_a_wrong_statement_is_found(reason: Reason, more: str) -> None:
    """Two classes for one thing, a range or a domain that does not hold: the reasoner says so."""
    assert reason("core.ttl", more=more) == ["consistent false"]


def test_an_impossible_class_and_a_broken_profile_are_found(reason: Reason) -> None:
    """A class below two disjoint ones is empty, and a name that is class and datatype breaks OWL 2 DL."""
    more = """
    ft:Nothing a owl:Class ; rdfs:subClassOf ft:Project, ft:Region .
    ft:Both a owl:Class, rdfs:Datatype .
    """
    told = reason("core.ttl", more=more)
    assert "unsatisfiable <http://localhost:8000/ontology#Nothing>" in told
    assert any(line.startswith("violation ") and "ontology#Both" in line for line in told)
