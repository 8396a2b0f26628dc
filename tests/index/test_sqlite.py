"""What is peculiar to SQLite: money and compiled statements."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from fundtrace.index import Index, sqlite

Ask = Callable[[sa.sql.ClauseElement], object]


@pytest.fixture(scope="module")
def ask(sample_index: Index) -> Ask:
    """The one value that a statement gives."""

    def asked(statement: sa.sql.ClauseElement) -> object:
        return sample_index.run(*sqlite.compile(statement)).rows[0][0]

    return asked


def test_functions_of_every_connection(ask: Ask, sample_index: Index) -> None:
    """Means and opaque texts are made in the engine; a note is remembered for its statement alone."""
    assert ask(sa.select(sa.func.opaque("政/1"))) == "5pS_LzE="
    assert ask(sa.select(sa.func.opaque(sa.null()))) is None
    assert ask(sa.select(sa.func.mean_yuan(sa.null(), 1))) is None
    assert sample_index.run("SELECT note('several-years'), note('b')", {}).notes == {"several-years", "b"}
    assert sample_index.run("SELECT 1", {}).notes == set()


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**6))
def test_means_are_rounded_half_even(total: int, count: int) -> None:
    """A mean is what exact decimals give, to 0.01 yuan."""
    mean = (Decimal(total) / 10_000 / count).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    assert Decimal(sqlite.mean_yuan(total, count) or "") == mean
