"""A document rewritten as a web page, Word, Excel or PDF file gives equal records, positions aside."""

from __future__ import annotations

import html
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser

from fundtrace.reading import Sheets, Table, read
from fundtrace.recognising import recognise

SAMPLES = ("shunping-2021.docx", "baigou-2022.html", "julu-2025.txt", "hezheng-2024.txt", "funing-2020.md")
PUBLISHED = ("shunping-2021.txt", "baigou-2022.txt", "julu-2025.txt", "hezheng-2024.txt", "funing-2020.txt")
DOCUMENTS = os.environ.get("FUNDTRACE_DOCUMENTS")
PLACES = {"line", "position", "rows", "source", "coverage", "findings"}
STYLE = "body{font:11px 'Noto Sans CJK SC'} table{border-collapse:collapse;width:100%} td{border:1px solid #000;padding:3px}"


def without_places(value: Any) -> Any:
    """A record without what belongs to the file that it was read from."""
    if isinstance(value, dict):
        return {name: without_places(part) for name, part in value.items() if name not in PLACES}
    return [without_places(part) for part in value] if isinstance(value, list) else value


def without_spaces(value: Any) -> Any:
    """A record with the white space taken out of every text."""
    if isinstance(value, dict):
        return {name: without_spaces(part) for name, part in value.items()}
    if isinstance(value, list):
        return [without_spaces(part) for part in value]
    return "".join(value.split()) if isinstance(value, str) else value


def records(path: Path) -> Any:
    """What a file says, positions aside."""
    return without_places(recognise(read(path)[0]).model_dump(mode="json"))


def as_html(sheets: Sheets, path: Path) -> None:
    """Write paragraphs and ruled tables as a web page."""
    parts = [f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{STYLE}</style></head><body>"]
    for block in sheets.blocks:
        if isinstance(block, Table):
            cells = (
                "".join(f"<td>{html.escape(cell.text).replace(chr(10), '<br>')}</td>" for cell in row.cells)
                for row in block.rows
            )
            parts.append("<table>" + "\n".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
        else:
            tag = f"h{block.heading}" if block.heading else "p"
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
    path.write_text("\n".join([*parts, "</body></html>"]), encoding="utf-8")


def as_docx(sheets: Sheets, path: Path) -> None:
    """Write paragraphs and tables as a Word file."""
    document = docx.Document()
    for block in sheets.blocks:
        if isinstance(block, Table):
            table = document.add_table(len(block.rows), max(len(row.cells) for row in block.rows))
            for row, made in zip(block.rows, table.rows, strict=True):
                for cell, place in zip(row.cells, made.cells, strict=False):
                    place.text = cell.text
        elif block.heading:
            document.add_heading(block.text, block.heading)
        else:
            document.add_paragraph(block.text)
    document.save(str(path))


def as_xlsx(sheets: Sheets, path: Path) -> None:
    """Write everything on one worksheet, a paragraph in a row of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    number = 1
    for block in sheets.blocks:
        rows = (
            [[cell.text for cell in row.cells] for row in block.rows]
            if isinstance(block, Table)
            else [[block.text]]
        )
        for row in rows:
            for column, text in enumerate(row, 1):
                if text:
                    place = sheet.cell(number, column)
                    place.value, place.data_type = text, "s"
            number += 1
        number += 1
    book.save(path)


WRITERS: dict[str, Callable[[Sheets, Path], None]] = {"html": as_html, "docx": as_docx, "xlsx": as_xlsx}


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gives_equal_records_in_every_format(
    samples: Path, tmp_path: Path, name: str, form: str
) -> None:
    """Readers are compared with each other on the sample documents."""
    _compare(samples / name, tmp_path / f"again.{form}", WRITERS[form])


@pytest.mark.browser
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gives_equal_records_when_it_is_printed(
    samples: Path, tmp_path: Path, name: str, chromium: Browser
) -> None:
    """A PDF that Chromium prints from the web page is read alike."""
    _compare_print(samples / name, tmp_path / "again.pdf", _printer(chromium, tmp_path))


@pytest.mark.documents
@pytest.mark.skipif(DOCUMENTS is None, reason="the published documents are not at hand")
@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_document_gives_equal_records_in_every_format(
    tmp_path: Path, name: str, form: str
) -> None:
    """Readers are compared with each other on published documents."""
    _compare(Path(DOCUMENTS or "") / name, tmp_path / f"again.{form}", WRITERS[form])


@pytest.mark.browser
@pytest.mark.documents
@pytest.mark.skipif(DOCUMENTS is None, reason="the published documents are not at hand")
@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_document_gives_equal_records_when_it_is_printed(
    tmp_path: Path, name: str, chromium: Browser
) -> None:
    """A PDF that Chromium prints from a published document is read alike."""
    _compare_print(Path(DOCUMENTS or "") / name, tmp_path / "again.pdf", _printer(chromium, tmp_path))


def _printer(chromium: Browser, folder: Path) -> Callable[[Sheets, Path], None]:
    def printed(sheets: Sheets, path: Path) -> None:
        page = folder / "page.html"
        as_html(sheets, page)
        tab = chromium.new_page()
        tab.goto(page.as_uri())
        tab.pdf(path=str(path), format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "12mm"))
        tab.close()

    return printed


def _compare(source: Path, again: Path, write: Callable[[Sheets, Path], None]) -> None:
    sheets = read(source)[0]
    write(sheets, again)
    assert records(again) == records(source)


def _compare_print(source: Path, again: Path, write: Callable[[Sheets, Path], None]) -> None:
    """As `_compare`, white space inside texts aside.

    A space that stood exactly where a line was wrapped is not in the print. The reader puts one there only where the
    document mostly writes one between such characters, and documents write `21号` and `21 号` side by side.
    """
    sheets = read(source)[0]
    write(sheets, again)
    assert without_spaces(records(again)) == without_spaces(records(source))
