"""Turtle: the same graph as the statements, for people, byte for byte the same each time."""

from __future__ import annotations

import io
from typing import Any

import pyoxigraph as ox
import rdflib
import rdflib.compare
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.graph import Iris, prefixes, statements, write_turtle
from fundtrace.graph.keys import join
from fundtrace.graph.literals import literal
from fundtrace.graph.turtle import KINDS

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"


def _turtle(lines: list[str]) -> bytes:
    output = io.BytesIO()
    write_turtle(lines, output, prefixes(BASE, NS))
    return output.getvalue()


def _triples(data: bytes | str, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, form)}


_XML = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
        lambda char: ord(char) >= 0x20 or char in "\t\n"
    ),
    max_size=40,
)


@given(st.text(min_size=1, max_size=20), _XML)
@settings(max_examples=200)
def test_any_key_and_text_come_back(key: str, text: str) -> None:
    """Whatever the key or the text, Turtle says what N-Triples says."""
    line = f"<{BASE}id/document/{join(key)}> <{NS}title> {literal(text)} ."
    assert _triples(_turtle([line]), ox.RdfFormat.TURTLE) == _triples(line, ox.RdfFormat.N_TRIPLES)


def test_it_is_isomorphic_to_the_statements(make: Any) -> None:
    """Two parsers read the same graph from it as from the lines."""
    lines = sorted(set(statements([make.document()], Iris(BASE), NS)))
    turtle = _turtle(lines)
    assert _triples(turtle, ox.RdfFormat.TURTLE) == _triples("\n".join(lines), ox.RdfFormat.N_TRIPLES)
    ours = rdflib.Graph().parse(data=turtle, format="turtle")
    theirs = rdflib.Graph().parse(data="\n".join(lines), format="nt")
    assert rdflib.compare.isomorphic(ours, theirs)
    assert _turtle(lines) == turtle


def test_it_is_grouped_for_people(make: Any) -> None:
    """The type comes first, then the label; names are short; kinds have headings."""
    lines = sorted(set(statements([make.document()], Iris(BASE), NS)))
    text = _turtle([line + "\n" for line in lines]).decode()
    assert 'project:13063621TESTTESTTEST1-2021 a ft:Project ;\n    rdfs:label "技能培训补助"@zh ;\n' in text
    assert "\n# project\n" in text
    assert '"220000"^^xsd:decimal' in text
    assert text.count("@prefix ") == 4 + len(KINDS)


def test_names_that_turtle_cannot_shorten_stay_whole() -> None:
    """Tildes are escaped; a key that begins with a hyphen, or holds a rare letter, is written as a whole IRI."""
    lines = [
        f"<{BASE}id/document/-x> <{NS}cites> <{BASE}id/document/ª> .",
        f"<{BASE}id/project/a~b> <http://example.org> <urn:x> .",
    ]
    text = _turtle(lines).decode()
    assert f"<{BASE}id/document/-x> ft:cites <{BASE}id/document/ª> .\n" in text
    assert "project:a\\~b <http://example.org> <urn:x> .\n" in text
    assert _triples(text, ox.RdfFormat.TURTLE) == _triples("\n".join(lines), ox.RdfFormat.N_TRIPLES)


def test_a_subject_outside_the_base_has_its_own_heading() -> None:
    """What is none of our kinds stands under other."""
    assert "\n# other\n" in _turtle([f'<urn:x> <{NS}code> "1" .']).decode()
