"""Tests of fundtrace.citations.mentions: every printed form, as published documents have it."""

import pytest

from fundtrace.citations import Mention, find_mentions

_BRACKETS_AND_YEAR = [
    ("财预〔2015〕153号", "财预〔2015〕153号"),
    ("渝财农〔2021〕111号", "渝财农〔2021〕111号"),
    ("汉财社字〔2022〕33号", "汉财社字〔2022〕33号"),
    ("冀财社【2020】190号", "冀财社〔2020〕190号"),
    ("沪府规【2016】168号", "沪府规〔2016〕168号"),
    ("渝财行【2015】72号", "渝财行〔2015〕72号"),
    ("冀财金（2020）46号", "冀财金〔2020〕46号"),
    ("冀财采（2018）11号", "冀财采〔2018〕11号"),
    ("沪商规（2024）2号", "沪商规〔2024〕2号"),
    ("鲁财科教(2024)67号", "鲁财科教〔2024〕67号"),
    ("冀政字[2020]10号", "冀政字〔2020〕10号"),
    ("陕财办[2019]69号", "陕财办〔2019〕69号"),
    ("财建[2011]361号", "财建〔2011〕361号"),
    ("财教﹝2021﹞74号", "财教〔2021〕74号"),
    ("邵北财农绩﹝2023﹞1 号", "邵北财农绩〔2023〕1号"),
    ("冀人社字2019 267号", "冀人社字〔2019〕267号"),
    ("冀财社 2024 年 136 号", "冀财社〔2024〕136号"),
    ("冀财社2021152号", "冀财社〔2021〕152号"),
    ("财办202312号", "财办〔2023〕12号"),
    ("川财行2020〕189号", "川财行〔2020〕189号"),
    ("冀价行费字【2000】第40号", "冀价行费字〔2000〕40号"),
    ("农渔野审【2020】第110002号", "农渔野审〔2020〕110002号"),
    ("渝财(2022)00001", "渝财〔2022〕1号"),
    ("（81）卫防字26号", "卫防字〔1981〕26号"),
    ("财預〔2021〕101號", "财预〔2021〕101号"),
    ("京政发[2023]005号", "京政发〔2023〕5号"),
    ("皖财社〔２０２０〕４５５号", "皖财社〔2020〕455号"),
    ("卫基层秘〔2018〕 410 号", "卫基层秘〔2018〕410号"),
    ("冀政 【2008】 53 号", "冀政〔2008〕53号"),
    ("会议纪要〔2024〕59 号", "会议纪要〔2024〕59号"),
    ("党委会〔2018〕9期", "党委会〔2018〕9号"),
    ("冀政〔98〕12号", "冀政〔1998〕12号"),
    ("国令第711号", "国务院令第711号"),
    ("省政府令356号", "省政府令第356号"),
    ("财政部公告2023年第8号", "财政部公告2023年第8号"),
    ("冀财社《2020》186号", "冀财社〔2020〕186号"),
    ("甘财社2021-45号", "甘财社〔2021〕45号"),
    ("县长办公会议纪要2023年第6期", "县长办公会议纪要〔2023〕6号"),
]


def _one(text: str) -> Mention:
    (mention,) = find_mentions(text)
    return mention


@pytest.mark.parametrize(("printed", "canonical"), _BRACKETS_AND_YEAR)
def test_every_written_form_alone(printed: str, canonical: str) -> None:
    """Each written form seen in published documents gives its canonical number, and is kept as printed."""
    mention = _one(printed)
    assert mention.number is not None
    assert mention.number.canonical == canonical
    assert mention.printed == printed
    assert mention.kind == mention.number.kind


