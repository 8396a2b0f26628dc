"""Tests of the level of the money."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.funding import direct_funds, fund_level


@pytest.mark.parametrize(
    ("texts", "level"),
    [
        (["提前下达2025年中央就业补助资金"], "central"),
        (["2021年省级就业补助资金"], "provincial"),
        (["养老保险市级补助资金"], "city"),
        (["就业见习、创业扶持县级配套资金"], "county"),
        (["中央和省级财政对养老保险基金的补贴"], "mixed"),
        (["（直达资金-01中央直达资金）提前下达就业补助"], "central"),
        (["就业工作经费", "经省级人民政府批准的其他项目资金"], None),
        (["社区级服务中心补助资金"], None),
        (["中央党校培训经费"], None),
        (["2021年省级就业补助资金", "含中央补助资金"], "provincial"),
        (["就业资金", "用于安排中央补助资金"], "central"),
        (["2021年省 级就业补助资金"], "provincial"),
        (["根据广东省财政厅关于补助资金的通知"], None),
        ([None, ""], None),
        ([], None),
    ],
)
def test_levels_come_from_printed_words(texts: list[str | None], level: str | None) -> None:
    """The first text with a level decides; several levels in it are mixed; none is none."""
    assert fund_level(texts) == level


@pytest.mark.parametrize(
    ("texts", "direct"),
    [
        (["冀财社【2020】172号（直达资金-01中央直达资金）"], True),
        (["非直达资金"], False),
        (["非直达资金", "直达资金"], True),
        (["就业补助资金", None], None),
    ],
)
def test_direct_funds_are_printed(texts: list[str | None], direct: bool | None) -> None:
    """Direct funds are what a text says they are, else unknown."""
    assert direct_funds(texts) is direct


@settings(max_examples=100, deadline=None)
@given(st.lists(st.none() | st.text(max_size=40), max_size=3))
def test_any_texts_are_accepted(texts: list[str | None]) -> None:
    """No text raises."""
    fund_level(texts)
    direct_funds(texts)
