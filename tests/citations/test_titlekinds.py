"""Tests of fundtrace.citations.titlekinds."""

import pytest

from fundtrace.citations import resolve_title, title_kind
from fundtrace.citations.titlekinds import is_other_thing


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国预算法", "law"), ("预算法", "law"), ("上海市城乡规划条例", "law"), ("劳动争议仲裁法", "law"), ("女职工劳动保护特别规定", "law"),
        ("社会救助暂行办法", "measure"), ("地方预决算公开操作规程", "measure"), ("河北省创业担保贷款实施办法（试行）", "measure"), ("城乡规划条例（2018年修正）", "law"),
        ("关于提前下达2022年中央就业补助资金预算的通知", "notice"), ("提前下达2022年省级就业补助资金", "notice"), ("关于印发《甲办法》的通知", "notice"),
        ("关于进一步推进预算公开工作的实施意见", "titled"), ("十四五就业促进规划", "titled"), ("关于进", "titled"), ("政府采购负面清单", "titled"),
        ("健康中国2030", None), ("论语", None), ("失业登记表", None), ("租赁合同", None), ("教学方法", None), ("人民日报", None), ("（试行）", None),
    ],
)  # fmt: skip
def test_the_kind_of_a_title(title: str, kind: str | None) -> None:
    """The end of a title tells what it names; books, forms and contracts are no documents."""
    assert title_kind(title) == kind


def test_back_references_are_other_things() -> None:
    """《办法》 stands for a document that was named before; a form is a form."""
    assert is_other_thing("办法")
    assert is_other_thing("实施意见")
    assert is_other_thing("准则")
    assert is_other_thing("满意度调查表")
    assert not is_other_thing("健康中国2030")


def test_only_listed_titles_resolve() -> None:
    """A title resolves when the list says it is unique: never by likeness, never a notice."""
    law = resolve_title("《保障农民工工资支付条例》")
    assert law is not None
    assert law.number == "国务院令第724号"
    assert resolve_title("劳动争议仲裁法") is None
    assert resolve_title("关于提前下达2022年中央就业补助资金预算的通知") is None
