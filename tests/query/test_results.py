"""Our own questions, evaluated in this process."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

import fundtrace.query
from fundtrace.query import construct, load_questions, select


def test_rows_are_mappings_without_what_is_unbound(store: ox.Store) -> None:
    """A variable without a value is not in its row."""
    rows = select(store, "SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) } }")
    assert [sorted(row) for row in rows] == [["a"]]


def test_a_parameter_may_be_left_open(store: ox.Store) -> None:
    """None leaves a parameter unbound."""
    question = "SELECT ?x {\n VALUES ?x { UNDEF }\n}"
    assert select(store, question, x=None) == [{}]
    assert select(store, question, x=ox.Literal("1")) == [{"x": ox.Literal("1")}]


def test_a_release_answers_under_its_own_base(elsewhere: Any) -> None:
    """The files of the repository find the facts of a release with another base and namespace."""
    rows = select(elsewhere, load_questions()["documents/by-budget"])
    assert len(rows) == 6
    assert all(str(row["document"]).startswith("<https://data.example/id/document/") for row in rows)


def test_a_graph_can_be_written_by_the_engine(store: ox.Store) -> None:
    """The triples of a CONSTRUCT serialise themselves."""
    triples = construct(store, "CONSTRUCT { <a:a> <a:b> 1 } {}")
    assert (triples.serialize(format=ox.RdfFormat.N_TRIPLES) or b"").startswith(b"<a:a> <a:b> ")


def test_the_form_of_a_question_must_fit(store: ox.Store) -> None:
    """A CONSTRUCT has no rows, and a SELECT has no triples."""
    with pytest.raises(TypeError, match="SELECT"):
        select(store, "ASK {}")
    with pytest.raises(TypeError, match="CONSTRUCT"):
        construct(store, "ASK {}")


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    """Names that are loaded late fail as others do."""
    with pytest.raises(AttributeError, match="nonsense"):
        _ = fundtrace.query.nonsense
    assert all(getattr(fundtrace.query, name) for name in fundtrace.query.__all__)
