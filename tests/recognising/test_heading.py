"""Title, fiscal year, stage and department of a document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise
from fundtrace.recognising.heading import fiscal_year, stage

Source = Callable[..., Sheets]
Hebei = Callable[..., list[list[str]]]

HEAD = [["项目编码", "323-1001-ABC", "项目名称", "修桥", "", ""], ["预算规模", "预算数", "1", "", "", ""]]


def test_the_title_of_a_text(source: Source, hebei: Hebei) -> None:
    """The line with the year is the title, with the stage under it; the contents are none."""
    document = recognise(
        source("石桥县水务局", "2020 年部门预算绩效文本", "（草案）", "水务编制", "目 录", hebei(head=HEAD))
    )
    assert document.title == "2020 年部门预算绩效文本（草案）"
    assert (document.fiscal_year, document.stage) == (2020, "draft")
    assert document.department is not None
    assert document.department.name == "水务"


def test_no_title_is_none(source: Source, hebei: Hebei) -> None:
    """The heading of the contents and the title of a table are not the document's."""
    texts = ("# 2025 年部门预算信息公开目录", "2025年修桥绩效目标表", "单位：元", hebei(head=HEAD))
    assert recognise(source(*texts)).title is None


def test_the_year_is_printed_above_the_tables(source: Source, hebei: Hebei) -> None:
    """预算年度 and (2024年度) are the budget's year, also inside a sheet."""
    assert recognise(source("预算年度：2025", "单位：元", hebei())).fiscal_year == 2025
    assert recognise(source("项目支出绩效目标表", "(2024 年度)", hebei())).fiscal_year == 2024
    sheet = [["项目支出绩效目标表", ""], ["（2023年度）", ""], *hebei()]
    assert recognise(source(sheet)).fiscal_year == 2023


def test_most_codes_tell_the_year(source: Source, hebei: Hebei) -> None:
    """Where no year is printed, the digits of the project codes tell it; an earlier project does not."""
    old = [["项目编码", "13063619ABCDEFGHJKLMN", "项目名称", "2019年旧桥", "", ""], HEAD[1]]
    document = recognise(source("单位：元", hebei(), "单位：元", hebei(), "单位：元", hebei(head=old)))
    assert document.fiscal_year == 2021


@pytest.mark.parametrize(
    ("names", "year"),
    [
        (["2022年修桥", "2022年修路", "2021年种树"], 2022),
        (["2022年修桥", "2021年种树"], None),
        (["石政发〔2020〕3号修桥", "石财社2021年3号修路"], None),
        (["修桥"], None),
    ],
)
def test_names_tell_the_year_last(source: Source, hebei: Hebei, names: list[str], year: int | None) -> None:
    """The year that most names carry; never the year of a document's number; a draw tells nothing."""
    blocks: list[object] = []
    for name in names:
        blocks += ["单位：元", hebei(head=[["项目名称", name, "", "", "", ""], HEAD[1]])]
    assert recognise(source(*blocks)).fiscal_year == year


def test_the_title_tells_the_year_before_all_else() -> None:
    """What the title says counts before captions and other texts."""
    assert fiscal_year("2021年度部门预算绩效文本", ["2019年部门预算"], ["（2020年度）"], []) == 2021
    assert fiscal_year(None, ["2019年部门预算"], [], []) == 2019
    assert fiscal_year(None, ["附件5：2018年部门项目支出绩效目标表"], [], []) == 2018


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年部门预算绩效文本（草案）", "draft"),
        ("2021年度部门决算公开", "final"),
        ("项目支出绩效自评表", "evaluation"),
        ("2021年部门预算调整方案", "adjusted"),
        ("地方预决算公开操作规程", "budget"),
        ("2021年部门预算", "budget"),
    ],
)
def test_the_stage_is_printed(text: str, expected: str) -> None:
    """草案, 决算, 自评 and 调整 are stages; without them it is a budget."""
    assert stage(text, []) == expected
    assert stage(None, [text]) == expected


