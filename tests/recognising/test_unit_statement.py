"""Whole-unit statements."""

from __future__ import annotations

from collections.abc import Callable

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]

FORM = [
    ["部门(单位)名称", "石桥县水务局", "", "", "", ""],
    ["总体目标", "目标 1: 依石政发〔2019〕3号管水。 目标 2: 水清。", "", "", "", ""],
    ["预算情况(万元)", "按支出类型分", "", "预算金额", "按来源类型分", "预算金额"],
    ["", "基本支出", "人员经费", "163.031826", "当年财政拨款", "166.631826"],
    ["", "", "公用经费", "3.6", "上年结转资金", "0"],
    ["", "", "合计", "166.631826", "其他资金", ""],
    ["", "项目支出", "", "20", "收入预算合计", "186.631826"],
    ["", "", "", "支出预算合计", "186.631826", ""],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", ""],
    ["", "部门管理", "财务管理", "账目清楚", "清楚", ""],
    ["", "履职效果", "", "", "", ""],
    ["", "", "服务对象满意度", "农户满意度", "", ""],
]


def test_a_statement_with_its_figures(source: Source) -> None:
    """Figures by type and by source are found by their labels, wherever they shifted to."""
    document = recognise(source("单位整体支出绩效目标表", "(2024 年度)", FORM))
    (statement,) = document.statements
    assert (statement.unit.code, statement.unit.name, statement.line) == (None, "石桥县水务局", 1)
    figures = {name: money.yuan if money else None for name, money in statement.budget}
    assert figures == {
        "basic_personnel": "1630318.26",
        "basic_public": "36000",
        "basic_total": "1666318.26",
        "project": "200000",
        "expenditure_total": "1866318.26",
        "fiscal": "1666318.26",
        "carryover": "0",
        "other": None,
        "income_total": "1866318.26",
    }
    assert statement.goals == ("依石政发〔2019〕3号管水。", "水清。")
    assert [(i.level1, i.level2, i.name, i.target.kind) for i in statement.indicators] == [
        ("部门管理", "财务管理", "账目清楚", "text"),
        ("履职效果", "服务对象满意度", "农户满意度", "empty"),
    ]
    assert document.coverage.unclaimed == ()
    assert document.projects == ()
    assert document.department is not None
    assert document.department.name == "石桥县水务局"
    assert [(c.number, c.place, c.line) for c in document.citations] == [("石政发〔2019〕3号", "goal", 4)]


def test_a_unit_with_its_code(source: Source) -> None:
    """A unit's code may stand in front of its name."""
    form = [["单位名称", "205001 石桥县水务局", "", "", "", ""], *FORM[1:]]
    (statement,) = recognise(source("单位整体支出绩效目标表", form)).statements
    assert (statement.unit.code, statement.unit.name) == ("205001", "石桥县水务局")


def test_a_list_of_units_is_no_statement(source: Source) -> None:
    """A table that has the label in its header, and neither goals nor indicators, is no statement."""
    units = [["单位名称", "单位性质", "单位规格"], ["石桥县水务局", "行政", "正科级"]]
    document = recognise(source(units, "单位整体支出绩效目标表", FORM))
    assert len(document.statements) == 1
    assert document.statements[0].position.table == 2


def test_a_total_that_names_no_side_is_passed_over(source: Source) -> None:
    """预算数 of a statement is neither its income nor its expenditure: it is in no figure and passed over by rule."""
    row = ["单位(部门)名称", "石桥县水务局", "总体目标", "【产出指标-数量指标】指标1:桥(≥5座)"]
    document = recognise(source([row, ["", "", "预算情况", "预算数：5\n其他：2"]]))
    (statement,) = document.statements
    assert [(name, money.printed) for name, money in statement.budget if money] == [("other", "2")]
    assert document.coverage.unclaimed == ()
