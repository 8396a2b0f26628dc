"""The columns that a header names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fundtrace.recognising.columns import read_columns
from fundtrace.recognising.grid import PrintedRow

Rows = Callable[..., tuple[PrintedRow, ...]]

HALVES = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]


@pytest.mark.parametrize(
    ("year_first", "expected"),
    [
        (False, ("section", "level1", *["whole_term"] * 3, "level2", "name", "target")),
        (True, ("section", "level1", "level2", "name", "target", *["whole_term"] * 3)),
    ],
)
def test_two_halves(rows: Rows, year_first: bool, expected: tuple[str, ...]) -> None:
    """Of two halves one is the year's; a first level printed once belongs to both."""
    (row,) = rows(HALVES)
    assert read_columns(row.cells, year_first=year_first) == expected


def test_a_value_of_the_whole_term(rows: Rows) -> None:
    """项目指标值 is the target only where no value of the year is printed."""
    both, alone = rows(["三级指标", "项目指标值", "年度指标值"], ["一级指标", "三级指标", "项目指标值"])
    assert read_columns(both.cells) == ("name", "whole_term", "target")
    assert read_columns(alone.cells) == ("level1", "name", "target")


def test_a_second_name_describes(rows: Rows) -> None:
    """指标内容 beside 三级指标 says what it means, unless a description is printed."""
    first, second = rows(
        ["三级指标", "指标内容", "指标值"], ["三级指标", "指标内容", "绩效指标描述", "指标值"]
    )
    assert read_columns(first.cells) == ("name", "description", "target")
    assert read_columns(second.cells) == ("name", "ignored", "description", "target")


def test_signs_and_units_alone_are_no_header(rows: Rows) -> None:
    """A sign, a unit and a name without values make no table of indicators."""
    (row,) = rows(["指标", "指标性质", "计量单位", "权重"])
    assert read_columns(row.cells) is None