def test_a_printed_department_code_is_not_derived(source: Source, hebei: Hebei) -> None:
    """Three digits in front of a name are the department's own code."""
    document = recognise(source("205 石桥县水务局", "单位：元", hebei()))
    assert document.department is not None
    assert (document.department.code, document.department.derived) == ("205", False)
    assert document.department.name == "石桥县水务局"
    assert document.department.region is not None
    assert document.department.region.code == "130636"


def test_a_department_is_derived_from_its_units(source: Source, hebei: Hebei) -> None:
    """The first three digits of the unit codes, and the name of the unit that is its own office."""
    document = recognise(
        source("205001石桥县水务局（本级）", "单位：元", hebei(), "205002石桥县水站", "单位：元", hebei())
    )
    assert document.department is not None
    assert (document.department.code, document.department.derived) == ("205", True)
    assert document.department.name == "石桥县水务局"


def test_a_department_code_beside_its_label(source: Source, hebei: Hebei) -> None:
    """主管部门及代码 may print three digits, which are the department's, in either order."""
    for text in ("石桥县水务局（205）", "205-石桥县水务局"):
        head = [["项目名称", "修桥", "主管部门及代码", text, "", ""], HEAD[1]]
        department = recognise(source("单位：元", hebei(head=head))).department
        assert department is not None
        assert (department.code, department.derived, department.name) == ("205", False, "石桥县水务局")


def test_an_only_unit_names_the_department(source: Source, hebei: Hebei) -> None:
    """Where one unit alone is printed it names the department; several without an office of its own do not."""
    one = recognise(source("205002石桥县水站", "单位：元", hebei(head=HEAD))).department
    assert one is not None
    assert one.name == "石桥县水站"
    two = recognise(
        source("205002甲水站", "单位：元", hebei(head=HEAD), "205003乙水站", "单位：元", hebei(head=HEAD))
    ).department
    assert two is not None
    assert (two.code, two.name) == ("205", None)


def test_no_department_is_none(source: Source, hebei: Hebei) -> None:
    """Where neither code nor name is printed there is no department."""
    assert recognise(source("单位：元", hebei(head=HEAD))).department is None


def test_the_unit_that_the_form_prints(source: Source, hebei: Hebei) -> None:
    """预算单位 in the form counts before the caption."""
    head = [["项目名称", "修桥", "预算单位", "205003 石桥县水站", "", ""], HEAD[1]]
    unit = recognise(source("205001石桥县水务局", "单位：元", hebei(head=head))).projects[0].unit
    assert unit is not None
    assert (unit.code, unit.name) == ("205003", "石桥县水站")


@pytest.mark.parametrize(
    ("caption", "name", "year"),
    [
        ("单位：石桥县水务局 金额单位：元", "石桥县水务局", None),
        ("单位名称：石桥县水务局 2024年", "石桥县水务局", 2024),
        ("石桥县水务局2024年项目支出绩效目标表", "石桥县水务局", 2024),
        ("2024年石桥县水务局项目支出绩效目标", "石桥县水务局", 2024),
        ("2024年度 单位：元", None, 2024),
        ("（2024年度1-7月）", None, 2024),
        ("2024 年 度 项 目 绩 效 目 标 表", None, 2024),
    ],
)
def test_what_captions_say_of_the_document(
    source: Source, hebei: Hebei, caption: str, name: str | None, year: int | None
) -> None:
    """The office behind a label or in front of a title names the department, and a year beside them is the budget's."""
    document = recognise(source(caption, hebei(head=HEAD)))
    assert (document.department.name if document.department else None, document.fiscal_year) == (name, year)


def test_two_offices_name_no_department(source: Source, hebei: Hebei) -> None:
    """Where captions name more than one, none of them is taken."""
    document = recognise(source("单位：甲县水务局", hebei(head=HEAD), "单位：乙县民政局", hebei(head=HEAD)))
    assert document.department is None
