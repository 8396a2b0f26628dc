"""Reading and recognising beside the bare library that opens the same file, on one core: `make bench`.

For each format, side by side in one run, the median of several rounds: the library's own parse, our reading, and our
recognising, with documents and indicators a second. The samples are read as they are, and rewritten as Word, Excel and
PDF files in a temporary folder. Times are processor time, of this process and those it starts: other work on the
machine counts less.
"""

from __future__ import annotations

import argparse
import html
import resource
import statistics
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdfium2
from lxml import etree
from lxml import html as lxml_html
from playwright.sync_api import sync_playwright

import fundtrace
from fundtrace.reading import Sheets, Table, read
from fundtrace.recognising import recognise

SAMPLES = Path(fundtrace.__file__).parent / "samples" / "documents"
STYLE = "table{border-collapse:collapse}td{border:1px solid #000}"


def bare_text(path: Path) -> None:
    """Decode the file."""
    path.read_bytes().decode("utf-8")


def bare_html(path: Path) -> None:
    """Parse with lxml."""
    lxml_html.document_fromstring(path.read_bytes())


def bare_docx(path: Path) -> None:
    """Parse the main part with lxml."""
    with zipfile.ZipFile(path) as archive:
        etree.fromstring(archive.read("word/document.xml"))


def bare_xlsx(path: Path) -> None:
    """Open with openpyxl and visit every cell."""
    for sheet in openpyxl.load_workbook(path, read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


def bare_pdf(path: Path) -> None:
    """Take the text of every page with pdfium."""
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.get_textpage().get_text_range()


BARE: dict[str, Callable[[Path], None]] = {
    ".txt": bare_text,
    ".md": bare_text,
    ".html": bare_html,
    ".docx": bare_docx,
    ".xlsx": bare_xlsx,
    ".pdf": bare_pdf,
}


def rewrite(sheets: Sheets, folder: Path, name: str, pages: list[Path]) -> list[Path]:
    """The document as HTML, Word and Excel; the web page is noted for printing."""
    parts = [f"<!DOCTYPE html><meta charset='utf-8'><style>{STYLE}</style>"]
    word, book = docx.Document(), openpyxl.Workbook()
    sheet = book.active
    for block in sheets.blocks:
        if isinstance(block, Table):
            rows = [[cell.text for cell in row.cells] for row in block.rows]
            made = word.add_table(len(rows), max(map(len, rows)))
            for row, line in zip(rows, made.rows, strict=True):
                for text, cell in zip(row, line.cells, strict=False):
                    cell.text = text
            cells = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in rows)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
        else:
            rows = [[block.text]]
            word.add_paragraph(block.text)
            parts.append(f"<p>{html.escape(block.text)}</p>")
        for row in rows:
            sheet.append([text or None for text in row])
        sheet.append([])
    web = folder / f"{name}.html"
    web.write_text("\n".join(parts), encoding="utf-8")
    pages.append(web)
    word.save(str(folder / f"{name}.docx"))
    book.save(folder / f"{name}.xlsx")
    return [web, folder / f"{name}.docx", folder / f"{name}.xlsx"]


def printed(pages: list[Path]) -> list[Path]:
    """The web pages as PDF files that Chromium prints."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for page in pages:
            tab = browser.new_page()
            tab.goto(page.as_uri())
            tab.pdf(path=str(page.with_suffix(".pdf")))
        browser.close()
    return [page.with_suffix(".pdf") for page in pages]


def spent() -> float:
    """Seconds of processor time so far."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def median(rounds: int, work: Callable[[], object]) -> float:
    """Seconds of the middle round."""
    times = []
    for _ in range(rounds):
        begun = spent()
        work()
        times.append(spent() - begun)
    return statistics.median(times)


def row(suffix: str, paths: list[Path], bare: Callable[[Path], None], rounds: int) -> str:
    """The table row of one format."""
    sheets = [read(path)[0] for path in paths]
    indicators = sum(len(project.indicators) for one in sheets for project in recognise(one).projects)
    opened = median(rounds, lambda: [bare(path) for path in paths])
    reading = median(rounds, lambda: [read(path) for path in paths])
    recognising = median(rounds, lambda: [recognise(one) for one in sheets])
    whole = reading + recognising
    return (
        f"| {suffix[1:]} | {len(paths)} | {opened * 1e3:.1f} | {reading * 1e3:.1f} | {reading / opened:.1f} "
        f"| {recognising * 1e3:.1f} | {recognising / reading:.2f} | {len(paths) / whole:.1f} | {indicators / whole:.0f} |"
    )


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=SAMPLES, help="documents to read (default: samples)"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        sources = [
            path
            for path in sorted(options.folder.iterdir())
            if path.suffix in {".txt", ".md", ".html", ".docx"}
        ]
        pages: list[Path] = []
        files = [*sources]
        for path in sources:
            files += rewrite(read(path)[0], folder, path.stem, pages)
        files += printed(pages)
        print(
            "| format | documents | bare ms | reading ms | × bare | recognising ms | × reading | documents/s | indicators/s |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for suffix, bare in BARE.items():
            paths = [path for path in files if path.suffix == suffix]
            if not paths:
                continue
            print(row(suffix, paths, bare, options.rounds))


if __name__ == "__main__":
    main()
