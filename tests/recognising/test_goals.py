"""Goals: one cell or several, parted by the numbers they print."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.goals import split_goals


@pytest.mark.parametrize(
    "cell",
    [
        "1.修路 2.种树 3.点灯",
        "1、修路\n2、种树\n3、点灯",
        "目标1: 修路 目标 2：种树 目标3：点灯",
        "（1）修路\n（2）种树\n（3）点灯",
        "①修路②种树③点灯".replace("②", " ②").replace("③", "\n③"),
        "（一）修路 （二）种树 （三）点灯",
        "一、修路\n二、种树\n三、点灯",
        "1)修路 2)种树 3)点灯",
    ],
)
def test_numbered_goals_are_parted_and_lose_their_number_only(cell: str) -> None:
    """Every way to number goals gives the same goals."""
    assert split_goals([cell]) == ("修路", "种树", "点灯")


def test_numbers_inside_a_sentence_part_nothing() -> None:
    """Decimals, years and numbers that do not count on stay in their goal."""
    assert split_goals(["1.每人 2.5 万元 2.2025 年完成 3 件"]) == ("每人 2.5 万元", "2025 年完成 3 件")
    assert split_goals(["1.做好 5、6 月的检查"]) == ("做好 5、6 月的检查",)
    assert split_goals(["提高 2.5 倍"]) == ("提高 2.5 倍",)


def test_only_the_leading_number_is_dropped() -> None:
    """A number printed behind the number is text."""
    assert split_goals(["1.1.做好保障"]) == ("1.做好保障",)
    assert split_goals(["1.2022年发放工资"]) == ("2022年发放工资",)


def test_goals_over_several_cells_count_on() -> None:
    """Each cell may hold the next goal."""
    assert split_goals(["1、修路", "2、种树"]) == ("修路", "种树")


def test_a_cell_without_a_number_goes_on_with_the_goal_above() -> None:
    """A goal that a page broke is one goal."""
    assert split_goals(["1.修路 2.在河边种", "树并浇水"]) == ("修路", "在河边种树并浇水")
    assert split_goals(["1.修路", "和桥 2.种树"]) == ("修路和桥", "种树")


def test_cells_that_each_begin_at_one_keep_their_goals() -> None:
    """A second list of goals starts over."""
    assert split_goals(["1.修路 2.种树", "1.点灯"]) == ("修路", "种树", "点灯")


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("1.扩大修路面2.保障种树", ("扩大修路面", "保障种树")),
        ("目标1:修路 目标2:种树的发放目标3:点灯", ("修路", "种树的发放", "点灯")),
        ("①修路②种树③点灯", ("修路", "种树", "点灯")),
        ("1、修路、2、种树", ("修路、", "种树")),
        ("1.每人2.2元，共1.5万，到2025年", ("每人2.2元，共1.5万，到2025年",)),
        ("1、在第2、第3季度修路 2、种树", ("在第2、第3季度修路", "种树")),
        ("1.提高2、3个百分点", ("提高2、3个百分点",)),
        ("一、推进第一、二、三产业", ("推进第一、二、三产业",)),
        ("1.修路2、种树", ("修路2、种树",)),
    ],
)
def test_numbers_glued_to_the_item_before_part_it(text: str, goals: tuple[str, ...]) -> None:
    """The end of a line may take the space in front of a number; figures and numbers written otherwise part nothing."""
    assert split_goals([text]) == goals


def test_a_broken_number_is_no_mark() -> None:
    """The end of a bracketed year that a line broke off parts nothing; traditional marks do."""
    assert split_goals(["1.一 2.二 3.落实政办发(202\n4)180号要求"])[2:] == ("落实政办发(202 4)180号要求",)
    assert split_goals(["1.运转不少于12个月2.2025年底之前完成3.保障"]) == (
        "运转不少于12个月",
        "2025年底之前完成",
        "保障",
    )
    assert split_goals(["目\n标1：按进度；目标2：通过"]) == ("按进度；", "通过")
    assert split_goals(["目標1：按進度完成 目標2：資金到位"]) == ("按進度完成", "資金到位")


def test_words_in_front_of_the_first_number_are_a_goal() -> None:
    """年度目标 stands in front of 目标1 as a goal of its own, with its words."""
    assert split_goals(["年度目标: 全年平安\n目标1: 修路"]) == ("年度目标: 全年平安", "修路")


def test_unnumbered_lines_end_goals_where_sentences_end() -> None:
    """A line that does not end a sentence was broken by the width of its cell."""
    assert split_goals(["修好全县的\n路。\n\n种树。"]) == ("修好全县的路。", "种树。")
    assert split_goals(["  "]) == ()


def test_a_cell_that_begins_with_a_stop_goes_on() -> None:
    """A comma or full stop begins no goal: it ends that of the cell above."""
    assert split_goals(["修好全县的路", "，种树。"]) == ("修好全县的路，种树。",)
    assert split_goals(["，种树。"]) == ("，种树。",)


def test_dots_of_a_blank_form_are_no_goal() -> None:
    """目标3：…… is a line of the form that nobody filled in."""
    assert split_goals(["目标1：修路；\n目标2：种树；\n目标3：……"]) == ("修路；", "种树；")


@given(st.lists(st.text(alphabet="修路种树点灯，", min_size=1, max_size=8), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_what_is_numbered_is_read_back(items: list[str]) -> None:
    """Any goals, numbered from 1 on lines of their own, are read back as they were."""
    cell = "\n".join(f"{number}.{item}" for number, item in enumerate(items, start=1))
    assert split_goals([cell]) == tuple(items)


@given(st.lists(st.text(max_size=30), max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_goals_without_empty_ones(cells: list[str]) -> None:
    """No text fails, and no goal is empty."""
    assert all(split_goals(cells)) or split_goals(cells) == ()
