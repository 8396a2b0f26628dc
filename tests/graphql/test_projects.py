"""Projects, their money, promises and documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]


def test_what_a_project_says(ask: Ask) -> None:
    """Every field of a project comes from what is stated."""
    project = ask(
        """{ project(code: "13063621TDIVMLYJT5VQ1", fiscalYear: 2021) {
          code name label fiscalYear stage purpose implementingUnit fundLevel directFunds line
          unit { code name department { code } region { name } }
          department { name derived region { code name inferred } }
          region { label(lang: EN) }
          budget { total { yuan printed unit } fiscal { yuan } carryover { yuan } other { yuan } }
          goals { ordinal text }
          schedule { kind inferred points { month printed } }
        } }"""
    )["project"]
    assert project == {
        "code": "13063621TDIVMLYJT5VQ1",
        "name": "2021年中央就业补助资金",
        "label": "2021年中央就业补助资金",
        "fiscalYear": 2021,
        "stage": "BUDGET",
        "purpose": "就业补助",
        "implementingUnit": None,
        "fundLevel": "CENTRAL",
        "directFunds": True,
        "line": None,
        "unit": {
            "code": "323001",
            "name": "顺平县人力资源和社会保障局（本级）",
            "department": {"code": "323"},
            "region": {"name": "顺平县"},
        },
        "department": {
            "name": "顺平县人力资源和社会保障局",
            "derived": True,
            "region": {"code": "130636", "name": "顺平县", "inferred": False},
        },
        "region": {"label": "Shunping County"},
        "budget": {
            "total": {"yuan": "6760000", "printed": "6760000", "unit": "元"},
            "fiscal": {"yuan": "6760000"},
            "carryover": {"yuan": "0"},
            "other": {"yuan": "0"},
        },
        "goals": [{"ordinal": 1, "text": "目标一"}, {"ordinal": 2, "text": "目标二"}],
        "schedule": {
            "kind": "PERCENT_CUMULATIVE",
            "inferred": True,
            "points": [{"month": 3, "printed": "25.00%"}, {"month": 6, "printed": "50.00%"}],
        },
    }


def test_indicators_and_targets(ask: Ask) -> None:
    """Indicators come in printed order, with target and basis; what is not printed is null."""
    project = ask(
        """{ project(code: "13060522P004064100019") { indicators {
          ordinal level1 level2 name description line
          target { printed comparator value unit kind } basis { printed category }
        } } }"""
    )["project"]
    first, second, third = project["indicators"]
    assert first == {
        "ordinal": 1,
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "指标 1",
        "description": None,
        "line": None,
        "target": {
            "printed": "≥95百分比（%）",
            "comparator": ">=",
            "value": "95",
            "unit": "%",
            "kind": "NUMERIC",
        },
        "basis": {"printed": "依据 1", "category": "DOCUMENT"},
    }
    assert second["target"] == {
        "printed": "及时",
        "comparator": None,
        "value": None,
        "unit": None,
        "kind": "TEXT",
    }
    assert (second["basis"], third["ordinal"]) == (None, 3)


def test_the_documents_of_a_project(ask: Ask) -> None:
    """The way back: each document once, with its strongest role and the citations."""
    query = """query ($role: Role, $first: Int! = 20) { project(code: "1306362105NHNSFB3CC8D") {
      cites(role: $role, first: $first) {
        totalCount pageInfo { hasNextPage } edges { cursor role node { number } citations { place } }
      }
    } }"""
    connection = ask(query)["project"]["cites"]
    assert connection["totalCount"] == 2
    assert [
        (edge["node"]["number"], edge["role"], len(edge["citations"])) for edge in connection["edges"]
    ] == [
        ("政办〔2019〕3号", "MENTION", 1),
        ("冀价行费字〔2000〕40号", "BASIS", 1),
    ]
    assert ask(query, role="BASIS")["project"]["cites"]["totalCount"] == 1
    assert ask(query, first=1)["project"]["cites"]["pageInfo"]["hasNextPage"] is True


def test_pages_of_projects(ask: Ask) -> None:
    """Pages of four give all nine projects, each once, in one order."""
    query = """query ($after: String) { projects(first: 4, after: $after) {
      totalCount edges { node { iri } } pageInfo { hasNextPage endCursor }
    } }"""
    found, after, more = [], None, True
    while more:
        connection = ask(query, after=after)["projects"]
        assert connection["totalCount"] == 9
        found += [edge["node"]["iri"] for edge in connection["edges"]]
        after, more = connection["pageInfo"]["endCursor"], connection["pageInfo"]["hasNextPage"]
    assert found == sorted(set(found))
    assert len(found) == 9


def test_a_project_without_a_schedule_or_unit_has_none(ask: Ask) -> None:
    """What is missing is null, and lists are empty."""
    project = ask(
        """{ projects(filter: { fiscalYear: { eq: 2022 } }, first: 1) { edges { node {
          code unit { code } schedule { kind } goals { text } budget { total { yuan } }
        } } } }"""
    )["projects"]["edges"][0]["node"]
    assert project == {"code": None, "unit": None, "schedule": None, "goals": [], "budget": {"total": None}}
