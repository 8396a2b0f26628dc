"""Totals over distinct projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fundtrace.graphql import execute

Ask = Callable[..., Any]

TOTALS = """query ($filter: ProjectFilter) { projects(filter: $filter) {
  totalCount aggregate { count shared sum { total fiscal carryover other } }
} }"""


def test_one_year_and_stage_are_summed(ask: Ask) -> None:
    """A filter to one year and stage gives exact sums over distinct projects."""
    projects = ask(TOTALS, filter={"fiscalYear": {"eq": 2022}, "stage": {"eq": "BUDGET"}})["projects"]
    assert projects == {
        "totalCount": 4,
        "aggregate": {
            "count": 4,
            "shared": 1,
            "sum": {"total": "680000.75", "fiscal": "560000.5", "carryover": "40000", "other": None},
        },
    }


def test_years_and_stages_are_never_mixed(release: Any) -> None:
    """Money over several years or stages is null, and the response says which filter is missing."""
    response = execute(release, TOTALS)
    aggregate = response["data"]["projects"]["aggregate"]
    assert aggregate["count"] == 9
    assert set(aggregate["sum"].values()) == {None}
    assert len(response["extensions"]["notes"]) == 1
    assert "fiscalYear" in response["extensions"]["notes"][0]
    response = execute(release, TOTALS, {"filter": {"fiscalYear": {"eq": 2021}}})
    assert response["data"]["projects"]["aggregate"]["sum"]["total"] is None


def test_a_count_alone_needs_no_note(release: Any) -> None:
    """Who asks for no money is told nothing of it."""
    response = execute(release, "{ projects { aggregate { count } } }")
    assert response["extensions"] == {"release": "2021-01"}


def test_a_document_of_two_stages_is_not_summed(release: Any) -> None:
    """The budget and its draft are not added up, and the note comes once."""
    response = execute(
        release,
        """{ fundingDocument(number: "冀财社〔2020〕172号") {
          fundedBudget { yuan projects } citedBy { aggregate { sum { total } } }
        } }""",
    )
    assert response["data"]["fundingDocument"]["fundedBudget"] == {"yuan": None, "projects": 2}
    assert len(response["extensions"]["notes"]) == 1


def test_nothing_has_no_sum(ask: Ask) -> None:
    """A sum over no project is null, which is not zero."""
    aggregate = ask(TOTALS, filter={"fiscalYear": {"eq": 1999}})["projects"]["aggregate"]
    assert aggregate == {
        "count": 0,
        "shared": 0,
        "sum": {"total": None, "fiscal": None, "carryover": None, "other": None},
    }


GROUPS = """query ($filter: ProjectFilter, $by: [ProjectDimension!]!) {
  projects(filter: $filter) { aggregate { ...told groupBy(by: $by, orderBy: KEY) { keys { value } aggregate { ...told } } } }
}
fragment told on Aggregate { count shared departments sources fiscalYears stages sum { total } avg { fiscal } min { total } }"""


ALL = {"or": [{"code": {"isNull": True}}, {"code": {"isNull": False}}]}
"""A filter that leaves nothing out, and that no stored total knows."""


@pytest.mark.parametrize(
    "chosen",
    [
        {"fiscalYear": {"eq": 2022}, "stage": {"eq": "BUDGET"}},
        {"and": [{"fiscalYear": {"gte": 2021}}, {"not": {"stage": {"in": ["DRAFT"]}}}]},
        {"or": [{"fiscalYear": {"isNull": True}}, {"fiscalYear": {"eq": 2021}, "code": None}]},
        {"stage": {"eq": None}},
    ],
)
@pytest.mark.parametrize("by", [["DOCUMENT"], ["ISSUER", "FISCAL_YEAR"], ["REGION"]])
def test_stored_totals_are_those_of_the_projects(
    release: Any, ask: Ask, chosen: dict[str, Any], by: list[str]
) -> None:
    """A filter of years and stages is answered by stored totals, and as it is where the projects are added up."""
    live = {"and": [chosen, ALL]}
    stored = execute(release, GROUPS, {"filter": chosen, "by": by}, explain=True)
    assert stored["data"] == ask(GROUPS, filter=live, by=by)
    if "eq" in chosen.get("fiscalYear", {}):
        assert '"Project"' not in stored["extensions"]["explain"]["statements"][0]["sql"]


def test_money_under_a_document_is_stored_by_year_and_stage(ask: Ask) -> None:
    """Of the budget and the draft of one project, a filter chooses one."""
    query = """query ($filter: ProjectFilter) { fundingDocument(number: "冀财社〔2020〕172号") {
      fundedBudget(filter: $filter) { yuan projects }
      citedBy(role: FUNDS, filter: $filter) { aggregate { count sum { total } } } } }"""
    for chosen in ({"stage": {"eq": "BUDGET"}}, {"stage": {"eq": "BUDGET"}, **ALL}):
        document = ask(query, filter=chosen)["fundingDocument"]
        assert document["fundedBudget"] == {"yuan": "6760000", "projects": 1}
        assert document["citedBy"]["aggregate"] == {"count": 1, "sum": {"total": "6760000"}}
