"""Tests of fundtrace.citations.serials."""

import pytest

from fundtrace.citations.serials import MOST_SERIALS, tails


@pytest.mark.parametrize(
    ("text", "year", "serials"),
    [
        ("(2020)186号", 2020, ("186",)),
        ("2020)186号", 2020, ("186",)),
        ("(2020186号", 2020, ("186",)),
        ("2021152号", 2021, ("152",)),
        ("2024年136号", 2024, ("136",)),
        ("(2000)第40号", 2000, ("40",)),
        ("(2022)00001", 2022, ("1",)),
        ("(2021)1、3号", 2021, ("1", "3")),
        ("(2021)1号和3号", 2021, ("1", "3")),
        ("(2021)1-3号", 2021, ("1", "2", "3")),
        ("(2021)1号至3号", 2021, ("1", "2", "3")),
        ("(2021)1-3,7号", 2021, ("1", "2", "3", "7")),
        ("(2021)3-1号", 2021, ("3",)),
        ("(2021)12号-2021年就业", 2021, ("12",)),
        ("(2021)12-2021年就业", 2021, ("12",)),
        ("(2021)12号-13号", 2021, ("12", "13")),
        ("2021-12号", 2021, ("12",)),
        ("((2021))12号", 2021, ("12",)),
        ("(2021)3-0号", 2021, ("3",)),
        ("(2021)1-900号", 2021, ("1", "900")),
        ("(2021)3号,3号楼", 2021, ("3",)),
        ("(2021)3,2021年", 2021, ("3",)),
        ("(2021)3、20215号", 2021, ("3", "20215")),
        ("(2021)3、0号", 2021, ("3",)),
        ("(98)12号", 1998, ("12",)),
        ("(2021)2号、2号", 2021, ("2",)),
    ],
)
def test_years_and_serials(text: str, year: int, serials: tuple[str, ...]) -> None:
    """Brackets may be lost, zeros are dropped, lists and ranges are spelled out as far as 号 closes them."""
    (tail,) = tails(text)
    assert (tail.year, tail.serials) == (year, serials)


@pytest.mark.parametrize(
    "text",
    ["2021年22万元", "(2021)000号", "(2021)", "(2021)号", "1820年3号", "(2021)1234567号", "12021年3号"],
)
def test_no_serial(text: str) -> None:
    """Amounts, missing serials and impossible years are no numbers."""
    assert list(tails(text)) == []


def test_a_list_has_an_end() -> None:
    """A list is read up to a fixed length, so that no text makes work without bound."""
    (tail, *_) = tails("(2021)" + "、".join(map(str, range(1, 500))) + "号")
    assert len(tail.serials) <= MOST_SERIALS
