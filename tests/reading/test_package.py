"""Packed files and their bounds."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits


def _refused(read_one, data, kind="docx", **limits):
    with pytest.raises(InputError) as caught:
        read_one(data, kind, limits=Limits(**limits))
    return caught.value.code


def test_a_part_that_unpacks_to_too_much_is_refused(pack, read_one):
    """Neither the size nor the ratio of a part may pass the bounds."""
    bomb = pack({"word/document.xml": b"<a>" + b" " * 3_000_000})
    assert _refused(read_one, bomb) == "unsafe-content"
    assert _refused(read_one, bomb, expanded_bytes=1_000_000) == "too-large"


def test_a_part_with_too_many_elements_is_refused(word, read_one):
    """Elements are counted before they are parsed."""
    assert _refused(read_one, word("<w:p/>" * 1000), elements=500) == "too-large"


def test_too_many_members_are_refused(pack, read_one):
    """An archive has a bounded number of files."""
    assert (
        _refused(read_one, pack({f"a{number}.txt": "甲" for number in range(30)}), "zip", members=20)
        == "too-large"
    )


def test_elements_nested_too_deep_are_refused(word, read_one):
    """The parser's own bound is an error of the document."""
    assert _refused(read_one, word("<w:p>" * 400 + "</w:p>" * 400)) == "damaged-docx"


def test_encrypted_members_are_refused(pack, read_one):
    """A password is asked for by name."""
    data = bytearray(pack({"word/document.xml": "<a/>"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(mark) + place
        data[start : start + 2] = struct.pack("<H", 1)
    assert _refused(read_one, bytes(data)) == "encrypted-file"


def test_a_member_that_does_not_unpack_is_damaged(read_one):
    """A wrong checksum or an unknown method is an error of the file."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("word/document.xml", "<a>abcdef</a>")
    assert _refused(read_one, saved.getvalue().replace(b"abcdef", b"abcdeX")) == "damaged-docx"
