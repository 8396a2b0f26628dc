"""Pages."""

from __future__ import annotations

import pytest
from graphql import GraphQLError
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.graphql.identity import encode
from fundtrace.graphql.paging import MAX_FIRST, page

NAMES = st.lists(st.integers(0, 99).map(lambda n: f"a/{n:02}"), unique=True).map(sorted)


@settings(max_examples=100)
@given(NAMES, st.integers(1, 7))
def test_pages_give_every_row_once_and_in_order(names: list[str], first: int) -> None:
    """Following the cursors gives the whole list."""
    found: list[str] = []
    after = None
    while True:
        shown = page(names, lambda name: name, first, after)
        found += shown.rows
        assert shown.info.has_previous_page == (after is not None)
        if not shown.info.has_next_page:
            break
        after = shown.info.end_cursor
    assert found == names


def test_a_cursor_of_a_row_that_is_gone_keeps_its_place() -> None:
    """The next page begins behind where the row was."""
    shown = page(["a/1", "a/3"], lambda name: name, 5, encode("a/2"))
    assert list(shown.rows) == ["a/3"]


@pytest.mark.parametrize("first", [-1, MAX_FIRST + 1])
def test_the_size_of_a_page_is_bounded(first: int) -> None:
    """Too few and too many are refused with the maximum."""
    with pytest.raises(GraphQLError) as caught:
        page([], str, first, None)
    assert caught.value.extensions is not None
    assert caught.value.extensions["maximum"] == MAX_FIRST


def test_an_empty_page_has_no_cursors() -> None:
    """None of nothing."""
    info = page(["a/1"], lambda name: name, 0, None).info
    assert (info.start_cursor, info.end_cursor, info.has_next_page) == (None, None, True)
