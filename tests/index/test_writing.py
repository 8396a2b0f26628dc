"""JSON that the engine writes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from fundtrace.index import Index, sqlite, writing

Ask = Callable[[sa.sql.ClauseElement], object]


@pytest.fixture(scope="module")
def ask(sample_index: Index) -> Ask:
    """The one value that a statement gives."""

    def asked(statement: sa.sql.ClauseElement) -> object:
        return sample_index.run(*sqlite.compile(statement)).rows[0][0]

    return asked


def test_objects_have_any_names_in_their_order(ask: Ask) -> None:
    """An object of many pairs keeps them in order, and its values keep their kinds."""
    pairs = [(f'"{number}', sa.literal(number)) for number in range(1_200)]
    told = json.loads(str(ask(sa.select(writing.json_object(pairs)))))
    assert list(told.items()) == [(f'"{number}', number) for number in range(1_200)]


@pytest.mark.parametrize(("value", "told"), [(1, True), (0, False), (None, None)])
def test_truth_is_json(ask: Ask, value: int | None, told: object) -> None:
    """1, 0 and NULL are true, false and null."""
    column = sa.literal(value, sa.Integer)
    assert json.loads(str(ask(sa.select(writing.json_object([("a", writing.json_boolean(column))]))))) == {
        "a": told
    }


def test_lists_keep_the_order_of_their_rows(ask: Ask) -> None:
    """A list follows the order of its rows, and is empty when there are none."""
    values = sa.union_all(*(sa.select(sa.literal(number).label("v")) for number in (2, 3, 1))).subquery()
    rows = sa.select(writing.json_object([("v", values.c.v)])).order_by(values.c.v.desc())
    assert ask(sa.select(writing.json_list(rows))) == '[{"v":3},{"v":2},{"v":1}]'
    assert ask(sa.select(writing.json_list(rows.where(values.c.v > 3)))) == "[]"


def test_what_is_json_is_not_quoted_again(ask: Ask) -> None:
    """Objects within objects, lists and subqueries keep their form; what is not there is null; names and texts are escaped."""
    none = sa.select(writing.json_object([("x", sa.literal(1))])).where(sa.literal(1) == 0).scalar_subquery()
    inner = writing.json_object([('it\'s: "a"', sa.func.char(39, 34)), ("%s", sa.literal("';--"))])
    made = writing.json_object(
        [
            ("a", sa.select(inner).scalar_subquery()),
            ("b", none),
            ("c", writing.json_array([inner, sa.null()])),
        ]
    )
    told = {'it\'s: "a"': "'\"", "%s": "';--"}
    assert json.loads(str(ask(sa.select(made)))) == {"a": told, "b": None, "c": [told, None]}
    assert ask(sa.select(writing.json_object([("a", writing.json_object([]))]))) == '{"a":{}}'
    assert ask(sa.select(writing.json_array([]))) == "[]"


def test_objects_of_values_alone_are_told_apart(ask: Ask) -> None:
    """One within another, behind a condition, from a subquery, or with a constant is an object all the same; missing is null."""
    inner = writing.json_object([("x", sa.func.char(34))])
    there, gone = (sa.case((sa.literal(1) == number, inner)) for number in (1, 0))
    below = sa.select(writing.json_object([("y", there)])).scalar_subquery()
    pairs = [("a", there), ("b", gone), ("c", inner), ("d", sa.func.abs(-1))]
    plain = json.loads(str(ask(sa.select(writing.json_object(pairs)))))
    assert plain == {"a": {"x": '"'}, "b": None, "c": {"x": '"'}, "d": 1}
    mixed = json.loads(
        str(ask(sa.select(writing.json_object([*pairs, ("e", below), ("f", sa.literal("x"))]))))
    )
    assert mixed == {**plain, "e": {"y": {"x": '"'}}, "f": "x"}


@given(st.lists(st.one_of(st.none(), st.integers(-(10**18), 10**18)), min_size=20, max_size=60))
def test_money_is_written_as_it_is_everywhere(sample_index: Index, amounts: list[int | None]) -> None:
    """The engine writes parts of a yuan as `canonical` does."""
    each = sa.func.json_each(sa.bindparam("amounts")).table_valued("value").alias()
    sql, _ = sqlite.compile(sa.select(writing.yuan(each.c.value)))
    # Near zero the sign and the places are easily lost.
    tried = [*amounts, 0, 1, -1, 9_999, -9_999, 10_000, -10_000, 10_001, -100]
    rows = sample_index.run(sql, {"amounts": json.dumps(tried)}).rows
    assert [row[0] for row in rows] == [sqlite.canonical(one) for one in tried]


def test_distinct_values_are_listed_and_counted(ask: Ask) -> None:
    """The members of a column come sorted, each once, without NULL; lists are counted together."""
    pairs = ((2, "[1,2]"), (None, "[2]"), (1, None), (2, "[]"))
    values = sa.union_all(
        *(
            sa.select(sa.literal(a, sa.Integer).label("a"), sa.literal(b, sa.Text).label("b"))
            for a, b in pairs
        )
    ).subquery()
    members, count = writing.members(values.c.a), sqlite.count_members(values.c.b)
    assert json.loads(str(ask(sa.select(members)))) == [1, 2]
    assert ask(sa.select(count)) == 2
    assert ask(sa.select(members).where(values.c.a > 5)) == "[]"
