"""Project tables of every known form, on small made-up sources."""

from __future__ import annotations

from collections.abc import Callable

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise
from fundtrace.records import Document, Indicator

Source = Callable[..., Sheets]
Hebei = Callable[..., list[list[str]]]

TITLE = "1.路灯维护费绩效目标表"
UNIT = "412001石桥县城管局（本级）"
GANSU = [
    ["项目名称", "", "河道清淤", "", ""],
    ["主管部门及代码", "", "石桥县水务局 205001", "实施单位", "石桥县水务局"],
    ["项目资金 (万元)", "年度资金总额:", "", "35.5", ""],
    ["", "其中:当年财政拨款", "", "30", ""],
    ["", "上年结转资金", "", "5.5", ""],
    ["", "其他资金", "", "", ""],
    ["总体目标", "目标1: 河水变清。 目标2: 不再淤塞。", "", "", ""],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    ["", "成本指标", "经济成本", "在概算内", "是"],
    ["", "产出指标", "数量指标", "清淤里程", "≥7公里"],
    ["", "", "时效指标", "按期完工", "=100%"],
    ["满意度指标", "服务对象满意度", "沿岸住户满意", "≥90%", ""],
]


def _levels(indicators: tuple[Indicator, ...]) -> list[tuple[str | None, str | None, str | None]]:
    return [(indicator.level1, indicator.level2, indicator.name) for indicator in indicators]


def _codes(document: Document) -> set[str]:
    return {finding.code for finding in document.findings}


def test_the_hebei_form(source: Source, hebei: Hebei) -> None:
    """Everything that the six-column form prints is in the record, with its place."""
    document = recognise(source(TITLE, UNIT, "单位：万元", hebei()))
    (project,) = document.projects
    assert (project.code, project.name, project.line) == ("13063621ABCDEFGHJKLMN", "路灯维护费", 1)
    assert project.unit is not None
    assert (project.unit.code, project.unit.name) == ("412001", "石桥县城管局（本级）")
    assert project.budget.total is not None
    assert (project.budget.total.yuan, project.budget.total.unit) == ("125000", "万元")
    assert project.budget.other is None
    assert project.budget.carryover is None
    assert project.purpose == "更换坏灯"
    assert project.goals == ("灯亮", "路明")
    assert project.schedule is not None
    assert [(point.month, point.printed) for point in project.schedule.points] == [
        (3, "25%"),
        (6, "50%"),
        (10, "75%"),
        (12, "100%"),
    ]
    assert _levels(project.indicators) == [
        ("产出指标", "数量指标", "更换盏数"),
        ("产出指标", "质量指标", "亮灯率"),
        ("满意度指标", "服务对象满意度指标", "居民满意度"),
    ]
    first = project.indicators[0]
    assert (first.description, first.target.printed, first.line) == ("更换的路灯", "≥50盏", 11)
    assert first.basis is not None
    assert first.basis.printed == "工作计划"
    assert (first.position.table, first.position.row) == (1, 8)
    assert [row.row for row in project.rows] == list(range(1, 11))
    assert document.coverage.unclaimed == ()
    assert document.coverage.cells == document.coverage.used


def test_the_gansu_form(source: Source) -> None:
    """年度资金总额 and its parts, a unit in the label, and a row whose first column was lost."""
    document = recognise(source("项目支出绩效目标表", "(2024年度)", GANSU))
    (project,) = document.projects
    assert (project.code, project.name, project.implementing_unit) == (None, "河道清淤", "石桥县水务局")
    assert project.unit is not None
    assert project.unit.code == "205001"
    budget = project.budget
    assert budget.total is not None
    assert budget.fiscal is not None
    assert budget.carryover is not None
    assert (budget.total.yuan, budget.fiscal.yuan, budget.carryover.yuan) == ("355000", "300000", "55000")
    assert budget.other is None
    assert project.purpose is None
    assert project.schedule is None
    assert project.goals == ("河水变清。", "不再淤塞。")
    assert _levels(project.indicators)[-1] == ("满意度指标", "服务对象满意度", "沿岸住户满意")
    assert document.department is not None
    assert (document.department.code, document.department.derived) == ("205", True)
    assert document.fiscal_year == 2024
    assert document.coverage.unclaimed == ()


