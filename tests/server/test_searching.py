"""/search: full text as a page by kind, and suggestions while somebody types."""

from __future__ import annotations

from urllib.parse import unquote

import pytest


def _hints(client, asked: str, **more: str):
    return client.get("/search", params={"q": asked, "format": "json", **more}).json()


def test_a_number_in_any_form_is_suggested_first(client) -> None:
    """What the text names exactly comes before what holds its characters; kinds are named for people."""
    found = _hints(client, "冀財社(2020)１８６號")
    assert found["number"] == "冀财社〔2020〕186号"
    first = found["matches"][0]
    assert (first["kind"], first["group"]) == ("FundingDocument", "政策与资金文件")
    assert unquote(first["href"]) == "/page/document/冀财社-2020-186"
    assert first["note"] == "关于提前下达2021年省级就业补助资金预算指标的通知"
    assert unquote(_hints(client, "13063621kbz5iog4sdmwn", lang="en")["matches"][0]["href"]).endswith(
        "?lang=en"
    )


def test_suggestions_are_few_and_grouped_by_kind(client) -> None:
    """At most three of a kind, the kinds one after another, each match once, also while a number is half typed."""
    kinds = [one["kind"] for one in _hints(client, "就业")["matches"]]
    assert kinds == sorted(kinds, key=["FundingDocument", "Project", "Indicator"].index)
    assert max(map(kinds.count, kinds)) <= 3
    half = [
        one["href"] for one in _hints(client, "冀财社[2020]1")["matches"] if one["kind"] == "FundingDocument"
    ]
    assert len(half) == len(set(half)) == 2
    assert _hints(client, " ")["matches"] == []


def test_suggestions_come_by_accept_too(client) -> None:
    """A program that asks for JSON gets it."""
    answer = client.get("/search", params={"q": "就业"}, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["vary"] == "Accept"


def test_the_page_groups_matches_and_marks_what_matched(client) -> None:
    """Every kind has its count; the place that matched is named and marked; names from files are escaped."""
    page = client.page("/search?q=%E5%B0%B1%E4%B8%9A").text
    assert "<mark>就业</mark>" in page
    assert 'href="/search?q=%E5%B0%B1%E4%B8%9A&amp;class=Project"' in page
    assert "&lt;script&gt;alert(&#39;<mark>就业</mark>&#39;)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    indicators = client.page("/search?q=%E5%B0%B1%E4%B8%9A&class=Indicator").text
    assert 'id="kind-Indicator"' in indicators
    assert 'id="kind-Project"' not in indicators


def test_a_match_beside_the_label_says_where_it_stands(client) -> None:
    """The property is named in the language of the page, with the text around the match."""
    page = client.page("/search?q=%E7%94%A8%E8%BF%99%E7%AC%94&lang=en").text
    assert '<span class="place">purpose</span>' in page.replace("Purpose", "purpose")
    assert "县里<mark>用这笔</mark>省级资金支持就业。" in page


def test_a_number_stands_above_what_holds_its_characters(client) -> None:
    """The document that a number names has a section of its own."""
    page = client.page("/search?q=%E5%86%80%E8%B4%A2%E7%A4%BE%5B2020%5D186").text
    assert "文号或编码正好相符" in page


@pytest.mark.parametrize("asked", ["zzzz", "<b>x", "\x00", '"" OR 1', "x" * 5000, "《》*"])
def test_what_nothing_holds_is_a_page_that_helps(client, asked: str) -> None:
    """404 with advice, never a fault, and nothing of what was typed becomes markup."""
    answer = client.get("/search", params={"q": asked}, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "文号可写成任何形式" in answer.text
    assert "<b>x" not in answer.text


def test_pages_that_are_not_there_are_said_to_be_missing(client) -> None:
    """An empty search is a page that says so; a page beyond the last is empty; what is no page is 404."""
    assert client.page("/search?q=").status_code == 200
    assert client.page("/search?q=%E5%B0%B1%E4%B8%9A&class=Project&page=9").status_code == 200
    assert client.page("/search?q=%E5%B0%B1%E4%B8%9A&page=x").status_code == 404
    assert client.page("/search?q=%E5%B0%B1%E4%B8%9A&class=Nothing").status_code == 200