@pytest.mark.parametrize(("printed", "canonical"), _BRACKETS_AND_YEAR)
@pytest.mark.parametrize(
    "frame", ["根据{}文件精神", "资金到位（{}）", "{}文", "1.{}；2.按照文件", "（{}）第四条"]
)
def test_every_written_form_in_a_sentence(printed: str, canonical: str, frame: str) -> None:
    """Words and marks around a number are no part of it."""
    mention = _one(frame.format(printed))
    assert mention.number is not None
    assert (mention.number.canonical, mention.printed) == (canonical, printed)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("普投\n资规范（2023）1号", "普投资规范（2023）1号"),
        ("普财\n〔2008〕30号", "普财〔2008〕30号"),
        ("财\n办农〔2019〕68号", "财办农〔2019〕68号"),
        ("冀政字\n[2020]155号", "冀政字[2020]155号"),
        ("冀财规【2018】\t21 号", "冀财规【2018】21 号"),
    ],
)
def test_a_break_within_a_number(text: str, printed: str) -> None:
    """A break of line or cell may stand anywhere within a number; it is not printed text."""
    assert _one(text).printed == printed


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("和普发改投〔2018〕53号", "普发改投〔2018〕53号"),
        ("2022年中央财政困难群众救助补助资金7423万冀财社2021152号", "冀财社〔2021〕152号"),
        ("特急 冀财社明电〔2020〕3号", "冀财社明电〔2020〕3号"),
        ("资金巨财社〔2020〕3号", "巨财社〔2020〕3号"),
        ("项目依據財預〔2021〕101號", "财预〔2021〕101号"),
        ("依据国发[2005]36", "国发〔2005〕36号"),
        ("2019年国发〔2019〕3号", "国发〔2019〕3号"),
    ],
)
def test_words_glued_in_front(text: str, canonical: str) -> None:
    """Lead-in words, names of projects and amounts glued to a code are taken off it."""
    mention = _one(text)
    assert mention.number is not None
    assert mention.number.canonical == canonical
    assert mention.issuers == ()


@pytest.mark.parametrize(
    ("text", "canonicals"),
    [
        (
            "冀政人社字【2017】251号、冀人社发【2018】34号",
            ["冀政人社字〔2017〕251号", "冀人社发〔2018〕34号"],
        ),
        (
            "川财建〔2020〕427 号 + 川经信装备〔2021〕124 号",
            ["川财建〔2020〕427号", "川经信装备〔2021〕124号"],
        ),
        ("沪府规〔2016〕168号和普发改投〔2018〕53号", ["沪府规〔2016〕168号", "普发改投〔2018〕53号"]),
        (
            "冀人社字【2019】124 号文件、冀人社字【2019】202 号",
            ["冀人社字〔2019〕124号", "冀人社字〔2019〕202号"],
        ),
        ("冀财社[2021]1—3号", ["冀财社〔2021〕1号", "冀财社〔2021〕2号", "冀财社〔2021〕3号"]),
        ("冀财社〔2021〕1、3号", ["冀财社〔2021〕1号", "冀财社〔2021〕3号"]),
        (
            "冀财社〔2020〕186号，冀财教〔2021〕3号；财社〔2020〕1号",
            ["冀财社〔2020〕186号", "冀财教〔2021〕3号", "财社〔2020〕1号"],
        ),
        ("冀财社〔2020〕186号冀财教〔2021〕3号", ["冀财社〔2020〕186号", "冀财教〔2021〕3号"]),
    ],
)
def test_several_numbers(text: str, canonicals: list[str]) -> None:
    """All numbers of a cell are found, in printed order, lists and ranges spelled out."""
    assert [m.number.canonical for m in find_mentions(text) if m.number] == canonicals


def test_members_of_a_list_share_their_printed_text() -> None:
    """The written form that a number of a list comes from is the list."""
    assert {(m.printed, m.start, m.end) for m in find_mentions("见冀财社〔2021〕1、3号")} == {
        ("冀财社〔2021〕1、3号", 1, 14)
    }


def test_a_bare_mention_has_a_span() -> None:
    """`start` and `end` are positions in the text, around issuers, number, title and article."""
    text = "按照 省财政厅《关于甲的通知》（冀财社〔2020〕1号）第三条 执行"
    mention = _one(text)
    assert text[mention.start : mention.end] == "省财政厅《关于甲的通知》（冀财社〔2020〕1号）第三条"
    assert (mention.printed, mention.title, mention.article) == (
        "冀财社〔2020〕1号",
        "关于甲的通知",
        "第三条",
    )
    assert mention.issuers == ("省财政厅",)


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("（沪商规（2024）2号）第四条", "第四条"),
        ("（普投资规范（2023）1号）第一条", "第一条"),
        ("《劳动争议仲裁法》五十三条", "五十三条"),
        ("《劳动合同法》第五十条、第五十一条第一款", "第五十条、第五十一条第一款"),
        ("《预算法》第3条第（二）项", "第3条第（二）项"),
        ("《劳动争议仲裁法》", None),
        ("冀财社〔2020〕1号文件第三条", "第三条"),
        ("冀财社〔2020〕1号文第三条", "第三条"),
        ("《预算法》第十、十二条", "第十、十二条"),
        ("《预算法》第3-5条", "第3-5条"),
        ("《预算法》第三十二条之一", "第三十二条之一"),
        ("《预算法》（2018年修正）第三十二条", "第三十二条"),
        ("《预算法》32条", "32条"),
        ("《预算法》3条", None),
    ],
)
def test_articles(text: str, article: str | None) -> None:
    """The article behind a number or a title is kept as printed."""
    assert _one(text).article == article


