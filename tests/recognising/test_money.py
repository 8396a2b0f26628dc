"""Tests of printed amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.money import FACTORS, amounts_in, in_unit, read_money, unit_in
from fundtrace.records import Money

amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=Decimal("1e14"), places=4)


@settings(max_examples=200, deadline=None)
@given(
    number=amounts,
    unit=st.sampled_from(sorted(FACTORS)),
    grouped=st.booleans(),
    wide=st.booleans(),
    minus=st.booleans(),
)
def test_any_printed_amount_is_read_exactly(
    number: Decimal, unit: str, grouped: bool, wide: bool, minus: bool
) -> None:
    """An amount in any unit, width and grouping is exactly its yuan, and turns back into the printed number."""
    text = f"{number:,f}" if grouped else f"{number:f}"
    if wide:
        text = text.translate({code: code + 0xFEE0 for code in map(ord, "0123456789.,")})
    money = read_money(f"-{text}" if minus else text, unit)
    assert money is not None
    assert money.yuan is not None
    assert Decimal(money.yuan) == (-number if minus else number) * FACTORS[unit]
    assert in_unit(money, unit) == (-number if minus else number)
    assert "E" not in money.yuan


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.none() | st.text(max_size=5) | st.sampled_from(sorted(FACTORS)))
def test_any_text_is_accepted(text: str, unit: str | None) -> None:
    """No text raises; only an empty cell is absent."""
    money = read_money(text, unit)
    assert (money is None) == (not text.strip())
    unit_in(text)
    amounts_in(text)


@pytest.mark.parametrize(
    ("printed", "unit", "yuan"),
    [
        ("220000.00", "元", "220000"),
        ("3502.60", "万元", "35026000"),
        ("163.031826", "万元", "1630318.26"),
        ("3，518.85", "万元", "35188500"),
        ("968.191 8", "万元", "9681918"),
        ("1, 234.50", "元", "1234.5"),
        ("22万元", None, "220000"),
        ("10606.7522万元", "元", "106067522"),
        ("2921.00万", None, "29210000"),
        ("1.5亿元", "元", "150000000"),
        ("￥300", "元", "300"),
        ("（负）12.5", "万元", "-125000"),
        ("负12.5", "万元", "-125000"),
        ("－12.5", "万元", "-125000"),
        ("5.00", "千元", "5000"),
        ("7", "萬元", "70000"),
    ],
)
def test_printed_spellings(printed: str, unit: str | None, yuan: str) -> None:
    """Separators, spaces behind the point, signs and units of their own are understood."""
    money = read_money(printed, unit)
    assert money is not None
    assert money.yuan == yuan
    assert money.printed == printed


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("100 200", "元"),
        ("25%", "万元"),
        ("详见附表", "万元"),
        ("12,34", "元"),
        ("5", None),
        ("5", "人"),
        ("—", "元"),
        ("负-5", "元"),
        ("9" * 101, "元"),
    ],
)
def test_what_is_no_amount_has_no_yuan(printed: str, unit: str | None) -> None:
    """Two numbers, a rate, words, or a number without a unit of money keep their text only."""
    money = read_money(printed, unit)
    assert money is not None
    assert money.yuan is None
    assert money.printed == printed


@pytest.mark.parametrize("printed", [None, "", " \u3000", "\u00a0"])
def test_an_empty_cell_is_absent(printed: str | None) -> None:
    """Nothing printed is no amount, not zero."""
    assert read_money(printed, "元") is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位:元", "元"),
        ("单 位：人民币元", "元"),
        ("项目资金 (万元)", "万元"),
        ("价值（金额单位：万元）", "万元"),
        ("亿元", "亿元"),
        ("当年预算（万 元）", "万元"),
        ("单位名称：元氏县", None),
        ("计量单位", None),
        ("资金支出计划（%）", None),
        ("单位：元（万元）", None),
    ],
)
def test_units_of_headings(text: str, unit: str | None) -> None:
    """A heading names a unit of money, or none when it names none or two."""
    assert unit_in(text) == unit


def test_amounts_of_prose() -> None:
    """Every stated amount is found; counts, areas and rates are not amounts."""
    assert [money.yuan for money in amounts_in("发放958万元，按1670元/月计，惠及12.3万人")] == ["9580000"]
    assert amounts_in("安排 22 万元") == (Money(yuan="220000", printed="22 万元", unit="万元"),)
    assert amounts_in("没有金额") == ()


def test_an_unknown_amount_is_no_number_of_units() -> None:
    """What has no yuan, and what unit is unknown, cannot be expressed in units."""
    assert in_unit(Money(yuan=None, printed="无", unit="元"), "元") is None
    assert in_unit(Money(yuan="5", printed="5", unit="元"), "斤") is None
