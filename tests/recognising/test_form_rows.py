"""Rows of a form: amounts that no header or unit governs, unknown labels, lists that no record holds."""

from collections.abc import Callable

import pytest

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise
from fundtrace.records import Document, Money

Source = Callable[..., Sheets]

BODY = [
    ["年度绩效目标", "路平。", "", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值", "", ""],
    ["产出指标", "数量指标", "里程", "≥5公里", "", ""],
]


@pytest.fixture
def read(source: Source) -> Callable[..., Document]:
    """Reads a form of one project with the given rows under its name."""

    def build(*rows: list[str]) -> Document:
        head = [["项目名称", "修路", "", "", "", ""]]
        wide = [[*row, *[""] * (6 - len(row))] for row in rows]
        return recognise(source("2024年项目支出绩效目标表", [*head, *wide, *BODY]))

    return build


def _yuan(money: Money | None) -> str | None:
    return money.yuan if money else None


@pytest.mark.parametrize(
    ("rows", "total", "fiscal"),
    [
        ([["项目经费额度（万元）", "5"]], "50000", None),
        ([["资金金额（万元）", "实施期限金额情况", "", "年度金额", "5"]], "50000", None),
        (
            [["资金情况（万元）", "2023年", "2024年", "两年合计"], ["年度资金总额", "4", "5", "9"]],
            "50000",
            None,
        ),
        (
            [
                ["项目资金（万元）", "年初预算数", "全年预算数"],
                ["未列之数", "3", "4"],
                ["年度资金总额", "4", "5"],
            ],
            "50000",
            None,
        ),
        ([["当年预算（万元）", "2018"]], "20180000", None),
        ([["资金需求（元）", "总金额", "900", "当年度金额", "300"]], "300", None),
        ([["资金总额（万元）", "5"], ["其中：财政拨款", "5", "其他资金", "0"]], "50000", "50000"),
        ([["年初预算", "5万元", "调整后预算", "6万元"]], "60000", None),
        ([["年初预算", "5万元"]], "50000", None),
        (
            [["资金情况（万元）", "预算数", "5", "执行数", "4"], ["", "财政资金", "5", "财政资金", "4"]],
            "50000",
            "50000",
        ),
        ([["年度资金总额（元）", "900", "800", "700"]], None, None),
        ([["年度资金总额（元）", "900"], ["项目金额（元）", "900"]], "900", None),
        ([["项目资金（万元）", "8.5"]], "85000", None),
        ([["项目资金（万元）", "未列之数", "900"]], None, None),
        (
            [
                ["项目资金（万元）", "实施周期总额", "9", "年度资金总额", "3"],
                ["", "其中：财政拨款", "6", "其中：财政拨款", "2"],
            ],
            "30000",
            "20000",
        ),
        (
            [["当年预算（万元）", "3", "本级安排（万元）", "1", "上级安排（万元）", "2"]],
            "30000",
            None,
        ),
        (
            [
                ["项目资金（万元）", "", "年初预算数", "1-6月执行数", "预计执行率", ""],
                ["", "年度资金总额", "9", "4", "44%", ""],
            ],
            "90000",
            None,
        ),
    ],
)
def test_amounts_whatever_their_labels(
    read: Callable[..., Document], rows: list[list[str]], total: str | None, fiscal: str | None
) -> None:
    """A unit in a label governs what stands under it; figures in columns that nothing names are nobody's."""
    budget = read(*rows).projects[0].budget
    assert (_yuan(budget.total), _yuan(budget.fiscal)) == (total, fiscal)


def test_an_unknown_label_ends_what_stands_before_it(read: Callable[..., Document]) -> None:
    """What stands behind a label that no list holds is no goal, and is reported."""
    document = read(["项目概况", "修村路。", "天文地理", "甲乙丙。"])
    assert document.projects[0].purpose == "修村路。"
    assert {(cell.row, cell.cell) for cell in document.coverage.unclaimed} == {(2, 3), (2, 4)}


def test_the_first_text_of_a_row_is_its_label(read: Callable[..., Document]) -> None:
    """A label that no list holds is told by its words also where an empty cell stands in front of it."""
    (project,) = read(["", "本项目总体目标描述", "修好村路。"]).projects
    assert project.goals == ("修好村路。", "路平。")


def test_rows_of_the_head_above_the_name(source: Source) -> None:
    """Labels that no record holds may stand above the name of the project; all else there is reported."""
    name, head = ["项目名称", "修路", "", ""], ["填报单位（盖章）", "石桥县水务局", "填报日期", "1月5日"]
    assert recognise(source([head, name, *BODY])).coverage.unclaimed == ()
    other = recognise(source([["天文", "地理", "历法", "算术"], name, *BODY]))
    assert len(other.coverage.unclaimed) == 4


def test_lines_of_the_form_that_are_not_used(source: Source) -> None:
    """Strokes in the place of name and value are no indicator; the levels in front of them hold for those below."""
    struck = ["效益指标", "生态效益指标", "/", "/"]
    below = ["", "", "水质", "—"]
    document = recognise(source([["项目名称", "修路", "", ""], *BODY, struck, below]))
    assert [(each.level2, each.name) for each in document.projects[0].indicators] == [
        ("数量指标", "里程"),
        ("生态效益指标", "水质"),
    ]
    assert document.coverage.unclaimed == ()


def test_two_columns_that_tell_a_direction(source: Source) -> None:
    """Of 指标属性 and 指标方向 the one that prints a sign is the target's; the other is passed over."""
    header = ["一级指标", "二级指标", "三级指标", "指标属性", "指标方向", "指标值"]
    rows = [["产出指标", "数量指标", "里程", "定量", "≥", "5公里"], ["", "", "宽度", "≤", "定量", "6米"]]
    document = recognise(source([["项目名称", "修路", "", "", "", ""], header, *rows]))
    targets = [each.target.printed for each in document.projects[0].indicators]
    assert targets == ["≥5公里", "≤6米"]
    assert document.coverage.unclaimed == ()


def test_goals_of_the_year_stand_before_those_of_the_whole(read: Callable[..., Document]) -> None:
    """总体绩效目标 beside 年度绩效目标 is the whole term's; alone it is the project's."""
    assert read(["总体绩效目标", "三年路平。"]).projects[0].goals == ("路平。",)


def test_a_list_of_steps_is_passed_over(read: Callable[..., Document]) -> None:
    """Steps and tasks in a list of their own are in no record."""
    document = read(["项目实施进度计划", "项目实施内容", "开始时间", "完成时间"], ["", "挖土", "3月", "4月"])
    assert document.coverage.unclaimed == ()
    assert document.projects[0].purpose is None


def test_below_the_indicators_stand_remarks(source: Source) -> None:
    """Rows of scores, reasons and opinions below the indicators are none."""
    rows = [["项目名称", "修路", "", ""], ["年度目标", "路平。", "", ""], [*BODY[1][:4]], [*BODY[2][:4]]]
    below = [
        ["偏差大的原因分析", "无", "", ""],
        ["注：得分不超过分值。", "", "", ""],
        ["下一步措施", "", "继续", ""],
    ]
    document = recognise(source("2024年项目绩效自评表", [*rows, *below]))
    assert [indicator.name for indicator in document.projects[0].indicators] == ["里程"]
    assert document.coverage.unclaimed == ()


def test_code_and_name_in_one_cell(source: Source) -> None:
    """A code of 21 characters in front of a name is the project's; codes of units stand in cells of their own."""
    rows = [
        ["项目名称", "51010024T000010012345-森林防火", "", ""],
        ["单位编码", "325001", "单位名称", "绵城应急局"],
        *[row[:4] for row in BODY],
    ]
    (project,) = recognise(source(rows)).projects
    assert (project.code, project.name) == ("51010024T000010012345", "森林防火")
    assert project.unit is not None
    assert (project.unit.code, project.unit.name) == ("325001", "绵城应急局")


def test_forms_of_one_table_share_what_stands_above(source: Source) -> None:
    """The unit of money above a table governs every form in it; a unit's line may stand above the title."""
    one = [["项目名称", "甲路", "", ""], ["年度资金总额", "5", "", ""], *[row[:4] for row in BODY]]
    two = [["项目名称", "乙路", "", ""], ["年度资金总额", "6", "", ""], *[row[:4] for row in BODY]]
    document = recognise(source("101001 河口办公室 单位：万元", "项目支出绩效目标表", [*one, *two]))
    assert [_yuan(project.budget.total) for project in document.projects] == ["50000", "60000"]
    assert {project.unit.code for project in document.projects if project.unit} == {"101001"}


def test_goals_and_indicators_in_one_cell(source: Source) -> None:
    """Names with their values in brackets behind levels in brackets are indicators; a name may stand without one."""
    text = "做好服务。【产出指标-数量指标】指标1:机柜(≥77台);指标2:线路【效益指标-社会效益】便民"
    (project,) = recognise(
        source("单位：元", [["项目名称", "预算数", "年度目标"], ["机房", "5", text], ["网络", "6", "畅通。"]])
    ).projects[:1]
    assert [(each.name, each.target.printed) for each in project.indicators] == [
        ("机柜", "≥77台"),
        ("线路", None),
        ("便民", None),
    ]


def test_goals_side_by_side_with_lost_cells(source: Source) -> None:
    """Texts under labels side by side go by order where cells were lost, and nowhere where that leaves it open."""
    head = [["项目名称", "修路", "", "", ""], ["", "长期目标", "", "年度目标", ""]]
    body = [[*row[:4], ""] for row in BODY[1:]]
    (project,) = recognise(source([*head, ["三年路平。", "今年路平。"], *body])).projects
    assert project.goals == ("今年路平。",)
    open_ = recognise(source([*head, ["三年", "今年", "路平"], *body]))
    assert open_.projects[0].goals == ()


def test_goals_in_front_of_their_own_indicators(read: Callable[..., Document]) -> None:
    """长期目标1 and 年度目标1 say whose the indicators below them are; the table of goals above prints them as well."""
    header = ["一级指标", "二级指标", "三级指标", "指标值"]
    document = read(
        ["名称", "长期目标", "年度目标"],
        ["目标1", "常年整洁", "今年整洁"],
        ["长期目标1：", "常年整洁"],
        header,
        ["产出指标", "数量指标", "保洁里程", "300公里"],
        ["年度目标1：", "今年整洁"],
    )
    (project,) = document.projects
    assert project.goals == ("今年整洁", "路平。")
    assert [(i.name, i.target.printed) for i in project.indicators] == [("里程", "≥5公里")]


def test_a_counting_text_behind_a_labelled_purpose_is_a_goal(read: Callable[..., Document]) -> None:
    """Where the label of goals was lost, the text that counts is theirs; any other goes on with the purpose."""
    counted = read(["年度资金总额（元）", "5"], ["项目概况", "修路。"], ["", "1、路面平整。2、标线清楚。"])
    assert (counted.projects[0].purpose, counted.projects[0].goals[0]) == ("修路。", "路面平整。")
    plain = read(["年度资金总额（元）", "5"], ["项目概况", "修路。"], ["", "也修桥。"])
    assert plain.projects[0].purpose == "修路。也修桥。"


def test_levels_under_the_label_of_indicators(source: Source) -> None:
    """Where 绩效指标 stands for the label of first levels, the levels under it are read."""
    rows = [
        ["项目名称", "绿化", "", ""],
        ["年度绩效目标", "绿。", "", ""],
        ["绩效指标", "二级指标", "指标内容", "指标值"],
    ]
    document = recognise(
        source([*rows, ["产出指标", "数量指标", "面积", "430亩"], ["", "质量指标", "成活率", "≥95%"]])
    )
    found = [(i.level1, i.level2, i.name) for i in document.projects[0].indicators]
    assert found == [("产出指标", "数量指标", "面积"), ("产出指标", "质量指标", "成活率")]


def test_the_number_of_a_page_is_no_indicator(source: Source) -> None:
    """In a form without levels a page's number between the rows, and the title of the next form, are nobody's names."""
    form = [
        ["项目名称", "绿化", ""],
        ["年度绩效目标", "绿。", ""],
        ["指标", "计量单位", "指标值"],
        ["面积", "亩", "430"],
    ]
    title = ["一般性项目绩效目标表（一级项目）（2022年度）", "", ""]
    document = recognise(source([*form, ["- 3 -", "", ""], title, *form]))
    assert [[i.name for i in project.indicators] for project in document.projects] == [["面积"], ["面积"]]


def test_promises_without_columns_are_no_goals(source: Source) -> None:
    """Rows that begin with a first level end the goals; what no rule reads is reported."""
    rows = [
        ["项目名称", "食堂"],
        ["绩效目标", "吃上热饭。"],
        ["产出指标", "数量指标：老人数≥120人"],
        ["", "质量指标：合格率100%"],
    ]
    document = recognise(source(rows))
    assert document.projects[0].goals == ("吃上热饭。",)
    assert len(document.coverage.unclaimed) == 3
