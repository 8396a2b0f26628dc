"""Tables of a release: one row a project and document, for people with a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from fundtrace.errors import UsageError
from fundtrace.release import Account, Release, build_release, export_table, tabular

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"


def _export(release: Release, name: str, form: str) -> bytes:
    output = io.BytesIO()
    export_table(release, name, form, output)
    return output.getvalue()


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_sum_over_what_is_counted_is_the_money_under_documents(sample_release: Release) -> None:
    """计入合计 is 1 once for each project that is funded under a document, however many it cites."""
    rows = _rows(_export(sample_release, "projects-and-documents", "csv"))
    counted = [row for row in rows if row["计入合计"] == "1"]
    assert len({row["项目"] for row in counted}) == len(counted)
    question = f"""SELECT (SUM(?total) AS ?sum) WHERE {{
      SELECT DISTINCT ?project ?total WHERE {{
        ?project <{NS}fundedUnder> ?document ; <{NS}totalBudget> ?total }} }}"""
    (solution,) = sample_release.store.query(question)  # type: ignore[misc]  # a SELECT gives solutions
    found = sum(Decimal(row["预算数（元）"] or 0) for row in counted)
    assert found == Decimal(solution["sum"].value)


def test_an_excel_file_has_the_rows_of_the_csv_and_the_same_bytes_each_time(sample_release: Release) -> None:
    """Codes are text cells, and the time of writing is nowhere in the file."""
    first = _export(sample_release, "projects", "xlsx")
    assert first == _export(sample_release, "projects", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(first)).worksheets[0]
    heading, *rows = sheet.iter_rows(values_only=True)
    told = _rows(_export(sample_release, "projects", "csv"))
    assert list(heading) == list(told[0])
    assert [row[1] or "" for row in rows] == [row["项目编码"] for row in told]
    assert {cell.data_type for cell in sheet["B"]} <= {"s", "n"}
    assert all(part.date_time[0] == 1980 for part in zipfile.ZipFile(io.BytesIO(first)).infolist())


def test_every_table_that_is_offered_can_be_written(sample_release: Release) -> None:
    """A question that needs a value is none of them, and asking for it names those there are."""
    for name in tabular.tables():
        assert _rows(_export(sample_release, name, "csv"))
    with pytest.raises(UsageError, match="unknown-table") as caught:
        _export(sample_release, "indicators", "csv")
    assert all(name in caught.value.en for name in tabular.tables())


def test_what_begins_like_a_formula_is_text(tmp_path: Path, lines: Callable[..., list[str]]) -> None:
    """A name that a spreadsheet would evaluate gets a quotation mark in CSV, and is a text cell in Excel."""
    project = f"<{BASE}id/project/p1~b>"
    told = [
        *lines(count=1),
        f'{project} <{NS}name> "=1+1" .',
        f"{project} <{NS}stage> <{BASE}id/concept/stage-budget> .",
        f"<{BASE}id/concept/stage-budget> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<http://www.w3.org/2004/02/skos/core#Concept> .",
    ]
    release = build_release(tmp_path, told, BASE, NS, Account()).release
    assert [row["项目名称"] for row in _rows(_export(release, "projects", "csv"))] == ["'=1+1"]
    sheet = openpyxl.load_workbook(io.BytesIO(_export(release, "projects", "xlsx"))).worksheets[0]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("name", "form", "code"), [("x", "csv", "unknown-table"), ("projects", "x", "unknown-format")]
)
def test_what_is_not_there_is_named(sample_release: Release, name: str, form: str, code: str) -> None:
    """The message lists what there is."""
    with pytest.raises(UsageError) as caught:
        _export(sample_release, name, form)
    assert caught.value.code == code


def test_a_table_that_no_sheet_can_hold_is_refused(
    sample_release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message leads to CSV."""
    monkeypatch.setattr(tabular, "MOST_ROWS", 3)
    with pytest.raises(UsageError, match="csv"):
        _export(sample_release, "projects", "xlsx")
