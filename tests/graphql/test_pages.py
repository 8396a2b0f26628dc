"""Pages, orders, filters and groups over the index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fundtrace.graphql import execute

Ask = Callable[..., Any]

WALK = """query ($first: Int, $after: String, $last: Int, $before: String, $order: [ProjectOrder!]) {
  projects(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
    edges { cursor node { iri } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
ORDERS: list[list[dict[str, str]]] = [
    [],
    [{"field": "totalBudget", "direction": "DESC"}],
    [{"field": "code", "nulls": "FIRST"}, {"field": "totalBudget"}],
    [{"field": "fundLevel", "direction": "DESC", "nulls": "FIRST"}, {"field": "name"}],
]


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("size", [1, 2, 4])
def test_pages_forwards_and_backwards_give_every_row_once(
    ask: Ask, order: list[dict[str, str]], size: int
) -> None:
    """Following the cursors either way gives the whole list, nulls included, in one order."""
    whole = [edge["node"]["iri"] for edge in ask(WALK, first=100, order=order)["projects"]["edges"]]
    assert len(whole) == len(set(whole)) == 9
    forwards: list[str] = []
    after, more = None, True
    while more:
        page = ask(WALK, first=size, after=after, order=order)["projects"]
        forwards += [edge["node"]["iri"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert forwards == whole
    backwards: list[str] = []
    before, more = None, True
    while more:
        page = ask(WALK, last=size, before=before, order=order)["projects"]
        backwards = [edge["node"]["iri"] for edge in page["edges"]] + backwards
        assert page["pageInfo"]["hasNextPage"] is (before is not None)
        before, more = page["pageInfo"]["startCursor"], page["pageInfo"]["hasPreviousPage"]
    assert backwards == whole


def test_a_cursor_of_another_order_is_refused(ask: Ask, refused: Ask) -> None:
    """A cursor belongs to the order that it was taken from."""
    cursor = ask(WALK, first=1, order=ORDERS[1])["projects"]["edges"][0]["cursor"]
    assert refused(WALK, first=1, after=cursor)["extensions"]["code"] == "bad-cursor"


def test_a_cursor_survives_another_release_and_base(ask: Ask, elsewhere: Any) -> None:
    """What a cursor holds is the same in every release."""
    page = ask(WALK, first=3, order=ORDERS[1])["projects"]
    variables = {"first": 1, "after": page["pageInfo"]["endCursor"], "order": ORDERS[1]}
    here = ask(WALK, **variables)["projects"]["edges"][0]["node"]["iri"]
    there = execute(elsewhere, WALK, variables)["data"]["projects"]["edges"][0]["node"]["iri"]
    assert there == here.replace("http://localhost:8000/", "https://data.example/")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"first": 1, "last": 1}, "first-and-last"),
        ({"first": -1}, "page-size"),
        ({"first": 1, "order": [{"field": "key"}] * 6}, "limit-orders"),
    ],
)
def test_pages_that_cannot_be_are_refused(refused: Ask, given: dict[str, Any], code: str) -> None:
    """The error says which bound was passed."""
    assert refused(WALK, **given)["extensions"]["code"] == code


def test_offset_skips_from_either_end(ask: Ask) -> None:
    """Beside cursors there is an offset."""
    query = "query ($f: Int, $l: Int) { projects(first: $f, last: $l, offset: 2) { edges { node { iri } } } }"
    whole = [edge["node"]["iri"] for edge in ask(WALK, first=100)["projects"]["edges"]]
    assert [edge["node"]["iri"] for edge in ask(query, f=2)["projects"]["edges"]] == whole[2:4]
    assert [edge["node"]["iri"] for edge in ask(query, l=2)["projects"]["edges"]] == whole[-4:-2]


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({}, 9),
        ({"and": []}, 9),
        ({"or": []}, 0),
        ({"not": {"stage": {"eq": "DRAFT"}}}, 8),
        ({"stage": {"in": ["DRAFT"]}}, 1),
        ({"stage": {"ne": "BUDGET"}}, 1),
        ({"stage": {"isNull": True}}, 0),
        ({"totalBudget": {"gte": "500000.5", "lt": "6760000"}}, 1),
        ({"totalBudget": {"in": ["220000", "500000.5"]}}, 2),
        ({"name": {"startsWith": "2021年", "contains": "中央"}}, 2),
        ({"directFunds": {"eq": True}}, 1),
        ({"department": {"names": {"contains": "顺平"}}, "stage": {"eq": "DRAFT"}}, 1),
        ({"region": {"parent": {"code": {"eq": "130000"}}}, "stage": {"eq": "DRAFT"}}, 1),
        ({"fundedUnder": {"some": {"number": {"eq": "冀财社〔2020〕172号"}}}}, 2),
        ({"cites": {"some": {"writtenForms": {"contains": "第40号"}}}}, 2),
        ({"indicators": {"some": {"target": {"value": {"gt": "90"}}}}, "cites": {"none": {"number": {"contains": "冀财社"}}}}, 3),
        ({"goals": {"every": {"text": {"contains": "目标"}}, "some": {}}}, 1),
        ({"goals": {"none": {}}}, 8),
        ({"stage": {"ne": "EVALUATION"}}, 9),
        ({"fundLevel": {"ne": "CITY"}}, 1),
        ({"region": {"names": {"isNull": False}}}, 9),
        ({"region": {"names": {"isNull": True}}}, 0),
        ({"cites": {"some": {"titles": {"isNull": True}}}}, 4),
        ({"code": None, "or": [{"id": {"in": ["cHJvamVjdC8xMzA2MzYyMVREWVo=", "!"]}}]}, 0),
    ],
    ids=str,
)  # fmt: skip
def test_filters_choose(ask: Ask, chosen: dict[str, Any], count: int) -> None:
    """Values, texts, relations in both directions, and their combinations."""
    query = "query ($f: ProjectFilter) { projects(filter: $f) { totalCount } }"
    assert ask(query, f=chosen)["projects"]["totalCount"] == count


