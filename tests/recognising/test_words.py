"""Tests of the tables of words."""

from __future__ import annotations

import re

import pytest

from fundtrace.recognising.words import longest_first, table


@pytest.mark.parametrize("name", ["basis", "funding", "roles", "units"])
def test_every_table_is_lists_of_words(name: str) -> None:
    """Each table maps names to lists of distinct, non-empty texts."""
    words = table(name)
    assert words
    for listed in words.values():
        assert all(isinstance(word, str) and word for word in listed)
        assert len(set(listed)) == len(listed)


def test_a_missing_table_is_a_damaged_installation() -> None:
    """A table that is not there raises instead of being empty."""
    with pytest.raises(FileNotFoundError):
        table("absent")


def test_the_longest_word_wins_and_signs_are_literal() -> None:
    """Words are tried from the longest, and a sign in a word means itself."""
    pattern = re.compile(longest_first(["人", "人次", "a.b", "**"]))
    assert [match[0] for match in pattern.finditer("人次 人 a.b axb **")] == ["人次", "人", "a.b", "**"]
