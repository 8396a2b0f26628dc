"""Tests of fundtrace.citations.numberspans."""

import pytest

from fundtrace.citations import parse_numbers


@pytest.mark.parametrize(
    "text",
    [
        "2021年22万元", "2021年第3号楼", "石家庄市2021年第12号台风", "（2024年）", "2024年3月15日", "0312-7612345", "电话03127612345号", "3333个", "第53条",
        "（2021）1号", "合同（2021）1号", "采购合同编号〔2021〕3号", "教学楼(2021)3号", "川财规〔2025〕号", "湘人社规〔2025〕", "第20次县政府党组会议", "V2.0.21",
        "每月20号之前", "冀财社〔2020〕", "（2019）冀01民终123号", "财政（2021）100", "资金(2022)100万元", "冀财预字第12号", "水电2021年3号", "巨财社2021年3号",
        "某社区(2021)3号楼", "财会月刊〔2018〕9期", "〔2021〕1号、〔2022〕2号", "文件(98)3号", "(81)资金字3号", "(81)卫防字000号", "根据文〔2020〕3号",
    ],
)  # fmt: skip
def test_no_number_is_invented(text: str) -> None:
    """Amounts, dates, buildings, contracts, cases and numbers without serial or issuer are no documents."""
    assert parse_numbers(text) == ()


def test_the_code_is_inherited_by_a_further_year() -> None:
    """〔2021〕3号 directly behind a number stands under the same code."""
    assert [n.canonical for n in parse_numbers("冀财社〔2020〕186号、〔2021〕3号")] == [
        "冀财社〔2020〕186号",
        "冀财社〔2021〕3号",
    ]
    assert len(parse_numbers("国务院令第711号、〔2021〕3号")) == 1
    assert len(parse_numbers("冀财社〔2020〕186号以及后来的〔2021〕3号")) == 1


def test_a_connector_or_the_letter_of_a_place() -> None:
    """和 behind a number joins; on a line of its own it begins the code of a place; 巨 财 社 is one code."""
    assert [n.issuer for n in parse_numbers("财社〔2020〕1号和政发〔2020〕1号")] == ["财社", "政发"]
    assert [n.issuer for n in parse_numbers("财社〔2020〕1号 和 政发〔2020〕1号")] == ["财社", "政发"]
    assert [n.issuer for n in parse_numbers("财社〔2020〕1号\n和政发〔2020〕1号")] == ["财社", "和政发"]
    assert [n.issuer for n in parse_numbers("巨 财 社〔2020〕1号")] == ["巨财社"]


def test_numbers_do_not_overlap_orders() -> None:
    """A decree and a numbered document in one text are both found, in order."""
    text = "根据国务院令第711号、财政部公告2023年第8号和冀政办字〔2019〕5号"
    assert [n.kind for n in parse_numbers(text)] == ["decree", "announcement", "numbered"]
