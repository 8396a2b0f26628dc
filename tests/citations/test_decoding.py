"""Tests of fundtrace.citations.decoding."""

import pytest

from fundtrace.citations import decode_issuer, is_scoped, possible_agencies
from fundtrace.citations.codelists import agencies


@pytest.mark.parametrize("code", ["县财社", "区财社", "市政办发", "财政局", "县政府"])
def test_a_code_that_names_no_place_is_scoped(code: str) -> None:
    """县财社 and 市政办发 stand for another county's or city's in each document."""
    assert is_scoped(code)


@pytest.mark.parametrize(
    ("code", "agency", "level", "region", "field", "ground"),
    [
        ("冀财社", "河北省财政厅", "provincial", "河北省", "社会保障", "said"),
        ("冀财金", "河北省财政厅", "provincial", "河北省", "金融", "said"),
        ("冀财规", "河北省财政厅", "provincial", "河北省", None, "rule"),
        ("冀财非税", "河北省财政厅", "provincial", "河北省", "非税收入", "rule"),
        ("冀财农", "河北省财政厅", "provincial", "河北省", "农业农村", "rule"),
        ("冀政", "河北省人民政府", "provincial", "河北省", None, "said"),
        ("冀政字", "河北省人民政府", "provincial", "河北省", None, "table"),
        ("冀政办字", "河北省人民政府办公厅", "provincial", "河北省", None, "said"),
        ("冀办发", "中共河北省委办公厅", "provincial", "河北省", None, "rule"),
        ("冀人社发", "河北省人力资源和社会保障厅", "provincial", "河北省", None, "rule"),
        ("冀劳社", "河北省劳动和社会保障厅", "provincial", "河北省", None, "rule"),
        ("冀价行费字", "河北省物价局", "provincial", "河北省", "行政事业性收费", "rule"),
        ("冀价行费函", "河北省物价局", "provincial", "河北省", "行政事业性收费", "rule"),
        ("保人社字", "保定市人力资源和社会保障局", "city", "保定市", None, "rule"),
        ("保人函", "保定市人力资源和社会保障局", "city", "保定市", None, "rule"),
        ("保财社", "保定市财政局", "city", "保定市", "社会保障", "rule"),
        ("人社部发", "人力资源和社会保障部", "central", None, None, "rule"),
        ("国发", "国务院", "central", None, None, "table"),
        ("国办函", "国务院办公厅", "central", None, None, "table"),
        ("国卫办基层函", "国家卫生健康委员会办公厅", "central", None, None, "table"),
        ("琼财建", "海南省财政厅", "provincial", "海南省", "经济建设", "said"),
        ("普财建函", "上海市普陀区财政局", "county", "上海市普陀区", "经济建设", "said"),
        ("沪商规", "上海市商务委员会", "provincial", "上海市", None, "rule"),
        ("沪府规", "上海市人民政府", "provincial", "上海市", None, "table"),
        ("川财绩", "四川省财政厅", "provincial", "四川省", "预算绩效", "rule"),
        ("川财办", "四川省财政厅", "provincial", "四川省", None, "rule"),
        ("川办发", "四川省人民政府办公厅", "provincial", "四川省", None, "table"),
        ("鲁财科教", "山东省财政厅", "provincial", "山东省", "科教", "rule"),
        ("陕财办社", "陕西省财政厅", "provincial", "陕西省", "社会保障", "rule"),
        ("陕财办教", "陕西省财政厅", "provincial", "陕西省", "教育", "rule"),
        ("財社", "财政部", "central", None, "社会保障", "said"),
    ],
)
def test_a_listed_code_names_its_agency(
    code: str, agency: str, level: str, region: str | None, field: str | None, ground: str
) -> None:
    """Area, agency, field and ground follow from the published lists."""
    decoding = decode_issuer(code)
    assert decoding is not None
    assert (decoding.agency, decoding.level, decoding.region) == (agency, level, region)
    assert (decoding.field, decoding.ground, decoding.unknown) == (field, ground, decoding.unknown)


@pytest.mark.parametrize(
    "code",
    [
        "宁政发",
        "宁政办函",
        "汕府",
        "商财社",
        "冀政人社字",
        "苏住建规",
        "冀政土",
        "冀府发",
        "巨财社",
        "政办",
        "财绩",
        "冀",
        "",
        "冀财人社",
        "内办发",
        "冀规资",
    ],
)
def test_what_the_lists_do_not_know_stays_unknown(code: str) -> None:
    """Clashes, areas shared by two places, codes without an area and unknown letters are not guessed."""
    assert decode_issuer(code) is None


def test_unknown_letters_stay_unknown() -> None:
    """Behind the letters of the finance office unknown letters leave the field unknown and are named."""
    decoding = decode_issuer("冀财囧")
    assert decoding is not None
    assert (decoding.agency, decoding.field, decoding.unknown) == ("河北省财政厅", None, "囧")


def test_kind_and_jointness() -> None:
    """The kind is the last letter; 联 and the list say that several agencies signed."""
    joint, single = decode_issuer("冀人社联发"), decode_issuer("冀人社发")
    assert joint is not None
    assert single is not None
    assert (joint.kind, joint.joint, single.kind, single.joint) == ("联发", True, "发", False)
    listed = decode_issuer("川府发")
    assert listed is not None
    assert listed.kind == "发"


def test_an_ambiguous_code_lists_its_candidates() -> None:
    """Which agencies a clashing code may belong to can be asked; a listed code is not ambiguous."""
    assert possible_agencies("宁政发") == ("南京市人民政府", "宁夏回族自治区人民政府")
    assert possible_agencies("汕府函") == ("汕头市人民政府", "汕尾市人民政府")
    assert possible_agencies("商财办农") == ()
    assert possible_agencies("冀财社") == ()


def test_every_listed_code_decodes_to_its_line() -> None:
    """A line of the list beats composition and ambiguity."""
    for entry in agencies().codes:
        decoding = decode_issuer(entry.code)
        assert decoding is not None
        assert decoding.agency == entry.agency


@pytest.mark.parametrize(
    ("code", "scoped"),
    [("政办", True), ("政办发", True), ("会议纪要", True), ("县政府常务会议纪要", True), ("党委会", True), ("省政府令", True), ("人社字", True),
     ("冀政办", False), ("汉政办发", False), ("财社", False), ("国办发", False), ("人社部发", False), ("国务院令", False), ("巨财社", False)],
)  # fmt: skip
def test_codes_that_many_places_use(code: str, scoped: bool) -> None:
    """A code without an area, or with 省 县 for one, is scoped; an area's or a central organ's is not."""
    assert is_scoped(code) is scoped
