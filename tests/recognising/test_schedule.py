"""Tests of spending plans."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.money import read_money
from fundtrace.recognising.schedule import read_schedule, settle
from fundtrace.records import Budget, Position, Project

MONTHS = (3, 6, 10, 12)


def _kind(texts: list[str | None], total: str | None, unit: str = "万元") -> str | None:
    schedule = read_schedule(zip(MONTHS, texts, strict=False), read_money(total, unit), unit)
    assert schedule is not None
    return schedule.kind


def _project(texts: list[str | None], total: str) -> Project:
    money = read_money(total, "万元")
    return Project(
        code=None,
        name="某项目",
        unit=None,
        implementing_unit=None,
        budget=Budget(total=money),
        purpose=None,
        schedule=read_schedule(zip(MONTHS, texts, strict=False), money, "万元"),
        goals=(),
        indicators=(),
        citations=(),
        line=1,
        position=Position(page=None, table=None, row=None),
    )


@pytest.mark.parametrize(
    ("texts", "total", "kind"),
    [
        (["25.00%", "50.00%", "75.00%", "100.00%"], "22", "percent_cumulative"),
        (["25％", "50%", "750000%", "100%"], "22", "percent_cumulative"),
        (["25%", "25%", "25%", "25%"], "22", None),
        (["20", "50", "80", "100"], "5", "percent_cumulative"),
        (["20", "50", "80"], "5", "percent_cumulative"),
        (["25.00", "50.00", "75.00"], "17.14", "percent_cumulative"),
        (["735.00", "1000.00", "1400.00", "1469.00"], "1469.00", "amount_cumulative"),
        (["50.00", "84.00"], "84.00", "amount_cumulative"),
        (["200.00", "150.00", "146.00"], "496.00", "amount_incremental"),
        (["0.60", "0.60", "0.60", "0.60"], "2.40", "amount_incremental"),
        ([None, "2.40", "4.80", "0.80"], "8.00", "amount_incremental"),
        (["5.00", "10.00", "15.00"], "20.00", "amount_cumulative"),
        (["10万元", "20万元", "30万元", "50万元"], "50", "amount_cumulative"),
        (["20", "50", "80", "90"], "500", None),
        (["80", "50", "20"], "500", None),
        (["250", "500"], "700", None),
        (["详见附表"], "700", None),
        (["20", "50"], None, "percent_cumulative"),
        (["-5", "50"], None, None),
    ],
)
def test_kinds_are_told_from_the_figures(
    texts: list[str | None], total: str | None, kind: str | None
) -> None:
    """Percent signs, the total and the shape of the figures tell the kind; else it is not told."""
    assert _kind(texts, total) == kind


def test_only_percent_signs_are_not_inferred() -> None:
    """A kind is printed when every figure has a percent sign, and inferred otherwise."""
    signed = read_schedule([(12, "100%")], None, "元")
    bare = read_schedule([(12, "100")], None, "元")
    assert signed is not None
    assert bare is not None
    assert (signed.inferred, bare.inferred) == (False, True)


def test_empty_points_are_absent() -> None:
    """A blank cell is no point, and a plan without points is no plan; months are 1 to 12."""
    schedule = read_schedule([(3, " "), (6, None), (10, "50%"), (12, "100%"), (13, "5%")], None, "元")
    assert schedule is not None
    assert [(point.month, point.printed) for point in schedule.points] == [(10, "50%"), (12, "100%")]
    assert read_schedule([(3, ""), (6, None)], None, "元") is None


def test_plans_that_fit_twice_follow_the_document() -> None:
    """A plan that rises to 100 of 100 is read as the document's other plans are."""
    twice = _project([None, "20.00", "50.00", "100.00"], "100.00")
    amounts = _project(["10.00", "30.00", "50.00", "50.00"], "50.00")
    shares = _project(["20", "50", "80", "100"], "5.00")
    none = _project([], "5.00")
    kinds = [
        [p.schedule.kind if p.schedule else None for p in settle(list(ps))]
        for ps in ((twice, amounts, none), (twice, shares), (twice,))
    ]
    assert kinds == [
        ["amount_cumulative", "amount_cumulative", None],
        ["percent_cumulative", "percent_cumulative"],
        ["percent_cumulative"],
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.decimals(min_value=Decimal("0.01"), max_value=1000, places=2), min_size=2, max_size=4))
def test_parts_of_a_total_are_amounts(parts: list[Decimal]) -> None:
    """Parts that sum to the total are amounts of each period, and their running sums cumulative ones."""
    running = [sum(parts[: index + 1], Decimal(0)) for index in range(len(parts))]
    total = f"{running[-1]:f}"
    assert _kind([f"{part:f}" for part in running], total) == "amount_cumulative"
    assert _kind([f"{part:f}" for part in parts], total) in {"amount_incremental", "amount_cumulative"}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-2, 15), st.none() | st.text(max_size=8)), max_size=5),
    st.none() | st.text(max_size=6),
)
def test_any_points_are_accepted(points: list[tuple[int, str | None]], total: str | None) -> None:
    """No text raises."""
    read_schedule(points, read_money(total, "元"), "元")
