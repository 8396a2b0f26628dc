"""Whether a PDF is plain enough to be opened in this process.

pdfium reads a page whole before it says how much is on it, and follows forms in forms as often as a page asks for them;
so a file of a few kilobytes can take gigabytes or never end. What the streams of a file unpack to is therefore weighed
before pdfium sees it. The rest of a PDF (objects, tables of objects) cannot grow.
"""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 4_000
"""Bytes before a stream in which its dictionary is looked for; a longer one is not plain."""
_PICTURE = re.compile(rb"/Filter\s*\[?\s*/(?:DCT|JPX|CCITTFax|JBIG2)Decode")
_FLATE = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")
_DRAWN = re.compile(rb"/[^\s/<>\[\]()]+\s+Do\b")
_NAMES = re.compile(rb"/([A-Za-z]+)")
_PAGE_CONTENT = {b"Length", b"Filter", b"FlateDecode"}
"""What stands in the dictionary of page content; that of a form has more."""
_HEAVY = 6_000_000
"""Bytes of one stream: as page content the worst of them takes half a GiB and ten seconds."""
_ALL = 60_000_000
"""Bytes of all streams together that are weighed."""
_PIECE = 16_384
"""Bytes that are unpacked at a time; they hold 17 MB at most."""


def is_plain(data: bytes) -> bool:
    """Whether no stream of a PDF unpacks to much, and no form draws anything that may be a form.

    Anything unusual (encryption, other filters, names with escapes) is not plain; that says nothing against the file.
    """
    if b"/Encrypt" in data:
        return False
    left = _ALL
    largest = 0
    drawn = 1
    for match in _STREAM.finditer(data):
        start = match.end()
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        opening = data.rfind(b"obj", max(0, match.start() - _DICTIONARY), match.start())
        dictionary = data[opening : match.start()]
        if opening < 0 or b"#" in dictionary:
            return False
        if _PICTURE.search(dictionary):
            continue
        if _FLATE.search(dictionary):
            content = _unpacked(data, start)
        elif b"/Filter" in dictionary:
            return False
        else:
            end = data.find(b"endstream", start)
            content = data[start : end if end >= 0 else None]
        left -= len(content)
        largest = max(largest, len(content))
        if b"Do" in content and (count := len(_DRAWN.findall(content))):
            if set(_NAMES.findall(dictionary)) - _PAGE_CONTENT:
                return False
            drawn *= count
        if left < 0 or largest * min(drawn, _HEAVY) > _HEAVY:
            return False
    return True


def _unpacked(data: bytes, start: int) -> bytes:
    """What deflated data at a place holds, up to a piece more than is plain; damaged data counts as too much."""
    unpacker = zlib.decompressobj()
    pieces: list[bytes] = []
    length = 0
    try:
        while not unpacker.eof and length <= _HEAVY and start < len(data):
            pieces.append(unpacker.decompress(data[start : start + _PIECE]))
            length += len(pieces[-1])
            start += _PIECE
    except zlib.error:
        return bytes(_HEAVY + 1)
    return b"".join(pieces)
