"""The pen: what is missing is not written, and no unknown term can be."""

from __future__ import annotations

import pytest

from fundtrace.graph.iris import Iris
from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.terms import Terms


def test_missing_values_are_not_written() -> None:
    """None and blank text leave no line."""
    pen = Pen(Iris("http://a/"), Terms("http://a/#"))
    pen.text("<s>", "name", None)
    pen.text("<s>", "name", " \n")
    pen.year("<s>", "year", None)
    pen.decimal("<s>", "yuan", None)
    pen.integer("<s>", "line", None)
    pen.boolean("<s>", "inferred", None)
    pen.concept("<s>", "stage", "stage", None)
    pen.named_concept("<s>", "category", None)
    assert pen.take() == []
    assert pen.concepts == set()


def test_unknown_terms_are_refused() -> None:
    """A property that the ontology does not have cannot be written."""
    with pytest.raises(KeyError, match="nonsense"):
        Terms("http://a/#")["nonsense"]


def test_labels_are_one_short_line() -> None:
    """A running text is cut to eighty characters."""
    assert shorten("甲\n 乙") == "甲 乙"
    assert len(shorten("甲" * 200)) == 80
    assert shorten("甲" * 200).endswith("…")
