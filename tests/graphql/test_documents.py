"""Funding documents and the projects that cite them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]

CITED = """
query ($number: String, $role: Role, $filter: ProjectFilter) {
  fundingDocument(number: $number) {
    fundedBudget(filter: $filter) { yuan projects shared }
    citedBy(role: $role, filter: $filter) {
      totalCount
      aggregate { count shared sum { total fiscal carryover other } }
      edges { role node { code } citations { ordinal role place reason printed article statedAmount } }
    }
  }
}
"""
BUDGET = {"stage": {"eq": "BUDGET"}}


def test_a_project_counts_once_however_often_it_cites(ask: Ask) -> None:
    """Nine citations are one edge, whose money counts once, in the strongest role."""
    document = ask(CITED, number="冀财社〔2020〕172号", filter=BUDGET)["fundingDocument"]
    assert document["fundedBudget"] == {"yuan": "6760000", "projects": 1, "shared": 0}
    connection = document["citedBy"]
    assert connection["totalCount"] == 1
    assert connection["aggregate"] == {
        "count": 1,
        "shared": 0,
        "sum": {"total": "6760000", "fiscal": "6760000", "carryover": "0", "other": "0"},
    }
    (edge,) = connection["edges"]
    assert edge["role"] == "FUNDS"
    assert [one["ordinal"] for one in edge["citations"]] == list(range(1, 10))
    assert edge["citations"][2] == {
        "ordinal": 3,
        "role": "MENTION",
        "place": "NARRATIVE",
        "reason": "named-only",
        "printed": "印 3",
        "article": None,
        "statedAmount": None,
    }


def test_a_ground_has_no_money(ask: Ask) -> None:
    """Two counties cite one document as ground: two projects, nothing funded."""
    document = ask(CITED, number="冀价行费字（2000）40号")["fundingDocument"]
    assert document["fundedBudget"] == {"yuan": None, "projects": 0, "shared": 0}
    assert [edge["role"] for edge in document["citedBy"]["edges"]] == ["BASIS", "BASIS"]
    assert document["citedBy"]["aggregate"]["count"] == 2


@pytest.mark.parametrize(("role", "count"), [("FUNDS", 0), ("BASIS", 2), ("MENTION", 0), (None, 2)])
def test_a_role_chooses_those_whose_strongest_it_is(ask: Ask, role: str | None, count: int) -> None:
    """Edges, count and aggregate follow the role."""
    connection = ask(CITED, number="冀价行费字〔2000〕40号", role=role)["fundingDocument"]["citedBy"]
    assert (connection["totalCount"], len(connection["edges"]), connection["aggregate"]["count"]) == (
        count,
    ) * 3


def test_a_project_under_two_documents_is_shared_and_not_split(ask: Ask) -> None:
    """Each document shows the whole budget and says that the project is shared."""
    seven = ask(CITED, number="冀财社〔2022〕7号")["fundingDocument"]
    eight = ask(CITED, number="冀财社〔2022〕8号")["fundingDocument"]
    assert seven["fundedBudget"] == {"yuan": "600000.5", "projects": 2, "shared": 1}
    assert eight["fundedBudget"] == {"yuan": "500000.5", "projects": 1, "shared": 1}
    assert seven["citedBy"]["aggregate"]["sum"] == {
        "total": "600000.5",
        "fiscal": "560000.5",
        "carryover": "40000",
        "other": None,
    }


def test_what_a_document_says_of_itself(ask: Ask) -> None:
    """Every field of a document comes from what is stated."""
    document = ask(
        """{ fundingDocument(number: "冀财社[2020]172") {
          iri label(lang: EN) number title titles writtenForms kind issuerCode year serial field printedIssuers
          scope { code } leadAgency { name level label region { gbCode parent { code } } }
        } }"""
    )["fundingDocument"]
    title = "关于提前下达2021年中央就业补助资金预算指标的通知"
    assert document == {
        "iri": "http://localhost:8000/id/document/冀财社-2020-172",
        "label": "冀财社〔2020〕172号",
        "number": "冀财社〔2020〕172号",
        "title": title,
        "titles": [title],
        "writtenForms": ["冀财社【2020】172号"],
        "kind": "NUMBERED",
        "issuerCode": "冀财社",
        "year": 2020,
        "serial": "172",
        "field": "社会保障",
        "printedIssuers": ["河北省财政厅"],
        "scope": None,
        "leadAgency": {
            "name": "河北省财政厅",
            "level": "PROVINCIAL",
            "label": "河北省财政厅",
            "region": {"gbCode": "130000", "parent": None},
        },
    }


def test_pages_of_citing_projects(ask: Ask) -> None:
    """One after the other gives all of them, each once."""
    query = """query ($after: String) { fundingDocument(number: "冀财社〔2022〕7号") {
      citedBy(first: 1, after: $after) {
        edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    } }"""
    first = ask(query)["fundingDocument"]["citedBy"]
    second = ask(query, after=first["pageInfo"]["endCursor"])["fundingDocument"]["citedBy"]
    names = [edge["node"]["name"] for one in (first, second) for edge in one["edges"]]
    assert sorted(names) == ["就业资金（一文）", "就业资金（两文）"]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    assert (first["pageInfo"]["hasPreviousPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)


def test_a_citation_names_its_document_and_indicator(ask: Ask) -> None:
    """From a project's citations back to documents and indicators."""
    project = ask(
        """{ project(code: "13063621KBZ5IOG4SDMWN") { citations {
          document { number } indicator { name ordinal } line
        } } }"""
    )["project"]
    assert project["citations"] == [
        {"document": {"number": "冀财社〔2020〕186号"}, "indicator": None, "line": 101},
        {
            "document": {"number": "冀财社〔2020〕186号"},
            "indicator": {"name": "指标 1", "ordinal": 1},
            "line": 102,
        },
    ]
