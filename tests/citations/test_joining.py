"""Tests of fundtrace.citations.joining: which number and which title name one document."""

import pytest

from fundtrace.citations import find_mentions

_HEBEI = ("河北省财政厅", "河北省人力资源和社会保障厅")


@pytest.mark.parametrize(
    ("text", "number", "title", "issuers"),
    [
        ("冀财社【2020】190号-河北省财政厅关于提前下达补助资金的通知", "冀财社〔2020〕190号", "关于提前下达补助资金的通知", ("河北省财政厅",)),
        ("冀价行费字（2000）40号关于调整收费标准的批复", "冀价行费字〔2000〕40号", "关于调整收费标准的批复", ()),
        ("冀财金（2020）54号 河北省财政厅关于提前下达专项（贴息）资金的通知12.24", "冀财金〔2020〕54号", "关于提前下达专项（贴息）资金的通知", ("河北省财政厅",)),
        ("根据河北省财政厅、河北省人力资源和社会保障厅《关于甲的通知》冀财社【2020】186号文件", "冀财社〔2020〕186号", "关于甲的通知", _HEBEI),
        ("冀财社【2020】186号河北省财政厅、河北省人力资源和社会保障厅《关于甲的通知》", "冀财社〔2020〕186号", "关于甲的通知", _HEBEI),
        ("财政部等11部门《关于某事的通知》(财农〔2021〕22号)", "财农〔2021〕22号", "关于某事的通知", ("财政部",)),
        ("《关于某项目的复函》普财建函[2024]26号正式立项", "普财建函〔2024〕26号", "关于某项目的复函", ()),
        ("冀人社规【2019】1号河北省人力资源和社会保障厅关于印发《河北省创业担保贷款实施办法》的通知", "冀人社规〔2019〕1号",
         "关于印发《河北省创业担保贷款实施办法》的通知", ("河北省人力资源和社会保障厅",)),
        ("河北省财政厅关于印发《甲办法》的通知（冀财规〔2018〕21号）", "冀财规〔2018〕21号", "关于印发《甲办法》的通知", ("河北省财政厅",)),
        ("关于提前下达补助资金的通知（冀财社〔2020〕186号）", "冀财社〔2020〕186号", "关于提前下达补助资金的通知", ()),
        ("“关于甲的通知”（文号：冀财社〔2020〕186号）", "冀财社〔2020〕186号", "关于甲的通知", ()),
        ("《保障农民工工资支付条例》（国务院令第724号）", "国务院令第724号", "保障农民工工资支付条例", ()),
        ("《甲意见》（以下简称《意见》）（国办发〔2015〕12号）", "国办发〔2015〕12号", "甲意见", ()),
        ("冀政办字〔2020〕1号印发的《甲办法》", "冀政办字〔2020〕1号", "甲办法", ()),
        ("省财政厅《关于落实冀财社〔2020〕5号的通知》冀财社〔2021〕9号", "冀财社〔2021〕9号", "关于落实冀财社〔2020〕5号的通知", ("省财政厅",)),
        ("《冀财社〔2020〕186号》", "冀财社〔2020〕186号", None, ()),
        ("《冀财社〔2020〕186号河北省财政厅关于甲的通知》", "冀财社〔2020〕186号", "关于甲的通知", ("河北省财政厅",)),
        ("《关于甲的通知（冀财社〔2020〕186号）》", "冀财社〔2020〕186号", "关于甲的通知", ()),
        ("《甲（冀财社〔2020〕186号）》", "冀财社〔2020〕186号", None, ()),
        ("《冀财社〔2020〕186号", "冀财社〔2020〕186号", None, ()),
        ("《关于做好工作的通知 冀财社〔2020〕5号", "冀财社〔2020〕5号", "关于做好工作的通知", ()),
        ("苏州市住房和城乡建设局苏住建规〔2011〕4号", "苏住建规〔2011〕4号", None, ("苏州市住房和城乡建设局",)),
        ("现转发财政部、人力资源社会保障部 财社〔2017〕164号", "财社〔2017〕164号", None, ("财政部", "人力资源社会保障部")),
        ("冀财社【2020】172号（直达资金）提前下达就业补助资金", "冀财社〔2020〕172号", None, ()),
        ("冀财社〔2020〕1号关于资金使用，应当严格。", "冀财社〔2020〕1号", None, ()),
        ("《河北省财政厅 河北省民政厅关于下达资金的通知》（冀财社〔2021〕3号）", "冀财社〔2021〕3号", "河北省财政厅 河北省民政厅关于下达资金的通知",
         ("河北省财政厅", "河北省民政厅")),
        ("冀财社〔2021〕3号《河北省财政厅关于下达资金的通知》", "冀财社〔2021〕3号", "河北省财政厅关于下达资金的通知", ("河北省财政厅",)),
        ("冀财社〔2021〕3号（关于下达资金的通知）", "冀财社〔2021〕3号", "关于下达资金的通知", ()),
        ("冀财社〔2021〕3号（《关于下达资金的通知》）", "冀财社〔2021〕3号", "关于下达资金的通知", ()),
        ("根据（冀财社〔2021〕3号）《关于下达资金的通知》", "冀财社〔2021〕3号", "关于下达资金的通知", ()),
        ("【冀财社〔2021〕3号】关于下达资金的通知", "冀财社〔2021〕3号", "关于下达资金的通知", ()),
        ("【关于下达资金的通知】冀财社〔2021〕3号", "冀财社〔2021〕3号", "关于下达资金的通知", ()),
        ("<关于下达资金的通知>（冀财社〔2021〕3号）", "冀财社〔2021〕3号", "关于下达资金的通知", ()),
        ("冀财社〔2021〕3号提前下达救助补助资金预算的通知", "冀财社〔2021〕3号", "提前下达救助补助资金预算的通知", ()),
        ("提前下达救助补助资金预算的通知（冀财社〔2021〕3号）", "冀财社〔2021〕3号", "提前下达救助补助资金预算的通知", ()),
        ("《甲办法》的通知（冀财社〔2021〕3号）", "冀财社〔2021〕3号", "甲办法", ()),
        ("《关于印发《甲办法的通知》（冀财社〔2021〕3号）", "冀财社〔2021〕3号", "关于印发《甲办法的通知", ()),
        ("《关于落实《关于甲的通知》有关事项的通知》（冀财社〔2021〕3号）", "冀财社〔2021〕3号", "关于落实《关于甲的通知》有关事项的通知", ()),
        ("冀财社〔2021〕3号下达资金用于落实省政府的决定", "冀财社〔2021〕3号", None, ()),
        ("冀财社〔2020〕1号文件关于加强监管的精神", "冀财社〔2020〕1号", None, ()),
    ],
)  # fmt: skip
def test_number_and_title_are_one_document(
    text: str, number: str, title: str | None, issuers: tuple[str, ...]
) -> None:
    """A number and the title beside it are one mention, whichever stands first; issuers keep their printed order."""
    (mention,) = find_mentions(text)
    assert mention.number is not None
    assert (mention.number.canonical, mention.title, mention.issuers) == (number, title, issuers)
    assert not mention.title_truncated


