"""Tests that answers are remembered, and within which bounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fundtrace.recognising.memo import LONGEST, MOST, memo

Asked = tuple[Callable[[str], int], list[str]]


@pytest.fixture
def length() -> Asked:
    """A remembered question about the length of a text, and the texts that it was asked for."""
    asked: list[str] = []

    def ask(text: str) -> int:
        """How many letters a text has."""
        asked.append(text)
        return len(text)

    return memo(ask), asked


def test_a_text_is_asked_once(length: Asked) -> None:
    """The second question about a text is answered from memory."""
    ask, asked = length
    assert [ask("修桥"), ask("修桥"), ask("桥")] == [2, 2, 1]
    assert asked == ["修桥", "桥"]


def test_a_long_text_is_not_kept(length: Asked) -> None:
    """A text beyond the bound is answered, and asked anew each time."""
    ask, asked = length
    for size in (LONGEST, LONGEST, LONGEST + 1, LONGEST + 1):
        assert ask("桥" * size) == size
    assert list(map(len, asked)) == [LONGEST, LONGEST + 1, LONGEST + 1]


def test_no_more_than_so_many_are_kept(length: Asked) -> None:
    """When the memory is full it is emptied, so that no document makes it grow without end."""
    ask, asked = length
    for number in range(MOST + 1):
        ask(str(number))
    assert ask(str(MOST)) == len(str(MOST))
    assert ask("0") == 1
    assert len(asked) == MOST + 2


def test_a_function_keeps_its_name_and_text(length: Asked) -> None:
    """What is remembered is documented as the function itself is."""
    ask, _ = length
    assert (ask.__name__, ask.__doc__) == ("ask", "How many letters a text has.")
