"""Findings: what each rule says, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise
from fundtrace.recognising.rules import findings
from fundtrace.records import Document, Finding

Source = Callable[..., Sheets]
Hebei = Callable[..., list[list[str]]]

HEADER = ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底", ""]


def _found(document: Document, code: str) -> list[Finding]:
    return [finding for finding in document.findings if finding.code == code]


@pytest.fixture
def plan_codes(source: Source, hebei: Hebei) -> Callable[..., list[str]]:
    """The codes of what is found in a plan of the given figures, for a project of 12.50."""

    def codes(*figures: str, heading: str = HEADER[0]) -> list[str]:
        plan = [[heading, *HEADER[1:]], ["", *figures, ""]]
        found = recognise(source("单位：万元", hebei(plan=plan))).findings
        assert all(finding.line == 5 and finding.project == 0 for finding in found)
        return [finding.code for finding in found]

    return codes


def test_a_sound_form_has_no_findings(source: Source, hebei: Hebei) -> None:
    """Nothing is found where nothing is wrong."""
    assert recognise(source("单位：万元", hebei())).findings == ()


def test_figures_of_a_plan(plan_codes: Callable[..., list[str]]) -> None:
    """Percentages out of range, falling, unfinished; amounts under %; a missing end of the year."""
    assert plan_codes("25%", "50%", "750000%", "100%") == ["percentage-outside-range", "plan-descends"]
    assert plan_codes("25%", "50%", "75%", "90%") == ["plan-not-complete"]
    assert plan_codes("5.00", "10.00", "12.00", "12.50") == ["amounts-under-percent"]
    assert plan_codes("5.00", "10.00", "12.00", "12.50", heading="资金支出计划") == []
    assert plan_codes("5.00", "4.00", "2.00", "1.50", heading="资金支出计划") == []
    assert plan_codes("25%", "50%", "100%", "") == ["plan-without-december"]
    assert plan_codes("", "", "", "") == []
    assert plan_codes("40%", "30%", "20%", "10%") == []
    assert plan_codes("5.00", "4.00", "10.00", "12.50", heading="资金支出计划") == ["plan-descends"]
    assert plan_codes("5.00", "4.00", "10.00", "11.50", heading="资金支出计划") == []
    assert plan_codes("过半", "多半", "近完", "付清") == []


def test_template_text(source: Source, hebei: Hebei) -> None:
    """Words of the blank form in a goal, a purpose or a name are found where they stand."""
    indicators = [["产出指标", "数量指标", "亮灯率(≥**%)", "亮", "≥95%", "合同"]]
    form = hebei(goals=[["绩效目标", "1.目标内容1", "", "", "", ""]], indicators=indicators)
    found = _found(recognise(source("单位：万元", form)), "template-text")
    assert [(finding.indicator, finding.line, finding.severity) for finding in found] == [
        (None, 7, "warning"),
        (0, 9, "warning"),
    ]


def test_bold_type_is_no_template(project: Callable[..., Any], evidence: Callable[..., Any]) -> None:
    """Markdown's marks of bold type are no words of a form; two places left open in one text are."""
    found = findings(evidence(project(goals=["**桥梁**畅通", "达到**%，超过**%"], total="1")))
    assert [one.message.zh for one in found if one.code == "template-text"] == [
        "“达到**%，超过**%”中留有模板文字"
    ]


def test_targets_and_grounds_that_say_nothing(source: Source, hebei: Hebei) -> None:
    """A unit without a number is a warning; a ground that repeats the indicator is only told."""
    indicators = [["产出指标", "数量指标", "更换盏数", "亮", "盏", "更换盏数"]]
    document = recognise(source("单位：万元", hebei(indicators=indicators)))
    (number,) = _found(document, "target-without-number")
    (repeat,) = _found(document, "basis-repeats-indicator")
    assert (number.severity, repeat.severity) == ("warning", "info")
    assert (number.project, number.indicator, number.line) == (0, 0, 9)


