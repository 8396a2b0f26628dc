"""The layouts of budget tables that provinces print, in the formats that keep merged cells."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from playwright.sync_api import Browser

from fundtrace.reading import read
from fundtrace.recognising.budget_tables import read_budget_tables

LAYOUTS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("layouts.yml").read_text(encoding="utf-8")
)
STYLE = "table{border-collapse:collapse}td{border:1px solid #000;padding:3px;font:11px 'Noto Sans CJK SC'}"
Rows = list[list[str]]


def _spans(rows: Rows) -> dict[tuple[int, int], tuple[int, int]]:
    """The rows and columns that each cell with a text of its own takes."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text in {"<", "^"}:
                continue
            across = down = 1
            while column + across < len(cells) and cells[column + across] == "<":
                across += 1
            while row + down < len(rows) and rows[row + down][column] == "^":
                down += 1
            spans[row, column] = down, across
    return spans


def _as_html(path: Path) -> None:
    parts = [f"<!DOCTYPE html><meta charset='utf-8'><style>{STYLE}</style>"]
    for layout in LAYOUTS:
        rows = layout["rows"]
        parts += [f"<p>{text}</p>" for text in (layout["title"], *layout["captions"])]
        spans = _spans(rows)
        lines = [
            "".join(
                f"<td rowspan={spans[row, column][0]} colspan={spans[row, column][1]}>{html.escape(text)}</td>"
                for column, text in enumerate(cells)
                if (row, column) in spans
            )
            for row, cells in enumerate(rows)
        ]
        parts.append("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")
    path.write_text("\n".join(parts), encoding="utf-8")


def _as_docx(path: Path) -> None:
    document = docx.Document()
    for layout in LAYOUTS:
        rows = layout["rows"]
        for text in (layout["title"], *layout["captions"]):
            document.add_paragraph(text)
        table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for (row, column), (down, across) in _spans(rows).items():
            cell = table.cell(row, column).merge(table.cell(row + down - 1, column + across - 1))
            cell.text = rows[row][column]
    document.save(str(path))


def _as_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for number, layout in enumerate(LAYOUTS):
        sheet = book.create_sheet(f"表{number}") if number else book.active
        assert sheet is not None
        texts = [layout["title"], *layout["captions"]]
        for place, text in enumerate(texts, start=1):
            sheet.cell(place, 1, text)
        for (row, column), (down, across) in _spans(layout["rows"]).items():
            begin = len(texts) + 1 + row
            cell = sheet.cell(begin, column + 1)
            cell.value, cell.data_type = layout["rows"][row][column], "s"
            if (down, across) != (1, 1):
                sheet.merge_cells(None, begin, column + 1, begin + down - 1, column + across)
    book.save(path)


WRITERS: dict[str, Callable[[Path], None]] = {"html": _as_html, "docx": _as_docx, "xlsx": _as_xlsx}


def _check(path: Path) -> None:
    """Compare what is read from a file with what is expected, table by table."""
    tables = read_budget_tables([block for sheets in read(path) for block in sheets.blocks]).records
    assert [(table.title, table.kind) for table in tables] == [
        (layout["title"], layout["kind"]) for layout in LAYOUTS
    ]
    for layout, table in zip(LAYOUTS, tables, strict=True):
        found = [
            [
                row.side,
                row.code,
                row.name,
                row.level,
                row.leaf,
                {name: money.yuan or money.printed for name, money in row.cells.items()},
            ]
            for row in table.rows
        ]
        assert found == layout["expected"], table.title


@pytest.mark.parametrize("form", WRITERS)
def test_layouts_are_read_exactly(tmp_path: Path, form: str) -> None:
    """Each row has its side, code, level, leaf and amounts, in every format."""
    WRITERS[form](tmp_path / f"tables.{form}")
    _check(tmp_path / f"tables.{form}")


@pytest.mark.browser
def test_layouts_are_read_exactly_when_they_are_printed(tmp_path: Path, chromium: Browser) -> None:
    """So they are in a PDF, where tables are what lines draw."""
    _as_html(tmp_path / "page.html")
    tab = chromium.new_page()
    tab.goto((tmp_path / "page.html").as_uri())
    tab.pdf(path=str(tmp_path / "tables.pdf"), format="A4")
    tab.close()
    _check(tmp_path / "tables.pdf")
