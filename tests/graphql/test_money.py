"""Exact amounts."""

from __future__ import annotations

import pytest

from fundtrace.graphql.money import exact


@pytest.mark.parametrize(
    ("text", "written"),
    [("220000.0", "220000"), ("1630318.26", "1630318.26"), ("-0", "0"), ("1E3", "1000"), (None, None)],
)
def test_exact(text: str | None, written: str | None) -> None:
    """Amounts are written without exponent, trailing zeros or signed zero."""
    assert exact(text) == written