def test_a_second_level_printed_in_place_of_the_first(source: Source) -> None:
    """A row that shifted onto the first column, with a second level there, keeps the first level above it."""
    rows = [*GANSU[:-1], ["", "满意度指标", "服务对象满意度指标", "住户满意", "95%"]]
    rows.append(["服务对象满意度指标", "", "知晓", "95%", ""])
    (project,) = recognise(source("项目支出绩效目标表", rows)).projects
    assert _levels(project.indicators)[-1] == ("满意度指标", "服务对象满意度指标", "知晓")
    assert project.indicators[-1].target.printed == "95%"


def test_levels_printed_twice_and_no_header(source: Source) -> None:
    """A form without a header of columns tells them by its levels; the second printing is ignored by a rule."""
    rows = [
        *GANSU[:7],
        ["产出指标", "数量指标", "数量指标", "清淤里程", "7 公里"],
        ["", "时效指标", "时效指标", "按期完工", "≥90%"],
        ["", "", "", "按期付款", "≥90%"],
        ["", "", "每公里费用", "2 万元", ""],
        ["效益指标", "", "", "洪水次数", "0"],
    ]
    document = recognise(source("项目支出绩效目标表", rows))
    (project,) = document.projects
    assert _levels(project.indicators) == [
        ("产出指标", "数量指标", "清淤里程"),
        ("产出指标", "时效指标", "按期完工"),
        ("产出指标", "时效指标", "按期付款"),
        ("产出指标", "时效指标", "每公里费用"),
        ("效益指标", None, "洪水次数"),
    ]
    assert project.indicators[3].target.printed == "2 万元"
    assert document.coverage.ignored == 2
    assert document.coverage.unclaimed == ()


def test_a_new_first_level_does_not_inherit_a_second(source: Source, hebei: Hebei) -> None:
    """Only the same first level, printed again, keeps the second level above it."""
    indicators = [
        ["产出指标", "数量指标", "盏数", "", "≥50盏", ""],
        ["产出指标", "", "根数", "", "≥50根", ""],
        ["效益指标", "", "少摔跤", "", "有效", ""],
    ]
    (project,) = recognise(source(TITLE, "单位：元", hebei(indicators=indicators))).projects
    assert [indicator.level2 for indicator in project.indicators] == ["数量指标", "数量指标", None]


def test_a_table_that_goes_on_under_a_repeated_header(source: Source, hebei: Hebei) -> None:
    """Levels go on over the page, and the end of a basis joins the indicator above, which keeps its line."""
    header = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]
    indicators = [["产出指标", "数量指标", "盏数", "灯", "≥50盏", "石政发【2018】"]]
    rest = [
        header,
        ["", "", "", "", "", "21号"],
        ["", "质量指标", "亮灯率", "亮", "≥95%", "石政发【2018】21号"],
    ]
    document = recognise(source(TITLE, "单位：元", hebei(indicators=indicators), rest))
    (project,) = document.projects
    first, second = project.indicators
    assert first.basis is not None
    assert (first.basis.printed, first.line) == ("石政发【2018】21号", 10)
    assert _levels(project.indicators)[1] == ("产出指标", "质量指标", "亮灯率")
    assert second.position.table == 2
    assert [citation.line for citation in project.citations] == [10, 13]
    assert document.coverage.unclaimed == ()


