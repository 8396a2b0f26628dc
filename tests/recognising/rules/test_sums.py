"""Sums of projects and statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise
from fundtrace.recognising.rules.sums import (
    budget_parts_differ,
    income_expenditure_differ,
    projects_sum_differs,
    stated_amount_differs,
    statement_parts_differ,
)
from fundtrace.records import Department, Finding

Make = Callable[..., Any]


def _places(found: list[Finding]) -> list[tuple[str, int | None, int]]:
    return [(finding.severity, finding.project, finding.line) for finding in found]


def test_parts_of_a_budget(project: Make, evidence: Make) -> None:
    """A budget that its printed parts do not give is found in its own row."""
    rows = [["项目名称", "修桥"], ["预算数", "20.00", "财政资金", "15.00", "其他资金", "4.00"]]
    wrong = project(total="20.00", fiscal="15.00", other="4.00", rows=rows)
    (found,) = budget_parts_differ(evidence(wrong))
    assert _places([found]) == [("warning", 0, 4)]
    assert "20.00万元" in found.message.zh
    assert "19万元" in found.message.en


def test_parts_of_a_budget_that_say_nothing(project: Make, evidence: Make) -> None:
    """Parts that are right, not all printed, rounded, or beside sources of other kinds, are no contradiction."""
    sound = [
        project(total="20.00", fiscal="15.00", other="5.00"),
        project(total="20.00", fiscal="15.00"),
        project(total="20", fiscal="15.40", other="4.40"),
        project(total="20.00", fiscal="15.00", other="1.00", rows=[["上年结转资金", ""]]),
        project(total="20.00", fiscal="15.00", other="1.00", rows=[["财政专户资金", "4.00"]]),
        project(total="20.00", fiscal="20.00", carryover="5.00", other="0"),
        project(fiscal="15.00"),
        project(total="20.00"),
    ]
    assert list(budget_parts_differ(evidence(*sound))) == []


def test_parts_beyond_their_budget(project: Make, evidence: Make) -> None:
    """Parts that pass the budget are found, also when not all are printed."""
    assert len(list(budget_parts_differ(evidence(project(total="20.00", fiscal="25.00"))))) == 1


def test_stated_amounts(project: Make, evidence: Make) -> None:
    """An amount handed down, or in brackets behind the name, is compared with the budget and only told."""
    handed = "根据通知，现提前下达我县资金30万元，用于修桥。"
    found = list(
        stated_amount_differs(
            evidence(
                project(total="25.00", purpose=handed),
                project(total="30.00", purpose=handed),
                project(total="30.00", purpose="每次付 5 万元"),
                project("补助资金（12万）", total="10.00"),
                project("补助资金（12万）", total="12.00"),
                project("补助资金（见说明）", total="12.00", purpose=None),
                project("补助资金（12万）"),
            )
        )
    )
    assert _places(found) == [("info", 0, 3), ("info", 3, 3)]
    assert "30万元" in found[0].message.zh


def test_parts_of_a_statement(statement: Make, evidence: Make) -> None:
    """Basic expenditure and income that are not their parts, and totals that parts pass, are found where they stand."""
    wrong = statement(
        basic_personnel="80.5",
        basic_public="3.5",
        basic_total="80.5",
        expenditure_total="0",
        fiscal="84.0",
        carryover="0",
        other="0",
        income_total="0",
        rows=[["人员经费", "80.5"], ["公用经费", "3.5"], ["合计", "80.5"], ["财政拨款", "84.0", "结转", "0"]],
    )
    found = list(statement_parts_differ(evidence(statements=[wrong])))
    assert [finding.line for finding in found] == [21, 20, 23]
    assert "84万元" in found[0].message.zh


def test_sound_statements(statement: Make, evidence: Make) -> None:
    """Money carried over within a total, and incomes of other kinds, contradict nothing."""
    carried = statement(
        basic_personnel="80.5",
        basic_public="3.5",
        basic_total="84.0",
        project="16.0",
        expenditure_total="120.0",
        fiscal="100.0",
        carryover="20.0",
        other="0",
        income_total="120.0",
    )
    others = statement(fiscal="1", carryover="1", other="1", income_total="9", rows=[["事业收入", "6"]])
    empty = statement(income_total="9")
    assert list(statement_parts_differ(evidence(statements=[carried, others, empty]))) == []


def test_income_and_expenditure(statement: Make, evidence: Make) -> None:
    """Unlike totals of income and expenditure are a warning at the income's row."""
    wrong = statement(income_total="120.0", expenditure_total="110.0", rows=[["收入合计", "120.0"]])
    sound = statement(income_total="120.0", expenditure_total="120.0")
    found = list(income_expenditure_differ(evidence(statements=[wrong, sound, statement(income_total="1")])))
    assert _places(found) == [("warning", None, 20)]


def test_projects_against_printed_expenditure(
    project: Make, statement: Make, table: Make, evidence: Make
) -> None:
    """A department's statement and table are compared with all projects, a unit's with its own; only to be told."""
    projects = [project(total="10.00", by="桥梁处"), project("修路", total="5.00", by="道路处")]
    statements = [
        statement("交通局", project="20.00"),
        statement("桥梁处", project="10.00"),
        statement("道路处", project="6.00"),
        statement("航运处", project="6.00"),
        statement("道路处"),
    ]
    tables = [
        table((None, None, "合计", "合计", False, {"项目支出": "16.00"})),
        table((None, None, "合计", "合计", False, {"项目支出": "15.00"})),
        table((None, None, "合计", "合计", False, {"项目支出": "1.00"}), kind="economic"),
    ]
    department = Department(code="1", derived=False, name="交通局", region=None)
    found = list(
        projects_sum_differs(evidence(*projects, statements=statements, tables=tables, department=department))
    )
    assert [finding.severity for finding in found] == ["info"] * 3
    assert ["交通局" in found[0].message.zh, "道路处" in found[1].message.zh] == [True, True]
    assert "部门支出总表" in found[2].message.zh
    assert list(projects_sum_differs(evidence(project(), tables=tables))) == []


@pytest.mark.parametrize(
    ("printed", "caption", "found"),
    [("20", "2024年", 1), ("20", "单位：万元", 0), ("详见附件", "单位：万元", 1), ("", "单位：万元", 0)],
)
def test_an_amount_without_yuan_is_told(
    source: Callable[..., Sheets], printed: str, caption: str, found: int
) -> None:
    """A figure without a unit, and a text in its place, are told; an empty cell is not."""
    table = [
        ["项目名称", "修桥", "", ""],
        ["年度资金总额", printed, "", ""],
        ["年度目标", "桥好。", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "座数", "1座"],
    ]
    findings = [f for f in recognise(source(caption, table)).findings if f.code == "amount-not-read"]
    assert len(findings) == found
    assert all(f.line == 3 and f.project == 0 for f in findings)
