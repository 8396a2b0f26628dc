"""Numbers that targets print in Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.numerals import read_number, with_digits
from fundtrace.recognising.targets import read_target

_SIGNS = "零一二三四五六七八九"


def _group(number: int) -> str:
    """A number below ten thousand as it is written."""
    text = ""
    for value, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        text += f"{_SIGNS[digit]}{sign}" if digit else "零" if text and not text.endswith("零") else ""
    return text.rstrip("零")


def _written(number: int) -> str:
    high, low = divmod(number, 10_000)
    if not high:
        return _group(low)
    return f"{_group(high)}万{'零' if low and low < 1000 else ''}{_group(low)}"


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 99_999_999))
def test_a_written_number_is_read_back(number: int) -> None:
    """Any whole number in Chinese signs gives its digits; a ten without its one too."""
    text = _written(number)
    assert read_number(text) == str(number)
    assert read_number(text.replace("一十", "十", 1) if text.startswith("一十") else text) == str(number)


@pytest.mark.parametrize(
    ("printed", "comparator", "value", "unit", "kind"),
    [
        ("不少于十次", ">=", "10", "次", "numeric"),
        ("百分之九十五", None, "95", "%", "numeric"),
        ("达到百分之九十八点五以上", ">=", "98.5", "%", "text_with_number"),
        ("不超过一百五十万元", "<=", "150", "万元", "numeric"),
        ("三个工作日内", "<=", "3", "个工作日", "numeric"),
        ("全年不少于两次", ">=", "2", "次", "text_with_number"),
        ("百分之百", None, "100", "%", "numeric"),
        ("二〇二四年", None, None, None, "date"),
    ],
)
def test_a_number_that_measures_is_the_value(printed, comparator, value, unit, kind) -> None:
    """A percentage, a number behind a word that compares, a number whose unit ends the cell."""
    target = read_target(printed)
    assert (target.printed, target.comparator, target.value, target.unit, target.kind) == (
        printed,
        comparator,
        value,
        unit,
        kind,
    )


@pytest.mark.parametrize(
    "text", ["一致好评", "十分满意", "一级", "一次性发放", "第三方", "统一", "三五次", "十百个", "一人一档"]
)
def test_other_words_stay_words(text) -> None:
    """A word that begins with a numeral, an approximate pair and a text with a digit are left as they are."""
    assert with_digits(text) == text
    assert with_digits(f"2次{text}") == f"2次{text}"