def test_a_name_that_breaks_over_the_page(source: Source, hebei: Hebei) -> None:
    """Right under a repeated header, a row without level and value goes on with the row above."""
    header = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]
    indicators = [["产出指标", "数量指标", "更换的", "换下的", "≥50盏", "合"]]
    rest = [header, ["", "", "盏数", "坏灯", "", "同"], ["", "", "根数", "", "", ""]]
    (project,) = recognise(source(TITLE, "单位：元", hebei(indicators=indicators), rest)).projects
    assert [(i.name, i.description, i.target.kind) for i in project.indicators] == [
        ("更换的盏数", "换下的坏灯", "numeric"),
        ("根数", None, "empty"),
    ]


def test_a_table_that_goes_on_without_a_header(source: Source, hebei: Hebei) -> None:
    """A table as wide as the one above, that begins with an empty cell or a level, carries it on."""
    rest = [["", "成本指标", "每盏", "均价", "≤200元", "合同"]]
    (project,) = recognise(source(TITLE, "单位：元", hebei(), "- 2 -", rest)).projects
    assert _levels(project.indicators)[-1] == ("满意度指标", "成本指标", "每盏")


def test_a_table_behind_prose_or_a_heading_is_no_continuation(source: Source, hebei: Hebei) -> None:
    """A header of indicators behind another heading is reported, not added to the project above."""
    rest = [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "别的", "5个"],
    ]
    for between in ("# 附件二", "另" * 130):
        document = recognise(source(TITLE, "单位：元", hebei(), between, rest))
        assert len(document.projects[0].indicators) == 3
        assert "table-not-understood" in _codes(document)


def test_the_label_of_the_goals_was_lost(source: Source, hebei: Hebei) -> None:
    """A text alone behind the plan is a goal, also behind a month that wrapped."""
    plan = [
        ["资金支出计划（%）", "3月底", "", "6月底", "", "10月底"],
        ["", "25", "", "50", "", "75"],
        ["12 月底", "100", "", "", "", ""],
    ]
    form = hebei(plan=plan, goals=[["", "1、夜里看得见", "", "", "", ""], ["", "2、省电", "", "", "", ""]])
    (project,) = recognise(source(TITLE, "单位：万元", form)).projects
    assert project.goals == ("夜里看得见", "省电")
    assert project.schedule is not None
    assert project.schedule.points[-1].printed == "100"


def test_an_indicator_needs_a_name_or_a_target(source: Source, hebei: Hebei) -> None:
    """Empty rows are none; a row with a target alone is one; a name alone has a target of kind empty."""
    indicators = [
        ["产出指标", "数量指标", "", "", "", ""],
        ["", "", "", "", "50盏", ""],
        ["", "质量指标", "亮灯率", "", "", ""],
        ["", "", "", "", "", ""],
    ]
    document = recognise(source(TITLE, "单位：元", hebei(indicators=indicators)))
    first, second = document.projects[0].indicators
    assert (first.level2, first.name, first.target.printed) == ("数量指标", None, "50盏")
    assert (second.name, second.target.kind) == ("亮灯率", "empty")
    assert "missing-target" in _codes(document)


def test_several_forms_in_one_table(source: Source, hebei: Hebei) -> None:
    """A sheet may hold titles, units and forms below one another."""
    first = hebei()
    second = hebei(
        head=[
            ["项目编码", "13063621ABCDEFGHJKLMP", "", "", "", ""],
            ["项目名称", "公厕保洁", "", "", "", ""],
            ["预算规模及资金用途", "预算数", "3", "", "", ""],
        ]
    )
    sheet = [
        [TITLE, "", "", "", "", ""],
        [UNIT, "", "", "", "单位：元", ""],
        *first,
        ["2.公厕保洁绩效目标表", "", "", "", "", ""],
        [UNIT, "", "", "", "单位：万元", ""],
        *second,
    ]
    document = recognise(source(sheet))
    lamps, toilets = document.projects
    assert (lamps.name, lamps.line, toilets.name, toilets.line) == ("路灯维护费", 1, "公厕保洁", 13)
    assert lamps.budget.total is not None
    assert toilets.budget.total is not None
    assert (lamps.budget.total.yuan, toilets.budget.total.yuan) == ("12.5", "30000")
    assert len(lamps.indicators) == len(toilets.indicators) == 3
    assert document.unit_of_money is None


