"""Tests of the grounds of targets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.citations import find_mentions
from fundtrace.recognising.basis import read_basis


@pytest.mark.parametrize(
    ("printed", "category"),
    [
        ("冀人社发[2018]3号", "document"),
        ("《劳动争议仲裁法》五十三条", "document"),
        ("工作计划", "work_plan"),
        ("单位工作年度计划", "work_plan"),
        ("根据工作安排情况及统计情况", "work_plan"),
        ("历史标准", "historical"),
        ("据往年成本测算", "historical"),
        ("参考2020年实际申报通过人数", "historical"),
        ("年初预算", "budget"),
        ("预算数", "budget"),
        ("行业标准", "standard"),
        ("按统一规定执行", "standard"),
        ("租用合同", "contract"),
        ("调查问卷", "survey"),
        ("统计调查", "survey"),
        ("享受待遇人员核定情况", "statistics"),
        ("实际参保缴费情况", "statistics"),
        ("根据市局文件", "instruction"),
        ("按照上级工作要求", "instruction"),
        ("县委县政府工作安排", "instruction"),
        ("经县政府党组会议通过", "meeting"),
        ("目标内容1", "placeholder"),
        ("不涉及", "placeholder"),
        ("/", "placeholder"),
        ("足额缴纳", "other"),
    ],
)
def test_categories(printed: str, category: str) -> None:
    """The word that stands first in the cell tells what sort of ground it is."""
    basis = read_basis(printed, "某指标")
    assert basis is not None
    assert (basis.printed, basis.category) == (printed, category)


@pytest.mark.parametrize(
    ("printed", "name", "description"),
    [
        ("参保率", "参保率（%）", None),
        ("知晓率(≥**%)", "知晓率", None),
        ("到位 时间", "到位率", "到位时间"),
        ("不涉及", "不涉及", "不涉及"),
    ],
)
def test_a_ground_that_repeats_the_indicator(printed: str, name: str, description: str | None) -> None:
    """The indicator's name or description again is no ground, whatever its spelling."""
    basis = read_basis(printed, name, description)
    assert basis is not None
    assert basis.category == "repeats_indicator"


@pytest.mark.parametrize("printed", [None, "", " \u3000"])
def test_an_empty_cell_is_no_ground(printed: str | None) -> None:
    """Nothing printed is absent."""
    assert read_basis(printed, "某指标") is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.none() | st.text(max_size=10))
def test_document_is_exactly_what_the_grammar_finds(text: str, name: str | None) -> None:
    """Any text is accepted, and is a document when and only when a document is named in it."""
    basis = read_basis(text, name)
    assert (basis is None) == (not text.strip())
    if basis is not None:
        assert (basis.category == "document") == bool(find_mentions(basis.printed))
