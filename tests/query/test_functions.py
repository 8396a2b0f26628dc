"""The functions that queries may call."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.query.functions import canonical_number, functions, issuing_agency


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("冀财社【2020】186号", "冀财社〔2020〕186号"),
        ("根据冀财社2021152号文件", "冀财社〔2021〕152号"),
        ("工作计划", None),
        ("", None),
    ],
)
def test_numbers_in_any_form(text: str, canonical: str | None) -> None:
    """The standard form of the first number, or nothing."""
    found = canonical_number(ox.Literal(text))
    assert (found.value if found else None) == canonical


@pytest.mark.parametrize("text", ["冀财社", "冀财社〔2020〕186号"])
def test_codes_and_numbers_name_an_organ(text: str) -> None:
    """As far as the published list goes."""
    assert issuing_agency(ox.Literal(text)) == ox.Literal("河北省财政厅")
    assert issuing_agency(ox.Literal("无此代字")) is None


def test_what_is_no_text_gives_nothing() -> None:
    """Blank nodes and other numbers of arguments are no fault."""
    for function in (canonical_number, issuing_agency):
        assert function() is function(ox.BlankNode()) is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_them_fail(text: str) -> None:
    """A query that calls them on any text is answered."""
    known = functions("http://localhost:8000/ontology#")
    for name, function in known.items():
        assert name.value.startswith("http://localhost:8000/ontology#")
        assert isinstance(function(ox.Literal(text.replace("\ud800", ""))), ox.Literal | None)
