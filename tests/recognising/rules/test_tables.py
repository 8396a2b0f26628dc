"""Totals of budget tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fundtrace.recognising.rules.tables import table_sides_differ, table_total_differs

Make = Callable[..., Any]


def _coded(total: str, one: str, two: str, under: str = "30.00") -> list[tuple[Any, ...]]:
    return [
        (None, None, "合计", "合计", False, {"合计": total}),
        (None, "208", "社会保障", "类", False, {"合计": one}),
        (None, "20801", "管理事务", "款", True, {"合计": "60.00"}),
        (None, "20802", "其他事务", "款", True, {"合计": under}),
        (None, "210", "卫生健康", "类", True, {"合计": two}),
    ]


def test_classes_and_total(table: Make, evidence: Make) -> None:
    """A class is compared with the rows under it, and the total with the classes."""
    found = list(table_total_differs(evidence(tables=[table(*_coded("95.00", "100.00", "5.00"))])))
    assert [finding.line for finding in found] == [2, 1]
    assert "90万元" in found[0].message.zh
    assert "105万元" in found[1].message.en
    assert list(table_total_differs(evidence(tables=[table(*_coded("95.00", "90.00", "5.00"))]))) == []


def test_a_total_whose_name_stands_under_codes(table: Make, evidence: Make) -> None:
    """合计 in the column of codes is a total, and no class."""
    rows = _coded("95.00", "90.00", "5.00")
    last = (None, "合 计", "", None, True, {"合计": "99.00"})
    assert len(list(table_total_differs(evidence(tables=[table(*rows[1:], last)])))) == 1


def test_pages_may_have_lost_rows(table: Make, evidence: Make) -> None:
    """On pages, less than a total is told only where rows follow; more than it always."""
    rows = _coded("200.00", "90.00", "5.00")
    assert list(table_total_differs(evidence(tables=[table(*rows, page=1)]))) == []
    cut = [rows[0], rows[1], rows[2]]
    assert list(table_total_differs(evidence(tables=[table(*cut, page=1)]))) == []
    inner = _coded("195.00", "190.00", "5.00")
    assert [finding.line for finding in table_total_differs(evidence(tables=[table(*inner, page=1)]))] == [2]
    beyond = _coded("80.00", "90.00", "5.00")
    assert [finding.line for finding in table_total_differs(evidence(tables=[table(*beyond, page=1)]))] == [1]


@pytest.mark.parametrize(
    "rows",
    [
        [*_coded("1.00", "1.00", "5.00"), (None, "208", "社会保障", "类", True, {"合计": "1.00"})],
        [*_coded("1.00", "1.00", "5.00"), (None, "323001", "本级", None, True, {"合计": "1.00"})],
        [(None, None, "合计", "合计", False, {"合计": "1.00"}), (None, "301", "工资", "类", True, {"合计": "2.00"}),
         (None, "208", "社会保障", "类", True, {"合计": "2.00"})],
        [(None, None, "一、财政拨款", None, True, {"合计": "9.00"}), (None, None, "1.一般预算", None, True, {"合计": "9.00"}),
         (None, None, "合计", "合计", False, {"合计": "9.00"})],
        [(None, None, "财政拨款", None, False, {"合计": "9.00"}), (None, None, "合计", "合计", False, {"合计": "1.00"})],
        [(None, None, "一、拨款", None, True, {"项目": "甲", "合计": "9.00"}), (None, None, "合计", "合计", False, {"合计": "1.00"})],
        [(None, None, "一、拨款", None, True, {}), (None, None, "合计", "合计", False, {"合计": "1.00"})],
    ],
    ids=["code twice", "codes of units", "two classifications", "two numberings", "a row in doubt", "two names", "blank"],
)  # fmt: skip
def test_tables_that_cannot_be_added(table: Make, evidence: Make, rows: list[tuple[Any, ...]]) -> None:
    """Rows that may hold each other are not added."""
    assert list(table_total_differs(evidence(tables=[table(*rows)]))) == []


def test_kinds_that_list_things(table: Make, evidence: Make) -> None:
    """Tables of 三公, procurement and assets are no sums of classes."""
    rows = _coded("1.00", "1.00", "5.00")
    assert list(table_total_differs(evidence(tables=[table(*rows, kind="three_public")]))) == []


def _sides(income: str, spent: str, *, column: str = "预算数") -> list[tuple[Any, ...]]:
    return [
        ("收入", None, "一、拨款", None, True, {"金额": "90.00"}),
        ("支出", None, "一、服务", None, True, {column: "80.00"}),
        ("支出", None, "二、国防", None, True, {}),
        ("收入", None, "本年收入合计", "合计", False, {"金额": "90.00"}),
        ("收入", None, "上年结转", None, True, {"金额": "10.00"}),
        ("支出", None, "年终结转", None, True, {column: "20.00"}),
        ("收入", None, "收入总计", "合计", False, {"金额": income}),
    ]


def test_listed_rows(table: Make, evidence: Make) -> None:
    """Each total is compared with all rows above it on its side, money carried over included."""
    made = table(*_sides("100.00", "100.00"), kind="income_expenditure")
    assert list(table_total_differs(evidence(tables=[made]))) == []
    made = table(*_sides("120.00", "100.00"), kind="income_expenditure")
    (found,) = table_total_differs(evidence(tables=[made]))
    assert (found.line, found.severity) == (7, "warning")


def test_sides_of_a_table(table: Make, evidence: Make) -> None:
    """The two totals of the last printed row are compared; totals of other rows need not be equal."""

    def closing(income: dict[str, str], spent: dict[str, str]) -> list[str]:
        made = table(
            ("收入", None, "收入总计", "合计", False, income),
            ("支出", None, "支出总计", "合计", False, spent),
        )
        last = made.rows[1].model_copy(update={"position": made.rows[0].position})
        made = made.model_copy(update={"rows": (made.rows[0], last)})
        return [finding.code for finding in table_sides_differ(evidence(tables=[made]))]

    assert closing({"金额": "9.00"}, {"合计": "8.00", "一般公共预算": "7.00"}) == ["table-sides-differ"]
    assert closing({"金额": "9.00"}, {"合计": "9.00", "一般公共预算": "7.00"}) == []
    assert closing({"金额": "9.00"}, {"一般公共预算": "7.00", "基金": "1.00"}) == []
    apart = table(*_sides("1.00", "1.00"), ("支出", None, "支出总计", "合计", False, {"预算数": "5.00"}))
    assert list(table_sides_differ(evidence(tables=[apart]))) == []
