"""Lists of projects: filtered, sorted and cut by the address alone, with the totals of everything that is left."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from itertools import pairwise

import pytest

from fundtrace.release import Release
from fundtrace_server.indexed import number_of
from fundtrace_server.problems import Problem
from fundtrace_server.views import cube
from fundtrace_server.views.document import groups
from fundtrace_server.views.listing import Listing, listing
from fundtrace_server.views.members import Of
from fundtrace_server.views.wanted import PER_PAGE, Wanted, read_wanted

PAGE = "/page/document/冀财社-2021-1"
FUNDED = [n for n in range(130) if n % 10 < 7]


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _of(release: Release, key: str, class_name: str = "FundingDocument", role: str | None = "funds") -> Of:
    number = number_of(release.index, key)
    assert number is not None
    return Of(class_name, number, role)


def _list(release: Release, **wanted: str | int) -> Listing:
    return listing(release.index, _of(release, "document/冀财社-2021-1"), Wanted(**wanted), "zh")  # type: ignore[arg-type]  # names of fields


def _yuan(number: int) -> Decimal:
    return Decimal(f"{1000 * (number + 1)}.5")


def test_the_three_groups_count_each_project_once_in_its_strongest_role(hot: Release) -> None:
    """Money stands on the first alone, by year and stage, with how many are shared."""
    index = hot.index
    found = groups(index, _of(hot, "document/冀财社-2021-1").n)
    assert [(group.role, group.projects) for group in found] == [
        ("funds", 91),
        ("basis", 26),
        ("mention", 13),
    ]
    assert found[0].shared == 2
    assert sum(total.yuan or 0 for total in found[0].totals) == sum(map(_yuan, FUNDED))
    assert not found[1].totals


@pytest.mark.parametrize("sort", ["-amount", "amount", "name", "-name", "code", "-code"])
@pytest.mark.parametrize("text", [None, "第"])
def test_every_order_gives_every_project_once_over_the_pages(
    hot: Release, sort: str, text: str | None
) -> None:
    """Sorted from the largest or smallest, by name or code, by stored order as well as behind a filter."""
    wanted = {"sort": sort, **({"text": text} if text else {})}
    rows = [row for page in (1, 2, 3) for row in _list(hot, page=page, **wanted).rows]
    assert len(rows) == len({row.n for row in rows}) == len(FUNDED)
    key = {
        "amount": lambda row: row.total,
        "name": lambda row: row.project.label,
        "code": lambda row: row.code,
    }
    read = key[sort.lstrip("-")]
    values = [read(row) for row in rows]
    assert values == sorted(values, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ({"year": "2022"}, [n for n in FUNDED if n % 10 == 3]),
        ({"stage": "final"}, [n for n in FUNDED if n % 20 == 0]),
        ({"department": "130636-5"}, [n for n in FUNDED if n % 12 == 5]),
        ({"department": "none"}, [4]),
        ({"region": "130529", "year": "2021"}, [n for n in FUNDED if n % 3 == 0 and n % 10 != 3]),
        ({"text": "修路"}, [n for n in FUNDED if n % 4 == 0]),
        ({"text": "修路", "stage": "budget"}, [n for n in FUNDED if n % 4 == 0 and n % 20]),
        ({"department": "130636-99"}, []),
        ({"year": "none"}, []),
        ({"text": "没有的字"}, []),
    ],
)
def test_filters_leave_what_they_say_and_totals_follow(
    hot: Release, wanted: dict[str, str], chosen: list[int]
) -> None:
    """Count and sums are of everything that is left, not of the page; nothing left is an empty list."""
    found = _list(hot, **wanted)
    assert found.count == len(chosen)
    assert found.all == len(FUNDED)
    assert sum(total.yuan or 0 for total in found.totals) == sum(map(_yuan, chosen))
    assert len(found.rows) == min(PER_PAGE, len(chosen))
    assert {row.code for row in found.rows} <= {f"H{n:03}" for n in chosen}
    assert found.shared == (len({0, 1} & set(chosen)) if chosen else 0)


def test_totals_never_cross_years_or_stages(hot: Release) -> None:
    """One for each, newest first; and cells of an unprinted amount add nothing and are told."""
    found = _list(hot)
    assert [(one.base.year, one.base.stage) for one in found.totals] == [
        ("2022", "stage-budget"), ("2021", "stage-final"), ("2021", "stage-budget"),
    ]  # fmt: skip
    every = cube.totals(hot.index, cube.cells(hot.index, _of(hot, "document/冀财社-2021-1", role="basis")))
    assert sum(one.unknown for one in every) == 1


def test_a_department_lists_its_projects_in_the_same_way(hot: Release) -> None:
    """From the project's own column; a region and a source likewise."""
    department = listing(
        hot.index, _of(hot, "department/130636-5", "Department", None), Wanted(text="办学"), "zh"
    )
    assert department.count == len([n for n in range(130) if n % 12 == 5])
    source = listing(
        hot.index, _of(hot, "source/130636-323-2021", "SourceDocument", None), Wanted(sort="code"), "zh"
    )
    assert source.all == 132
    codes = [row.code or "" for row in source.rows]
    assert all(first <= second for first, second in pairwise(codes))


