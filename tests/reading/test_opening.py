"""Opening files: what is refused before a reader sees it, and what the content decides."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits, read, read_bytes


def test_a_file_is_read_with_its_name_hash_and_format(tmp_path):
    """A reading says which file it is of."""
    path = tmp_path / "表.txt"
    path.write_text("目标\n", encoding="utf-8")
    (sheets,) = read(path)
    assert (sheets.file, sheets.format, sheets.pages) == ("表.txt", "text", None)
    assert len(sheets.sha256) == 64
    assert [block.text for block in sheets.blocks] == ["目标"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("none.txt", None, "unreadable-file"),
        ("a.jpg", b"x", "unknown-format"),
        ("a.txt", b"", "empty-file"),
        ("a.txt", b" \r\n\t", "empty-file"),
        ("a.html", b"<html><script>x</script></html>", "empty-file"),
        ("a.txt", b"0123456789abcdef0", "too-large"),
        ("a.docx", b"not a package", "damaged-docx"),
        ("a.xlsx", b"PK\x03\x04", "damaged-xlsx"),
        ("a.zip", b"PK", "damaged-zip"),
        ("a.pdf", b"%PDF-1.7 x", "damaged-pdf"),
        ("a.xls", b"x", "damaged-xls"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path, name, data, code):
    """The error names the file, has a stable code, and speaks Chinese and English."""
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path, Limits(input_bytes=16 if code == "too-large" else 1000))
    assert (caught.value.code, caught.value.subject) == (code, name)
    assert caught.value.zh
    assert caught.value.en
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("true", ["docx", "xlsx", "pdf", "zip"])
@pytest.mark.parametrize("promised", ["text", "doc", "xls", "html"])
def test_content_decides_over_the_name(true, promised, content, write, pdf, pack):
    """A document under the name of another format is read as what it is."""
    pdf.text(50, 700, "水井")
    made = {"pdf": pdf.save(), "zip": pack({"a.txt": "水井"})}
    data = made.get(true) or write(true, content)
    assert read_bytes(data, "file", promised)[0].format == ("text" if true == "zip" else true)


@pytest.mark.parametrize("promised", ["doc", "xls", "docx"])
def test_a_web_page_under_the_name_of_an_office_format_is_read_as_one(promised):
    """Office programs and portals save pages under their own suffixes."""
    (sheets,) = read_bytes("<html><body><p>水井</p></body></html>".encode(), "file", promised)
    assert sheets.format == "html"


@pytest.mark.parametrize(
    ("inside", "promised", "code"),
    [
        ("EncryptedPackage", "docx", "encrypted-file"),
        ("EncryptedPackage", "txt", "missing-soffice"),
        ("WordDocument", "xls", "missing-soffice"),
        ("Workbook", "doc", "damaged-xls"),
        ("", "xlsx", "damaged-xls"),
        ("", "text", "missing-soffice"),
    ],
)
def test_compound_files_are_told_apart_by_their_streams(inside, promised, code, monkeypatch, tmp_path):
    """Old Word and Excel files and encrypted packages look alike at their beginning."""
    monkeypatch.setenv("PATH", str(tmp_path))
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + inside.encode("utf-16-le").ljust(600, b"\0")
    with pytest.raises(InputError) as caught:
        read_bytes(data, "file", promised)
    assert caught.value.code == code


def test_reading_text_loads_no_heavy_library(tmp_path):
    """The libraries of other formats are loaded when their first file is read."""
    path = tmp_path / "a.txt"
    path.write_text("目标\n\n一\t二\n", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from fundtrace.reading import read; "
        f"read(Path({str(path)!r})); "
        "print([name for name in ('lxml', 'pypdfium2', 'xlrd', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
