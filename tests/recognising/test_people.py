"""Tests that contacts never survive."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.recognising import people
from fundtrace.recognising.people import WITHHELD, is_contact_label, withhold
from fundtrace.recognising.widths import narrow

digits = st.text(alphabet="0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize(
    "label",
    [
        "项目负责人及联系电话",
        "联系人",
        "填报人",
        "联系电话：",
        "电 话",
        "单位负责人（签章）",
        "项目负责人/联系电话",
        "负责人姓名",
        "联系方式",
    ],
)
def test_labels_of_contacts(label: str) -> None:
    """The labels that a contact's cell follows are known, spaced or not."""
    assert is_contact_label(label)


@pytest.mark.parametrize(
    "label", ["实施单位", "主管部门及代码", "项目负责人职责", "单位名称", "", "数量指标"]
)
def test_other_labels(label: str) -> None:
    """Labels of organisations and of values are no contact's."""
    assert not is_contact_label(label)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("联系人：张三 联系电话：0312-1234567", f"联系人：{WITHHELD} 联系电话：{WITHHELD}"),
        ("联系人 张三", f"联系人 {WITHHELD}"),
        ("填报人：李 四   电话：7651234", f"填报人：{WITHHELD}   电话：{WITHHELD}"),
        ("联系人：张三、李四；", f"联系人：{WITHHELD}；"),
        ("联系人:阿依·古丽", f"联系人:{WITHHELD}"),
        ("电话（0312）7651234", f"电话{WITHHELD}"),
        ("王某某 13900000000", WITHHELD),
        ("13900000000，13800000000", f"{WITHHELD}，{WITHHELD}"),
        ("１３９００００００００", WITHHELD),
        ("139 0000 0000", WITHHELD),
        ("130525199001011234", WITHHELD),
        ("someone@example.org", WITHHELD),
    ],
)
def test_names_and_numbers_are_withheld(text: str, kept: str) -> None:
    """Names behind a contact's label, and numbers anywhere, are replaced."""
    assert withhold(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "13063621KBZ5IOG4SDMWN",
        "13060522P003979100010",
        "323-1001-JBN-GPQK",
        "3,286,618,082.20",
        "13900000000元",
        "13900000000.00",
        "咨询电话：12333",
        "项目负责人负责组织实施",
        "项目负责人：负责项目的组织实施",
        "冀财社〔2020〕186号",
        "2022-2025",
        "",
    ],
)
def test_everything_else_is_kept(text: str) -> None:
    """Codes, amounts, document numbers, hotlines and duties are no contacts."""
    assert withhold(text) == text


@settings(max_examples=200, deadline=None)
@given(
    before=st.sampled_from(["", "电话", "手机：", "张三", "，", "(", "联系人李四 "]),
    rest=digits,
    after=st.sampled_from(["", "，", ")", "。", " 元月", "\n"]),
)
def test_no_mobile_number_survives(before: str, rest: str, after: str) -> None:
    """Whatever stands around a mobile number, it is gone, and withholding again changes nothing."""
    number = f"139{rest}"
    kept = withhold(f"{before}{number}{after}")
    assert number not in kept
    assert withhold(kept) == kept


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_accepted(text: str) -> None:
    """No text raises."""
    withhold(text)
    is_contact_label(text)


HOSTILE = (
    "联系人" + " " * 5000,
    "甲" * 5000,
    "(" * 5000,
    "1" * 5000,
    "TC " * 2000,
    "绩效目标表(" * 1000,
    "联系人：" + "和" * 5000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_long_runs_are_read_in_one_go(text: str) -> None:
    """Long runs of one sign end like any other text: they hold no contact, or a label and what follows it."""
    assert withhold(text).startswith(text[:3])


_PIECES = st.sampled_from(
    [*"0123456789负责联系人员表导项目电话手机 :：-—()（）@.、，张三李四转Xx+\n", "联系人", "负责人：", "填报人员", "制表",
     "分管领导 ", "电话", "传真：", "139", "0312", "1234567", "86", "19900101", "a.b@c.de", "１３９００００００００"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
@settings(max_examples=400, deadline=None)
def test_a_first_look_leaves_out_no_contact(text: str) -> None:
    """What the quick look at a text passes over holds nothing that the patterns would find."""
    folded = narrow(text)
    patterns = (*people._NAMES, *people._NUMBERS, people._ADDRESS)
    spans = [match.span("secret") for pattern in patterns for match in pattern.finditer(folded)]
    assert withhold(text) == people._without(text, spans)
    assert people.is_plain(text) == (withhold(text) == text and not is_contact_label(text))
