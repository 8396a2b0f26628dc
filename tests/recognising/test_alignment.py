"""Which column a cell belongs to, when cells were lost or shifted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.alignment import align, is_value
from fundtrace.recognising.columns import infer_columns, read_columns
from fundtrace.recognising.grid import Printed, PrintedRow

Rows = Callable[..., tuple[PrintedRow, ...]]

SIX = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]
FIVE = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]


def _placed(rows: Rows, header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    head, row = rows(header, cells)
    columns = read_columns(head.cells)
    assert columns is not None
    return {
        role: cell.text
        for role, cell in zip(align(row.cells, columns), row.cells, strict=True)
        if cell.text and role
    }


def test_a_full_row_stands_where_it_is_printed(rows: Rows) -> None:
    """Nothing moves in a row that fits its header, even if a name is that of a level."""
    placed = _placed(rows, SIX, ["", "生态效益指标", "生态效益指标", "生态效益指标", "100%", "生态效益指标"])
    assert placed["level2"] == placed["name"] == placed["basis"] == "生态效益指标"
    assert placed["target"] == "100%"


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        # The column of the section was lost.
        (
            FIVE,
            ["满意度指标", "服务对象满意度", "住户满意", "≥90%", ""],
            {"level1": "满意度指标", "level2": "服务对象满意度", "name": "住户满意", "target": "≥90%"},
        ),
        # A first level was lost, and the second is not a known one.
        (
            [*FIVE, ""],
            ["", "管好各站", "看护到位", "及时办结", "", ""],
            {"level2": "管好各站", "name": "看护到位", "target": "及时办结"},
        ),
        # A first level was lost in front of a known second level.
        (
            [*FIVE, ""],
            ["", "服务对象满意度", "农户满意度", "满意", "", ""],
            {"level2": "服务对象满意度", "name": "农户满意度", "target": "满意"},
        ),
        # The value is empty: nothing is shifted.
        (
            [*FIVE, ""],
            ["", "", "服务对象满意度", "职工满意度", "", ""],
            {"level2": "服务对象满意度", "name": "职工满意度"},
        ),
        # One cell of six was lost in front.
        (
            SIX,
            ["成本指标", "每盏费用", "平均每盏费用", "≤200元", "合同"],
            {
                "level2": "成本指标",
                "name": "每盏费用",
                "description": "平均每盏费用",
                "target": "≤200元",
                "basis": "合同",
            },
        ),
        # Both levels were lost.
        (
            SIX,
            ["每盏费用", "平均每盏费用", "≤200元", "合同"],
            {"name": "每盏费用", "description": "平均每盏费用", "target": "≤200元", "basis": "合同"},
        ),
        # The description in the middle was lost.
        (
            SIX,
            ["产出指标", "数量指标", "盏数", "≥50盏", "合同"],
            {"level1": "产出指标", "level2": "数量指标", "name": "盏数", "target": "≥50盏", "basis": "合同"},
        ),
    ],
)
def test_a_row_that_lost_a_cell_is_put_right(
    rows: Rows, header: list[str], cells: list[str], expected: dict[str, str]
) -> None:
    """Known levels and the look of values decide where the cells belong."""
    assert _placed(rows, header, cells) == expected


def test_columns_are_read_from_their_labels(rows: Rows) -> None:
    """A header may be split by spaces, have empty columns, and columns that no label knows."""
    (row,) = rows(["一级 指标", "二级指标", "三级指标", "", "指标值", "甲乙丙丁", "权重"])
    assert read_columns(row.cells) == ("level1", "level2", "name", None, "target", "unknown", "ignored")


def test_what_is_no_header(rows: Rows) -> None:
    """One label, or labels among more unknown texts, make no header."""
    (one, many, fields) = rows(
        ["指标值", "", ""], ["指标名称", "甲", "乙", "丙", "指标值"], ["绩效目标", "绩效指标", ""]
    )
    assert read_columns(one.cells) is None
    assert read_columns(many.cells) is None
    assert read_columns(fields.cells) is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            ["产出指标", "数量指标", "数量指标", "盏数", "50盏"],
            ("level1", "level2", "level2", "name", "target"),
        ),
        (
            ["绩效指标", "产出指标", "数量指标", "盏数", "50盏", ""],
            ("section", "level1", "level2", "name", "target", None),
        ),
        (
            ["产出指标", "数量指标", "盏数", "盏数说明", "50盏", "合同"],
            ("level1", "level2", "name", "description", "target", "basis"),
        ),
        (["产出指标", "盏数", "50盏"], None),
        (["产出指标", "数量指标", "盏数"], ("level1", "level2", "name")),
        (["盏数", "数量指标", "盏数", "50盏"], None),
        ([], None),
    ],
)
def test_columns_without_a_header(
    rows: Rows, cells: list[str], expected: tuple[str | None, ...] | None
) -> None:
    """A row that prints its levels tells the columns; a row that does not, tells nothing."""
    printed = rows(cells)[0].cells if cells else ()
    assert infer_columns(printed) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[(text, True) for text in ("≥90%", "预计 = 5", "1670 元/月", "100%", "0")],
        *[(text, False) for text in ("2021年预算", "16-59周岁人数", "及时", "印刷份数")],
    ],
)
def test_what_looks_like_a_value(text: str, expected: bool) -> None:
    """Comparators, percentages and numbers with a short unit look like values; names do not."""
    assert is_value(text) is expected


@given(
    st.lists(
        st.sampled_from(["", "产出指标", "数量指标", "盏数", "≥5", "合同", "成本"]), min_size=1, max_size=9
    )
)
@settings(max_examples=200, deadline=None)
def test_any_row_is_aligned(texts: list[str]) -> None:
    """Every row of any width gets one role a cell."""
    header = tuple(Printed(text, 1, 1, 1, place) for place, text in enumerate(SIX))
    cells = tuple(Printed(text, 2, 1, 2, place) for place, text in enumerate(texts))
    columns = read_columns(header)
    assert columns is not None
    assert len(align(cells, columns)) == len(texts)
