"""Lines of characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.reading.pdf.lines import Habits, Line, closes, join, lines
from fundtrace.reading.pdf.signs import Sign

_SIGN = st.builds(
    Sign,
    st.sampled_from([*"甲乙12a，（ "]),
    st.floats(0, 500),
    st.floats(500, 600),
    st.floats(0, 800),
    st.floats(1, 30),
)


@given(st.lists(_SIGN, max_size=40), st.sampled_from([None, 1.8]))
@settings(max_examples=100, deadline=None)
def test_every_character_is_in_a_line(signs, apart):
    """Characters are put in order, and none is lost."""
    made = lines(signs, apart=apart)
    assert sorted("".join(line.text for line in made).replace(" ", "")) == sorted(
        sign.text for sign in signs if sign.text != " "
    )


@given(
    st.lists(st.text("甲乙丙，（12ab", min_size=1, max_size=8), min_size=1, max_size=5), st.integers(10, 200)
)
@settings(max_examples=100, deadline=None)
def test_joining_keeps_every_character(texts, width):
    """Joining lines only decides what stands between them."""
    made = [Line(text, 10, 10 + 12 * len(text), 20 * number, 12) for number, text in enumerate(texts)]
    joined = join(made, 10, 10 + width, Habits())
    assert joined.replace(" ", "").replace("\n", "") == "".join(texts)


def test_nothing_is_joined_to_nothing():
    """A cell without lines has no text."""
    assert join([], 0, 10, Habits()) == ""
    assert lines([Sign(" ", 1, 2, 3, 12)]) == []


def test_an_open_title_goes_on_in_the_next_line():
    """A mark that opens a title and is not closed on its line says that the line was broken."""
    assert closes("开展《保障农民工工资", "支付条例》宣传")
    assert not closes("开展《条例》宣传", "支付条例》宣传")
    assert not closes("开展《保障", "宣传《条例》")
