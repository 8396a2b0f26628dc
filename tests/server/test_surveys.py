"""Pages over a whole release: findings, sources, and two sides compared."""

from __future__ import annotations

import re
from html import unescape

import pytest


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_findings_are_listed_by_rule_severity_department_and_source(client) -> None:
    """The grave ones first, each with what it speaks of; filters leave what they say."""
    text = _text(client.page("/findings").text)
    assert "共 2 条（本版 2 条）" in text
    assert text.index("没有指标值确定依据") < text.index("资金支出计划的种类是推断的")
    assert "就业见习补贴发放准确率" in text
    for query, count in (
        ({"rule": "basis-missing"}, 1),
        ({"severity": "info"}, 1),
        ({"severity": "error"}, 0),
        ({"department": "130636-323"}, 2),
        ({"department": "130529-371"}, 0),
        ({"source": "130636-323-2021", "rule": "basis-missing"}, 1),
        ({"source": "nothing"}, 0),
    ):
        found = _text(client.request("GET", "/findings", params=query, headers={"Accept": "text/html"}).text)
        assert f"共 {count} 条（本版 2 条）" in found, query
        assert ("没有符合筛选条件的提示" in found) == (count == 0)


def test_findings_speak_english_and_keep_their_bounds(client) -> None:
    """404 behind the last page, 400 for a filter of another form."""
    assert "the kind of the plan is inferred" in client.page("/findings?lang=en").text
    assert client.page("/findings?page=2").status_code == 404
    assert client.get("/findings?severity=grave").status_code == 400
    assert client.get("/findings?rule=Über").status_code == 400


def test_sources_are_listed_with_what_was_read(client) -> None:
    """Projects, findings and what was not understood; 404 behind the last page."""
    text = _text(client.page("/sources").text)
    assert re.search(
        r"顺平县人社局（2021年） shunping-2021.docx 顺平县人力资源和社会保障局 顺平县 2021 年 预算 2 2 0",
        text,
    )
    assert "巨鹿县人社局（2025年）" in text
    assert client.page("/sources?page=2").status_code == 404


def test_two_sides_stand_beside_each_other_with_what_they_rest_on(client) -> None:
    """Sources, projects, money by level, documents of both; each total names its base."""
    query = "left=department/130636-323&right=region/130636"
    text = _text(client.page(f"/compare?{query}").text)
    assert re.search(r"来源文件 1 1", text)
    assert re.search(r"其中印有预算数的项目 2 2", text)
    assert re.search(r"预算数 6,980,000\.00 6,980,000\.00", text)
    assert re.search(r"上年结转 — —", text)
    assert re.search(r"资金级次 · 省级 220,000\.00 1 个项目 220,000\.00 1 个项目", text)
    assert "两边共有 2 份" in text
    assert "2021 年 预算" in text
    english = _text(client.page(f"/compare?{query}&lang=en").text)
    assert "What each side rests on" in english


def test_a_side_without_projects_says_so(client) -> None:
    """So does a form that names one side only, or none."""
    other_year = "/compare?left=department/130636-323&left_base=2030-budget&right=department/130529-371"
    assert "有一边在所选年度和阶段没有收录项目" in client.page(other_year).text
    assert "请再选另一边" in client.page("/compare?left=department/130636-323").text
    bare = client.page("/compare")
    assert bare.status_code == 200
    assert "顺平县人力资源和社会保障局（2）" in _text(bare.text)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("left=project/1&right=region/130636", 400),
        ("left=region/130636&left_base=2021&right=region/130636", 400),
        ("left=region/999999&right=region/130636", 404),
    ],
)
def test_a_side_that_cannot_be_compared_is_refused(client, query: str, status: int) -> None:
    """Another kind or another form is 400, what the release has not is 404."""
    assert client.get(f"/compare?{query}").status_code == status