@pytest.mark.parametrize(
    "text",
    [
        "《论语》",
        "《失业登记表》",
        "根据《租赁合同》",
        "以下简称《办法》",
        "“冬病夏治”",
        "《健康中国2030》",
        "根据市局文件",
        "关于做好工作的通知",
    ],
)
def test_quoted_things_that_are_no_documents(text: str) -> None:
    """Books, forms, contracts, slogans and back references are not documents; a title without marks needs a number."""
    assert find_mentions(text) == ()


def test_a_lead_in_word_makes_an_unlikely_title_a_document() -> None:
    """《健康中国2030》 says nothing of itself; 根据 in front of it, or an article behind it, does."""
    assert _one("根据《健康中国2030》").kind == "titled"
    assert _one("《健康中国2030》第三条").kind == "titled"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("根据黑财指(社)[2022]15号文件", "黑财指（社）〔2022〕15号"),
        ("宁财（社）指标〔2022〕15号下达", "宁财（社）指标〔2022〕15号"),
        ("冀财社{2020}190号", "冀财社〔2020〕190号"),
        ("冀财社「2020」190号", "冀财社〔2020〕190号"),
        ("冀财社〔2020〕190号-1", "冀财社〔2020〕190号"),
        ("冀财社〔2020〕186-1号", "冀财社〔2020〕186号"),
        ("冀财社〔2020〕12号-2021年就业补助资金", "冀财社〔2020〕12号"),
    ],
)
def test_a_field_in_brackets_and_rare_brackets(text: str, number: str) -> None:
    """A province's finance office may print its field in brackets; any bracket may stand around the year."""
    assert [str(m.number and m.number.canonical) for m in find_mentions(text)] == [number]


@pytest.mark.parametrize("text", ["办法（财社）〔2020〕12号", "河北省财政厅（社保）〔2020〕12号"])
def test_a_word_in_brackets_is_no_field(text: str) -> None:
    """Only behind the code of a province's finance office are brackets a part of the code."""
    assert [m for m in find_mentions(text) if m.number] == []


def test_a_blank_within_an_article_is_the_prints() -> None:
    """An article is given without the blanks that a narrow cell left in it."""
    assert find_mentions("《中华人民共和国教师法》第二十 一条")[0].article == "第二十一条"


@pytest.mark.parametrize(
    "text",
    [
        "合同号〔2020〕12号",
        "合同编号：冀财合〔2020〕12号",
        "采购项目编号顺采〔2021〕33号",
        "招标文件编号：顺招〔2021〕33号",
        "许可证号：冀许〔2021〕33号",
        "档案（2020）1号",
        "2020年第一批（2020）1号",
        "新建2021年3号公厕",
        "新建（2021）3号泵站",
        "长江2021年5号洪水",
        "按照〈预算法〉",
    ],
)
def test_numbers_of_other_things(text: str) -> None:
    """What a label calls a contract's, a tender's or a permit's number is none of a document, nor is a building's."""
    assert find_mentions(text) == ()


def test_a_label_of_another_thing_does_not_hide_a_code_that_the_lists_know() -> None:
    """项目编号：冀财社〔2020〕1号 is a document's number all the same; behind 合同编号 it is not."""
    assert [m.printed for m in find_mentions("项目编号：冀财社〔2020〕1号")] == ["冀财社〔2020〕1号"]
    assert find_mentions("合同编号：冀财社〔2020〕1号") == ()


def test_words_that_lead_in_are_no_agency() -> None:
    """根据省厅 in front of a number names nobody."""
    assert _one("根据省厅冀财社〔2020〕186号").issuers == ()
