"""What stands above a table."""

from __future__ import annotations

import pytest

from fundtrace.recognising.captions import (
    Caption,
    coded,
    is_furniture,
    is_title,
    money_unit_above,
    name_in,
    title_of,
    unit_above,
)
from fundtrace.records import Position


def _caption(text: str) -> Caption:
    return Caption(text, 1, Position(page=None, table=None, row=None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.修桥绩效目标表", True),
        ("项目支出绩效目标表 （2024年度）", True),
        ("石桥县水务局整体支出绩效目标表", True),
        ("项目支出绩效自评表", True),
        ("1、修桥绩效目标表..... 6", False),
        ("部门预算收支总表", False),
        ("修桥绩效目标", False),
        ("修桥绩效目标表（续）", False),
    ],
)
def test_titles_of_tables(text: str, expected: bool) -> None:
    """A title names a table of goals; its line in a table of contents does not."""
    assert is_title(_caption(text)) is expected


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2.2022年修桥绩效目标表", "2022年修桥"),
        ("12、石政发〔2019〕3号修桥绩效目标表", "石政发〔2019〕3号修桥"),
        ("项目支出绩效目标表", None),
        ("2022-修桥绩效目标表", "2022-修桥"),
    ],
)
def test_the_name_in_a_title(title: str, name: str | None) -> None:
    """A title without its number and its last word is the project's name, if anything is left."""
    assert name_in(_caption(title)) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("323001石桥县水务局（本级）", ("323001", "石桥县水务局（本级）")),
        ("323 石桥县水务局", ("323", "石桥县水务局")),
        ("单位名称：[323001]石桥县水务局", ("323001", "石桥县水务局")),
        ("2020 年部门预算", None),
        ("323001", None),
        ("100年庆典", None),
    ],
)
def test_codes_in_front_of_names(text: str, expected: tuple[str, str] | None) -> None:
    """Three or six digits in front of a name are a code; a year is none."""
    assert coded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 23 -", True),
        ("第 3 页 共 9 页", True),
        ("预算年度：2025", True),
        ("单位：万元", True),
        ("323 石桥县水务局", True),
        ("（2024 年度）", True),
        ("续表", True),
        ("修桥绩效目标表（续表2）", True),
        ("修桥（续）", False),
        ("1.修桥绩效目标表", False),
        ("本表由水务局填写", False),
    ],
)
def test_what_a_page_repeats(text: str, expected: bool) -> None:
    """Units, years, page numbers: what may stand between two pieces of one table."""
    assert is_furniture(_caption(text)) is expected


def test_the_nearest_wins() -> None:
    """Of several titles, units and units of money the nearest above the table counts."""
    texts = (
        "甲绩效目标表",
        "111001甲局",
        "单位：元",
        "乙绩效目标表",
        "222002乙局",
        "222 乙部门",
        "单位：万元",
    )
    captions = [_caption(text) for text in texts]
    title, unit = title_of(captions), unit_above(captions)
    assert title is not None
    assert unit is not None
    assert (title.text, unit.code, unit.name, money_unit_above(captions)) == (
        "乙绩效目标表",
        "222002",
        "乙局",
        "万元",
    )
    assert title_of([]) is None
    assert unit_above([]) is None
    assert money_unit_above([]) is None
