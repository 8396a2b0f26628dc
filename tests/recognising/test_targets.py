"""Tests of target values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising.decimals import canonical
from fundtrace.recognising.targets import read_target
from fundtrace.records.project import TargetKind

SIGNS = {
    "": None,
    "≥": ">=",
    "≧": ">=",
    ">=": ">=",
    "＞＝": ">=",
    "不少于": ">=",
    "不低于": ">=",
    "≤": "<=",
    "<=": "<=",
    "不超过": "<=",
    ">": ">",
    "大于": ">",
    "＜": "<",
    "小于": "<",
    "＝": "=",
    "=": "=",
}
UNITS = {
    "": None,
    "%": "%",
    "％": "%",
    "百分比（%）": "%",
    "百分比(%)": "%",
    "(%)": "%",
    "人": "人",
    "万人": "万人",
    "元/人·月": "元/人·月",
    "元/生/年": "元/生/年",
    "亿元": "亿元",
    "个月": "个月",
    "人次": "人次",
    "百分比": "百分比",
    "个村街": "个村街",
    "平方米": "平方米",
}
values = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=Decimal("1e12"), places=2)


@settings(max_examples=200, deadline=None)
@given(
    sign=st.sampled_from(sorted(SIGNS)),
    number=values,
    unit=st.sampled_from(sorted(UNITS)),
    gap=st.sampled_from(["", " ", "\u3000"]),
    grouped=st.booleans(),
)
def test_any_rendered_target_is_read_back(
    sign: str, number: Decimal, unit: str, gap: str, grouped: bool
) -> None:
    """Comparator, value and unit come back from every spelling of them."""
    printed = f"{sign}{gap}{f'{number:,f}' if grouped else f'{number:f}'}{gap}{unit}"
    target = read_target(printed)
    assert (target.comparator, target.value, target.unit) == (SIGNS[sign], canonical(number), UNITS[unit])
    assert target.kind == "numeric"


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("0129.,%（）()≥≤><=*X年月日前人元/·以上内不少于预计约 \n完成按"))
    | st.text(max_size=30)
)
def test_any_text_is_a_target(text: str) -> None:
    """No text raises, and the printed text is kept."""
    target = read_target(text)
    assert target.printed == (text.strip() or None)
    if target.kind in {"numeric", "approximate"}:
        assert target.value is not None
    if target.kind in {"compound", "date", "text", "empty", "comparator_text", "unit_only", "malformed"}:
        assert target.value is None


def _case(
    printed: str, comparator: str | None, value: str | None, unit: str | None, kind: TargetKind
) -> object:
    return pytest.param(printed, comparator, value, unit, kind, id=printed)


@pytest.mark.parametrize(
    ("printed", "comparator", "value", "unit", "kind"),
    [
        _case("≥95百分比（%）", ">=", "95", "%", "numeric"),
        _case("100百分比(%)", None, "100", "%", "numeric"),
        _case("=100.00(%)", "=", "100", "%", "numeric"),
        _case("95%以上", ">=", "95", "%", "numeric"),
        _case("95%（含）以上", ">=", "95", "%", "numeric"),
        _case("10年以上", ">=", "10", "年", "numeric"),
        _case("30日内", "<=", "30", "日", "numeric"),
        _case("控制在4.5%以内", "<=", "4.5", "%", "numeric"),
        _case("≥113元（促进增收）", ">=", "113", "元", "numeric"),
        _case("3000元（每人）", None, "3000", "元", "numeric"),
        _case("100（人）", None, "100", "人", "numeric"),
        _case("(≥95%)", ">=", "95", "%", "numeric"),
        _case("7.58 亿元", None, "7.58", "亿元", "numeric"),
        _case("12.3万人", None, "12.3", "万人", "numeric"),
        _case("0.97比例", None, "0.97", "比例", "numeric"),
        _case("3333个村街", None, "3333", "个村街", "numeric"),
        _case("5台（套）", None, "5", "台(套)", "numeric"),
        _case("7 步", None, "7", "步", "numeric"),
        _case("12 月", None, "12", "月", "numeric"),
        _case("750000%", None, "750000", "%", "numeric"),
        _case("-5%", None, "-5", "%", "numeric"),
        _case("≥90", ">=", "90", None, "numeric"),
        _case("0", None, "0", None, "numeric"),
        _case("100 %。", None, "100", "%", "numeric"),
        _case("预计145000人", None, "145000", "人", "approximate"),
        _case("1800人左右", None, "1800", "人", "approximate"),
        _case("200多家", None, "200", "家", "approximate"),
        _case("预计≥100人", ">=", "100", "人", "approximate"),
        _case("2020年符合代缴条件人员13217人", None, "13217", "人", "text_with_number"),
        _case("每年10月一次性发放", None, None, None, "text_with_number"),
        _case("按期完成率98%", None, "98", "%", "text_with_number"),
        _case("100%完成", None, "100", "%", "text_with_number"),
        _case("24小时不间断", None, "24", "小时", "text_with_number"),
        _case("≥95按实际补助金额确定", ">=", "95", None, "text_with_number"),
        _case("案件大于 100 起", ">", "100", "起", "text_with_number"),
        _case("50%以上居民", ">=", "50", "%", "text_with_number"),
        _case("共≥≥90人", None, None, None, "text_with_number"),
        _case("按标准执行，" * 80 + "5人", None, None, None, "text_with_number"),
        _case("按标准执行，" * 80, None, None, None, "text"),
        _case("类别（1）达到90%（含自评2次）", None, "90", "%", "text_with_number"),
        _case("3A级景区", None, None, None, "text_with_number"),
        _case("±5%", None, None, None, "text_with_number"),
        _case("1670元/月,500元/月", None, None, None, "compound"),
        _case("优秀 1500元、连续优秀 3000元", None, None, None, "compound"),
        _case("90%-95%", None, None, None, "compound"),
        _case("1:1", None, None, None, "compound"),
        _case("12月底之前", None, None, None, "date"),
        _case("每月15日前", None, None, None, "date"),
        _case("2023年6月底前完成", None, None, None, "date"),
        _case("2022年12月", None, None, None, "date"),
        _case("2024年", None, None, None, "date"),
        _case("2024-12-31", None, None, None, "date"),
        _case("1-12月", None, None, None, "date"),
        _case("年底前", None, None, None, "date"),
        _case("≤预算批复金额", "<=", None, None, "comparator_text"),
        _case("不超过预算数", "<=", None, None, "comparator_text"),
        _case("人", None, None, "人", "unit_only"),
        _case("%", None, None, "%", "unit_only"),
        _case("（%）", None, None, "%", "unit_only"),
        _case("元/人·月", None, None, "元/人·月", "unit_only"),
        _case("≥%", ">=", None, "%", "malformed"),
        _case("(≥**%)", ">=", None, "%", "malformed"),
        _case("≥人", ">=", None, None, "malformed"),
        _case("≥", ">=", None, None, "malformed"),
        _case("2X", None, None, None, "malformed"),
        _case("WX", None, None, None, "malformed"),
        _case("%100%", None, None, "%", "malformed"),
        _case("≥≥90", None, None, None, "malformed"),
        _case("95..5%", None, None, "%", "malformed"),
        _case("及时", None, None, None, "text"),
        _case("≥122公 顷", ">=", "122", "公顷", "numeric"),
        _case("≤1221元\n/人·月", "<=", "1221", "元/人·月", "numeric"),
        _case("预算内", None, None, None, "text"),
        _case("国家A级", None, None, None, "text"),
        _case(" \u3000", None, None, None, "empty"),
    ],
)
def test_printed_targets(
    printed: str, comparator: str | None, value: str | None, unit: str | None, kind: TargetKind
) -> None:
    """Each printed form has its comparator, value, unit and kind."""
    target = read_target(printed)
    assert (target.comparator, target.value, target.unit, target.kind) == (comparator, value, unit, kind)


def test_a_missing_cell_is_an_empty_target() -> None:
    """Where no cell is printed, the target is empty and prints nothing."""
    assert read_target(None).model_dump() == {
        "printed": None,
        "comparator": None,
        "value": None,
        "unit": None,
        "kind": "empty",
    }


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("≥5次及以上", ">=", "5", "次"),
        ("=>5个", ">=", "5", "个"),
        ("=<5%", "<=", "5", "%"),
        ("≤35μg/m³", "<=", "35", "μg/m³"),
        ("≥3萬畝", ">=", "3", "万亩"),
    ],
)
def test_signs_said_twice_and_rare_spellings(text: str, comparator: str, value: str, unit: str) -> None:
    """A sign and a word that say the same are one comparator; traditional characters are read."""
    target = read_target(text)
    assert (target.comparator, target.value, target.unit, target.kind) == (comparator, value, unit, "numeric")
