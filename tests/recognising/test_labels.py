"""The printed labels: what they mean, however they are spelt."""

from __future__ import annotations

import pytest

from fundtrace.recognising.labels import fold, is_level1, is_level2, labels, month, split_label


@pytest.mark.parametrize(
    "printed",
    [
        "其中：财政资金",
        "其中 财政资金",
        "其中:财政 资金",
        "其中：财政\n资金",
        "**其中：财政资金**",
        "其中：财政    资金（万元）",
    ],
)
def test_a_label_is_known_however_it_is_spaced_and_marked(printed: str) -> None:
    """Spaces, breaks, colons, asterisks and a unit at the end do not change what a label means."""
    assert labels().meaning(printed, "budget") == ("budget", "fiscal")


def test_kinds_are_tried_in_order() -> None:
    """One text can be a label of several kinds; the kind that is asked for first wins."""
    assert labels().meaning("上年结转资金", "statement_budget", "budget") == ("statement_budget", "carryover")
    assert labels().meaning("绩效目标", "field", "section") == ("section", "goals")


def test_prose_is_no_label() -> None:
    """A text longer than any label is not compared at all."""
    assert labels().meaning("绩效目标" * 20, "section") is None
    assert month("3月底" * 20) is None


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("3月底", 3),
        ("12 月底", 12),
        ("１０月底", 10),
        ("6月末", 6),
        ("截至6月底", 6),
        ("13月底", None),
        ("每月", None),
    ],
)
def test_the_month_of_a_plan_label(printed: str, number: int | None) -> None:
    """A plan's label names a month of the year; other texts name none."""
    assert month(printed) == number


def test_levels_are_known_with_and_without_their_last_word() -> None:
    """产出 and 产出指标 are one level; a level that is both first and second is known as both."""
    assert is_level1("产出指标")
    assert is_level1("产出")
    assert is_level2("社会公众或服务对象满意度指标")
    assert is_level1("成本指标")
    assert is_level2("成本指标")
    assert not is_level2("亮灯率")
    assert not is_level1("产出指标" * 20)


def test_a_label_and_its_value_in_one_cell() -> None:
    """项目名称：路灯 is a label with its value; a goal with a colon in it is none."""
    assert split_label("项目名称：路灯维护费") == ("field", "project_name", "路灯维护费")
    assert split_label("年度目标：全年安全") is None
    assert split_label("项目名称：") is None


def test_folding_keeps_words_in_brackets() -> None:
    """Only a unit in brackets at the end is taken off."""
    assert fold("部门(单位)名称") == "部门(单位)名称"
    assert fold("资金情况 （单位：万元）") == "资金情况"
