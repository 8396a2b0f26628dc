"""Errors of single fields, and how far their nulls go."""

from __future__ import annotations

from typing import Any

from fundtrace.graphql import execute
from fundtrace.graphql.identity import encode


def test_a_failure_becomes_null_at_the_nearest_field_that_may_be(release: Any) -> None:
    """The error has the whole path, list places included; all else is answered."""
    query = """query ($c: String) { fundingDocuments(last: 5) { edges { node { number
      leadAgency { name documents(after: $c) { totalCount } } } } } release { version } }"""
    response = execute(release, query, {"c": "bad"})
    nodes = [edge["node"] for edge in response["data"]["fundingDocuments"]["edges"]]
    assert [node["leadAgency"] for node in nodes] == [None] * 5
    assert any(node["number"] for node in nodes)
    assert response["data"]["release"] == {"version": "2021-01"}
    paths = [error["path"] for error in response["errors"]]
    agency = [["fundingDocuments", "edges", at, "node", "leadAgency", "documents"] for at in range(5)]
    assert 0 < len(paths) < 5
    assert all(path in agency for path in paths)
    assert response["errors"][0]["extensions"]["code"] == "bad-cursor"


def test_a_failure_below_fields_that_must_be_reaches_the_root(release: Any) -> None:
    """A connection may not be null, so neither may what holds it."""
    query = """{ a: fundingDocument(number: "冀财社[2020]172") {
      citedBy(first: 1, last: 1) { totalCount } } __typename }"""
    response = execute(release, query)
    assert response["data"] == {"a": None, "__typename": "Query"}
    assert response["errors"][0]["path"] == ["a", "citedBy"]
    assert execute(release, "{ projects(first: -1) { totalCount } }")["data"] is None


def test_failures_behind_interfaces_are_placed(release: Any) -> None:
    """What type an object of an interface has is known where its fields fail, and told to nobody."""
    query = """query ($ids: [ID!]!, $f: Int!) { nodes(ids: $ids) { id ... on Region { parent { children(last: $f) { totalCount } } }
      ... on FundingDocument { citedBy { aggregate { groupBy(by: [STAGE], first: $f) { keys { value } } } } } } }"""
    ids = [encode("region/130636"), encode("document/冀财社-2020-186"), encode("department/130636-323"), "no"]
    response = execute(release, query, {"ids": ids, "f": -1})
    assert response["data"]["nodes"] == [{"id": ids[0], "parent": None}, None, {"id": ids[2]}, None]
    assert [error["path"] for error in response["errors"]] == [
        ["nodes", 0, "parent", "children"],
        ["nodes", 1, "citedBy", "aggregate", "groupBy"],
    ]
    assert execute(release, query, {"ids": ids, "f": 5})["data"]["nodes"][1]["citedBy"]


def test_several_values_out_of_bounds_are_all_told(release: Any) -> None:
    """Each field that fails has an error of its own."""
    query = """query ($a: Decimal, $c: String) { x: node(id: "no") { id }
      fundingDocument(number: "冀财社[2020]172") { a: fundedBudget(filter: { totalBudget: { gt: $a } }) { yuan }
        b: citedBy(after: $c) { totalCount } } }"""
    response = execute(release, query, {"a": "1e9", "c": "bad"})
    assert response["data"] == {"x": None, "fundingDocument": None}
    assert {error["extensions"]["code"] for error in response["errors"]} == {"bad-amount", "bad-cursor"}
