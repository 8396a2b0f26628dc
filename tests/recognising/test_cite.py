"""Tests of citations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.citations import find_mentions
from fundtrace.recognising.cite import Passage, cite_narrative, cite_project, stated_amount
from fundtrace.records import Position

TITLE = "关于提前下达2021年省级就业补助资金预算指标的通知"
NUMBER = "冀财社【2020】186号"
ISSUERS = ("河北省财政厅", "河北省人力资源和社会保障厅")


def _at(text: str, line: int) -> Passage:
    return Passage(text=text, line=line, position=Position(page=None, table=9, row=line))


def test_one_project_cites_one_document_in_three_places() -> None:
    """A document in the name, the purpose and the basis cells is cited in each, with role, reason, line and amount."""
    basis = f"{NUMBER}{'、'.join(ISSUERS)}《{TITLE}》"
    citations = cite_project(
        _at(f"{NUMBER} 2021年省级就业补助资金", 1),
        _at(
            f"按{'、'.join(ISSUERS)}《{TITLE}》{NUMBER}文件要求，现提前下达我县就业补助资金22万元，用于就业",
            2,
        ),
        [_at("保持就业稳定", 3)],
        [_at(basis, 4), None, _at(basis, 6), _at("工作计划", 7)],
    )
    assert {citation.number for citation in citations} == {"冀财社〔2020〕186号"}
    assert [(c.place, c.role, c.reason, c.indicator, c.line, c.position.row) for c in citations] == [
        ("name", "funds", "name-number-and-fund", None, 1, 1),
        ("purpose", "funds", "title-hands-down", None, 2, 2),
        ("basis", "basis", "basis-cell", 0, 4, 4),
        ("basis", "basis", "basis-cell", 2, 6, 6),
    ]
    assert [c.stated_amount.yuan if c.stated_amount else None for c in citations] == [
        None,
        "220000",
        None,
        None,
    ]
    assert [c.title for c in citations] == [None, TITLE, TITLE, TITLE]
    assert [c.issuers for c in citations] == [(), ISSUERS, ISSUERS, ISSUERS]
    assert [c.printed for c in citations] == [NUMBER] * 4


@pytest.mark.parametrize(
    ("purpose", "yuan"),
    [
        ("冀财社〔2020〕172号下达22万元，冀财社〔2020〕186号下达33万元", ["220000", "330000"]),
        ("根据冀财社〔2020〕172号、冀财社〔2020〕186号下达33万元", [None, None]),
        ("下达22万元（冀财社〔2020〕172号），下达33万元（冀财社〔2020〕186号）", [None, None]),
        ("根据冀财社〔2020〕172号、冀财社〔2020〕172号下达33万元", ["330000", "330000"]),
    ],
)
def test_an_amount_is_not_told_of_several_documents(purpose: str, yuan: list[str | None]) -> None:
    """Where several documents fund, each states the amount that stands behind it, and none a common one."""
    citations = cite_project(None, _at(purpose, 1))
    assert [c.stated_amount.yuan if c.stated_amount else None for c in citations] == yuan


def test_several_documents_of_a_cell_are_cited_apart() -> None:
    """Each document named in a cell has a citation of its own, in printed order."""
    citations = cite_project(None, bases=[_at("冀政字[2020]10号、冀政字[2020]155号", 5)])
    assert [citation.number for citation in citations] == ["冀政字〔2020〕10号", "冀政字〔2020〕155号"]


def test_a_law_keeps_its_article() -> None:
    """The article that is cited stands in the citation, as printed."""
    (citation,) = cite_project(None, bases=[_at("《劳动争议仲裁法》五十三条", 5)])
    assert (citation.kind, citation.title, citation.article) == ("law", "劳动争议仲裁法", "五十三条")


def test_narrative_citations_have_no_indicator() -> None:
    """Text outside projects is cited with its own place and line."""
    (citation,) = cite_narrative([_at("按照《中华人民共和国预算法》编制", 8), _at("无", 9)])
    assert (citation.place, citation.role, citation.indicator, citation.line) == (
        "narrative",
        "basis",
        None,
        8,
    )


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("现提前下达我县资金22万元，用于就业", "220000"),
        ("下达资金。另有22万元", None),
        ("按每人2000元发放", None),
        ("下达省级10万元和县级20万元", None),
        ("《关于下达5万元的通知》，用于就业", None),
        ("2022年补助资金7423万", None),
    ],
)
def test_stated_amounts(text: str, yuan: str | None) -> None:
    """Only an amount that the words hand down in their own clause, outside a title, is stated."""
    amount = stated_amount(text, find_mentions(text))
    assert (amount.yuan if amount else None) == yuan


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_accepted(text: str) -> None:
    """No text raises."""
    cite_project(_at(text, 1), _at(text, 2), [_at(text, 3)], [_at(text, 4)])
