"""Hostile and merely huge files of 20 MB: each ends within a minute and 1 GiB, as records or as a refusal."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SIZE = 20_000_000
SECONDS = 60
BYTES = 1024**3
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOOK = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
XLS = Path(__file__).parents[1] / "reading" / "data" / "plan.xls"
READ = """
import json, os, resource, sys
from pathlib import Path
from fundtrace.errors import InputError
from fundtrace.reading import read
try:
    said = f"{sum(len(sheets.blocks) for sheets in read(Path(sys.argv[1])))} blocks"
except InputError as error:
    said = error.code
status = Path("/proc/self/status").read_text()
# The peak that the kernel accounts to a process begins with that of the one that started it; this one does not.
own = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
peak = 1024 * max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps([said, round(sum(os.times()[:4]), 1), peak]))
"""

MAKERS: dict[str, Callable[[], bytes]] = {}
"""Files by name; the suffix is the format."""


def hostile(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register the maker of a file."""

    def registered(maker: Callable[[], bytes]) -> Callable[[], bytes]:
        MAKERS[name] = maker
        return maker

    return registered


def packed(members: dict[str, bytes | Iterator[bytes]]) -> bytes:
    """A zip archive; a member may come in pieces, so that none must be held whole."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in members.items():
            with archive.open(name, "w", force_zip64=True) as member:
                for piece in [data] if isinstance(data, bytes) else data:
                    member.write(piece)
    return saved.getvalue()


def noise(size: int) -> bytes:
    """Digits that hardly compress."""
    return random.Random(1).randbytes(size // 2).hex().encode()


def word(body: bytes | Iterator[bytes], **parts: bytes) -> bytes:
    """A docx of a body."""

    def document() -> Iterator[bytes]:
        yield f"<w:document {WORD}><w:body>".encode()
        yield from [body] if isinstance(body, bytes) else body
        yield b"</w:body></w:document>"

    return packed(
        {"word/document.xml": document(), **{f"word/{name}.xml": part for name, part in parts.items()}}
    )


def book(rows: bytes | Iterator[bytes], strings: bytes | Iterator[bytes] = b"", merges: bytes = b"") -> bytes:
    """An xlsx of one sheet."""

    def part(name: str, inside: bytes | Iterator[bytes], after: bytes = b"") -> Iterator[bytes]:
        yield f"<{name} {BOOK}>".encode()
        yield from [inside] if isinstance(inside, bytes) else inside
        yield after + f"</{name}>".encode()

    def sheet() -> Iterator[bytes]:
        yield b"<sheetData>"
        yield from [rows] if isinstance(rows, bytes) else rows
        yield b"</sheetData>"

    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return packed(
        {
            "xl/workbook.xml": f'<workbook {BOOK} xmlns:r="{relation}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": part("worksheet", sheet(), merges),
            "xl/sharedStrings.xml": part("sst", strings),
        }
    )


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects; the first is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    parts = [data]
    length = len(data)
    for number, body in enumerate(objects, 1):
        places.append(length)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, length)
    )
    return b"".join(parts)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A compressed stream object."""
    small = zlib.compress(data, 6)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(small), extra, small)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(content: bytes, *more: bytes, resources: bytes = b"/Font << /F0 4 0 R >>") -> bytes:
    """A PDF of one page."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents 5 0 R >>"
        % resources
    )
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            page,
            FONT,
            content,
            *more,
        ]
    )


def many(piece: bytes, size: int = SIZE) -> bytes:
    """A piece again and again."""
    return piece * (size // len(piece))


hostile("paragraphs.txt")(lambda: many("依据冀水发〔2021〕7号执行。\n".encode()))
hostile("one-line.txt")(lambda: many("甲".encode()))
hostile("blank-lines.txt")(lambda: "甲".encode() + many(b"\n"))
hostile("tabs.txt")(lambda: many(b"\t\n"))
hostile("tab-rows.txt")(lambda: many(b"a\tb\tc\td\te\tf\n"))
hostile("cell-lines.txt")(lambda: many(b"\ta\n\tb\n\tc\n\n"))
hostile("growing-rows.txt")(lambda: b"\n\n".join(b"\n".join([b"\ta"] * (n % 900 + 1)) for n in range(14_000)))
hostile("brackets.txt")(lambda: many(b"["))
hostile("field-codes.txt")(lambda: many(b" TC \\"))
hostile("html-tables.txt")(lambda: many(b"<table>\n"))
hostile("utf16.txt")(lambda: many("甲\n".encode("utf-16-le")))
hostile("unknown-bytes.txt")(lambda: random.Random(2).randbytes(SIZE))
hostile("pipes.md")(lambda: many(b"| a | b |\n|---|---|\n"))
hostile("one-row.md")(lambda: many(b"|a"))
hostile("dashes.md")(lambda: b"|a|\n" + many(b"|-"))
hostile("stars.md")(lambda: many("**甲".encode()))
hostile("links.md")(lambda: many(b"[a]("))
hostile("quotes.csv")(lambda: many(b'"'))
hostile("open-quote.csv")(lambda: b'a,b\n"' + many(b"x\n"))
hostile("columns.csv")(lambda: (b"a," * 10_000 + b"\n") * 1000)
hostile("cells.csv")(lambda: many(b"a,b\n"))
hostile("rows.csv")(lambda: many(b"a\n"))
hostile("commas.tsv")(lambda: many(b"a\tb\n"))
hostile("deep.html")(lambda: many(b"<div>"))
hostile("deep-inline.html")(lambda: many(b"<b>"))
hostile("deep-tables.html")(lambda: many(b"<table><tr><td>a"))
hostile("cells.html")(lambda: b"<table>" + many(b"<tr><td>a<td>b"))
hostile("paragraphs.html")(lambda: many(b"<p>a"))
hostile("attributes.html")(lambda: b"<p " + many(b"a%d=1 ") + b">x")
hostile("spans.html")(lambda: b"<table>" + many(b"<tr><td rowspan=0 colspan=1000>a"))
hostile("unclosed-tables.html")(lambda: many(b"<table><td>"))
hostile("entities.html")(lambda: many(b"&nbsp;&lt;"))
hostile("breaks.html")(lambda: b"<p>" + many(b"a<br>"))
hostile("comments.html")(lambda: many(b"<!--"))
hostile("class.html")(lambda: b'<div class="' + many(b"nav ") + b'">a</div>')
hostile("bomb.docx")(lambda: word(b"<w:p><w:r><w:t>" + b"a" * 1_500_000_000 + b"</w:t></w:r></w:p>"))


def varied(piece: bytes, count: int) -> Iterator[bytes]:
    """A piece with another text in place of `@` every time, so that it does not compress like a bomb."""
    chance = random.Random(6)
    return (piece.replace(b"@", b"%x" % chance.getrandbits(64)) for _ in range(count))


def within(before: bytes, pieces: Iterator[bytes], after: bytes) -> Iterator[bytes]:
    """Pieces between two ends."""
    yield before
    yield from pieces
    yield after


RUN = b"<w:r><w:t>@</w:t></w:r>"
CELL = b"<w:tc><w:p>" + RUN + b"</w:p></w:tc>"
hostile("paragraphs.docx")(lambda: word(varied(b"<w:p>" + RUN + b"</w:p>", 600_000)))
hostile("noise.docx")(lambda: word(b"<w:p><w:r><w:t>" + noise(SIZE * 2 - 100) + b"</w:t></w:r></w:p>"))
hostile("runs.docx")(lambda: word(within(b"<w:p>", varied(RUN, 900_000), b"</w:p>")))
hostile("cells.docx")(lambda: word(within(b"<w:tbl><w:tr>", varied(CELL, 450_000), b"</w:tr></w:tbl>")))
hostile("rows.docx")(
    lambda: word(within(b"<w:tbl>", varied(b"<w:tr>" + CELL * 6 + b"</w:tr>", 70_000), b"</w:tbl>"))
)
hostile("deep.docx")(lambda: word(b"<w:sdt>" * 200_000))
hostile("deep-tables.docx")(lambda: word(b"<w:tbl><w:tr><w:tc>" * 200 + b"</w:tc></w:tr></w:tbl>" * 200))
hostile("spans.docx")(
    lambda: word(
        b"<w:tbl>"
        + b'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc></w:tr>' * 100_000
        + b"</w:tbl>"
    )
)
hostile("boxes.docx")(
    lambda: word(
        b"<w:p>"
        + b"<w:r><w:txbxContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:txbxContent></w:r>" * 250_000
        + b"</w:p>"
    )
)
hostile("nested-boxes.docx")(
    lambda: word(b"<w:p><w:r><w:txbxContent>" * 60 + b"</w:txbxContent></w:r></w:p>" * 60)
)
hostile("deleted.docx")(
    lambda: word(within(b"<w:p>", varied(b"<w:del>" + RUN + b"</w:del>", 600_000), b"</w:p>"))
)
hostile("styles.docx")(
    lambda: word(
        b"<w:p><w:pPr><w:pStyle w:val='s0'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
        styles=f"<w:styles {WORD}>".encode()
        + b"".join(
            b"<w:style w:styleId='s%d'><w:basedOn w:val='s%d'/></w:style>" % (n, n + 1)
            for n in range(600_000)
        )
        + b"</w:styles>",
    )
)
ENTITIES = (
    b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
hostile("entities.docx")(
    lambda: packed(
        {
            "word/document.xml": ENTITIES
            + f"<w:document {WORD}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>".encode()
        }
    )
)
hostile("cells.xlsx")(
    lambda: book(b'<row r="%d"><c><v>1</v></c><c><v>2</v></c></row>' % n for n in range(1, 600_000))
)
hostile("last-row.xlsx")(
    lambda: book(
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
)
hostile("all-rows.xlsx")(lambda: book(b'<row r="%d"><c><v>1</v></c></row>' % n for n in range(1, 1_048_577)))
hostile("columns.xlsx")(lambda: book(b"<row>" + b"<c><v>1</v></c>" * 10_000 + b"</row>" for _ in range(50)))
hostile("strings.xlsx")(
    lambda: book(b'<row><c t="s"><v>0</v></c></row>', (b"<si><t>%d</t></si>" % n for n in range(900_000)))
)
hostile("one-string.xlsx")(
    lambda: book(
        b'<row><c t="s"><v>0</v></c></row>' * 300_000, b"<si><t>" + b"abcdefgh" * 4000 + b"</t></si>"
    )
)
hostile("merges.xlsx")(
    lambda: book(
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="9000"><c r="A9000"><v>1</v></c></row>',
        merges=b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 200_000 + b"</mergeCells>",
    )
)
hostile("noise.xlsx")(lambda: book(b"", b"<si><t>" + noise(SIZE * 2 - 100) + b"</t></si>"))
hostile("deep-string.xlsx")(
    lambda: book(b'<row><c t="s"><v>0</v></c></row>', b"<si>" + b"<r>" * 250 + b"</r>" * 250 + b"</si>")
)


def chain(places: Callable[[int], int], sectors: int = 39_000) -> bytes:
    """An xls whose allocation table sends every sector to the one that `places` says."""
    data = bytearray(XLS.read_bytes()[:512])
    tables = sectors // 128
    struct.pack_into("<I", data, 44, tables)
    struct.pack_into("<I", data, 48, 1)
    for slot in range(109):
        struct.pack_into("<I", data, 76 + 4 * slot, sectors - tables + slot if slot < tables else 0xFFFFFFFF)
    body = bytearray(512 * sectors)
    body[: len(XLS.read_bytes()) - 512] = XLS.read_bytes()[512:]
    for sector in range(tables * 128):
        struct.pack_into("<I", body, 512 * (sectors - tables) + 4 * sector, places(sector))
    return bytes(data) + bytes(body[: 512 * sectors])


hostile("endless-chain.xls")(lambda: chain(lambda sector: sector + 1))
hostile("looped-chain.xls")(lambda: chain(lambda sector: (sector * 7 + 1) % 39_000))
hostile("own-chain.xls")(lambda: chain(lambda sector: sector))
hostile("cut.xls")(lambda: XLS.read_bytes()[:3000] + bytes(SIZE))
hostile("noise.xls")(lambda: XLS.read_bytes()[:512] + random.Random(3).randbytes(SIZE))


def compound(content: bytes) -> bytes:
    """An xls file around a stream of records."""
    length = -(-len(content) // 512)
    tables = -(-(length + 400) // 127)
    more = max(0, -(-(tables - 109) // 127))
    begin = tables + more
    last, free = 0xFFFFFFFE, 0xFFFFFFFF
    places = (
        [0xFFFFFFFD] * tables
        + [0xFFFFFFFC] * more
        + [last]
        + [begin + 2 + n for n in range(length - 1)]
        + [last]
    )
    places += [free] * (128 * tables - len(places))
    head = struct.pack(
        "<8s16xHHHHH10xII4xIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        62,
        3,
        0xFFFE,
        9,
        6,
        tables,
        begin,
        4096,
        last,
        0,
    )
    head += struct.pack("<II", tables if more else last, more)
    head += struct.pack("<109I", *[n if n < tables else free for n in range(109)])
    lists = b""
    for number in range(more):
        part = [n if n < tables else free for n in range(109 + 127 * number, 109 + 127 * (number + 1))]
        lists += struct.pack("<127I", *part) + struct.pack(
            "<I", last if number + 1 == more else tables + number + 1
        )

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII36xIII", text, len(text), kind, 1, free, free, child, start, size, 0)

    folder = (
        entry("Root Entry", 5, 1, last, 0) + entry("Workbook", 2, free, begin + 1, len(content)) + bytes(256)
    )
    return (
        head + struct.pack(f"<{128 * tables}I", *places) + lists + folder + content.ljust(512 * length, b"\0")
    )


def record(kind: int, data: bytes) -> bytes:
    """A BIFF record."""
    return struct.pack("<HH", kind, len(data)) + data


def sheet(*records: bytes) -> bytes:
    """A BIFF8 workbook of one sheet."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)
    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\1\0a")
    style = record(0xE0, bytes(20))
    before = record(0x809, begin) + font * 4 + style * 16
    name = b"\1\0a"
    place = len(before) + 4 + 6 + len(name) + 4
    inside = (
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(records) + record(0x0A, b"")
    )
    return compound(before + record(0x85, struct.pack("<IH", place, 0) + name) + record(0x0A, b"") + inside)


