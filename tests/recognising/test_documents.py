"""Five published documents, read whole. Codes, numbers and lines were checked by eye against the files."""

from __future__ import annotations

import os
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from fundtrace.reading import read
from fundtrace.recognising import recognise
from fundtrace.records import Document, Indicator, Project

FOLDER = os.environ.get("FUNDTRACE_DOCUMENTS", "")
pytestmark = [
    pytest.mark.documents,
    pytest.mark.skipif(not FOLDER, reason="the published documents are not at hand"),
]


@cache
def _document(name: str) -> Document:
    (sheets,) = read(Path(FOLDER) / f"{name}.txt")
    return recognise(sheets)


def _project(name: str, number: int) -> Project:
    """A project by its 1-based number in the document."""
    return _document(name).projects[number - 1]


def _points(name: str, number: int) -> list[tuple[int, str]]:
    schedule = _project(name, number).schedule
    return [(point.month, point.printed) for point in schedule.points] if schedule else []


def _at(name: str, line: int) -> Indicator:
    """The indicator whose row begins on a line."""
    document = _document(name)
    printed = [indicator for project in document.projects for indicator in project.indicators]
    printed += [indicator for statement in document.statements for indicator in statement.indicators]
    return next(indicator for indicator in printed if indicator.line == line)


def _levels(name: str, line: int) -> tuple[str | None, str | None]:
    indicator = _at(name, line)
    return indicator.level1, indicator.level2


@pytest.mark.parametrize(
    ("name", "projects", "indicators", "yuan"),
    [
        ("shunping-2021", 17, 101, 8658100),
        ("julu-2025", 15, 113, 25948000),
        ("baigou-2022", 40, 316, 44257200),
        ("hezheng-2024", 12, 119, 125892500),
        ("funing-2020", 9, 54, 638600),
    ],
)
def test_counts_and_totals(name: str, projects: int, indicators: int, yuan: int) -> None:
    """Every project and indicator is found, and the budgets add up to the yuan."""
    document = _document(name)
    assert len(document.projects) == projects
    assert sum(len(project.indicators) for project in document.projects) == indicators
    totals = [project.budget.total for project in document.projects]
    assert sum(Decimal(total.yuan) for total in totals if total and total.yuan) == yuan
    assert all(project.budget.fiscal == project.budget.total for project in document.projects)


@pytest.mark.parametrize(
    ("name", "year", "stage", "unit", "code", "derived", "region", "inferred"),
    [
        ("shunping-2021", 2021, "budget", "元", "323", True, ("130636", "顺平县"), False),
        ("julu-2025", 2025, "budget", "万元", "323", False, ("130529", "巨鹿县"), False),
        ("baigou-2022", 2022, "budget", "万元", "313", True, ("130605", "白沟新城"), False),
        ("hezheng-2024", 2024, "budget", "万元", "111", True, ("622925", "和政县"), True),
        ("funing-2020", 2020, "draft", "万元", "323", True, ("130306", "抚宁区"), True),
    ],
)
def test_headings(
    name: str,
    year: int,
    stage: str,
    unit: str,
    code: str,
    derived: bool,
    region: tuple[str, str],
    inferred: bool,
) -> None:
    """Year, stage, unit of money, department and region."""
    document = _document(name)
    assert (document.fiscal_year, document.stage, document.unit_of_money) == (year, stage, unit)
    department = document.department
    assert department is not None
    assert (department.code, department.derived) == (code, derived)
    assert department.region is not None
    assert (department.region.code, department.region.name) == region
    assert department.region.inferred is inferred


def test_titles_and_department_names() -> None:
    """Two documents print a title; every department has its printed name."""
    titles = {name: _document(name).title for name in ("shunping-2021", "julu-2025", "baigou-2022")}
    assert titles["shunping-2021"] is titles["baigou-2022"] is None
    assert titles["julu-2025"] == "巨鹿县人力资源和社会保障局 2025 年部门预算信息公开情况说明"
    assert _document("funing-2020").title == "2020 年部门预算绩效文本(草案)"
    names = [_document(name).department for name in ("shunping-2021", "baigou-2022", "hezheng-2024")]
    assert [department.name for department in names if department] == [
        "顺平县人力资源和社会保障局",
        "保定白沟新城管理委员会组织人事局",
        "和政县人力资源和社会保障局",
    ]


@pytest.mark.parametrize(
    ("name", "first_lines"),
    [
        (
            "shunping-2021",
            [22, 108, 194, 280, 366, 453, 540, 627, 713, 800, 886, 972, 1059, 1145, 1232, 1319, 1405],
        ),
        ("julu-2025", [461, 483, 504, 525, 546, 567, 586, 609, 631, 653, 672, 694, 713, 734, 760]),
        ("hezheng-2024", [26, 48, 70, 92, 114, 136, 159, 181, 204, 227, 249, 271]),
        ("funing-2020", [112, 135, 157, 180, 202, 225, 247, 270, 293]),
    ],
)
def test_a_project_begins_at_its_title(name: str, first_lines: list[int]) -> None:
    """A project's line is that of its title."""
    assert [project.line for project in _document(name).projects] == first_lines