def test_choices_are_what_there_is_and_keep_what_was_asked(hot: Release) -> None:
    """With how many each leaves; a value that nothing has stays chosen, so that the form says what was asked."""
    found = dict(_list(hot, department="130636-99", year="2022").choices)
    assert [(one.value, one.projects) for one in found["year"]] == [("2022", 13), ("2021", 78)]
    assert [one.value for one in found["year"] if one.chosen] == ["2022"]
    assert found["department"][0].value == "130636-99"
    assert found["department"][0].chosen
    assert any(one.label is None and one.value == "none" for one in found["department"])


def test_the_page_filters_sorts_and_pages_without_a_script(hot_client) -> None:
    """By links and a form of GET; links keep what was chosen, and totals are of the filtered set."""
    first = hot_client.page(PAGE).text
    assert "第 1–50 个，共 91 个项目" in _text(first)
    assert 'aria-sort="descending"' in first
    assert 'href="/page/document/%E5%86%80%E8%B4%A2%E7%A4%BE-2021-1?page=2#projects"' in first
    second = hot_client.page(f"{PAGE}?page=2&year=2021&sort=name").text
    text = _text(second)
    assert "第 51–78 个，共 78 个项目 （由 91 个筛选而得）" in text
    assert "sort=name" in second
    assert re.search(r"合计 · 2021 年 预算 · \d+ 个项目 · 本版收录", text)
    assert "引用项目的预算数合计（不是文件下达金额）" in text
    assert '<option value="2021" selected>' in second
    nothing = _text(hot_client.page(f"{PAGE}?text=没有的字&lang=en").text)
    assert "No project matches these filters." in nothing
    assert hot_client.page(f"{PAGE}?page=3").status_code == 404


def test_projects_that_merely_cite_are_never_summed(hot_client) -> None:
    """Neither as a basis, nor as a mention, nor all together."""
    for role, count in (("basis", 26), ("mention", 13), ("all", 130)):
        html = hot_client.page(f"{PAGE}?role={role}").text
        assert f"共 {count} 个项目" in _text(html)
        assert "合计 ·" not in html
        assert "<tfoot>" not in html


def test_a_document_tells_its_forms_issuers_companions_and_suggestions(hot_client) -> None:
    """Where a form was seen and how often; issuers in printed order; what is cited with it; what may be the same."""
    text = _text(hot_client.page(PAGE).text)
    assert re.search(r"“?冀财社【2021】1号”? 131 处，如 .{1,60} 原文第 \d+ 行", text)
    assert "冀财社2021年1号" in text
    assert "甲厅 乙厅" in text
    assert re.search(r"一同被引用的文件 .* 冀财社〔2021〕2号 2", text)
    assert "可能是同一份文件 · 代字相差一个文种字" in text


@pytest.mark.parametrize(
    "query", [{"year": "21"}, {"role": "all of them"}, {"sort": "purpose"}, {"stage": "x"}, {"region": "a/b"}]
)
def test_a_filter_of_another_form_is_refused(hot_client, query: dict[str, str]) -> None:
    """400 that names the filter and what is expected."""
    response = hot_client.get(PAGE, params=query)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad-filter"


def test_an_address_is_read_and_written_alike() -> None:
    """Unknown names are left alone, and a change leads to the first page."""
    wanted = read_wanted({"role": "basis", "text": "  修  路 ", "page": "3", "lang": "en", "flow": "region"})
    assert wanted == Wanted(role="basis", text="修 路", page=3)
    assert wanted.query() == {"role": "basis", "text": "修 路"}
    assert wanted.query(page=4) == {"role": "basis", "text": "修 路", "page": 4}
    assert wanted.query(text=None, sort="code") == {"role": "basis", "sort": "code"}
    with pytest.raises(Problem):
        read_wanted({"page": "0"})
