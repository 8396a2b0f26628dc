"""Keys: one path segment, at most 150 bytes, the same for every spelling in another width."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.graph.keys import MAX_BYTES, clean, cut, hash8, join, letter, squeeze


def _in_alphabet(char: str) -> bool:
    return char in "-_~0123456789" or unicodedata.category(char).startswith("L")


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
@settings(max_examples=200)
def test_any_text_becomes_one_segment(parts: list[str]) -> None:
    """Whatever is printed, the key has only letters, digits, hyphen, underscore and tilde, and at most 150 bytes."""
    key = join(*parts)
    assert key
    assert all(map(_in_alphabet, key))
    assert len(key.encode()) <= MAX_BYTES


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """A clean text is a fixed point."""
    once = clean(text)
    assert clean(once) == clean(clean(once))
    assert cut(cut(once)) == cut(once)


def test_full_width_digits_are_the_same_key() -> None:
    """Width is spelling."""
    assert join("１３０６３６", "323") == "130636-323"


def test_other_characters_become_hyphens() -> None:
    """Brackets, points and slashes have no place in a segment."""
    assert join("a/b.c?〔2020〕") == "a-b-c--2020-"


def test_a_long_key_is_cut_and_keeps_its_difference() -> None:
    """Two long titles with the same beginning stay two keys."""
    first, second = cut("就" * 60 + "甲"), cut("就" * 60 + "乙")
    assert first != second
    assert first[-13] == "~"
    assert len(first.encode()) <= MAX_BYTES
    assert cut("x" * 150) == "x" * 150


def test_an_empty_text_is_a_hyphen() -> None:
    """No segment is ever empty."""
    assert join("") == "-"


def test_hashes_ignore_width_and_spaces() -> None:
    """The hash of a name is taken of its NFKC form without spaces."""
    assert hash8("公益性 岗位（补贴）") == hash8("公益性岗位(补贴)")
    assert len(hash8("甲")) == 8
    assert squeeze(" 甲　乙\n") == "甲乙"


@pytest.mark.parametrize(("rank", "suffix"), [(0, ""), (1, "~b"), (2, "~c"), (25, "~z"), (26, "~ba")])
def test_letters_count_sources(rank: int, suffix: str) -> None:
    """The first source has no letter, the second is b."""
    assert letter(rank) == suffix
