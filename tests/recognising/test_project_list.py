"""Tables of many projects: their headers, units, pages and odd rows."""

from __future__ import annotations

from collections.abc import Callable

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]

HEAD = [
    "单位编码",
    "单位名称",
    "项目名称",
    "项目编码",
    "金额（元）",
    "绩效目标",
    "三级指标",
    "指标值",
    "度量单位",
]
FIRST = ["201", "水务局", "修渠", "A1", "500", "渠通。", "渠长", "3", "里"]
MORE = ["", "", "", "", "", "", "渠深", "2", "米"]
SECOND = ["202", "林业局", "种树", "A2", "700", "树活。", "棵数", "90", "棵"]


def test_projects_with_their_units_and_amounts(source: Source) -> None:
    """Code and name of a unit are put together, and a repeated name is no second project."""
    again = [*FIRST[:6], "渠宽", "1", "米"]
    document = recognise(source([HEAD, FIRST, again, MORE, SECOND]))
    first, second = document.projects
    assert (first.code, first.name, first.goals) == ("A1", "修渠", ("渠通。",))
    assert [indicator.name for indicator in first.indicators] == ["渠长", "渠宽", "渠深"]
    assert first.unit is not None
    assert (first.unit.code, first.unit.name) == ("201", "水务局")
    assert second.budget.total is not None
    assert second.budget.total.yuan == "700"
    assert document.coverage.unclaimed == ()


def test_a_list_goes_on_in_the_next_table(source: Source) -> None:
    """Behind a page the header may be repeated or not; text of its own ends the list."""
    document = recognise(source([HEAD, FIRST], "3", [MORE, SECOND], [HEAD, MORE]))
    assert [len(project.indicators) for project in document.projects] == [2, 2]
    ended = recognise(source([HEAD, FIRST], "以上为本单位项目。", [MORE]))
    assert [len(project.indicators) for project in ended.projects] == [1]
    cut = recognise(source([HEAD, FIRST], "项资金的余下部分", [MORE]))
    assert [len(project.indicators) for project in cut.projects] == [2]
    named = recognise(source([HEAD, FIRST], "项资金的余下部分", [SECOND]))
    assert [project.name for project in named.projects] == ["修渠"]


def test_a_name_printed_on_every_row_is_one_project(source: Source) -> None:
    """Blanks within a name change nothing; another amount or goal under the same name is another project's."""
    again = ["", "", "修 渠", *FIRST[3:]]
    other = [*FIRST[:4], "999", *FIRST[5:]]
    document = recognise(source([HEAD, FIRST, again, other]))
    assert [(project.name, len(project.indicators)) for project in document.projects] == [
        ("修渠", 2),
        ("修渠", 1),
    ]


def test_rows_that_lost_their_empty_cells(source: Source) -> None:
    """A row without its merged cells is put under the columns that it fits."""
    document = recognise(source([HEAD, FIRST, ["渠深", "≥2", "米"]]))
    found = [(i.name, i.target.printed) for i in document.projects[0].indicators]
    assert found == [("渠长", "3里"), ("渠深", "≥2米")]


def test_rows_that_are_no_project(source: Source) -> None:
    """Sums and notes are passed over; a name with an amount and nothing else is reported."""
    odd = ["", "", "旧桥", "", "60", "", "", "", ""]
    document = recognise(
        source(
            [
                HEAD,
                odd,
                FIRST,
                ["合计", "", "", "", "1200", "", "", "", ""],
                ["注：含结转。", "", "", "", "", "", "", "", ""],
            ]
        )
    )
    assert [project.name for project in document.projects] == ["修渠"]
    assert [(f.code, f.line) for f in document.findings if f.code == "row-not-understood"] == [
        ("row-not-understood", 2)
    ]


def test_a_form_is_no_list(source: Source) -> None:
    """A row of labels with values between them is the head of a form."""
    form = [
        ["项目名称", "修渠", "绩效目标", "渠通。"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "渠长", "3里"],
    ]
    (project,) = recognise(source(form)).projects
    assert (project.name, project.goals) == ("修渠", ("渠通。",))


def test_a_code_that_is_no_units_stays_out_of_its_name(source: Source) -> None:
    """A column of codes of nine digits is not put to the unit's name."""
    document = recognise(source([HEAD, ["330106001", *FIRST[1:]]]))
    unit = document.projects[0].unit
    assert unit is not None
    assert (unit.code, unit.name) == (None, "水务局")
