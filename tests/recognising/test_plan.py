"""Spending plans: months and figures put together, nothing invented."""

from __future__ import annotations

from collections.abc import Callable

from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.grid import PrintedRow
from fundtrace.recognising.plan import PlanRows

Rows = Callable[..., tuple[PrintedRow, ...]]


def _read(rows: tuple[PrintedRow, ...]) -> tuple[PlanRows, Ledger, list[bool]]:
    ledger = Ledger()
    for row in rows:
        ledger.enter(row)
    plan = PlanRows(ledger)
    return plan, ledger, [plan.read(row) for row in rows]


def test_figures_stand_under_their_months(rows: Rows) -> None:
    """A figure belongs to the month above it; an empty cell is a missing point."""
    plan, ledger, _ = _read(
        rows(["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"], ["", "", "50%", "", "100%"])
    )
    assert plan.points == [(6, "50%"), (12, "100%")]
    assert plan.heading == "资金支出计划（%）"
    assert not ledger.unclaimed


def test_as_many_figures_as_months_go_in_order(rows: Rows) -> None:
    """Where columns slipped, equal counts decide."""
    plan, _, _ = _read(rows(["支出计划", "3 月底", "", "6 月底", "10月底"], ["", "", "1.00", "2.00", "3.00"]))
    assert plan.points == [(3, "1.00"), (6, "2.00"), (10, "3.00")]


def test_a_lost_month_takes_no_figure(rows: Rows) -> None:
    """A figure whose month was lost is left unclaimed; no month is made up for it."""
    plan, ledger, _ = _read(rows(["支出计划", "3月底", "6月底", "10月底", ""], ["", "20", "50", "80", "100"]))
    assert plan.points == [(3, "20"), (6, "50"), (10, "80")]
    assert [cell.text for cell in ledger.unclaimed] == ["100"]


def test_a_wrapped_month_stands_before_its_figure(rows: Rows) -> None:
    """12月底 on a row of its own brings its figure along."""
    plan, ledger, read = _read(
        rows(
            ["支出计划", "3月底", "6月底", "10月底"],
            ["", "25", "50", "75"],
            ["12 月底", "100", "", ""],
            ["", "1、修路", "", ""],
        )
    )
    assert plan.points[-1] == (12, "100")
    assert read == [True, True, True, False]
    assert [cell.text for cell in ledger.unclaimed] == ["1、修路"]


def test_months_and_figures_may_alternate_in_one_row(rows: Rows) -> None:
    """A row may print month, figure, month, figure; a month without a figure is missing."""
    plan, _, _ = _read(rows(["支出计划", "3月底", "10", "6月底", "", "12月底", "30"]))
    assert plan.points == [(3, "10"), (12, "30")]


def test_a_stroke_is_no_figure(rows: Rows) -> None:
    """/ and — in a plan are ignored by a rule with a name."""
    plan, ledger, _ = _read(rows(["支出计划", "3月底", "6月底"], ["", "/", "100%"]))
    assert plan.points == [(6, "100%")]
    assert ledger.ignored == {"stroke-for-nothing": 1}


def test_words_in_a_plan_are_kept_as_printed(rows: Rows) -> None:
    """Several short texts under the months are the plan, whatever they say."""
    plan, _, _ = _read(rows(["支出计划", "6月底", "12月底"], ["", "过半", "全部付清"]))
    assert plan.points == [(6, "过半"), (12, "全部付清")]


def test_a_row_of_prose_with_a_month_is_no_plan(rows: Rows) -> None:
    """A label of the plan beside prose is not read as a plan."""
    _, _, read = _read(rows(["支出计划", "按进度分三次拨付给施工单位"], ["12月底", "全部完工并且验收合格"]))
    assert read == [False, False]