def rows_of(kind: int, cell: bytes, columns: int, rows: int) -> bytes:
    """Rows that are one record each: many numbers, or many empty cells."""
    return sheet(
        *(
            record(kind, struct.pack("<HH", row, 0) + cell * columns + struct.pack("<H", columns - 1))
            for row in range(rows)
        )
    )


hostile("numbers.xls")(
    lambda: sheet(
        *(
            record(0x203, struct.pack("<HHHd", row, column, 0, row / 7))
            for row in range(60_000)
            for column in range(18)
        )
    )
)
hostile("small-numbers.xls")(lambda: rows_of(0xBD, struct.pack("<HI", 0, 6), 55, 60_000))
hostile("empty-cells.xls")(lambda: rows_of(0xBE, struct.pack("<H", 0), 160, 60_000))
hostile("far-cells.xls")(
    lambda: sheet(*(record(0x203, struct.pack("<HHHd", row, 255, 0, 1.0)) for row in range(65_000)))
)
hostile("labels.xls")(
    lambda: sheet(
        *(
            record(0x204, struct.pack("<HHHHB", row % 65_000, row // 65_000, 0, 8, 0) + b"%08d" % row)
            for row in range(750_000)
        )
    )
)
hostile("merges.xls")(
    lambda: sheet(
        record(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0)),
        *[record(0xE5, struct.pack("<H", 1000) + struct.pack("<HHHH", 0, 65_000, 0, 255) * 1000)] * 2_400,
    )
)
hostile("text.xls")(lambda: many(b"a\tb\n"))
hostile("nested.zip")(lambda: packed({"a.zip": packed({"b.zip": packed({"c.txt": b"a"})})}))
hostile("bomb.zip")(lambda: packed({"a.txt": (b"a" * 1_000_000 for _ in range(4000))}))
hostile("flat.zip")(lambda: packed({f"{n}.txt": (b"a b\n" * 250_000 for _ in range(8)) for n in range(100)}))
hostile("members.zip")(lambda: packed({f"{n}.txt": b"a" for n in range(100_000)}))
hostile("many-packages.zip")(
    lambda: packed({f"{n}.docx": word(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 4000) for n in range(1500)})
)
hostile("noise.zip")(lambda: packed({f"{n}.txt": noise(4_000_000) for n in range(10)}))
hostile("content.pdf")(lambda: one_page(stream(b"BT /F0 9 Tf 1 0 0 1 50 50 Tm (a) Tj ET\n" * 2_000_000)))
hostile("plain-content.pdf")(
    lambda: one_page(b"<< /Length %d >>\nstream\n%s\nendstream" % (SIZE, many(b"0 0 m 9 9 l S\n")))
)
hostile("bomb.pdf")(lambda: one_page(stream(b" " * 1_500_000_000)))
hostile("one-string.pdf")(lambda: one_page(stream(b"BT /F0 9 Tf (" + b"a" * 30_000_000 + b") Tj ET")))
hostile("one-path.pdf")(lambda: one_page(stream(b"0 0 m " + b"9 9 l " * 5_000_000 + b"S")))
hostile("curves.pdf")(lambda: one_page(stream(b"0 0 1 1 re f\n" * 3_000_000)))
hostile("states.pdf")(lambda: one_page(stream(b"q " * 10_000_000)))
hostile("arrays.pdf")(lambda: one_page(stream(b"[" * 10_000_000)))
hostile("grid.pdf")(
    lambda: one_page(
        stream(b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (n, n, n, n) for n in range(0, 590)) * 20)
    )
)
hostile("fine-grid.pdf")(
    lambda: one_page(
        stream(
            b"".join(
                b"%.1f 0 m %.1f 842 l S 0 %.1f m 595 %.1f l S\n" % ((n / 3,) * 4) for n in range(0, 1770)
            )
        )
    )
)
hostile("own-form.pdf")(
    lambda: one_page(
        stream(b"/X Do"),
        stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
        ),
        resources=b"/XObject << /X 6 0 R >>",
    )
)
hostile("form-bomb.pdf")(
    lambda: one_page(
        stream(b"/X Do " * 10),
        *(
            stream(
                b"/X Do " * 10,
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
                % (n + 1),
            )
            for n in range(6, 26)
        ),
        stream(b"0 0 1 1 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
        resources=b"/XObject << /X 6 0 R >>",
    )
)
hostile("cyclic-pages.pdf")(
    lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"])
)
hostile("deep-pages.pdf")(
    lambda: pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>"]
        + [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 1) for n in range(2, 100_000)]
        + [b"<< /Type /Page /MediaBox [0 0 9 9] >>"]
    )
)
hostile("claimed-pages.pdf")(
    lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 2000000000 /Kids [] >>"])
)
hostile("pages.pdf")(
    lambda: pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 100000 /Kids [%s] >>"
            % b" ".join(b"%d 0 R" % n for n in range(3, 100_003)),
        ]
        + [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * 100_000
    )
)


