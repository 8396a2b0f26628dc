"""Findings: what each rule says, and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise
from fundtrace.recognising.rules import RULES
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
    assert plan_codes("过半", "多半", "近完", "付清") == []


def test_template_text(source: Source, hebei: Hebei) -> None:
    """Words of the blank form in a goal, a purpose or a name are found where they stand."""
    indicators = [["产出指标", "数量指标", "亮灯率(≥**%)", "亮", "≥95%", "合同"]]
    form = hebei(goals=[["绩效目标", "1.目标内容1", "", "", "", ""]], indicators=indicators)
    found = _found(recognise(source("单位：万元", form)), "template-text")
    assert [(finding.indicator, finding.line, finding.severity) for finding in found] == [
        (None, 2, "warning"),
        (0, 9, "warning"),
    ]


def test_targets_and_grounds_that_say_nothing(source: Source, hebei: Hebei) -> None:
    """A unit without a number is a warning; a ground that repeats the indicator is only told."""
    indicators = [["产出指标", "数量指标", "更换盏数", "亮", "盏", "更换盏数"]]
    document = recognise(source("单位：万元", hebei(indicators=indicators)))
    (number,) = _found(document, "target-without-number")
    (repeat,) = _found(document, "basis-repeats-indicator")
    assert (number.severity, repeat.severity) == ("warning", "info")
    assert (number.project, number.indicator, number.line) == (0, 0, 9)


def test_missing_cells(source: Source, hebei: Hebei) -> None:
    """A form without an amount, goals or indicators says so."""
    form = hebei(head=[["项目名称", "修桥", "", "", "", ""]])[:3]
    found = _found(recognise(source(form)), "missing-required-cell")
    assert [finding.message.zh.partition("没有印出")[2] for finding in found] == [
        "预算数",
        "绩效目标",
        "绩效指标",
    ]


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


def test_every_rule_says_its_codes() -> None:
    """The docstring of a rule begins with the codes that it gives."""
    for rule in RULES:
        assert rule.__doc__
        assert (
            rule.__doc__.partition(":")[0]
            .split(", ")[0]
            .replace("-", "_")
            .startswith(rule.__name__.partition("_")[0])
        )
