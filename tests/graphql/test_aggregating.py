"""Groups of any type, and totals that are stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fundtrace.graphql import execute

Ask = Callable[..., Any]

FIGURES = "count shared sum { total fiscal } avg { total } min { other } max { carryover }"
LIVE = '(filter: { not: { name: { eq: "none of them" } } })'


def _groups(asked: Any) -> dict[str | None, int]:
    return {one["keys"][0]["value"]: one["aggregate"]["count"] for one in asked["aggregate"]["groupBy"]}


def test_every_connection_counts_and_groups(ask: Ask) -> None:
    """Indicators by category and kind, documents by issuer, citations by role, departments by province."""
    query = """{ indicators { aggregate { count groupBy(by: [CATEGORY]) { keys { value } aggregate { count } } } }
      fundingDocuments { aggregate { groupBy(by: [ISSUER]) { keys { value iri } aggregate { count } } } }
      citations { aggregate { groupBy(by: [ROLE]) { keys { value label } aggregate { count } } } }
      departments { aggregate { groupBy(by: [PROVINCE], orderBy: KEY, direction: DESC) { keys { value } aggregate { count } } } } }"""
    data = ask(query)
    assert data["indicators"]["aggregate"]["count"] == 14
    assert sum(_groups(data["indicators"]).values()) == 14
    assert _groups(data["fundingDocuments"]) == {"冀财社": 4, "政办": 2, "冀价行费字": 1, None: 1}
    assert set(_groups(data["citations"])) == {"funds", "basis", "mention"}
    assert _groups(data["departments"]) == {"130000": 2}


def test_projects_are_grouped_by_what_their_indicators_are_of(ask: Ask) -> None:
    """A project counts once under each category that it has indicators of."""
    query = "{ projects { aggregate { groupBy(by: [CATEGORY]) { keys { value } aggregate { count departments } } } } }"
    groups = ask(query)["projects"]["aggregate"]["groupBy"]
    assert {one["keys"][0]["value"]: one["aggregate"]["count"] for one in groups}["quantity"] == 5


def test_an_aggregate_tells_its_base(ask: Ask) -> None:
    """Departments, sources, years and stages that a figure is of."""
    query = "{ projects { aggregate { departments sources fiscalYears stages } } }"
    assert ask(query)["projects"]["aggregate"] == {
        "departments": 2,
        "sources": 2,
        "fiscalYears": [2021, 2022],
        "stages": ["BUDGET", "DRAFT"],
    }


@pytest.mark.parametrize(
    "by",
    [
        "DOCUMENT",
        "ISSUER",
        "DEPARTMENT",
        "REGION",
        "STAGE, FISCAL_YEAR",
        "DOCUMENT, STAGE, FISCAL_YEAR",
        "FISCAL_YEAR",
        "",
    ],
)
@pytest.mark.parametrize("order", ["KEY", "COUNT", "TOTAL"])
def test_stored_totals_are_the_live_ones(release: Any, by: str, order: str) -> None:
    """Without a filter a stored total answers, with the same figures."""
    query = "{ projects%s { aggregate { %s groupBy(by: [%s], orderBy: %s) { keys { value label iri } aggregate { %s } } } } }"
    stored, live = (
        execute(release, query % (chosen, FIGURES, by, order, FIGURES), explain=True) for chosen in ("", LIVE)
    )
    assert stored["data"] == live["data"]
    statements = [one["extensions"]["explain"]["statements"][0]["sql"] for one in (stored, live)]
    assert ["Total_" in one for one in statements] == [True, False]


def test_the_money_of_a_document_is_stored(release: Any) -> None:
    """What no filter narrows is read from the stored total, for the document and for those that it funds."""
    query = """{ fundingDocument(number: "冀财社[2022]7") { fundedBudget { yuan projects shared }
      %s: citedBy(role: FUNDS%s) { aggregate { count shared sum { total } } } } }"""
    plain = execute(release, query % ("a", ""), explain=True)
    assert plain["data"]["fundingDocument"]["fundedBudget"] == {
        "yuan": "600000.5",
        "projects": 2,
        "shared": 1,
    }
    assert plain["data"]["fundingDocument"]["a"]["aggregate"] == {
        "count": 2, "shared": 1, "sum": {"total": "600000.5"},
    }  # fmt: skip
    assert plain["extensions"]["explain"]["statements"][0]["sql"].count("Total_document") >= 2
    filtered = execute(release, query % ("a", ", filter: { code: { isNull: false } }"))
    assert filtered["data"] == plain["data"]


def test_a_stored_order_needs_no_sort(release: Any) -> None:
    """Projects under a document by amount are read as they lie, from either end, with roles and cursors."""
    query = """query ($after: String, $first: Int, $last: Int) { fundingDocument(number: "冀价行费字[2000]40") {
      citedBy(role: %s, orderBy: [{ field: totalBudget, direction: DESC }], first: $first, last: $last, after: $after) {
        edges { cursor role node { code } } } } }"""
    for role, number in (("BASIS", 2), ("FUNDS", 0)):
        response = execute(release, query % role, {}, explain=True)
        explained = response["extensions"]["explain"]["statements"][0]
        assert f"Project_{'cites' if role == 'BASIS' else 'fundedUnder'}_by_totalBudget" in explained["sql"]
        if number:
            assert not [step for step in explained["plan"] if "TEMP B-TREE FOR ORDER BY" in step]
        edges = response["data"]["fundingDocument"]["citedBy"]["edges"]
        assert [edge["role"] for edge in edges] == [role] * number
    whole = execute(release, query % "BASIS", {})["data"]["fundingDocument"]["citedBy"]["edges"]
    after = execute(release, query % "BASIS", {"after": whole[0]["cursor"]})["data"]["fundingDocument"]
    assert after["citedBy"]["edges"] == whole[1:]
    last = execute(release, query % "BASIS", {"last": 1})["data"]["fundingDocument"]
    assert last["citedBy"]["edges"] == whole[-1:]
