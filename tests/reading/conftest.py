"""One content written in every form that can be read, and a writer of small PDFs."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import docx
import openpyxl
import pytest

from fundtrace.reading import Sheets, Table, read_bytes

Rows = list[list[str]]
Content = list[tuple[int, str] | Rows]
"""Paragraphs as (heading level or 0, text), and tables as rows of texts."""


def _text(content: Content) -> bytes:
    parts = []
    for block in content:
        parts.append(block[1] if isinstance(block, tuple) else "\n".join("\t".join(row) for row in block))
    return "\n\n".join(parts).encode()


def _cell_lines(content: Content) -> bytes:
    parts = []
    for block in content:
        if isinstance(block, tuple):
            parts.append(block[1])
        else:
            parts.extend("\n".join(f"\t{cell}" for cell in row) for row in block)
    return "\n\n".join(parts).encode()


def _markdown(content: Content) -> bytes:
    parts = []
    for block in content:
        if isinstance(block, tuple):
            parts.append("#" * block[0] + " " * bool(block[0]) + block[1])
        else:
            rows = [[""] * len(block[0]), ["---"] * len(block[0]), *block]
            parts.append("\n".join("| " + " | ".join(row) + " |" for row in rows))
    return "\n\n".join(parts).encode()


def _html(content: Content) -> bytes:
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>t</title></head><body><nav>x</nav>"]
    for block in content:
        if isinstance(block, tuple):
            tag = f"h{block[0]}" if block[0] else "p"
            parts.append(f"<{tag}>{html.escape(block[1])}</{tag}>")
        else:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block)
            parts.append("<table>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def _docx(content: Content) -> bytes:
    document = docx.Document()
    for block in content:
        if isinstance(block, tuple):
            if block[0]:
                document.add_heading(block[1], block[0])
            else:
                document.add_paragraph(block[1])
        else:
            table = document.add_table(rows=len(block), cols=len(block[0]))
            for row, line in zip(block, table.rows, strict=True):
                for text, cell in zip(row, line.cells, strict=True):
                    cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _xlsx(content: Content) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    number = 1
    for block in content:
        for row in [[block[1]]] if isinstance(block, tuple) else block:
            for column, text in enumerate(row, start=1):
                if text:
                    cell = sheet.cell(number, column)
                    cell.value, cell.data_type = text, "s"
            number += 1
        number += 1
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _csv(content: Content) -> bytes:
    parts = []
    for block in content:
        for row in [[block[1]]] if isinstance(block, tuple) else block:
            parts.append(",".join('"' + cell.replace('"', '""') + '"' for cell in row))
        parts.append("")
    return "\n".join(parts).encode("utf-8-sig")


WRITERS: dict[str, Callable[[Content], bytes]] = {
    "text": _text,
    "cell-lines": _cell_lines,
    "markdown": _markdown,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
}


@pytest.fixture(scope="session")
def write() -> Callable[[str, Content], bytes]:
    """Write a content in a form: text, cell-lines, markdown, html, docx, xlsx or csv."""
    return lambda form, content: WRITERS[form](content)


@pytest.fixture(scope="session")
def read_one() -> Callable[..., Sheets]:
    """Read bytes that hold one document: read_one(data, kind, **options)."""

    def reading(data: bytes, kind: str, **options: object) -> Sheets:
        (sheets,) = read_bytes(data, f"file.{kind}", kind, **options)
        return sheets

    return reading


@pytest.fixture(scope="session")
def shape() -> Callable[[Sheets], list[object]]:
    """What a reading says without its places: texts of paragraphs and rows of cells; merged cells are None."""

    def shaped(sheets: Sheets) -> list[object]:
        return [
            [[None if cell.merged else cell.text for cell in row.cells] for row in block.rows]
            if isinstance(block, Table)
            else block.text
            for block in sheets.blocks
        ]

    return shaped


@pytest.fixture(scope="session")
def content() -> Content:
    """A small document with a heading, captions, two tables and a closing paragraph."""
    return [
        (1, "水务局项目支出绩效目标"),
        (0, "单位：万元"),
        [
            ["项目名称", "水井维护", "项目编码", "13062521P00000000001X"],
            ["预算数", "12.50", "其他资金", ""],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "维护水井", "≥20眼"],
            ["", "质量指标", "合格率", "95%以上 <100%"],
        ],
        (2, "二、说明"),
        (0, "依据冀水发〔2021〕7号执行。"),
        [["项目", "金额"], ["合计", "1,250.00"]],
        (0, "联系单位：水务局"),
    ]


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


@dataclass
class Pdf:
    """A hand-made PDF: texts, lines and rectangles of its pages, in points from the lower left corner."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    forms: list[str] = field(default_factory=list)
    signs: dict[str, int] = field(default_factory=dict)
    rotate: int = 0
    encrypted: bool = False
    mapped: bool = True
    producer: str = "test"

    def text(self, x: float, y: float, text: str, size: float = 12, *, turn: str = "1 0 0 1") -> None:
        """Write a text; wide characters are one size wide, others half. `turn` is a matrix without its place."""
        codes = "".join(f"{self.signs.setdefault(sign, len(self.signs) + 1):02X}" for sign in text)
        self.draw(f"BT /F0 {size} Tf {turn} {x} {y} Tm <{codes}> Tj ET")

    def draw(self, marks: str) -> None:
        """Add page marks as they are."""
        self.pages[-1].append(marks)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a line."""
        self.pages[-1].append(f"0.5 w {x1} {y1} m {x2} {y2} l S")

    def box(self, x: float, y: float, width: float, height: float, how: str = "S") -> None:
        """Draw a rectangle."""
        self.pages[-1].append(f"{x} {y} {width} {height} re {how}")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Draw all lines of a table."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def page(self) -> None:
        """Begin a new page."""
        self.pages.append([])

    def save(self) -> bytes:
        """The bytes of the file."""
        pairs = (
            [f"<{code:02X}> <{ord(sign):04X}>" for sign, code in self.signs.items()] if self.mapped else []
        )
        to_unicode = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
            "1 begincodespacerange <00> <FF> endcodespacerange "
            + " ".join(f"1 beginbfchar {pair} endbfchar" for pair in pairs)
            + " endcmap end end"
        )
        widths = [1000 if ord(sign) > 0x2000 else 500 for sign in self.signs]
        kids = " ".join(f"{7 + 2 * index} 0 R" for index in range(len(self.pages)))
        names = " ".join(f"/g{width}" for width in widths)
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>",
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880] /FontMatrix [0.001 0 0 0.001 0 0] "
            f"/FirstChar 1 /LastChar {len(widths)} /Widths [{' '.join(map(str, widths))}] /Resources << >> "
            f"/CharProcs << /g500 4 0 R /g1000 5 0 R >> /Encoding << /Type /Encoding /Differences [1 {names}] >> "
            "/ToUnicode 6 0 R >>",
            *(_stream(f"{width} 0 0 -120 {width} 880 d1 0 -120 {width} 1000 re f") for width in (500, 1000)),
            _stream(to_unicode),
        ]
        for index, marks in enumerate(self.pages):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {self.rotate} "
                f"/Resources << /Font << /F0 3 0 R >> >> /Contents {8 + 2 * index} 0 R >>"
            )
            objects.append(_stream("\n".join(marks)))
        first_form = len(objects) + 1
        for marks in self.forms:
            objects.append(
                f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [1 0 0 1 10 0] /Length {len(marks)} >>"
                f"\nstream\n{marks}\nendstream"
            )
        if self.forms:
            names = " ".join(f"/X{index} {first_form + index} 0 R" for index in range(len(self.forms)))
            objects = [
                body.replace("/F0 3 0 R >> >>", f"/F0 3 0 R >> /XObject << {names} >> >>") for body in objects
            ]
        objects.append(f"<< /Producer ({self.producer}) >>")
        data = b"%PDF-1.7\n"
        places = []
        for number, body in enumerate(objects, start=1):
            places.append(len(data))
            data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        lock = f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >> "
        trailer = (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer << {lock if self.encrypted else ''}/Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(data)}\n%%EOF"
        )
        return data + trailer.encode("latin-1")


@pytest.fixture
def pdf() -> Pdf:
    """An empty PDF of one page to write on."""
    return Pdf()


@pytest.fixture(scope="session")
def pack() -> Callable[..., bytes]:
    """Zip members (name to bytes or text) into an archive."""

    def packed(members: dict[str, bytes | str]) -> bytes:
        saved = io.BytesIO()
        with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return saved.getvalue()

    return packed


@pytest.fixture(scope="session")
def word(pack: Callable[..., bytes]) -> Callable[..., bytes]:
    """A docx with a body of WordprocessingML (prefix w), and styles if given."""

    def made(body: str, styles: str = "", *, around: str = "") -> bytes:
        names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        members = {
            "word/document.xml": f"<?xml version='1.0'?>{around}<w:document {names}><w:body>{body}</w:body></w:document>"
        }
        if styles:
            members["word/styles.xml"] = f"<w:styles {names}>{styles}</w:styles>"
        return pack(members)

    return made


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of files that cannot be written here."""
    return Path(__file__).parent / "data"
