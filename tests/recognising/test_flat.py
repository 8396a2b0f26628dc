"""Tables that have become running text."""

from collections.abc import Callable

import pytest

from fundtrace.errors import InputError
from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]


@pytest.mark.parametrize(
    "texts",
    [
        ["项目名称 修路 绩效指标 一级指标 二级指标 三级指标 指标值 产出指标 数量指标 里程 ≥5公里"],
        [
            "项目名称",
            "修路",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "产出指标",
            "数量指标",
            "里程",
            "≥5公里",
        ],
    ],
)
def test_a_table_in_running_text_is_reported(source: Source, texts: list[str]) -> None:
    """Nothing is read from it, and one finding says where it stands."""
    document = recognise(source("2024年项目支出绩效目标表", *texts))
    assert document.projects == ()
    (found,) = [finding for finding in document.findings if finding.code == "table-not-understood"]
    assert found.position is not None
    assert found.position.table is None


@pytest.mark.parametrize(
    "texts", [["设定一级指标三个。"], ["一级指标", "说一说别的。"], ["一级指标", "二级指标"], ["天气很好。"]]
)
def test_words_of_a_header_are_no_table(source: Source, texts: list[str]) -> None:
    """A sentence about indicators, or a label alone, is no header."""
    with pytest.raises(InputError, match="unrelated-document"):
        recognise(source(*texts))
