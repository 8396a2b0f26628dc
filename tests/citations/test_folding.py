"""Tests of fundtrace.citations.folding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.citations import fold
from fundtrace.citations.folding import squeeze, unbroken


@pytest.mark.parametrize("brackets", ["〔〕", "【】", "［］", "[]", "（）", "()", "﹝﹞", "﹙﹚", "〖〗"])
def test_every_kind_of_bracket_folds_to_one(brackets: str) -> None:
    """All brackets that stand around a year are equal after folding."""
    assert fold(f"冀财社{brackets[0]}2020{brackets[1]}1号") == "冀财社(2020)1号"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("财預〔２０２１〕１０１號", "财预(2021)101号"),
        ("關於績效", "关于绩效"),
        ("1—3", "1-3"),
        ("ＡＢ，：；", "AB,:;"),
        ("冀\u3000财\u200b社\n", "冀 财 社 "),
        ("乾县", "乾县"),
        ("《》", "《》"),
        ("1～3〜", "1~3~"),
    ],
)
def test_spelling_folds(text: str, folded: str) -> None:
    """Width, traditional characters, dashes and blanks are spelling; 乾 in 乾县 is not."""
    assert fold(text) == folded


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_folding_keeps_the_length_and_is_stable(text: str) -> None:
    """Folding works character for character, and folding twice changes nothing."""
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(alphabet="冀财 \n\t\u3000〔2020〕", max_size=60))
@settings(max_examples=100)
def test_squeezed_positions_lead_back(text: str) -> None:
    """Each squeezed character stands where its position says, and an index is found from its position."""
    squeezed = squeeze(text)
    assert len(squeezed.positions) == len(squeezed.text) + 1
    for index, character in enumerate(squeezed.text):
        assert fold(text[squeezed.start(index)]) == character
        assert squeezed.end(index + 1) == squeezed.start(index) + 1
        assert squeezed.index(squeezed.start(index)) == index


def test_a_blank_is_remembered() -> None:
    """White space that was taken out can still be asked for."""
    squeezed = squeeze("冀 财社")
    assert [squeezed.blank_before(i) for i in range(4)] == [False, True, False, False]
    assert squeezed.end(0) == 0


@pytest.mark.parametrize("marks", ["《》", "〈〉", "<>", "＜＞"])
def test_a_titles_mark_around_the_year_is_a_bracket(marks: str) -> None:
    """《2020》 in front of a serial is a year in brackets; a title in 《》 keeps its marks."""
    assert squeeze(f"冀财社{marks[0]}2020{marks[1]} 1 号").text == "冀财社(2020)1号"
    assert squeeze("落实《2020》要求").text == "落实《2020》要求"


@pytest.mark.parametrize(
    ("text", "joined"),
    [("冀财规【2018】\n21 号", "冀财规【2018】21 号"), ("甲 \r\n 乙\t丙", "甲乙丙"), ("甲 乙", "甲 乙")],
)
def test_line_breaks_are_the_pages(text: str, joined: str) -> None:
    """Breaks of line and cell go, spaces within a line stay."""
    assert unbroken(text) == joined