def test_nothing_is_left_over() -> None:
    """Every text cell of every recognised table is used or ignored by a rule."""
    for name in ("shunping-2021", "julu-2025", "baigou-2022", "hezheng-2024", "funing-2020"):
        coverage = _document(name).coverage
        assert coverage.unclaimed == ()
        assert coverage.used + coverage.ignored == coverage.cells
    assert _document("hezheng-2024").coverage.ignored == 16


def test_one_project_completely() -> None:
    """顺平 9: code, unit, amounts, plan, and the places of its first indicator and citation."""
    project = _project("shunping-2021", 9)
    assert project.code == "13063621KBZ5IOG4SDMWN"
    assert project.unit is not None
    assert (project.unit.code, project.unit.name) == ("323001", "顺平县人力资源和社会保障局（本级）")
    assert project.budget.total is not None
    assert (project.budget.total.yuan, project.budget.total.printed) == ("220000", "220000.00")
    assert project.budget.other is not None
    assert project.budget.other.yuan == "0"
    assert project.budget.carryover is None
    assert _points("shunping-2021", 9) == [(3, "25.00%"), (6, "50.00%"), (10, "75.00%"), (12, "100.00%")]
    assert len(project.goals) == 2
    assert [indicator.line for indicator in project.indicators] == [757, 764, 771, 778, 785, 792]
    assert [indicator.position.row for indicator in project.indicators] == [8, 9, 10, 11, 12, 13]
    assert {indicator.position.table for indicator in project.indicators} == {9}
    assert [citation.line for citation in project.citations] == [720, 731, 762, 769, 776, 783, 790, 797]
    assert [citation.role for citation in project.citations] == ["funds", "funds"] + ["basis"] * 6
    assert {citation.number for citation in project.citations} == {"冀财社〔2020〕186号"}
    stated = project.citations[1].stated_amount
    assert stated is not None
    assert stated.yuan == "220000"
    assert _at("shunping-2021", 757).target.printed == "≥95百分比（%）"


def test_levels_of_a_merged_column() -> None:
    """Empty level cells take the level above them."""
    assert _levels("shunping-2021", 764) == ("产出指标", "质量指标")
    assert _levels("shunping-2021", 785) == ("效益指标", "社会效益指标")
    assert _levels("baigou-2022", 653) == ("满意度指标", "服务对象满意度指标")
    assert _levels("funing-2020", 131) == ("产出指标", "时效指标")
    assert _levels("funing-2020", 132) == ("效果指标", "社会效益指标")


def test_rows_that_lost_or_doubled_a_level() -> None:
    """和政: levels printed twice, rows that lost a column, a second level in the place of the first."""
    name = "hezheng-2024"
    assert _levels(name, 17) == ("部门管理", "提高下属各单位的工作职能")
    assert _at(name, 17).target.printed == "及时解决"
    assert _levels(name, 46) == ("满意度指标", "服务对象满意度")
    assert (_at(name, 46).name, _at(name, 46).target.value) == ("工作人员满意度", "90")
    assert _levels(name, 84) == ("产出指标", "时效指标")
    assert _levels(name, 85) == ("产出指标", "时效指标")
    assert _at(name, 85).target.printed == "1670 元/月"
    assert _levels(name, 129) == ("产出指标", "质量指标")
    assert _at(name, 88).target.value == "0"
    for line in (157, 179, 202, 225, 247, 269, 292):
        assert _levels(name, line) == ("满意度指标", "服务对象满意度指标")
        assert (_at(name, line).name, _at(name, line).target.printed) == ("政策知晓率", "95%")
    assert _levels(name, 312) == ("履职效果", "服务对象满意度")
    assert (_at(name, 311).target.kind, _at(name, 333).target.kind) == ("empty", "empty")


def test_tables_that_go_on_over_the_page() -> None:
    """巨鹿: levels, and the ends of three grounds, come from the table below a repeated header."""
    for line, number in (
        (476, "冀财规〔2018〕21号"),
        (747, "冀人社字〔2019〕124号"),
        (754, "冀人社字〔2019〕124号"),
    ):
        numbers = [c.number for p in _document("julu-2025").projects for c in p.citations if c.line == line]
        assert number in numbers
    assert _at("julu-2025", 476).position.table == 20
    basis = _at("julu-2025", 476).basis
    assert basis is not None
    assert basis.printed == "冀财规【2018】21号"
    assert _levels("julu-2025", 480) == ("效益指标", "可持续影响指标")
    assert _levels("julu-2025", 501) == ("效益指标", "可持续影响指标")
    assert _levels("julu-2025", 776) == ("产出指标", "成本指标")
    assert (_at("julu-2025", 745).target.value, _at("julu-2025", 745).target.printed) == ("1", "≥1 万人")


