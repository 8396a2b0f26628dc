"""Words as patterns that SQLite compares with labels."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fundtrace.index import Index, naming

TEXTS = st.text("*?[]^-!\\%_'aAbBéÉⅢⅲΩωａＡ就业〔〕1", max_size=6)


@settings(deadline=None)
@given(TEXTS.filter(bool), TEXTS, TEXTS)
@example("[a]*?", "", "")
@example("^", "a", "")
def test_words_fit_what_holds_them_in_either_case(
    sample_index: Index, words: str, before: str, behind: str
) -> None:
    """A pattern fits a label exactly where the label holds the words, whatever signs they are made of."""
    for label in (before + words.swapcase() + behind, before + behind):
        ((fits,),) = sample_index.run(
            "SELECT :label GLOB :pattern", {"label": label, "pattern": naming.pattern_of(words)}
        ).rows
        assert bool(fits) == (words.lower() in label.lower())


@pytest.mark.parametrize("words", ["", "\0", "就业\0"])
def test_what_cannot_be_compared_has_no_pattern(words: str) -> None:
    """No words fit nothing, and SQLite ends a pattern where a text has its zero."""
    assert naming.pattern_of(words) is None
