"""Numbers, addresses and languages of pages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace_server.amounts import money, number, shown, yuan
from fundtrace_server.linker import Linker, encode_path


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("220000", "220,000.00"),
        ("1630318.26", "1,630,318.26"),
        ("0.5", "0.50"),
        ("-3286618082.2", "-3,286,618,082.20"),
        ("9681918.1234", "9,681,918.1234"),
        ("2.2E+5", "220,000.00"),
    ],
)
def test_amounts_are_grouped_and_never_rounded(amount: str, expected: str) -> None:
    """Two decimals at least, and as many as there are."""
    assert yuan(amount) == expected


@settings(max_examples=200)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15))
def test_an_amount_says_exactly_its_value(amount: Decimal) -> None:
    """Reading the shown text back gives the same number."""
    assert Decimal(yuan(amount).replace(",", "")) == amount


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("220000", "22.00"),
        ("1630318.26", "163.031826"),
        ("0", "0.00"),
        ("5", "0.0005"),
        ("-3286618082.2", "-328,661.80822"),
        ("2.2E+9", "220,000.00"),
    ],
)
def test_money_is_shown_in_wan_by_moving_the_point(amount: str, expected: str) -> None:
    """Every digit stays, and there are two decimals at least."""
    assert shown(amount, "wan") == expected


def test_addresses_keep_a_chosen_unit_where_money_is_shown() -> None:
    """Pages keep it; files, whose money is in yuan, do not; data has no language either."""
    link = Linker("", "en", None, "wan")
    assert link("/page/region/130636") == "/page/region/130636?lang=en&unit=wan"
    assert link("/page/region/130636/projects.csv") == "/page/region/130636/projects.csv?lang=en"
    assert link("/data/region/130636.ttl") == "/data/region/130636.ttl"
    assert Linker("", None, None, "pounds")("/") == "/"


def test_money_carries_its_value_for_the_script() -> None:
    """The element has the plain decimal beside the shown one; what is absent is a dash."""
    assert str(money(Decimal("220000.0"))) == '<data class="money" value="220000.0">220,000.00</data>'
    assert "—" in money(None)
    assert number("1234567") == "1,234,567"


def test_addresses_are_encoded_and_keep_a_chosen_language() -> None:
    """Chinese is percent-encoded; `lang` stays only when it was chosen and is known."""
    assert (
        encode_path("/page/document/冀财社-2020-186") == "/page/document/%E5%86%80%E8%B4%A2%E7%A4%BE-2020-186"
    )
    assert Linker()("/resolve", q="a&b") == "/resolve?q=a%26b"
    assert Linker("", "en")("/") == "/?lang=en"
    assert Linker("", "xx")("/") == "/"
