"""Tests of fundtrace.citations.parsing."""

import pytest

from fundtrace.citations import breaks_off, parse_number, parse_numbers


@pytest.mark.parametrize(
    "text",
    [
        "冀财社〔2020〕186号", "冀财社[2020]186", "冀财社2020186", "冀财社 2020 186", "冀财社2020年186号", "冀财社-2020-186", "冀财社2020-186", " 冀财社【2020】186号 ", "根据冀财社（2020）186号文件精神",
        "《关于甲的通知》（冀财社〔2020〕186号）", "河北省财政厅冀财社〔2020〕186号", "（冀财社〔2020〕186号）", "冀财社〔2020〕０186號", "按照河北省财政厅《关于甲的通知》冀财社〔2020〕186号要求",
    ],
)  # fmt: skip
def test_a_search_box_takes_any_form(text: str) -> None:
    """One number in whatever form, with the words that people paste along, is that number."""
    number = parse_number(text)
    assert number is not None
    assert number.canonical == "冀财社〔2020〕186号"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "就业补助资金",
        "冀财社〔2020〕186号、187号",
        "冀财社〔2020〕1号、财社〔2020〕1号",
        "冀财社〔2020〕186号资金的使用情况",
        "2020186",
        "今天3冀财社〔2020〕186号",
        "冀" * 1000,
    ],
)
def test_a_search_box_does_not_guess(text: str) -> None:
    """No number, several numbers, or a sentence around one is not one number."""
    assert parse_number(text) is None


def test_a_search_box_takes_an_unlisted_code_without_hao() -> None:
    """Brackets alone are enough where the whole text is the number."""
    number = parse_number("巨财社[2020]6")
    assert number is not None
    assert number.canonical == "巨财社〔2020〕6号"
    assert parse_numbers("巨财社[2020]6") == ()


def test_all_numbers_of_a_text() -> None:
    """Numbers are given in order, repeated ones too."""
    assert [n.serial for n in parse_numbers("财会〔2020〕3号、财会〔2020〕4号（财会〔2020〕3号）")] == [
        "3",
        "4",
        "3",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("冀财规【2018】", True),
        ("冀人社字【2019】1", True),
        ("冀财规【20", True),
        ("冀财规【", True),
        ("冀财规【2018】21号", False),
        ("", False),
        ("就业见习", False),
    ],
)
def test_a_number_that_goes_on_in_the_next_cell(text: str, expected: bool) -> None:
    """A text that ends within a number says so."""
    assert breaks_off(text) is expected
