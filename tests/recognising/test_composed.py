"""Targets put together from their columns, or taken out of brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrace.recognising.composed import compose, is_sign, split_bracketed


@pytest.mark.parametrize(
    ("value", "operator", "measure", "expected"),
    [
        ("95", "≥", "%", "≥95%"),
        ("95%", "≥", "%", "≥95%"),
        ("≥95", "≥", "%", "≥95%"),
        ("12", "＝", "人", "＝12人"),
        ("优", "定性", "无", "优"),
        ("及时", None, "天", "及时"),
        ("5", "≤", "/", "≤5"),
        (None, "定性", None, "定性"),
        (None, "≥", "户", None),
        ("/", "≥", "户", "/"),
        ("12月底", "", None, "12月底"),
    ],
)
def test_sign_value_and_unit_are_put_together(
    value: str | None, operator: str | None, measure: str | None, expected: str | None
) -> None:
    """What is printed is kept, nothing is printed twice, and nothing is made up."""
    assert compose(value, operator, measure) == expected


@given(st.text(max_size=12), st.text(max_size=3), st.text(max_size=3))
def test_a_value_is_always_part_of_its_target(value: str, operator: str, measure: str) -> None:
    """Whatever stands in the columns, the printed value is within the target."""
    composed = compose(value, operator, measure)
    assert composed is not None
    assert value.strip() in composed or composed == operator


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("机柜数量(≥77台)", ("机柜数量", "≥77台")),
        ("完成率（≥ 90（%））", ("完成率", "≥ 90（%）")),
        ("更换率（%）", ("更换率（%）", None)),
        ("新建路（≥**个）", ("新建路（≥**个）", None)),
    ],
)
def test_the_value_in_brackets_behind_a_name(name: str, expected: tuple[str, str | None]) -> None:
    """Brackets hold a target only if a sign and a number stand in them."""
    assert split_bracketed(name) == expected


def test_words_that_compare_in_brackets() -> None:
    """A word that compares stands in front of its number; behind it, it may be part of the name. A template is none."""
    assert split_bracketed("面积（大于等于90平方米）") == ("面积", "大于等于90平方米")
    assert split_bracketed("投入(不低\n于116元/亩)") == ("投入", "不低\n于116元/亩")
    assert split_bracketed("支出(≤预算控制数)") == ("支出", "≤预算控制数")
    assert split_bracketed("补贴人数（80岁以上）") == ("补贴人数（80岁以上）", None)
    assert split_bracketed("满意度（≥**%）") == ("满意度（≥**%）", None)


def test_signs() -> None:
    """A sign may be a word; 定性 and the direction of an indicator are none."""
    assert [is_sign(text) for text in ("≥", "＝", "大于等于", "定性", "正向指标", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
