"""Tests of exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.decimals import canonical, parse, places, times

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal("-1e30"), max_value=Decimal("1e30"), places=6
)


@settings(max_examples=200, deadline=None)
@given(numbers)
def test_canonical_spelling_is_read_back_exactly(number: Decimal) -> None:
    """What is written canonically is the same number, in the one spelling that records allow."""
    text = canonical(number)
    assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", text)
    assert parse(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234.50", "1234.50"), ("0.97", "0.97"), ("-5", "-5"), ("1,234,567", "1234567"), ("007", "7")],
)
def test_printed_numbers_are_read(text: str, number: str) -> None:
    """Digits, groups of three and a fraction are a number."""
    assert parse(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "12,34", "1.2.3", "1e5", "五", "1,2345", ".5", "5.", "+5", "１２"])
def test_anything_else_is_no_number(text: str) -> None:
    """Doubtful groups, exponents and words are not numbers."""
    assert parse(text) is None


def test_products_lose_no_digit() -> None:
    """A product is exact however long its factors are."""
    assert canonical(times(Decimal("12345678901234567890123456789.12345"), Decimal(10**8))) == (
        "1234567890123456789012345678912345000"
    )


def test_places_counts_printed_decimals() -> None:
    """Trailing zeros are printed decimals too."""
    assert [places(text) for text in ("220000.00", "5", "0.5")] == [2, 0, 1]
