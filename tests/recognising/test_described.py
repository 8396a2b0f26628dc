"""Projects told in numbered sections of prose: what they print, where they end, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]

TITLE = "桥梁养护专项经费情况说明"
TOLD = (
    "一、项目概述",
    "检查并养护十二座桥。",
    "二、立项依据",
    "1、《公路安全保护条例》。",
    "2、关于养护的批复（冀交字〔2023〕7号）",
    "三、实施主体",
    "某县公路段",
    "四、实施方案",
    "先检查后养护。",
    "五、实施周期",
    "2024.1-2024.12",
    "六、年度预算安排",
    "2024年度项目总预算35.5万元，其中检查5.5万元，养护30万元。",
    "七、绩效目标",
    "1.查完十二座桥。",
    "2.修好三座桥。",
)


def test_a_project_is_read_from_its_sections(source: Source) -> None:
    """Name, overview, grounds, unit, budget and goals stand in sections; citations have the place of their section."""
    document = recognise(
        source("某县公路段2024年部门预算", TITLE, *TOLD, "名词解释", "一、经费：见《辞典》。")
    )
    (project,) = document.projects
    assert project.name == "桥梁养护专项"
    assert project.purpose == "检查并养护十二座桥。"
    assert project.implementing_unit == "某县公路段"
    assert project.budget.total is not None
    assert (project.budget.total.yuan, project.budget.total.printed) == ("355000", "35.5万元")
    assert project.goals == ("查完十二座桥。", "修好三座桥。")
    assert [(c.number or c.title, c.place, c.role, c.line) for c in project.citations] == [
        ("公路安全保护条例", "basis", "basis", 6),
        ("冀交字〔2023〕7号", "basis", "basis", 7),
    ]
    assert (project.line, project.indicators, project.without_number) == (2, (), None)
    assert document.citations == ()


def test_several_descriptions_and_page_numbers(source: Source) -> None:
    """Each title begins another project, also behind a page number; goals that stand elsewhere are none."""
    elsewhere = [*TOLD[:-2], "详见单位的项目绩效目标表"]
    document = recognise(
        source(TITLE, *elsewhere, "- 3 -", "渡口维修项目经费情况说明", *TOLD[:12], "- 4 -", *TOLD[12:])
    )
    assert [(project.name, len(project.goals)) for project in document.projects] == [
        ("桥梁养护专项", 0),
        ("渡口维修", 2),
    ]
    assert all(project.budget.total for project in document.projects)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("安排资金12万元。", "120000"),
        ("检查5万元，养护30万元。", None),
        ("按实际支出。", None),
        ("共安排预算：8000元，其中办公3000元", "8000"),
    ],
)
def test_the_budget_is_the_announced_amount_or_the_only_one(
    source: Source, text: str, yuan: str | None
) -> None:
    """Of several amounts only one that words announce as the whole is the budget."""
    document = recognise(source(TITLE, *TOLD[:12], text, "七、绩效目标：修好。"))
    total = document.projects[0].budget.total
    assert (total and total.yuan) == yuan
    assert ("missing-required-cell" in {finding.code for finding in document.findings}) == (yuan is None)


def test_a_description_without_a_name_is_reported(source: Source) -> None:
    """Sections under a title that names no project make a finding, and no project; fewer sections make nothing."""
    document = recognise(source("某县2024年项目绩效目标公开", *TOLD))
    assert document.projects == ()
    assert [(f.code, f.line) for f in document.findings if f.code == "table-not-understood"] == [
        ("table-not-understood", 2)
    ]
    short = recognise(
        source("一、总体绩效目标", "做好工作。", TITLE, "一、项目概述", "检查。", "二、其他", [["甲", "乙"]])
    )
    assert (short.projects, [f.code for f in short.findings if f.code == "table-not-understood"]) == ((), [])


def test_the_table_of_a_project_comes_before_its_description(
    source: Source, hebei: Callable[..., list[list[str]]]
) -> None:
    """A project that has a table is not told twice; its description stays prose, with the citations of prose."""
    document = recognise(source("路灯维护费情况说明", *TOLD, hebei()))
    assert [project.name for project in document.projects] == ["路灯维护费"]
    assert {citation.place for citation in document.citations} == {"narrative"}
