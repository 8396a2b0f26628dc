"""Figures and how far printed digits leave them open."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.money import read_money
from fundtrace.recognising.rules.figures import Figure, disagrees, exceeds, figure, summed, total, written


def _figure(text: str, unit: str = "万元") -> Figure:
    found = figure(read_money(text, unit))
    assert found is not None
    return found


def test_half_of_the_last_digit() -> None:
    """A figure is open by half of the last digit that it prints, in its unit."""
    assert _figure("12.50").leeway == Decimal(50)
    assert _figure("12").leeway == Decimal(5000)
    assert _figure("1,200", "元").leeway == Decimal("0.5")
    assert _figure("22万元", "元").leeway == Decimal(5000)
    assert figure(None) is None
    assert figure(read_money("见附表", "万元")) is None


def test_sums_disagree_beyond_rounding_only() -> None:
    """Three parts may be off by four halves of the last digit, and no more."""
    whole = _figure("10.00")
    assert not disagrees(whole, [_figure("3.33"), _figure("3.33"), _figure("3.32")])
    assert disagrees(whole, [_figure("3.33"), _figure("3.33"), _figure("3.31")])
    assert exceeds(_figure("10.02"), whole)
    assert not exceeds(_figure("10.01"), whole)


def test_sums_are_told_in_the_unit_of_their_whole() -> None:
    """A sum is written as its parts are, and told in one unit."""
    parts = [_figure("268.06"), _figure("64000", "元")]
    assert (written(parts), total(parts, "万元")) == ("268.06 + 64000", "274.46万元")
    assert (parts[1].told, _figure("22万元", "元").told) == ("64000元", "22万元")


@settings(max_examples=100)
@given(st.lists(st.decimals(0, 10**6, places=6), min_size=1, max_size=8), st.integers(0, 4))
def test_rounding_alone_never_disagrees(parts: list[Decimal], digits: int) -> None:
    """However a sum and its parts are rounded to one number of digits, they agree."""
    step = Decimal(1).scaleb(-digits)
    shown = [_figure(str(part.quantize(step)), "元") for part in parts]
    whole = _figure(str(sum(parts, Decimal(0)).quantize(step)), "元")
    assert not disagrees(whole, shown)
    assert not exceeds(summed(shown), whole)
