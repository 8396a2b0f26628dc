"""Which PDFs are plain enough to be opened in this process."""

from __future__ import annotations

import zlib

import pytest

from fundtrace.reading.pdf.weighing import is_plain

LARGE = 7_000_000


def _stream(content: bytes, dictionary: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"1 0 obj\n<< /Length 9 " + dictionary + b" >>\nstream\n" + content + b"\nendstream\nendobj\n"


def test_a_written_page_is_plain(pdf):
    """Text and lines weigh little."""
    pdf.text(50, 700, "水井")
    pdf.grid([50, 100], [600, 700])
    assert is_plain(pdf.save())


@pytest.mark.parametrize(
    "data",
    [
        b"/Encrypt 9 0 R",
        _stream(zlib.compress(bytes(LARGE))),
        _stream(bytes(LARGE), b""),
        _stream(zlib.compress(bytes(6_000_000))) * 11,
        _stream(b"x", b"/Filter /LZWDecode"),
        _stream(zlib.compress(b"x"), b"/Fil#74er /FlateDecode"),
        _stream(b"damaged"),
        b"stream\nno dictionary endstream",
        _stream(zlib.compress(b"/X Do"), b"/Filter /FlateDecode /Subtype /Form"),
        _stream(zlib.compress(b"/X Do " * 100_000)),
    ],
    ids=["locked", "bomb", "long", "many", "filter", "escaped", "damaged", "bare", "form", "often"],
)
def test_what_may_take_much_is_not_plain(data):
    """Long or hidden streams, and forms in forms."""
    assert not is_plain(data)


def test_pictures_are_not_weighed():
    """No page is longer for its photographs."""
    assert is_plain(_stream(bytes(LARGE), b"/Filter [ /DCTDecode ]"))
    assert is_plain(_stream(zlib.compress(b"/X Do")))
