"""Tests of fundtrace.citations.orders."""

import pytest

from fundtrace.citations import parse_numbers


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("国务院令第711号", "国务院令第711号"),
        ("国令第711号", "国务院令第711号"),
        ("中华人民共和国国务院令 第711号", "国务院令第711号"),
        ("国务院第711号令", "国务院令第711号"),
        ("国务院令第711号令", "国务院令第711号"),
        ("根据国务院令（第711号）", "国务院令第711号"),
        ("省政府令356号", "省政府令第356号"),
        ("中华人民共和国主席令第二十二号", "中华人民共和国主席令第22号"),
        ("中华人民共和国财政部令第94号", "财政部令第94号"),
        ("省政府〔2013〕第2号令", "省政府令2013年第2号"),
        ("财政部令第〇九四号", "财政部令第94号"),
        ("国家发展改革委令2017年第1号", "国家发展改革委令2017年第1号"),
        ("河北省人民政府令〔2019〕第3号", "河北省人民政府令2019年第3号"),
        ("财政部公告2023年第8号", "财政部公告2023年第8号"),
        ("财政部公告（2023）8号", "财政部公告2023年第8号"),
        ("财政部 税务总局公告2023年第12号", "财政部税务总局公告2023年第12号"),
        ("财政部、税务总局公告2023年第12号", "财政部税务总局公告2023年第12号"),
        ("国家税务总局2019年第74号公告", "国家税务总局公告2019年第74号"),
        ("项目文件财政部公告2023年第8号", "财政部公告2023年第8号"),
        ("项目、财政部公告2023年第8号", "财政部公告2023年第8号"),
        ("石家庄市公安局通告2022年第3号", "石家庄市公安局通告2022年第3号"),
    ],
)
def test_decrees_and_announcements(text: str, canonical: str) -> None:
    """Forward and backward spellings, Chinese numerals, joint issuers and the State Council's short name are read."""
    assert [number.canonical for number in parse_numbers(text)] == [canonical]


@pytest.mark.parametrize(
    "text",
    [
        "本公告2023年第8号",
        "指令第3号",
        "财政部公告第8号",
        "国务院令第000号",
        "令第3号",
        "、令第3号",
        "某某公告2023年第3号",
        "军令3号令",
    ],
)
def test_no_order_without_its_issuer(text: str) -> None:
    """令 and 公告 without an agency in front, and an announcement without a year, are no documents."""
    assert parse_numbers(text) == ()
