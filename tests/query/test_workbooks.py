"""Tables as Excel files."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest
from openpyxl import load_workbook

from fundtrace.query import Table, ask, load_questions
from fundtrace.query.tables import headings
from fundtrace.query.workbooks import xlsx_bytes


@pytest.fixture(scope="module")
def table(store: ox.Store) -> Table:
    """The projects under one document."""
    return ask(store, load_questions()["documents/projects-citing"], {"number": "冀财社〔2020〕172号"})


def _with_cell(table: Table, text: str) -> Table:
    row = list(table.rows[0])
    row[4] = text
    return Table(table.question, table.values, table.columns, (tuple(row),))


def test_excel_has_typed_cells(table: Table) -> None:
    """Money and counts are numbers, codes are text, the heading stays in view, a second sheet says what it is."""
    book = load_workbook(io.BytesIO(xlsx_bytes(table)))
    data, about = book.worksheets
    assert [cell.value for cell in data[1]] == headings(table, "zh")
    row = dict(zip(headings(table, "en"), data[2], strict=True))
    assert row["total budget (yuan)"].value == 6_760_000
    assert row["total budget (yuan)"].number_format == "#,##0.00"
    assert row["code"].data_type == "s"
    assert data.freeze_panes == "A2"
    assert about["B2"].value == table.question.summary.zh
    assert [about["A5"].value, about["B5"].value] == ["文号或标题", "冀财社〔2020〕172号"]


def test_excel_keeps_formulas_and_odd_characters_harmless(table: Table) -> None:
    """A text stays a text, and a character that Excel cannot hold is left out."""
    book = load_workbook(io.BytesIO(xlsx_bytes(_with_cell(table, "=1+1\x00"), "en")))
    cell = book.worksheets[0]["E2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert book.sheetnames == ["data", "about"]