def test_twins_stay_two_projects(source: Source, hebei: Hebei) -> None:
    """The same name twice in one document is two projects."""
    document = recognise(source(TITLE, "单位：元", hebei(), "2.路灯维护费绩效目标表", "单位：元", hebei()))
    assert [project.name for project in document.projects] == ["路灯维护费", "路灯维护费"]


def test_a_name_that_only_the_title_prints(source: Source, hebei: Hebei) -> None:
    """Where the cell of the name is empty the title names the project, and the missing cell is reported."""
    head = [["项目编码", "323-1001-ABC", "项目名称", "", "", ""], ["", "预算数", "1", "", "", ""]]
    document = recognise(source("3、石政发〔2019〕3号修桥绩效目标表", "单位：万元", hebei(head=head)))
    (project,) = document.projects
    assert project.name == "石政发〔2019〕3号修桥"
    assert project.citations[0].line == 1
    assert {"missing-required-cell"} <= _codes(document)


def test_a_label_and_its_value_in_one_cell(source: Source, hebei: Hebei) -> None:
    """项目名称：… and 预算数：… print label and value together."""
    head = [["项目名称：修桥", "", "", "", "", ""], ["预算数：12", "", "", "", "", ""]]
    (project,) = recognise(source("单位：万元", hebei(head=head))).projects
    assert project.name == "修桥"
    assert project.budget.total is not None
    assert project.budget.total.yuan == "120000"


def test_what_is_not_understood_is_reported(source: Source, hebei: Hebei) -> None:
    """An unknown label, a second value and a stray cell are unclaimed; labels without a model are ignored by a rule."""
    head = [
        ["项目编码", "323-1001-ABC", "项目名称", "修桥", "另名", ""],
        ["项目性质", "新增", "密级", "甲乙", "", ""],
        ["天文地理", "甲乙丙", "", "", "", ""],
        ["预算规模及资金用途", "预算数", "1", "2", "", ""],
    ]
    document = recognise(source("单位：万元", hebei(head=head)))
    texts = {(cell.row, cell.cell) for cell in document.coverage.unclaimed}
    assert texts == {(1, 5), (3, 1), (3, 2), (4, 4)}
    assert document.coverage.ignored == 4
    assert {"row-not-understood", "cell-unclaimed"} <= _codes(document)


def test_a_note_below_the_indicators_is_not_a_level(source: Source, hebei: Hebei) -> None:
    """A single unknown text in the column of levels is reported; a signature row is ignored."""
    indicators = [
        ["产出指标", "数量指标", "盏数", "灯", "≥50盏", "合同"],
        ["以上各项由城管局负责解释", "", "", "", "", ""],
        ["备注", "无", "", "", "", ""],
        ["", "质量指标", "亮灯率", "亮", "≥95%", "合同"],
    ]
    document = recognise(source("单位：万元", hebei(indicators=indicators)))
    assert [i.level1 for i in document.projects[0].indicators] == ["产出指标", "产出指标"]
    assert [(cell.row, cell.cell) for cell in document.coverage.unclaimed] == [(9, 1)]
    assert document.coverage.ignored == 2


def test_columns_that_no_record_has(source: Source, hebei: Hebei) -> None:
    """Weights are ignored by a rule; a column that no label knows is unclaimed, cell by cell."""
    columns = ["一级指标", "二级指标", "三级指标", "指标值", "权重", "甲乙丙丁"]
    indicators = [["产出指标", "数量指标", "盏数", "≥50盏", "10", "可"]]
    document = recognise(source("单位：万元", hebei(columns=columns, indicators=indicators)))
    assert document.projects[0].indicators[0].target.printed == "≥50盏"
    assert [(cell.row, cell.cell) for cell in document.coverage.unclaimed] == [(7, 6), (8, 6)]
    assert document.coverage.ignored == 1


