"""Binding of parameters."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.query.binding import REPOSITORY_BASE, bind, parameter_names
from fundtrace.settings import ONTOLOGY_NAMESPACE

QUERY = "SELECT ?x {\n  VALUES ?x { UNDEF }\n  # VALUES ?no { UNDEF }\n}"


def _bound(text: str, **values: object) -> str:
    return bind(text, values, ONTOLOGY_NAMESPACE, REPOSITORY_BASE)  # type: ignore[arg-type]


def test_parameters_are_the_lines_that_bind_nothing() -> None:
    """A comment and a list of values are no parameters."""
    assert parameter_names(QUERY + "\nVALUES ?y { 1 }") == {"x"}


def test_one_term_or_several_are_serialised() -> None:
    """A value is a term or some terms; no term at all matches nothing."""
    assert "VALUES ?x { <http://a/b> }" in _bound(QUERY, x=ox.NamedNode("http://a/b"))
    assert 'VALUES ?x { "a" "b" }' in _bound(QUERY, x=[ox.Literal("a"), ox.Literal("b")])
    assert "VALUES ?x {  }" in _bound(QUERY, x=[])
    assert _bound(QUERY) == QUERY


def test_an_unknown_parameter_is_a_mistake_of_the_caller() -> None:
    """A value that no line binds raises KeyError."""
    with pytest.raises(KeyError, match="y"):
        _bound(QUERY, y=ox.Literal("a"))


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_bound_text_is_that_text_and_nothing_else(text: str) -> None:
    """Quotes, line breaks and braces in a value stay in the value."""
    results = ox.Store().query(_bound(QUERY, x=ox.Literal(text)))
    assert isinstance(results, ox.QuerySolutions)
    assert [solution["x"] for solution in results] == [ox.Literal(text)]


def test_iris_move_to_the_base_and_namespace_of_the_release() -> None:
    """IRIs of the repository move; strings, comments and other IRIs stay."""
    query = (
        "PREFIX ft: <http://localhost:8000/ontology#> # <http://localhost:8000/ontology#>\n"
        "ASK { <http://localhost:8000/id/x> ?p '<http://localhost:8000/id/x>', <http://else/> }"
    )
    assert bind(query, {}, "https://t/#", "https://d/") == (
        "PREFIX ft: <https://t/#> # <http://localhost:8000/ontology#>\n"
        "ASK { <https://d/id/x> ?p '<http://localhost:8000/id/x>', <http://else/> }"
    )