def test_each_title_goes_to_its_own_number() -> None:
    """In a list of numbered titles none is joined to its neighbour."""
    behind = find_mentions("《关于A的通知》（财社〔2020〕1号）、《关于B的通知》（财社〔2020〕2号）")
    before = find_mentions("财社〔2020〕1号《关于A的通知》、财社〔2020〕2号《关于B的通知》")
    for mentions in (behind, before):
        assert [(m.number.serial, m.title) for m in mentions if m.number] == [
            ("1", "关于A的通知"),
            ("2", "关于B的通知"),
        ]


def test_a_number_in_brackets_belongs_to_what_is_in_front_first() -> None:
    """A title behind a bracketed number is the number's only when nothing in front of the bracket is."""
    plain = find_mentions("关于A的通知（财社〔2020〕1号）关于B的通知（财社〔2020〕2号）")
    assert [m.title for m in plain] == ["关于A的通知", "关于B的通知"]
    named = find_mentions("提前下达2021年资金（冀财社〔2020〕186号）《甲办法》")
    assert [(m.number is None, m.title) for m in named] == [(False, None), (True, "甲办法")]


@pytest.mark.parametrize(
    "text",
    [
        "冀财社〔2020〕1号、《甲办法》",
        "《甲办法》、冀财社〔2020〕1号",
        "冀财社〔2020〕1号文件和《甲办法》",
        "《甲办法》和冀财社〔2020〕1号",
        "冀财社〔2021〕1-1号。《甲办法》",
    ],
)
def test_a_list_of_a_number_and_a_title_is_two_documents(text: str) -> None:
    """、 and 和 part documents."""
    mentions = find_mentions(text)
    assert len(mentions) == 2
    assert {m.kind for m in mentions} == {"numbered", "measure"}


def test_a_title_behind_several_numbers_stands_alone() -> None:
    """A title cannot belong to every number of a list."""
    assert [m.title for m in find_mentions("冀财社〔2021〕1、3号《甲办法》")] == [None, None, "甲办法"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("人社部发【2014】90号《关于进", "关于进"),
        ("人社部发【2014】90号关于进一步加强", "关于进一步加强"),
        ("冀财社〔2020〕1号《关于进 冀财社〔2020〕2号", "关于进"),
    ],
)
def test_a_title_cut_short_is_marked(text: str, title: str) -> None:
    """A title that the field's width cut is kept and marked as truncated."""
    mention = find_mentions(text)[0]
    assert (mention.title, mention.title_truncated) == (title, True)


@pytest.mark.parametrize(
    ("text", "kinds", "issuers"),
    [
        (
            "依据《中华人民共和国预算法》、《地方预决算公开操作规程》及《关于进一步推进预算公开工作的实施意见》",
            ["law", "measure", "titled"],
            (),
        ),
        ("组织人事局《关于提前下达2022年中央就业补助资金预算的通知》", ["notice"], ("组织人事局",)),
        ("组织人事局《提前下达2022年省级就业补助资金》", ["notice"], ("组织人事局",)),
        ("印刷《保障农民工工资支付条例》份数", ["law"], ()),
        ("中共中央国务院《关于甲的意见》", ["titled"], ("中共中央", "国务院")),
        ("中共中央办公厅、国务院办公厅印发《关于甲的意见》", ["titled"], ("中共中央办公厅", "国务院办公厅")),
        ("《国务院办公厅关于甲的意见》", ["titled"], ("国务院办公厅",)),
        ("根据制定的《甲方案》", ["titled"], ()),
        ("《关于进", ["titled"], ()),
    ],
)
def test_documents_named_by_title_alone(text: str, kinds: list[str], issuers: tuple[str, ...]) -> None:
    """A title alone is a document of its own kind, printed with its marks."""
    mentions = find_mentions(text)
    assert [m.kind for m in mentions] == kinds
    assert mentions[0].issuers == issuers
    assert all(m.number is None and m.printed.startswith("《") for m in mentions)