def test_the_purpose_may_have_a_label_and_several_rows(source: Source, hebei: Hebei) -> None:
    """资金用途 has its text behind it; rows under it go on with it."""
    head = [
        ["项目编码", "323-1001-ABC", "项目名称", "修桥", "", ""],
        ["预算规模", "预算数", "1", "", "", ""],
        ["资金用途", "更换\n桥板", "", "", "", ""],
        ["", "和栏杆", "", "", "", ""],
    ]
    (project,) = recognise(source("单位：万元", hebei(head=head))).projects
    assert project.purpose == "更换桥板和栏杆"


def test_a_sheet_that_holds_everything(source: Source, hebei: Hebei) -> None:
    """One table may hold the narrative, lists, forms with and without headers of columns, and what follows."""
    bare = [*GANSU[:7], ["产出指标", "数量指标", "数量指标", "里程", "7 公里"]]
    sheet = [
        ["一、总体绩效目标", "", "", "", "", ""],
        ["把路和河管好。", "", "", "", "", ""],
        ["单位名称", "单位性质", "", "", "", ""],
        ["石桥县水站", "事业", "", "", "", ""],
        ["项目支出绩效目标表", "", "", "", "", ""],
        *[[*row, ""] for row in bare],
        ["1.路灯维护费绩效目标表", "", "", "", "", ""],
        ["单位：元", "", "", "", "", ""],
        *hebei(),
        ["八、其他情况", "", "", "", "", ""],
        ["石桥县水站", "事业", "十人", "", "", ""],
    ]
    document = recognise(source(sheet))
    river, lamps = document.projects
    assert (river.name, river.line, len(river.indicators)) == ("河道清淤", 5, 1)
    assert (lamps.name, lamps.line, len(lamps.indicators)) == ("路灯维护费", 14, 3)
    assert [goal.text for goal in document.goals] == ["把路和河管好。"]
    assert [cell.row for cell in document.coverage.unclaimed] == [3, 3, 4, 4, 27, 27, 27]


def test_a_list_directly_above_a_form_is_no_head_of_it(source: Source, hebei: Hebei) -> None:
    """Rows without a label part a list of units from the form below it."""
    sheet = [["单位名称", "单位性质", "", "", "", ""], ["石桥县水站", "事业", "", "", "", ""], *hebei()]
    document = recognise(source(sheet))
    assert document.projects[0].position.row == 3


def test_a_unit_may_stand_above_the_name(source: Source, hebei: Hebei) -> None:
    """A head may name the unit in a row of its own before the project."""
    head = [
        ["单位名称", "石桥县水站", "", "", "", ""],
        ["项目名称", "修桥", "", "", "", ""],
        ["预算规模", "预算数", "1", "", "", ""],
    ]
    document = recognise(source("单位：元", hebei(head=head)))
    assert [project.name for project in document.projects] == ["修桥"]
    assert document.statements == ()


def test_a_row_of_figures_that_lost_its_empty_cells(source: Source, hebei: Hebei) -> None:
    """Which month the figures stand under is not known any more: they are reported, and no point is made up."""
    plan = [["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"], ["50%", "100%"]]
    document = recognise(source("单位：万元", hebei(plan=plan)))
    assert document.projects[0].schedule is None
    assert [cell.row for cell in document.coverage.unclaimed] == [5, 5]


def test_a_form_whose_head_a_page_broke(source: Source, hebei: Hebei) -> None:
    """Rows that go on with the head of a form in the next table are that form's."""
    form = hebei()
    (project,) = recognise(source(form[:1], form[1:])).projects
    assert project.budget.total is not None
    assert len(project.indicators) == 3
