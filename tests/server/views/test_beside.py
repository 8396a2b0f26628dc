"""Agencies, categories of indicators, what was read from a source, and the same thing in other forms."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from graphql import build_schema, parse, validate
from tests.serving import until

import fundtrace_server
from fundtrace.release import Release
from fundtrace_server.messages import Messages
from fundtrace_server.views.same import same_as

HOT = "document/冀财社-2021-1"
SAME = Path(fundtrace_server.__file__).parent / "same"


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_an_agency_lists_its_documents_with_the_money_under_them(hot_client) -> None:
    """Those cited by most projects first; each sum names its base and says what it is not."""
    text = _text(hot_client.page("/page/agency/河北省财政厅").text)
    assert text.index("冀财社〔2021〕1号") < text.index("冀财社〔2021〕2号")
    assert "某通知" in text
    assert re.search(r"冀财社〔2021〕1号 130 ", text)
    assert "2021 年 预算" in text
    assert "不是文件下达金额" in text
    assert hot_client.page("/page/agency/河北省财政厅?page=2").status_code == 404


def test_a_category_lists_its_indicators_in_pages_and_by_words(hot_client) -> None:
    """With targets, projects, the most frequent names, and its theme; another concept keeps its plain page."""
    path = "/page/concept/indicator-2021-quality"
    text = _text(hot_client.page(path).text)
    assert "质量如何。" in text
    assert "绩效指标 60" in text
    assert "合格率 60" in text
    assert "跨版主题 质量" in text
    assert "≥3%" in text
    assert _text(hot_client.page(f"{path}?page=2").text).count("合格率 ≥") == 10
    assert "共 0 个指标（由 60 个筛选而得）" in _text(hot_client.page(f"{path}?text=没有").text)
    assert "共 60 个指标" in _text(hot_client.page(f"{path}?text=合格").text)
    assert hot_client.page(f"{path}?page=3").status_code == 404
    assert "陈述" in hot_client.page("/page/concept/role-funds").text


def test_a_source_says_what_was_read_and_what_was_not(hot_client) -> None:
    """Entities by class, findings by rule, and how many of them say that something was not understood."""
    text = _text(hot_client.page("/page/source/130636-323-2021").text)
    assert re.search(r"项目 132 .*提示 5 未能读懂之处 3", text)
    assert "单元格未能归入栏目 3" in text
    assert text.index("没读懂") < text.index("资金支出计划的种类是推断的")


def test_every_page_says_how_to_get_the_same_in_other_forms(hot_client) -> None:
    """Identifier, lasting link, words to cite it by, linked data, CSV and Excel, GraphQL and SPARQL that answer."""
    html = hot_client.page(f"/page/{HOT}").text
    text = _text(html)
    assert "数据版本" in text
    assert re.search(r"\?release=[0-9a-f]{12}", html)
    assert re.search(
        r"资金溯源（fundtrace）：《冀财社〔2021〕1号》，数据版本 [0-9a-f]{12}（\d{4}-\d\d-\d\d）", text
    )
    for name in ("Turtle", "JSON-LD", "N-Triples", "RDF/XML", "TriG", "CSV", "Excel", "GraphQL", "SPARQL"):
        assert name in text, name
    asked = unescape(re.search(r'<pre tabindex="0" id="same-graphql">(.*?)</pre>', html, re.DOTALL)[1])  # type: ignore[index]  # the page has it
    variables = json.loads(unescape(re.search(r"<code>(\{.*?\})</code>", html)[1]))  # type: ignore[index]  # the page has it
    answer = hot_client.post("/graphql", json={"query": asked, "variables": variables}).json()
    assert answer["data"]["fundingDocument"]["citedBy"]["totalCount"] == 91
    query = unescape(re.search(r'<pre tabindex="0" id="same-sparql">(.*?)</pre>', html, re.DOTALL)[1])  # type: ignore[index]  # the page has it

    def asked_again() -> httpx.Response | None:
        # As a client does that is told to come again: other tests of this process may have ended what queries run in.
        answer: httpx.Response = hot_client.post("/sparql", data={"query": query})
        return answer if answer.status_code != 503 else None

    answer = until(asked_again)
    assert answer is not None
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["results"]["bindings"]) == 130


@pytest.mark.parametrize("path", sorted(SAME.glob("*.graphql")), ids=lambda path: path.stem)
def test_the_graphql_of_every_class_is_valid(client, path: Path) -> None:
    """It stands in the published schema."""
    schema = build_schema(client.get("/graphql/schema.graphql").text)
    assert validate(schema, parse(path.read_text(encoding="utf-8"))) == []


def test_a_class_without_a_question_is_described(hot: Release) -> None:
    """By its statements, with nothing of a file's front matter."""
    same = same_as(hot, f"{hot.base}id/agency/河北省财政厅", "Agency", "河北省财政厅", Messages("en"))
    assert same.question is None
    assert same.sparql.startswith("PREFIX")
    assert f"<{hot.base}id/agency/河北省财政厅>" in same.sparql
    assert "#+" not in same.sparql
    assert same.cited.startswith("fundtrace: “河北省财政厅”")
