"""Tables of many projects that pages or empty rows part, with what pages print again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fundtrace.reading.sheets import Sheets, Table
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]

TITLE = "2024年项目支出绩效目标表"
HEAD = ["序号", "项目名称", "预算金额", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值"]
FIRST = ["1", "修渠", "5", "渠通。", "产出指标", "数量指标", "渠长", "≥3里"]
MORE = ["", "", "", "", "", "质量指标", "渠深", "≥2米"]
SECOND = ["2", "种树", "7", "树活。", "产出指标", "数量指标", "棵数", "≥90棵"]


def _cut(sheets: Sheets) -> Sheets:
    """The same, all tables but the first going on from the one before."""
    tables = [
        replace(block, continues=block.number > 1) if isinstance(block, Table) else block
        for block in sheets.blocks
    ]
    return replace(sheets, blocks=tuple(tables))


def _told(sheets: Sheets) -> list[tuple[str, str | None, tuple[str, ...], list[str | None]]]:
    document = recognise(sheets)
    assert document.coverage.unclaimed == ()
    return [
        (
            project.name,
            project.budget.total.yuan if project.budget.total else None,
            project.goals,
            [each.name for each in project.indicators],
        )
        for project in document.projects
    ]


def test_the_unit_of_money_holds_under_a_header_that_is_printed_again(source: Source) -> None:
    """A page number or 续表 above the second page takes nothing back; another unit does."""
    told = _told(source(TITLE, "单位：万元", [HEAD, FIRST], "续表", [HEAD, SECOND]))
    assert [(name, yuan) for name, yuan, _, _ in told] == [("修渠", "50000"), ("种树", "70000")]
    other = _told(source(TITLE, "单位：万元", [HEAD, FIRST], "单位：元", [HEAD, SECOND]))
    assert [yuan for _, yuan, _, _ in other] == ["50000", "7"]


def test_a_project_that_a_page_cuts(source: Source) -> None:
    """The ends of name, goal and indicator behind the header of the next page belong to what the page before began."""
    begun = ["1", "修渠和", "5", "渠", "产出指标", "数量指标", "石砌的", "≥3里"]
    ends = ["", "护岸", "", "通。", "", "", "渠道", ""]
    told = _told(_cut(source(TITLE, "单位：元", [HEAD, begun], [HEAD, ends, MORE, SECOND])))
    assert told == [
        ("修渠和护岸", "5", ("渠通。",), ["石砌的渠道", "渠深"]),
        ("种树", "7", ("树活。",), ["棵数"]),
    ]


@pytest.mark.parametrize("place", [0, 2])
def test_a_name_with_number_or_amount_begins_a_project(source: Source, place: int) -> None:
    """Also in the first row of a page a name is no rest where its number or its amount stands beside it."""
    bare = ["", "种树", "", "", "效益指标", "社会效益", "绿化", "≥9亩"]
    bare[place] = "7"
    told = _told(_cut(source(TITLE, [HEAD, FIRST], [HEAD, bare])))
    assert [name for name, _, _, _ in told] == ["修渠", "种树"]


def test_a_name_in_front_of_levels_that_begin_again_is_no_rest(source: Source) -> None:
    """A project without number and amount at the top of a page is one, where its first level was printed before."""
    bare = ["", "种树", "", "树活。", "产出指标", "数量指标", "棵数", "≥90棵"]
    told = _told(_cut(source(TITLE, "单位：元", [HEAD, FIRST], [HEAD, bare])))
    assert [(name, yuan) for name, yuan, _, _ in told] == [("修渠", "5"), ("种树", None)]
    later = ["", "工程", "", "", "效益指标", "社会效益", "灌溉", "≥9亩"]
    (joined,) = _told(_cut(source(TITLE, "单位：元", [HEAD, FIRST], [HEAD, later])))
    assert joined == ("修渠工程", "5", ("渠通。",), ["渠长", "灌溉"])


def test_title_and_header_printed_again_within_a_table(source: Source) -> None:
    """Rows above a repeated header go on with the list, and what the page printed again is no unit and no project."""
    captions = [["2024年项目支出绩效目标表", *[""] * 7], ["部门：石桥县水务局", *[""] * 6, "单位：万元"]]
    third = ["3", "修桥", "9", "桥稳。", "产出指标", "数量指标", "座数", "≥1座"]
    rows = [SECOND, *captions, HEAD, third]
    told = _told(_cut(source(TITLE, "部门：石桥县水务局", "单位：万元", [HEAD, FIRST, MORE], rows)))
    assert [(name, yuan) for name, yuan, _, _ in told] == [
        ("修渠", "50000"),
        ("种树", "70000"),
        ("修桥", "90000"),
    ]


def test_a_unit_in_the_upper_row_of_a_header(source: Source) -> None:
    """预算金额（元） over 小计 and 其中 governs both columns, before the unit in a caption."""
    upper = ["序号", "项目名称", "预算金额（元）", "", *HEAD[4:]]
    lower = ["", "", "小计", "其中：财政拨款", "", "", "", ""]
    row = ["1", "修渠", "500", "400", *FIRST[4:]]
    (project,) = recognise(source(TITLE, "单位：万元", [upper, lower, row])).projects
    assert project.budget.total is not None
    assert project.budget.fiscal is not None
    assert (project.budget.total.yuan, project.budget.fiscal.yuan) == ("500", "400")


@pytest.mark.parametrize("joint", ["-", " ", ""])
def test_a_project_code_in_front_of_a_name(source: Source, joint: str) -> None:
    """A code of 21 characters is parted from the name behind it, whatever stands between them."""
    row = [FIRST[0], f"13063621KBZ5IOG4SDMWN{joint}修渠", *FIRST[2:]]
    (project,) = recognise(source(TITLE, [HEAD, row])).projects
    assert (project.code, project.name) == ("13063621KBZ5IOG4SDMWN", "修渠")
