"""Tests of fundtrace.citations.issuers."""

import pytest

from fundtrace.citations.issuers import firm, issuer_start, never_issuer, strength


@pytest.mark.parametrize(
    ("run", "code"),
    [
        ("冀财社", "冀财社"),
        ("根据沪府规", "沪府规"),
        ("依据巨财社", "巨财社"),
        ("本项目依据冀财社", "冀财社"),
        ("资金由巨财社", "巨财社"),
        ("补助资金冀财社", "冀财社"),
        ("绿地冀财社", "冀财社"),
        ("巨鹿县财政局巨财社", "巨财社"),
        ("人力资源社会保障部人社部发", "人社部发"),
        ("教育部办公厅教高厅函", "教高厅函"),
        ("和政发", "和政发"),
        ("根据和政发", "和政发"),
        ("和冀财社", "冀财社"),
        ("见财社", "财社"),
        ("国卫办基层函", "国卫办基层函"),
        ("经县政府常务会议纪要", "县政府常务会议纪要"),
        ("天气很好今天我们大家一起去看保财社", "保财社"),
        ("天气很好今天我们大家一起去看", None),
        ("关于", None),
        ("", None),
    ],
)
def test_the_code_is_told_from_prose(run: str, code: str | None) -> None:
    """Lead-in words, prose, and full names of agencies are not part of a code."""
    start = issuer_start(run)
    assert (None if start is None else run[start:]) == code


def test_what_stands_in_front_is_considered() -> None:
    """Behind a number 和 joins, behind a figure a unit is the figure's, and a blank may begin a code."""
    assert issuer_start("和政发", after_number=True) == 1
    assert issuer_start("文件精神和普财", after_number=True) == 5
    assert issuer_start("万冀财社", after_digit=True) == 1
    assert issuer_start("年某某发", after_digit=True) == 1
    assert issuer_start("文教冀财社", frozenset({2})) == 2
    assert issuer_start("工商财社", frozenset({2})) == 2
    assert issuer_start("围政办字", frozenset({2})) == 0
    assert issuer_start("单位办字", frozenset({2})) == 2


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("冀财社", "placed"),
        ("财社", "placed"),
        ("国卫办基层函", "placed"),
        ("政办发", "known"),
        ("巨财社", "unknown"),
        ("冀" * 20, "unknown"),
    ],
)
def test_how_well_the_lists_know_a_code(code: str, expected: str) -> None:
    """A code with an area or listed as a whole is placed; one made of known letters is known."""
    assert strength(code) == expected


def test_only_sure_codes_carry_a_year_without_brackets() -> None:
    """Without brackets a code needs an area, a line in the list, or a kind at its end."""
    assert firm("冀人社字")
    assert firm("政办字")
    assert not firm("水电")
    assert not firm("巨财社")


def test_things_are_no_documents() -> None:
    """Contracts and buildings have numbers too."""
    assert never_issuer("采购合同")
    assert not never_issuer("冀财社")
