"""Tests of spelling that carries no meaning."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.widths import compact, narrow, unmarked


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_narrow_keeps_the_length(text: str) -> None:
    """Positions found in the narrow text are positions of the printed one."""
    assert len(narrow(text)) == len(text)


def test_narrow_folds_width_and_spaces() -> None:
    """Full-width signs and every kind of space become plain ones; Chinese marks of their own stay."""
    assert narrow("≥９５％（约）\u3000元\u00a0。") == "≥95%(约) 元 。"


def test_compact_ignores_width_space_and_punctuation() -> None:
    """Two spellings of one name are equal; two names are not."""
    assert compact("参保率（%）") == compact("参 保率(％)")
    assert compact("参保率") != compact("缴费率")


def test_unmarked_takes_off_marks_of_conversion() -> None:
    """Bookmarks, TC codes, bold signs and Markdown heads are no content."""
    assert unmarked("[bookmark: _Toc_1]一、总体绩效目标 TC 总体绩效目标 \\f A \\l 1 ") == "一、总体绩效目标"
    assert unmarked("### （一）**总体**绩效目标") == "（一）总体绩效目标"