def full_pages(count: int, content: bytes) -> bytes:
    """Many pages that share one content."""
    kids = b" ".join(b"%d 0 R" % n for n in range(5, 5 + count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F0 3 0 R >> >> /Contents 4 0 R >>"
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
            FONT,
            stream(content),
        ]
        + [page] * count
    )


LINE = b"BT /F0 9 Tf 1 0 0 1 50 %d Tm (abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz) Tj ET\n"
hostile("full-pages.pdf")(lambda: full_pages(3000, b"".join(LINE % y for y in range(30, 800, 12))))
hostile("drawn-pages.pdf")(
    lambda: full_pages(
        3000, b"".join(b"0 %d m 595 %d l S %d 0 m %d 842 l S\n" % (n, n, n, n) for n in range(0, 590, 6))
    )
)
hostile("path-pages.pdf")(lambda: full_pages(3000, b"0 0 3 3 re f\n" * 50_000))
hostile("heavy-pages.pdf")(lambda: full_pages(3000, b"q 1 0 0 1 0 0 cm Q " * 400_000))
hostile("nested-arrays.pdf")(
    lambda: pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 5_000_000 + b" >>",
            b"<< /Type /Pages /Count 0 /Kids [] >>",
        ]
    )
)
hostile("no-table.pdf")(lambda: b"%PDF-1.7\n" + many(b"1 0 obj << /Type /Catalog >> endobj\n"))
hostile("noise.pdf")(lambda: b"%PDF-1.7\n" + random.Random(4).randbytes(SIZE))
hostile("picture.pdf")(
    lambda: one_page(
        b"<< /Length 30 >>\nstream\nq 500 0 0 500 0 0 cm /X Do Q  \nendstream",
        stream(
            b"\0" * 400_000_000,
            b"/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        ),
        resources=b"/XObject << /X 6 0 R >>",
    )
)
hostile("rtf.doc")(lambda: b"{\\rtf1 " + many(b"a\\par ") + b"}")
hostile("deep-rtf.doc")(lambda: b"{\\rtf1 " + many(b"{") + b"}")
hostile("noise.doc")(lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(5).randbytes(SIZE))


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_ends_within_bounds(name: str, tmp_path: Path) -> None:
    """A minute and 1 GiB are enough to read or to refuse any 20 MB."""
    if name.endswith(".doc") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / name
    path.write_bytes(MAKERS[name]()[: SIZE + 4_000_000])
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        text=True,
        timeout=3 * SECONDS,
        check=False,
        env={**os.environ, "COVERAGE_PROCESS_START": ""},
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-2000:])
    said, seconds, peak = json.loads(done.stdout)
    print(f"{name}: {path.stat().st_size / 1e6:.1f} MB, {said}, {seconds} s, {peak / 2**20:.0f} MiB")
    assert peak < BYTES, peak
    assert seconds < SECONDS
