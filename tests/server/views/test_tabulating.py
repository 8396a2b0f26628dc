"""The lists of pages as files: the rows of the saved question that asks the same, under the page's filters."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from fundtrace.query import ask, load_questions
from fundtrace.query.tables import plain
from fundtrace.release import Release
from fundtrace_server import pagefiles
from fundtrace_server.indexed import number_of
from fundtrace_server.views import tabulating
from fundtrace_server.views.members import Of
from fundtrace_server.views.tabulating import project_table
from fundtrace_server.views.wanted import Wanted

HOT = "document/冀财社-2021-1"


def _rows(table: Any) -> list[tuple[str, ...]]:
    return sorted(tuple(plain(cell) for cell in row) for row in table.rows)


@pytest.mark.parametrize("role", ["funds", "basis", "mention", None])
def test_the_citing_projects_are_those_of_the_saved_question(hot: Release, role: str | None) -> None:
    """Cell for cell, for each role and for all of them."""
    iri = f"{hot.base}id/{HOT}"
    number = number_of(hot.index, HOT)
    assert number is not None
    made = project_table(hot, Of("FundingDocument", number, role), iri, "冀财社〔2021〕1号", Wanted())
    question = load_questions()["documents/projects-citing"]
    asked = ask(hot, question, {"document": iri, **({"role": role} if role else {})})
    assert _rows(made) == _rows(asked)
    assert list(made.columns) == list(asked.columns)


@pytest.mark.parametrize("block", [7, 5_000])
def test_the_projects_of_a_region_are_those_of_the_saved_question(
    hot: Release, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cell for cell, however many are read at once."""
    monkeypatch.setattr(tabulating, "BLOCK", block)
    iri = f"{hot.base}id/region/130636"
    number = number_of(hot.index, "region/130636")
    assert number is not None
    made = project_table(hot, Of("Region", number), iri, "顺平县", Wanted())
    assert _rows(made) == _rows(ask(hot, load_questions()["export/projects"], {"region": iri}))


def test_a_csv_has_what_the_page_lists(hot_client) -> None:
    """Under the same query, in the same order, as a file with a name."""
    response = hot_client.get(
        f"/page/{HOT}/projects.csv", params={"text": "修路", "sort": "code", "lang": "en"}
    )
    assert response.headers["content-type"].startswith("text/csv")
    assert "attachment" in response.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == [f"H{n:03}" for n in range(130) if n % 4 == 0 and n % 10 < 7]
    assert hot_client.get(f"/page/{HOT}/projects.csv?year=x").status_code == 400


def test_an_excel_file_says_what_was_asked_and_what_it_rests_on(hot_client) -> None:
    """Typed cells, and a second sheet with the filters, the release, and what a sum means."""
    response = hot_client.get(f"/page/{HOT}/projects.xlsx", params={"year": "2022", "text": "办学"})
    book = load_workbook(io.BytesIO(response.content))
    data, about = book.worksheets
    headings = [cell.value for cell in data[1]]
    amounts = [row[headings.index("预算数（元）")].value for row in data.iter_rows(min_row=2)]
    assert len(amounts) == 13
    assert all(isinstance(Decimal(str(one)), Decimal) for one in amounts)
    told = {row[0].value: row[1].value for row in about.iter_rows()}
    assert told["预算年度"] == "2022"
    assert told["名称、编码、用途中的文字"] == "办学"
    assert "计入合计" in str(told["求和"]) or "求和" in told


def test_a_long_csv_comes_in_pieces_and_is_the_same(hot_client, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows there are: one heading, every row once, a validator, and nothing for `HEAD`."""
    whole = hot_client.get(f"/page/{HOT}/projects.csv")
    monkeypatch.setattr(tabulating, "BLOCK", 7)
    monkeypatch.setattr(pagefiles, "BLOCK", 7)
    pieces = hot_client.get(f"/page/{HOT}/projects.csv")
    assert "content-length" not in pieces.headers
    assert pieces.content == whole.content
    again = hot_client.get(f"/page/{HOT}/projects.csv", headers={"If-None-Match": pieces.headers["etag"]})
    assert again.status_code == 304
    head = hot_client.request("HEAD", f"/page/{HOT}/projects.csv")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", pieces.headers["etag"])


def test_too_many_rows_for_a_kind_of_file_are_refused(hot_client, monkeypatch: pytest.MonkeyPatch) -> None:
    """413 that says how to ask for less; a gathering page has files too."""
    monkeypatch.setattr(pagefiles, "MOST_IN_EXCEL", 5)
    refused = hot_client.get(f"/page/{HOT}/projects.xlsx")
    assert refused.status_code == 413
    assert refused.json()["error"]["code"] == "too-many-rows"
    assert hot_client.get("/page/department/130636-5/projects.csv").status_code == 200