def test_targets_that_are_no_targets(source: Source, hebei: Hebei) -> None:
    """A target of signs that make none is a warning that names it."""
    indicators = [["产出指标", "数量指标", "亮灯率", "亮", "%80%", "合同"]]
    (found,) = _found(recognise(source("单位：万元", hebei(indicators=indicators))), "target-malformed")
    assert (found.severity, found.indicator, "%80%" in found.message.zh) == ("warning", 0, True)


def test_what_the_layout_leaves(source: Source, hebei: Hebei) -> None:
    """Contacts and cells of no column are found where they stand, and no name is told."""
    indicators = [["产出指标", "数量指标", "盏数", "亮", "≥50盏", "合同", "多余"]]
    form = hebei(indicators=indicators)
    form.insert(1, ["项目名称", "路灯维护费", "联系人", "张三", "联系电话", "0319-4321234"])
    found = recognise(source("单位：万元", form)).findings
    assert {"contact-withheld", "cell-unclaimed"} <= {finding.code for finding in found}
    assert all("张三" not in finding.message.zh for finding in found)


def test_tables_that_belong_to_nothing(evidence: Callable[..., Any], rows: Callable[..., Any]) -> None:
    """A header of indicators without a project or unit is found at its row."""
    heads = rows(["一级指标", "二级指标", "三级指标", "指标值"])
    (found,) = findings(replace(evidence(), others=heads))
    assert (found.code, found.line, found.severity) == ("table-not-understood", 1, "warning")


def test_findings_of_statements(
    statement: Callable[..., Any], evidence: Callable[..., Any], indicator: Callable[..., Any]
) -> None:
    """What is found of a statement's goals and indicators belongs to no project."""
    made = statement(indicators=[indicator("亮灯率(≥**%)", "≥95%")])
    made = made.model_copy(update={"goals": ("目标内容1",)})
    found = [one for one in findings(evidence(statements=[made])) if one.code == "template-text"]
    assert [(one.project, one.indicator, one.line) for one in found] == [(None, None, 9), (None, None, 20)]


def test_missing_cells(source: Source, hebei: Hebei) -> None:
    """A form without an amount, goals or indicators says so."""
    form = hebei(head=[["项目名称", "修桥", "", "", "", ""]])[:3]
    found = _found(recognise(source(form)), "missing-required-cell")
    assert [finding.message.zh.partition("没有印出")[2] for finding in found] == [
        "预算数",
        "绩效目标",
        "绩效指标",
    ]


def test_a_form_that_asks_for_a_code(source: Source, hebei: Hebei) -> None:
    """A label for the project's code without a code is a missing cell; a form without the label has none missing."""
    form = hebei()
    form[0][1] = ""
    found = _found(recognise(source("2024年部门预算", form)), "missing-required-cell")
    assert [finding.message.zh.partition("没有印出")[2] for finding in found] == ["项目编码"]


def test_documents_of_no_known_place_or_year(source: Source, hebei: Hebei) -> None:
    """A source whose region or fiscal year cannot be told says so; one with a code of 21 characters can."""
    form = hebei(head=[["项目名称", "修桥", "", "", "", ""], ["预算数", "1.00", "", "", "", ""]])
    codes = {finding.code for finding in recognise(source("单位：万元", form)).findings}
    assert {"region-not-known", "fiscal-year-not-known"} <= codes
    assert recognise(source("单位：万元", hebei())).fiscal_year == 2021


def test_findings_speak_two_languages_and_are_in_order(source: Source, hebei: Hebei) -> None:
    """Every finding has a text in Chinese and in English, and findings follow the lines of the source."""
    plan = [HEADER, ["", "25%", "20%", "", "90%", ""]]
    indicators = [["产出指标", "数量指标", "盏数(≥**盏)", "", "", "乱"], ["天地", "", "", "", "", ""]]
    document = recognise(source(hebei(plan=plan, indicators=indicators)))
    assert all(finding.message.zh and finding.message.en for finding in document.findings)
    lines = [finding.line for finding in document.findings]
    assert lines == sorted(lines)
    assert {"plan-descends", "plan-not-complete", "missing-target", "row-not-understood"} <= {
        finding.code for finding in document.findings
    }
