"""Documents that LibreOffice rewrites give equal records, positions aside."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import fundtrace
from fundtrace.reading import Sheets, Table, read
from fundtrace.recognising import recognise

DOCUMENTS = Path(
    os.environ.get("FUNDTRACE_DOCUMENTS") or Path(fundtrace.__file__).parent / "samples" / "documents"
)
NAMES = sorted(path.name for path in DOCUMENTS.iterdir() if path.is_file())
PLACES = {"line", "position", "rows", "source", "coverage", "findings"}
STYLE = "body{font:11px 'Noto Sans CJK SC'}"


PRINT_DIFFERS = {
    (
        "julu-2025",
        "docx.pdf",
    ): "a large heading whose broken line leaves a little more room than its next character takes",
}
"""What is known to be read otherwise from print, and why."""


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each document in each form; the second suffix says what it was printed from."""
    program = shutil.which("soffice")
    assert program, "install LibreOffice, or run `make test-engines`, which does"
    folder = tmp_path_factory.mktemp("office")
    for name in NAMES:
        sheets = read(DOCUMENTS / name)[0]
        _as_html(sheets, folder / Path(name).with_suffix(".html").name)
        _as_xlsx(sheets, folder / Path(name).with_suffix(".xlsx").name)
    profile = (folder / "profile").as_uri()

    def convert(form: str, given: str, to: Path = folder) -> None:
        paths = [str(path) for path in sorted(folder.glob(given))]
        command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
        subprocess.run(
            [*command, "--convert-to", form, "--outdir", str(to), *paths],
            check=True,
            capture_output=True,
            timeout=600,
        )

    convert("pdf", "*.html")
    convert("doc:MS Word 97", "*.html")
    convert("docx:MS Word 2007 XML", "*.html")
    convert("xls:MS Excel 97", "*.xlsx")
    convert("xlsx:Calc MS Excel 2007 XML", "*.xlsx", folder / "again")
    convert("html:HTML (StarWriter)", "*.docx", folder / "again")
    convert("pdf", "*.docx", folder / "again")
    for path in (folder / "again").glob("*.pdf"):
        path.rename(folder / f"{path.stem}.docx.pdf")
    return folder


@pytest.mark.parametrize("form", ["docx", "doc", "xls", "again/xlsx"])
@pytest.mark.parametrize("name", NAMES)
def test_a_document_gives_equal_records_when_libreoffice_rewrites_it(
    rewritten: Path, name: str, form: str
) -> None:
    """Word and Excel files, new and old, of another writer than ours."""
    folder, _, suffix = form.rpartition("/")
    again = rewritten / folder / f"{Path(name).stem}.{suffix}"
    assert _records(again) == _records(DOCUMENTS / name)


@pytest.mark.parametrize("form", ["pdf", "docx.pdf", "again/html"])
@pytest.mark.parametrize("name", NAMES)
def test_a_document_gives_equal_records_when_libreoffice_prints_it(
    rewritten: Path, name: str, form: str, request: pytest.FixtureRequest
) -> None:
    """Print and the web page of a Word file, white space aside, since both break lines at spaces."""
    stem = Path(name).stem
    if reason := PRINT_DIFFERS.get((stem, form)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=False))
    folder, _, suffix = form.rpartition("/")
    again = rewritten / folder / f"{stem}.{suffix}"
    assert _without_spaces(_records(again)) == _without_spaces(_records(DOCUMENTS / name))


def _records(path: Path) -> Any:
    return _without_places(recognise(read(path)[0]).model_dump(mode="json"))


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_places(part) for name, part in value.items() if name not in PLACES}
    return [_without_places(part) for part in value] if isinstance(value, list) else value


def _without_spaces(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_spaces(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_without_spaces(part) for part in value]
    return "".join(value.split()) if isinstance(value, str) else value


def _as_html(sheets: Sheets, path: Path) -> None:
    """A web page with ruled tables (LibreOffice draws lines for `border`, not for styles of a sheet)."""
    parts = [f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{STYLE}</style></head><body>"]
    for block in sheets.blocks:
        if isinstance(block, Table):
            cells = (
                "".join(f"<td>{html.escape(cell.text).replace(chr(10), '<br>')}</td>" for cell in row.cells)
                for row in block.rows
            )
            rows = "\n".join(f"<tr>{row}</tr>" for row in cells)
            parts.append(f"<table border='1' cellspacing='0'>{rows}</table>")
        else:
            tag = f"h{block.heading}" if block.heading else "p"
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
    path.write_text("\n".join([*parts, "</body></html>"]), encoding="utf-8")


def _as_xlsx(sheets: Sheets, path: Path) -> None:
    """Everything on one worksheet, a paragraph in a row of its own."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for block in sheets.blocks:
        rows = (
            [[cell.text or None for cell in row.cells] for row in block.rows]
            if isinstance(block, Table)
            else [[block.text]]
        )
        for row in rows:
            sheet.append(row)
        sheet.append([])
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                cell.data_type = "s"
    made.save(path)
