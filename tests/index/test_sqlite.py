"""What is peculiar to SQLite: JSON, money and compiled statements."""

from __future__ import annotations

import json
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


def test_objects_have_any_names_in_their_order(ask: Ask) -> None:
    """An object of two hundred pairs keeps them in order, and its values keep their kinds."""
    pairs = [(f'"{number}', sa.literal(number)) for number in range(200)]
    told = json.loads(str(ask(sa.select(sqlite.json_object(pairs)))))
    assert list(told.items()) == [(f'"{number}', number) for number in range(200)]


@pytest.mark.parametrize(("value", "told"), [(1, True), (0, False), (None, None)])
def test_truth_is_json(ask: Ask, value: int | None, told: object) -> None:
    """1, 0 and NULL are true, false and null."""
    column = sa.literal(value, sa.Integer)
    assert json.loads(str(ask(sa.select(sqlite.json_object([("a", sqlite.json_boolean(column))]))))) == {
        "a": told
    }


def test_lists_keep_the_order_of_their_rows(ask: Ask) -> None:
    """A list follows the order of its rows, and is empty when there are none."""
    values = sa.union_all(*(sa.select(sa.literal(number).label("v")) for number in (2, 3, 1))).subquery()
    rows = sa.select(sqlite.json_object([("v", values.c.v)])).order_by(values.c.v.desc())
    assert ask(sa.select(sqlite.json_list(rows))) == '[{"v":3},{"v":2},{"v":1}]'
    assert ask(sa.select(sqlite.json_list(rows.where(values.c.v > 3)))) == "[]"


def test_functions_of_every_connection(ask: Ask, sample_index: Index) -> None:
    """Money, means and opaque texts are made in the engine; a note is remembered for its statement alone."""
    assert ask(sa.select(sqlite.yuan(sa.literal(16_303_182_600)))) == "1630318.26"
    assert ask(sa.select(sqlite.yuan(sa.null()))) is None
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


def test_distinct_values_are_listed_and_counted(ask: Ask) -> None:
    """The members of a column come sorted, each once, without NULL; lists are counted together."""
    pairs = ((2, "[1,2]"), (None, "[2]"), (1, None), (2, "[]"))
    values = sa.union_all(
        *(
            sa.select(sa.literal(a, sa.Integer).label("a"), sa.literal(b, sa.Text).label("b"))
            for a, b in pairs
        )
    ).subquery()
    members, count = sqlite.members(values.c.a), sqlite.count_members(values.c.b)
    assert json.loads(str(ask(sa.select(members)))) == [1, 2]
    assert ask(sa.select(count)) == 2
    assert ask(sa.select(members).where(values.c.a > 5)) == "[]"
