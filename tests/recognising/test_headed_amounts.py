"""Amounts in a row of their own, below their labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise
from fundtrace.records import Budget, Document

Source = Callable[..., Sheets]

NAME = ["项目名称", "修路", "", ""]
LABELS = ["项目资金（万元）", "年度资金总额", "财政拨款", "其他资金"]
BODY = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "里程", "≥5公里"],
]


def _read(source: Source, *rows: list[str]) -> Document:
    return recognise(source("2024年项目支出绩效目标表", [NAME, *rows, *BODY]))


def _yuan(budget: Budget) -> tuple[str | None, ...]:
    return tuple(money and money.yuan for money in (budget.total, budget.fiscal, budget.other))


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["", "35", "30.5", "4.5"], ("350000", "305000", "45000")),
        (["", "35", "", "4.5"], ("350000", None, "45000")),
        (["", "35", "35", "—"], ("350000", "350000", None)),
        (["35", "30", "5"], ("350000", "300000", "50000")),
    ],
)
def test_amounts_below_their_labels(
    source: Source, amounts: list[str], expected: tuple[str | None, ...]
) -> None:
    """Each amount is that of the label above it, also where a row has lost the cell of its heading."""
    document = _read(source, LABELS, amounts)
    assert _yuan(document.projects[0].budget) == expected
    assert document.coverage.unclaimed == ()


def test_amounts_that_do_not_fit_their_labels_are_nobodys(source: Source) -> None:
    """A row of another width with fewer figures, or a row further down, is reported."""
    short = _read(source, LABELS, ["35", "30"])
    assert _yuan(short.projects[0].budget) == (None, None, None)
    assert len(short.coverage.unclaimed) == 2
    apart = _read(source, LABELS, ["实施单位", "水务局", "", ""], ["", "35", "30", "5"])
    assert _yuan(apart.projects[0].budget) == (None, None, None)
