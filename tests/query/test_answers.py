"""Answers that are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrace.query import Answer
from fundtrace.query.answers import LARGEST, Answers, is_lasting


def _answer(size: int) -> Answer:
    return Answer(b"x" * size, "text/csv", "solutions")


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    """An answer that is asked for again stays."""
    kept = Answers(4_000)
    for name in "ab":
        kept.put((name,), _answer(1_000))
    assert kept.get(("a",))
    kept.put(("c",), _answer(1_000))
    assert [kept.get((name,)) is not None for name in "abc"] == [True, False, True]


def test_large_answers_are_not_kept() -> None:
    """Neither one beyond the largest, nor one beyond the whole."""
    kept = Answers(10 * LARGEST)
    kept.put(("a",), _answer(LARGEST + 1))
    small = Answers(100)
    small.put(("a",), _answer(10))
    assert kept.get(("a",)) is small.get(("a",)) is None


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 2_000)), max_size=30))
def test_the_bound_holds(puts: list[tuple[str, int]]) -> None:
    """Whatever is put, no more than the limit is kept, and what is kept is the last that was put."""
    kept = Answers(6_000)
    last = {}
    for name, size in puts:
        kept.put((name,), _answer(size))
        last[name] = size
        assert kept.size <= 6_000
    for name, size in last.items():
        found = kept.get((name,))
        assert found is None or len(found.body) == size


@pytest.mark.parametrize(
    ("query", "lasting"),
    [
        ("SELECT * {}", True),
        ("SELECT (NOW() AS ?t) {}", False),
        ("SELECT (rand() AS ?t) {}", False),
        ("SELECT (\\u0052AND() AS ?t) {}", False),
        ("SELECT (STRUUID() AS ?t) {}", False),
    ],
)
def test_time_and_chance_do_not_last(query: str, lasting: bool) -> None:
    """A query that asks for them is evaluated each time."""
    assert is_lasting(query) is lasting
