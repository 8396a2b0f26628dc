"""Why a project cites no document number."""

from collections.abc import Callable

import pytest

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]
Hebei = Callable[..., list[list[str]]]
LIST = ["项目名称", "预算数", "三级指标", "指标值", "立项依据"]


@pytest.mark.parametrize(
    ("basis", "why"),
    [
        ("工作计划", "something_else"),
        ("《预算法》", "something_else"),
        ("", "empty"),
        ("冀财社〔2020〕186号", None),
    ],
)
def test_a_basis_column_tells_the_case(source: Source, hebei: Hebei, basis: str, why: str | None) -> None:
    """The column may hold a number, something else, or nothing."""
    rows = [["产出指标", "数量指标", "盏数", "更换的灯", "≥50盏", basis]]
    (project,) = recognise(source("单位：万元", hebei(indicators=rows))).projects
    assert project.without_number == why


def test_a_form_may_have_no_column(source: Source, hebei: Hebei) -> None:
    """A form without a column or label for a basis prints no number because none is asked for."""
    rows = [["产出指标", "数量指标", "盏数", "≥50盏", "", ""]]
    columns = ["一级指标", "二级指标", "三级指标", "指标值", "", ""]
    (project,) = recognise(source(hebei(columns=columns, indicators=rows))).projects
    assert project.without_number == "no_column"


@pytest.mark.parametrize(("text", "why"), [("", "empty"), ("惯例", "something_else")])
def test_a_list_asks_in_its_header(source: Source, text: str, why: str) -> None:
    """A column of grounds in the header of a list is asked of each of its projects."""
    (project,) = recognise(source([LIST, ["修桥", "5万元", "座数", "1座", text]])).projects
    assert project.without_number == why
