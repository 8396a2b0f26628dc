"""The fields that operations begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fundtrace.graphql import execute
from fundtrace.graphql.identity import encode

Ask = Callable[..., Any]

DOCUMENT = (
    "query ($number: String, $iri: String) { fundingDocument(number: $number, iri: $iri) { number iri } }"
)
ONE = "http://localhost:8000/id/document/冀财社-2020-186"


@pytest.mark.parametrize(
    "written",
    [
        "冀财社〔2020〕186号",
        "冀财社【2020】186号",
        "冀财社[2020]186",
        "冀财社（2020）186号文件",
        "冀财社 2020 年 186 号",
        "冀财社2020186号",
    ],
)
def test_a_number_in_any_form_is_one_document(ask: Ask, written: str) -> None:
    """Every written form gives the same document."""
    assert ask(DOCUMENT, number=written)["fundingDocument"]["iri"] == ONE


@pytest.mark.parametrize(
    "values",
    [
        {"number": "冀财社〔2020〕999号"},
        {"number": "就业补助"},
        {"number": ""},
        {"number": "政办〔2019〕3号"},
        {"iri": "a b"},
        {"iri": "http://localhost:8000/id/document/none"},
        {"iri": "http://localhost:8000/id/department/130636-323"},
        {"number": "冀财社〔2020〕172号", "iri": ONE},
        {},
    ],
)
def test_what_is_not_exactly_one_document_is_null(ask: Ask, values: dict[str, str]) -> None:
    """Unknown, ambiguous, contradictory and odd input is null, never an error."""
    assert ask(DOCUMENT, **values) == {"fundingDocument": None}


def test_a_document_by_iri(ask: Ask) -> None:
    """An IRI names a document, beside its number or alone."""
    assert ask(DOCUMENT, iri=ONE)["fundingDocument"]["number"] == "冀财社〔2020〕186号"
    assert ask(DOCUMENT, iri=ONE, number="冀财社[2020]186")["fundingDocument"]["iri"] == ONE


def test_candidates_come_with_reasons(ask: Ask) -> None:
    """A number that both counties use has two candidates; a title has one; nonsense has none."""
    query = (
        "query ($text: String!) { resolveDocument(text: $text) { reason document { iri scope { name } } } }"
    )
    both = ask(query, text="政办[2019]3号")["resolveDocument"]
    assert [(one["reason"], one["document"]["scope"]["name"]) for one in both] == [
        ("number", "白沟新城"),
        ("number", "顺平县"),
    ]
    assert [one["reason"] for one in ask(query, text="《劳动法》")["resolveDocument"]] == ["title"]
    assert ask(query, text="没有的")["resolveDocument"] == []


@pytest.mark.parametrize(
    ("arguments", "stage"),
    [
        ('code: "13063621TDIVMLYJT5VQ1"', "BUDGET"),
        ('code: "13063621TDIVMLYJT5VQ1", fiscalYear: 2021', "BUDGET"),
        ('code: "13063621TDIVMLYJT5VQ1", fiscalYear: 2020', None),
        ('iri: "http://localhost:8000/id/project/13063621TDIVMLYJT5VQ1-2021-draft"', "DRAFT"),
        ('code: "13063621TDIVMLYJT5VQ1", iri: "http://localhost:8000/id/project/130605-undated"', None),
        ('code: "none"', None),
        ('iri: "http://localhost:8000/id/document/冀财社-2020-186"', None),
        ("fiscalYear: 2021", None),
    ],
)
def test_a_project_by_code_or_iri(ask: Ask, arguments: str, stage: str | None) -> None:
    """A code gives the budget of the year; an IRI gives what it names; anything else is null."""
    project = ask("{ project(" + arguments + ") { stage } }")["project"]
    assert (project and project["stage"]) == stage


def test_lists_of_departments_and_documents(ask: Ask) -> None:
    """Both are pages in the order of keys."""
    data = ask(
        """{ departments(first: 1) { totalCount edges { cursor node { code name } } pageInfo { hasNextPage } }
             fundingDocuments(first: 2) { totalCount edges { cursor node { number } } pageInfo { hasNextPage } } }"""
    )
    assert data["departments"]["totalCount"] == 2
    assert data["departments"]["edges"][0]["node"] == {"code": "360", "name": "白沟新城人力资源和社会保障局"}
    assert data["fundingDocuments"]["totalCount"] == 8
    assert [edge["node"]["number"] for edge in data["fundingDocuments"]["edges"]] == ["政办〔2019〕3号"] * 2
    assert data["fundingDocuments"]["pageInfo"]["hasNextPage"] is True


def test_the_release_says_what_it_covers(ask: Ask, elsewhere: Any) -> None:
    """Version, base and counts are those of the graph that answers."""
    query = "{ release { version base namespace softwareVersion sourceCount projectCount indicatorCount documentCount } }"
    assert ask(query)["release"] == {
        "version": "2021-01",
        "base": "http://localhost:8000/",
        "namespace": "http://localhost:8000/ontology#",
        "softwareVersion": "0.1.0",
        "sourceCount": 2,
        "projectCount": 9,
        "indicatorCount": 14,
        "documentCount": 8,
    }
    assert execute(elsewhere, query)["data"]["release"]["base"] == "https://data.example/"


def test_ids_survive_another_base(ask: Ask, elsewhere: Any) -> None:
    """An id taken under one base finds the same entity under another."""
    taken = ask('{ fundingDocument(number: "冀财社[2020]186") { id label } }')["fundingDocument"]
    query = "query ($id: ID!) { node(id: $id) { __typename id iri label ... on FundingDocument { number } } }"
    found = execute(elsewhere, query, {"id": taken["id"]})["data"]["node"]
    assert found == {
        "__typename": "FundingDocument",
        "id": taken["id"],
        "iri": "https://data.example/id/document/冀财社-2020-186",
        "label": taken["label"],
        "number": "冀财社〔2020〕186号",
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("project/13063621KBZ5IOG4SDMWN-2021", "Project"),
        ("document/劳动法", "FundingDocument"),
        ("department/130636-323", "Department"),
        ("unit/130636-323001", "BudgetUnit"),
        ("region/130636", "Region"),
        ("agency/河北省财政厅", "Agency"),
        ("indicator/13063621KBZ5IOG4SDMWN-2021-1", "Indicator"),
        ("citation/13063621KBZ5IOG4SDMWN-2021-1", "Citation"),
        ("goal/a-1", "Goal"),
    ],
)
def test_every_node_is_found_by_its_id(ask: Ask, name: str, kind: str) -> None:
    """Each type of node comes back from its own id."""
    node = ask("query ($id: ID!) { node(id: $id) { __typename id } }", id=encode(name))["node"]
    assert node == {"__typename": kind, "id": encode(name)}


def test_unknown_ids_are_null_in_their_place(ask: Ask) -> None:
    """Bad ids, ids of nothing and ids of what is no node are null; the others keep their order."""
    ids = [
        "",
        "!",
        "5Y",
        encode("x"),
        encode("project/a b"),
        encode("target/13063621KBZ5IOG4SDMWN-2021-1"),
        encode("region/130636"),
    ]
    nodes = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)["nodes"]
    assert nodes == [None] * 6 + [{"id": encode("region/130636")}]