def test_an_amount_that_is_none_is_refused(refused: Ask) -> None:
    """Amounts are decimal yuan."""
    query = "query ($a: Decimal) { projects(filter: { totalBudget: { eq: $a } }) { totalCount } }"
    for text in ("much", "1e5", "0.00001", "9" * 30, "1_000"):
        assert refused(query, a=text)["extensions"]["code"] == "bad-amount", text


def test_groups_are_over_distinct_projects(ask: Ask) -> None:
    """Each group has its own totals, and its keys name what it is."""
    query = """{ fundingDocument(number: "冀财社〔2020〕172号") { citedBy(role: FUNDS) { aggregate {
      groupBy(by: [STAGE, FISCAL_YEAR, DEPARTMENT, ISSUER], orderBy: KEY) {
        keys { iri label value } aggregate { count sum { total } avg { total } min { total } max { total } }
      }
    } } } }"""
    groups = ask(query)["fundingDocument"]["citedBy"]["aggregate"]["groupBy"]
    assert [group["keys"][0]["value"] for group in groups] == ["budget", "draft"]
    assert groups[0]["keys"][0]["label"] == "预算"
    assert groups[0]["keys"][1] == {"iri": None, "label": "2021", "value": "2021"}
    assert groups[0]["keys"][2]["value"] == "323"
    assert groups[0]["keys"][3]["value"] == "冀财社"
    for group in groups:
        one = {"total": "6760000"}
        assert group["aggregate"] == {"count": 1, "sum": one, "avg": one, "min": one, "max": one}


def test_a_project_under_two_documents_is_in_both_groups(ask: Ask) -> None:
    """Groups by document show it twice; by issuer once; a mean is rounded half-even."""
    query = """query ($by: [ProjectDimension!]!) { projects(filter: { fiscalYear: { eq: 2022 } }) { aggregate {
      avg { total } groupBy(by: $by) { keys { value } aggregate { count shared sum { total } } } } } }"""
    documents = ask(query, by=["DOCUMENT"])["projects"]["aggregate"]
    found = {group["keys"][0]["value"]: group["aggregate"] for group in documents["groupBy"]}
    assert found["冀财社〔2022〕7号"] == {"count": 2, "shared": 1, "sum": {"total": "600000.5"}}
    assert found["冀财社〔2022〕8号"]["count"] == 1
    issuers = ask(query, by=["ISSUER"])["projects"]["aggregate"]["groupBy"]
    by_issuer = {group["keys"][0]["value"]: group["aggregate"]["sum"]["total"] for group in issuers}
    assert by_issuer["冀财社"] == "600000.5"
    assert documents["avg"]["total"] == "226666.92"


def test_groups_do_not_nest(refused: Ask) -> None:
    """All dimensions are named in one list."""
    query = "{ projects { aggregate { groupBy(by: [STAGE], first: 5) { aggregate { groupBy(by: [REGION], first: 5) { keys { value } } } } } } }"
    assert refused(query)["extensions"]["code"] == "nested-groups"


def test_ways_back_and_interfaces(ask: Ask) -> None:
    """From departments and documents to what names them, and from a part to whatever holds it."""
    data = ask(
        """{ departments { edges { node { code units { totalCount } projects { totalCount } sources { totalCount } } } }
             indicators(first: 1) { edges { node { of { __typename label ... on Project { stage } } category { notation label } } } }
             regions(filter: { code: { eq: "130000" } }) { edges { node { children { totalCount } } } }
             resource(iri: "http://localhost:8000/id/region/130636") { __typename findings { totalCount } } }"""
    )
    assert {edge["node"]["code"]: edge["node"]["projects"]["totalCount"] for edge in data["departments"]["edges"]} == {
        "323": 4, "360": 5,
    }  # fmt: skip
    assert data["indicators"]["edges"][0]["node"]["of"]["__typename"] == "Project"
    assert data["regions"]["edges"][0]["node"]["children"]["totalCount"] == 2
    assert data["resource"] == {"__typename": "Region", "findings": {"totalCount": 0}}
