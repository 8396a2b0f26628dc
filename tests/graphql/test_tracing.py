"""The tree below a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]

TREE = """query ($of: String!, $role: Role! = FUNDS) { trace(document: $of) { __typename document { number }
  totals { __typename fiscalYear stage projects shared departments sources yuan }
  branches(role: $role) { __typename department { code } fiscalYear stage projects yuan
    citedBy(orderBy: [{ field: totalBudget, direction: DESC }]) { totalCount pageInfo { hasNextPage }
      aggregate { count sum { total } } edges { role citations { place } node { code indicators { name } } } } } } }"""


def test_stages_stand_side_by_side(ask: Ask) -> None:
    """A document of a budget and its draft has a branch for each, and neither is added to the other."""
    tree = ask(TREE, of="冀财社【2020】172号")["trace"]
    assert tree["document"]["number"] == "冀财社〔2020〕172号"
    assert [(one["stage"], one["projects"], one["yuan"]) for one in tree["totals"]] == [
        ("BUDGET", 1, "6760000"),
        ("DRAFT", 1, "6760000"),
    ]
    assert [(one["stage"], one["department"]["code"], one["yuan"]) for one in tree["branches"]] == [
        ("BUDGET", "323", "6760000"),
        ("DRAFT", "323", "6760000"),
    ]
    cited = tree["branches"][0]["citedBy"]
    assert (cited["totalCount"], cited["aggregate"]["sum"]["total"]) == (1, "6760000")
    (edge,) = cited["edges"]
    assert edge["role"] == "FUNDS"
    assert len(edge["citations"]) == 9
    assert len(edge["node"]["indicators"]) == 6


def test_a_ground_funds_nothing_but_has_branches(ask: Ask) -> None:
    """What is cited as a ground alone has no totals; its branches are asked by role."""
    tree = ask(TREE, of="冀价行费字〔2000〕40号", role="BASIS")["trace"]
    assert tree["totals"] == []
    assert [one["yuan"] for one in tree["branches"]] == ["80000.25", "50000"]
    assert ask(TREE, of="冀价行费字〔2000〕40号")["trace"]["branches"] == []


def test_what_is_not_one_document_has_no_tree(ask: Ask) -> None:
    """An ambiguous or unknown number is null; a document's own field gives the same tree."""
    for text in ("政办〔2019〕3号", "冀财社〔2020〕999号", "就业"):
        assert ask(TREE, of=text)["trace"] is None
    field = ask('{ fundingDocument(number: "冀财社[2020]186") { trace { totals { yuan shared } } } }')
    assert field["fundingDocument"]["trace"]["totals"] == [{"yuan": "220000", "shared": 0}]
