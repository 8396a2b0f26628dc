"""Zip archives of documents."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits, read_bytes


def _code(data, **limits):
    with pytest.raises(InputError) as caught:
        read_bytes(data, "a.zip", "zip", Limits(**limits))
    return caught.value.code


def test_every_document_is_read_in_the_order_of_names(write, content, pack):
    """Documents are named by their place in the archive; other files and Mac leftovers are passed over."""
    data = pack(
        {
            "乙/b.docx": write("docx", content),
            "甲.txt": "水井",
            "c.jpg": "x",
            "__MACOSX/d.txt": "x",
            "e/": "",
            "z.zip": pack({"f.csv": "a,b\n1,2"}),
        }
    )
    read = read_bytes(data, "a.zip", "zip")
    assert [(sheets.file, sheets.format) for sheets in read] == [
        ("a.zip/z.zip/f.csv", "csv"),
        ("a.zip/乙/b.docx", "docx"),
        ("a.zip/甲.txt", "text"),
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_mark_are_chinese(encoding):
    """Windows writes names in GB18030 and does not say so."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("XXXXXX.txt", "水井")
    name = "水井表".encode(encoding)[:6].ljust(6, b"1")
    (sheets,) = read_bytes(saved.getvalue().replace(b"XXXXXX", name), "a.zip", "zip")
    assert sheets.file.startswith("a.zip/水")


def test_a_name_in_no_known_encoding_is_taken_as_it_is():
    """A name is only a name."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("XXXX.txt", "水井")
    (sheets,) = read_bytes(saved.getvalue().replace(b"XXXX", b"\xff\xff\xff\xff"), "a.zip", "zip")
    assert sheets.file.endswith(".txt")


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../b.txt"])
def test_names_that_lead_out_are_refused(name, pack):
    """No member may name a place outside the archive."""
    assert _code(pack({name: "x"})) == "unsafe-content"


def test_links_are_refused():
    """A symbolic link is not a document."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert _code(saved.getvalue()) == "unsafe-content"


def test_archives_nest_twice_and_no_deeper(pack):
    """Depth is bounded."""
    data = pack({"a.txt": "水井"})
    for _ in range(2):
        data = pack({"b.zip": data})
    assert _code(data) == "too-deep"


def test_what_is_unpacked_is_counted_together(pack):
    """Many members share one allowance, those of inner archives too."""
    text = b"".join(struct.pack("<I", number * 2654435761 % 2**32).hex().encode() for number in range(3000))
    inner = pack({"b.txt": text, "c.txt": text})
    assert _code(pack({"a.txt": text, "d.zip": inner}), expanded_bytes=60_000) == "too-large"


def test_a_member_that_cannot_be_read_is_named(pack):
    """The error says which one it is, and nothing is read in silence without it."""
    with pytest.raises(InputError) as caught:
        read_bytes(pack({"a.txt": "水井", "b.docx": "x"}), "a.zip", "zip")
    assert (caught.value.code, caught.value.subject) == ("damaged-docx", "a.zip/b.docx")


def test_an_archive_without_documents_is_refused(pack):
    """There has to be something to read."""
    assert _code(pack({"a.jpg": "x"})) == "unknown-format"


def test_encrypted_archives_are_told(pack):
    """A password is asked for."""
    data = bytearray(pack({"a.txt": "x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(mark) + place
        data[start] |= 1
    assert _code(bytes(data)) == "encrypted-file"