def test_plans() -> None:
    """Missing points are missing; a wrapped December is found; no lost one is made up."""
    assert _points("shunping-2021", 1) == [(10, "50.00%"), (12, "100.00%")]
    assert _points("shunping-2021", 13) == [(6, "100.00%"), (10, "100.00%"), (12, "100.00%")]
    assert _points("baigou-2022", 15) == [(3, "25%"), (10, "75%"), (12, "100%")]
    assert _points("baigou-2022", 37) == [(3, "25%"), (6, "50%"), (10, "750000%"), (12, "100%")]
    assert _points("julu-2025", 1) == [(3, "200.00"), (6, "150.00"), (10, "146.00")]
    assert _points("julu-2025", 3) == [(6, "20.00"), (10, "50.00"), (12, "100.00")]
    assert _points("julu-2025", 4) == [(3, "50.00"), (6, "84.00")]
    assert _points("funing-2020", 1) == [(3, "20"), (6, "50"), (10, "80")]
    assert _points("funing-2020", 2) == [(3, "20"), (6, "50"), (10, "80"), (12, "100")]
    assert _points("funing-2020", 5) == [(3, "25"), (6, "50"), (10, "75"), (12, "100")]
    assert _points("funing-2020", 6)[-1] == (12, "100.00")
    assert all(project.schedule is None for project in _document("hezheng-2024").projects)
    months = Counter(len(p.schedule.points) for p in _document("baigou-2022").projects if p.schedule)
    assert sum(months.values()) == 40


def test_goals_are_counted() -> None:
    """Items in one cell, on lines, in rows, in paragraphs, and behind a lost label."""
    assert [len(p.goals) for p in _document("funing-2020").projects] == [2, 2, 2, 2, 1, 2, 1, 2, 2]
    assert [len(p.goals) for p in _document("julu-2025").projects] == [3] * 15
    assert [len(p.goals) for p in _document("hezheng-2024").projects] == [2, 2, 3, 3, 3] + [3] * 7
    assert [len(s.goals) for s in _document("hezheng-2024").statements] == [3, 3, 2]
    assert _project("baigou-2022", 4).goals == ("目标内容1",)


def test_units_as_printed() -> None:
    """抚宁 prints four units, 和政 the code of one, 巨鹿 none."""
    codes = Counter(p.unit.code for p in _document("funing-2020").projects if p.unit)
    assert codes == {"323002": 2, "323003": 1, "323004": 4, "323006": 2}
    assert all(project.unit is None for project in _document("julu-2025").projects)
    hezheng = _document("hezheng-2024").projects
    assert [project.unit.code if project.unit else None for project in hezheng] == ["111001"] * 2 + [
        None
    ] * 10
    assert Counter(project.implementing_unit for project in hezheng) == {
        "和政县人力资源和社会保障局": 2,
        "和政县就业服务中心": 3,
        "和政县社会保险中心": 7,
    }


def test_the_whole_unit_statements() -> None:
    """和政: three statements, their lines, indicators and figures."""
    statements = _document("hezheng-2024").statements
    assert [statement.line for statement in statements] == [3, 294, 316]
    assert [len(statement.indicators) for statement in statements] == [9, 7, 7]
    third = {name: money.yuan if money else None for name, money in statements[2].budget}
    assert third == {
        "basic_personnel": "1630318.26",
        "basic_public": "36000",
        "basic_total": "1666318.26",
        "project": None,
        "expenditure_total": "0",
        "fiscal": "1666318.26",
        "carryover": "0",
        "other": "0",
        "income_total": "0",
    }
    first = statements[0].budget
    assert first.project is not None
    assert first.expenditure_total is not None
    assert (first.project.yuan, first.expenditure_total.yuan) == ("127636800", "155224800")


def test_no_contact_is_anywhere() -> None:
    """Three tables of 和政 print a contact; no output holds a telephone number or the name."""
    document = _document("hezheng-2024")
    assert [f.line for f in document.findings if f.code == "contact-withheld"] == [74, 96, 118]
    text = document.model_dump_json()
    assert "13900000000" not in text
    assert "王某某" not in text


def test_findings_of_the_layout() -> None:
    """What could not be read, or must not be, is counted; what the rules find is looked at with the rules."""
    layout = {"contact-withheld", "missing-target", "missing-required-cell", "table-not-understood"}
    layout |= {"cell-unclaimed", "row-not-understood", "region-not-known", "fiscal-year-not-known"}
    found = {
        name: Counter(finding.code for finding in _document(name).findings if finding.code in layout)
        for name in ("shunping-2021", "julu-2025", "baigou-2022", "hezheng-2024", "funing-2020")
    }
    assert found.pop("hezheng-2024") == {"contact-withheld": 3, "missing-target": 2}
    assert not any(found.values())
