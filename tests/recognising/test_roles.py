"""Tests of the roles of documents."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from fundtrace.citations import find_mentions
from fundtrace.recognising.roles import hands_down, judge
from fundtrace.records import Place


@pytest.mark.parametrize(
    ("text", "place", "role", "reason"),
    [
        ("冀财社【2020】186号 2021年省级就业补助资金", "name", "funds", "name-number-and-fund"),
        ("冀财金（2020）46号提前下达专项资金", "name", "funds", "name-hands-down"),
        ("某局《关于下达引导资金的通知》", "name", "funds", "title-hands-down"),
        ("《关于提前下达就业资金的通知》冀财社【2020】186号", "purpose", "funds", "title-hands-down"),
        ("按冀财社【2020】186号，现下达我县资金", "purpose", "funds", "purpose-hands-down"),
        ("按冀财社【2020】186号，下拨我县资金", "purpose", "funds", "purpose-hands-down"),
        ("冀财社【2020】186号工作台账", "name", "mention", "no-hand-down"),
        ("按冀财社【2020】186号做好工作。另下达任务", "purpose", "mention", "no-hand-down"),
        ("《关于完善养老制度的实施意见》冀政[2014]69号下达资金", "purpose", "basis", "normative-document"),
        ("关于印发《担保贷款实施办法》的通知，冀人社规【2019】1号", "goal", "mention", "no-hand-down"),
        ("《劳动争议仲裁法》", "goal", "basis", "normative-document"),
        ("《某某管理办法（试行）》", "narrative", "basis", "normative-document"),
        ("《关于印发〈甲办法〉的通知》（冀财社〔2019〕6号）", "purpose", "basis", "normative-document"),
        ("《关于发布“甲标准”的公告》", "purpose", "basis", "normative-document"),
        ("《关于印发〈甲办法〉》", "purpose", "basis", "normative-document"),
        ("冀财社【2020】186号下达资金", "goal", "mention", "no-hand-down"),
        ("冀财社【2020】186号提前下达资金", "basis", "basis", "basis-cell"),
    ],
)
def test_each_role_has_its_reason(text: str, place: Place, role: str, reason: str) -> None:
    """Place, title and the words around a document decide its role; the reason says which did."""
    mention = find_mentions(text)[-1]
    assert judge(mention, place, text) == (role, reason)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("依据冀人社发〔2018〕3号发放补贴，资金由冀财社〔2020〕172号下达", ["mention", "funds"]),
        ("根据冀财社〔2020〕172号文件要求，按照冀财社〔2020〕186号，下达资金22万元", ["funds", "funds"]),
        ("冀财社〔2020〕172号、冀财社〔2020〕186号下达资金", ["funds", "funds"]),
        ("下达冀财社〔2020〕172号资金20万元，冀财社〔2020〕186号资金3万元", ["funds", "funds"]),
    ],
)
def test_each_document_has_its_own_clause(text: str, roles: list[str]) -> None:
    """What is done by one document is no ground for another that the same sentence hands money down under."""
    mentions = find_mentions(text)
    found = [judge(m, "purpose", text, n)[0] for m, n in zip_longest(mentions, mentions[1:])]
    assert found == roles


def test_hand_down_words() -> None:
    """The words that hand money down are found where they stand."""
    found = hands_down("现提前下达我县资金")
    assert found is not None
    assert found[0] == "提前下达"
    assert hands_down("用于日常支出") is None
