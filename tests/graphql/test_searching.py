"""Search as a connection, and the ranking of documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]

SEARCH = """query ($text: String!, $types: [SearchType!], $first: Int, $after: String, $last: Int, $before: String) {
  search(text: $text, types: $types, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
    edges { cursor place snippet { text matched } node { __typename iri label ... on Project { code } } } } }"""


def test_a_search_marks_what_it_found(ask: Ask) -> None:
    """Every hit says where the words stand; one character is enough, and types choose."""
    found = ask(SEARCH, text="就业", types=["PROJECT"])["search"]
    assert found["totalCount"] == len(found["edges"]) > 2
    for edge in found["edges"]:
        assert edge["node"]["__typename"] == "Project"
        assert edge["place"] in {"name", "purpose"}
        assert {"text": "就业", "matched": True} in edge["snippet"]
    everything = ask(SEARCH, text="业")["search"]
    assert everything["totalCount"] > found["totalCount"]
    assert {"Project", "FundingDocument"} <= {edge["node"]["__typename"] for edge in everything["edges"]}


def test_a_search_without_words_or_types_finds_nothing(ask: Ask) -> None:
    """Nothing asked, nothing found."""
    for given in ({"text": "《》"}, {"text": ""}, {"text": "就业", "types": []}, {"text": '" OR "'}):
        assert ask(SEARCH, **given)["search"]["edges"] == []


def test_pages_of_a_search_follow_each_other(ask: Ask) -> None:
    """Following the cursors gives every hit once, in the order of rank; backwards too."""
    whole = [edge["node"]["iri"] for edge in ask(SEARCH, text="2021", first=100)["search"]["edges"]]
    found: list[str] = []
    after, more = None, True
    while more:
        page = ask(SEARCH, text="2021", first=2, after=after)["search"]
        found += [edge["node"]["iri"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert found == whole
    assert len(set(whole)) == len(whole) > 3
    last = ask(SEARCH, text="2021", last=2)["search"]
    assert [edge["node"]["iri"] for edge in last["edges"]] == whole[-2:]
    assert last["pageInfo"]["hasPreviousPage"] is True


def test_documents_are_ranked_with_reasons(ask: Ask) -> None:
    """A number that nobody cites leads to others of its issuer and year; the reason is told in both languages."""
    query = """query ($text: String!) { resolveDocument(text: $text) { __typename rank reason zh: explanation en: explanation(lang: EN)
      document { number } } }"""
    near = ask(query, text="冀财社〔2020〕999号")["resolveDocument"]
    assert [one["rank"] for one in near] == [1, 2]
    assert {one["reason"] for one in near} == {"near"}
    assert "同一机关" in near[0]["zh"]
    assert "issuer" in near[0]["en"]
    assert ask(query, text="冀财社[2020]186")["resolveDocument"][0]["reason"] == "number"
