"""Tests of fundtrace.citations.agencynames."""

import pytest

from fundtrace.citations.agencynames import agencies_before, is_agency, split_agencies
from fundtrace.citations.folding import squeeze


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("河北省财政厅", True),
        ("人力资源社会保障部", True),
        ("中国人民银行石家庄中心支行", True),
        ("我财政局", False),
        ("局", False),
        ("办公室", False),
        ("财政部A", False),
        ("甲" * 40 + "局", False),
        ("就业补助资金", False),
    ],
)
def test_names_of_issuing_bodies(name: str, expected: bool) -> None:
    """A name ends like an agency's, is no pronoun's, and has no other characters than Chinese ones."""
    assert is_agency(name) is expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("河北省财政厅", ("河北省财政厅",)),
        ("河北省财政厅、河北省人力资源和社会保障厅", ("河北省财政厅", "河北省人力资源和社会保障厅")),
        ("河北省财政厅 河北省教育厅", ("河北省财政厅", "河北省教育厅")),
        ("河北省财政厅和河北省教育厅", ("河北省财政厅", "河北省教育厅")),
        ("河北省财政厅河北省教育厅", ("河北省财政厅", "河北省教育厅")),
        ("财政部等11部门", ("财政部",)),
        ("河北省财政厅与项目", ()),
        ("", ()),
    ],
)
def test_a_list_of_names_is_split(text: str, names: tuple[str, ...]) -> None:
    """Names are parted by marks, blanks, 和, or the next region; anything else among them is no list."""
    squeezed = squeeze(text)
    assert split_agencies(squeezed, 0, len(squeezed.text)) == names


@pytest.mark.parametrize(
    ("text", "begin", "names"),
    [
        ("根据河北省财政厅、河北省教育厅《", 2, ("河北省财政厅", "河北省教育厅")),
        ("为做好工作，由财政部：《", 7, ("财政部",)),
        ("落实和政县财政局《", 2, ("和政县财政局",)),
        ("财政部等11部门《", 0, ("财政部",)),
        ("项目、河北省财政厅《", 3, ("河北省财政厅",)),
        ("本项目《", 3, ()),
        ("《", 0, ()),
    ],
)
def test_names_in_front_of_a_title(text: str, begin: int, names: tuple[str, ...]) -> None:
    """The names directly in front are found in printed order; words that lead in are no part of them."""
    squeezed = squeeze(text)
    assert agencies_before(squeezed, 0, len(squeezed.text) - 1) == (begin, names)
