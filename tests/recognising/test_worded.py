"""Indicators told in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.worded import read_worded


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "产出指标：\n数量指标：\n（1）培训不少于100人\n（2）场次（≥3场）\n满意度指标：\n满意度：90%以上",
            [
                ("产出指标", "数量指标", "培训", "不少于100人"),
                ("产出指标", "数量指标", "场次", "≥3场"),
                ("满意度指标", None, "满意度", "90%以上"),
            ],
        ),
        (
            "发放人数≥2600人，发放率100%",
            [(None, None, "发放人数", "≥2600人"), (None, None, "发放率", "100%")],
        ),
        (
            "数量指标：改造小区2个 质量指标：合格",
            [(None, "数量指标", "改造小区", "2个"), (None, "质量指标", "合格", None)],
        ),
        (
            "1.时效指标：每月20日前发放；2.覆盖率95%",
            [(None, "时效指标", "每月20日前发放", None), (None, "时效指标", "覆盖率", "95%")],
        ),
    ],
)
def test_items_give_level_name_and_target(text, told) -> None:
    """An item is numbered, on a line of its own or parted by a stop; a level holds until the next."""
    assert [(each.level1, each.level2, each.name, each.target) for each in read_worded([text])] == told


@pytest.mark.parametrize("text", ["", "推进垃圾分类工作。", "完成2023年改造任务", "详见附件"])
def test_prose_tells_no_indicators(text) -> None:
    """Without a level and without a value nothing is made up."""
    assert read_worded([text]) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("一指标:：；;1.、（）≥%\n产出数量", max_size=60), max_size=3))
def test_any_text_is_read(texts) -> None:
    """No text raises, and each indicator has a name."""
    assert all(each.name for each in read_worded(texts))
