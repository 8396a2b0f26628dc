"""Word and Excel files, written part by part so that the same blocks always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from random import Random
from xml.sax.saxutils import escape

from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"


def word(rng: Random, blocks: list[Block]) -> bytes:
    """A Word file; breaks within a cell are breaks of line or paragraphs."""
    paragraphs = rng.random() < 0.5
    body = "".join(
        _table(block, paragraphs=paragraphs) if isinstance(block, Grid) else _paragraph(block.text)
        for block in blocks
    )
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    return _package(
        "word/document.xml", f"{_TYPES}.wordprocessingml.document.main+xml", {"word/document.xml": document}
    )


def _paragraph(text: str) -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:r>{lines}</w:r></w:p>"


def _table(grid: Grid, *, paragraphs: bool) -> str:
    spread = grid.spread()
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for number, row in enumerate(spread):
        for place, cell in enumerate(row):
            if cell is not None:
                for below in range(cell.rows):
                    owner[number + below, place] = (number, place)
    rows = []
    for number, row in enumerate(spread):
        made = []
        for place, cell in enumerate(row):
            first = owner.get((number, place))
            if first is None:
                continue
            origin = spread[first[0]][first[1]]
            assert origin is not None
            span = f'<w:gridSpan w:val="{origin.columns}"/>' * (origin.columns > 1)
            merge = "" if origin.rows == 1 else '<w:vMerge w:val="restart"/>' if cell else "<w:vMerge/>"
            texts = origin.text.split("\n") if paragraphs else [origin.text]
            content = "".join(_paragraph(text) for text in texts) if cell else "<w:p/>"
            made.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{content}</w:tc>")
        rows.append(f"<w:tr>{''.join(made)}</w:tr>")
    columns = "<w:gridCol/>" * grid.width
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def workbook(rng: Random, blocks: list[Block]) -> bytes:
    """An Excel file: all on one sheet, or a sheet for each table with the lines above it."""
    sheets: list[list[Block]] = [[]]
    parted = rng.random() < 0.5
    for block in blocks:
        if parted and isinstance(block, Paragraph) and any(isinstance(each, Grid) for each in sheets[-1]):
            sheets.append([])
        sheets[-1].append(block)
    parts, names, links = {}, [], []
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet)
        names.append(f'<sheet name="表{number}" sheetId="{number}" r:id="rId{number}"/>')
        links.append(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{"".join(names)}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'
    )
    return _package("xl/workbook.xml", f"{_TYPES}.spreadsheetml.sheet.main+xml", parts)


def _sheet(blocks: list[Block]) -> str:
    rows: list[str] = []
    merges: list[str] = []
    number = 0
    for block in blocks:
        spread = block.spread() if isinstance(block, Grid) else [[Cell(block.text)]]
        for row in spread:
            number += 1
            made = []
            for place, cell in enumerate(row):
                if cell is None:
                    continue
                name = f"{_letters(place)}{number}"
                made.append(_value(name, cell.text))
                if cell.rows > 1 or cell.columns > 1:
                    merges.append(f"{name}:{_letters(place + cell.columns - 1)}{number + cell.rows - 1}")
            rows.append(f'<row r="{number}">{"".join(made)}</row>')
    merged = "".join(f'<mergeCell ref="{name}"/>' for name in merges)
    merged = f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else ""
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'


def _value(name: str, text: str) -> str:
    if not text:
        return ""
    if text.isascii() and text.isdigit() and str(int(text)) == text and len(text) < 12:
        return f'<c r="{name}"><v>{text}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _letters(place: int) -> str:
    return (
        chr(ord("A") + place) if place < 26 else chr(ord("A") + place // 26 - 1) + chr(ord("A") + place % 26)
    )


def _package(main: str, kind: str, parts: dict[str, str]) -> bytes:
    sheets = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES}.spreadsheetml.worksheet+xml"/>'
        for name in parts
        if "worksheets/" in name
    )
    declared = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="{kind}"/>{sheets}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{main}"/></Relationships>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (declared | parts).items():
            archive.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)),
                f'<?xml version="1.0" encoding="UTF-8"?>{content}',
                zipfile.ZIP_DEFLATED,
                1,
            )
    return file.getvalue()
