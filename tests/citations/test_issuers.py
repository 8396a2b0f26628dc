"""Tests of fundtrace.citations.issuers."""

import pytest

from fundtrace.citations.issuers import issuer_start


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
        ("县政府顺政字", "顺政字"),
        ("财政局巨财社", "巨财社"),
        ("顺平县委办公室顺办字", "顺办字"),
        ("顺平县政府办顺政办字", "顺政办字"),
        ("顺平县扶贫办顺扶办", "顺扶办"),
        ("指标文号顺财社", "顺财社"),
        ("第二批顺财社", "顺财社"),
        ("经顺财社", "顺财社"),
        ("从化财社", "从化财社"),
        ("由和财农", "和财农"),
        ("和政县财政局和财农", "和财农"),
        ("和财农", "财农"),
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
    ("run", "code"),
    [
        ("特困供养顺财社", "顺财社"),
        ("村级代办员顺财社", "顺财社"),
        ("城乡居民补充养老顺平县财社", "顺平县财社"),
        ("农村饮水设施维修邢市财社", "邢市财社"),
        ("高中助学金保财教", "保财教"),
        ("大气污染防治财资环", "财资环"),
        ("公共文化服务财教", "财教"),
        ("基层医改国办发", "国办发"),
        ("家庭医生签约国卫基层发", "国卫基层发"),
        ("群众文体比赛顺教字", "顺教字"),
        ("安保经费合川府发", "合川府发"),
        ("三年行动计合川府发", "合川府发"),
    ],
)
def test_a_code_is_told_from_prose_that_nothing_parts_it_from(run: str, code: str) -> None:
    """A central code, a place's name or a letter that places begin with ends the prose in front of a code."""
    assert run[issuer_start(run) :] == code


@pytest.mark.parametrize(
    "run", ["合川府发", "江津府发", "北川府发", "石家庄高新财社", "乌中政办发", "经开财社"]
)
def test_a_code_with_a_letter_of_a_province_stays_whole(run: str) -> None:
    """川 in 合川 and 津 in 江津 are no provinces, and a zone's code is not cut."""
    assert issuer_start(run) == 0


def test_nothing_in_front_makes_he_a_place() -> None:
    """和财农 where nothing stands that 和 could join is a code of 和政's, not the Ministry's."""
    assert issuer_start("和财农", fresh=True) == 0
    assert issuer_start("和冀财社", fresh=True) == 1
