"""Property tests of the grammar: any number, in any written form, in any sentence; and any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.citations import (
    DocumentNumber,
    breaks_off,
    decode_issuer,
    find_mentions,
    fold,
    parse_number,
    parse_numbers,
    suggest,
    title_kind,
)

_AREAS = ["", "冀", "川", "粤", "豫", "渝", "沪", "皖", "琼", "保", "普", "深"]
_ORGANS = [
    "财社",
    "财教",
    "财农",
    "财资环",
    "人社",
    "政办",
    "发改",
    "卫健",
    "教",
    "财非税",
    "财办",
    "商务",
    "府办",
]
_KINDS = ["", "发", "字", "函", "规"]
_BRACKETED = ["黑财指（社）", "黑财指（农）", "新财（社）指"]
_UNLISTED = ["巨财社", "鹿教字", "某建发", "瓦办字", *_BRACKETED]
_BRACKETS = ["〔〕", "【】", "（）", "()", "[]", "［］", "﹝﹞", "{}", "「」", "〖〗"]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_BLANKS = st.sampled_from(["", "", "", " ", "\n", "\u3000", " \n"])

numbers = st.builds(
    DocumentNumber,
    st.one_of(
        st.tuples(st.sampled_from(_AREAS), st.sampled_from(_ORGANS), st.sampled_from(_KINDS))
        .map("".join)
        .filter(lambda code: len(code) > 2),
        st.sampled_from(_UNLISTED),
    ),
    st.integers(1985, 2039),
    st.integers(1, 99999).map(str),
)


@st.composite
def written(draw: st.DrawFn, number: DocumentNumber) -> str:
    """Any written form of a number."""
    year, serial = str(number.year), draw(st.sampled_from(["", "0", "00"])) + number.serial
    style = draw(st.sampled_from(["brackets", "brackets", "brackets", "one", "year", "blank"]))
    if number.issuer in _UNLISTED or number.issuer.startswith(
        ("财", "人", "政", "发", "卫", "教", "商", "府")
    ):
        style = "brackets"  # without brackets a code must have a known area
    opening, closing = draw(st.sampled_from(_BRACKETS))
    front, behind = {
        "brackets": (opening, closing),
        "one": draw(st.sampled_from([("", closing), (opening, "")])),
        "year": ("", "年"),
        "blank": ("", " "),
    }[style]
    ordinal = draw(st.sampled_from(["", "第"])) if style in ("brackets", "year") else ""
    if draw(st.booleans()):
        year, serial = year.translate(_WIDE), serial.translate(_WIDE)
    issuer = number.issuer if number.issuer in _UNLISTED else draw(_BLANKS).join(number.issuer)
    mark = draw(st.sampled_from(["号", "號"]))
    return draw(_BLANKS).join([issuer, front, year, behind, ordinal, serial, mark])


_FRONT = [
    "",
    "根据",
    "按照",
    "依据",
    "详见",
    "为落实",
    "补助资金",
    "2022年度补助7423万元，",
    "（",
    "《关于甲的意见》（",
    "1.",
    "立项依据：",
    "资金合计22.5万元；",
    "本项目执行",
]
_BEHIND = [
    "",
    "文件",
    "文",
    "文件精神",
    "要求",
    "）",
    "。",
    "，共22万元",
    "；2021年22万元",
    "（2024年）",
    "等文件",
]


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_number_in_any_form_in_any_sentence(data: st.DataObject) -> None:
    """A number is read back exactly from whatever form it is written in and whatever stands around it."""
    number = data.draw(numbers)
    text = (
        data.draw(st.sampled_from(_FRONT)) + data.draw(written(number)) + data.draw(st.sampled_from(_BEHIND))
    )
    assert parse_numbers(text) == (number,), text


@given(st.lists(numbers, min_size=1, max_size=5), st.data())
@settings(max_examples=100, deadline=None)
def test_any_list_of_numbers(several: list[DocumentNumber], data: st.DataObject) -> None:
    """Several numbers in one cell are read back in order."""
    texts = [data.draw(written(number)) for number in several]
    text = data.draw(st.sampled_from(["、", "，", ",", "+", " + ", "；", "\n", "。", "；\n"])).join(texts)
    assert list(parse_numbers(text)) == several, text


@given(numbers)
@settings(max_examples=100, deadline=None)
def test_the_canonical_form_is_a_fixed_point(number: DocumentNumber) -> None:
    """The canonical form is a written form of its number, also in a search box."""
    assert parse_number(number.canonical) == number
    assert DocumentNumber.of_canonical(number.canonical) == number


_NUMBER_FREE = st.sampled_from(
    ["2021年22万元", "2024年3月15日", "0312-7612345", "3333个", "≥95%", "第53条", "（2024年）", "12月底", "100.00", "3号楼", "每月20号前", "v1.2.3", "1:2", "13052925P00004710003D", "2080101", "第三季度", "≤60 天", "50.00%", "202312", "就业人数", "资金", "、", "。", "\n"]
)  # fmt: skip


@given(st.lists(_NUMBER_FREE, max_size=12), st.sampled_from(["", " ", "，", "\t"]))
@settings(max_examples=200, deadline=None)
def test_no_number_is_found_where_none_is(pieces: list[str], mark: str) -> None:
    """Dates, amounts, telephones, codes and counts in any order give no document."""
    assert find_mentions(mark.join(pieces)) == ()


_PIECES = st.sampled_from(
    [*"冀财社和与将经于从年号期令第字发函《》〔〕【】()[]0123456789、，。 \n", "〔2020〕", "2021", "号", "根据", "关于", "的通知", "河北省财政厅", "公告", "国务院", "会议纪要", "第二十", "资金", "等11部门", "第三条", "(81)"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=30).map("".join)))
@settings(max_examples=200, deadline=None)
def test_every_function_takes_every_text(text: str) -> None:
    """No text makes the grammar raise; spans lie in the text; every number is a fixed point of its canonical form."""
    mentions = find_mentions(text)
    assert len(fold(text)) == len(text)
    decode_issuer(text)
    title_kind(text)
    breaks_off(text)
    suggest(parse_numbers(text))
    parse_number(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.printed
        assert mention.number or mention.title
        if mention.number:
            assert parse_number(mention.number.canonical) == mention.number
            assert DocumentNumber.of_canonical(mention.number.canonical) == mention.number


@pytest.mark.parametrize(
    "piece",
    ["《", "》", "关于", "《关于印发", "冀财社〔2020〕1号", "冀财社〔2020〕1号《", "〔2020〕1号、", "、财政厅", "和", "根据", "(81)卫字1号", "1、", "号令", "关于的通知冀财社〔2020〕1号。", "省县财政厅公告2023年第1号", "的", " \n"],
)  # fmt: skip
def test_a_hundred_kilobytes_of_anything(piece: str) -> None:
    """Texts made to be hard take bounded work: the test ends."""
    text = piece * (100_000 // len(piece.encode()))
    assert all(mention.end <= len(text) for mention in find_mentions(text))
