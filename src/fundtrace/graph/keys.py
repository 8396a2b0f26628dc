"""The alphabet of keys: how a printed code, name or number becomes one segment of an IRI.

A key is one path segment of letters (of any script), decimal digits, `-`, `_` and `~`, at most 150 bytes of UTF-8.
Every other character becomes `-`. A longer key is cut between two characters and ends in `~` and the first twelve
hex digits of the SHA-256 of the whole key. Width variants are one spelling: text is taken to NFKC first.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

MAX_BYTES = 150
"""The length of a key in bytes of UTF-8."""

_PLAIN = re.compile(r"[0-9A-Za-z_~-]*\Z")
_SPACE = re.compile(r"\s+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=65_536)
def clean(text: str) -> str:
    """The text in the alphabet of keys, not yet cut. `-` stands for an empty text."""
    if _PLAIN.match(text):
        return text or "-"
    return "".join(char if _allowed(char) else "-" for char in unicodedata.normalize("NFKC", text))


def cut(key: str) -> str:
    """A clean key, cut to 150 bytes of UTF-8 if it is longer."""
    if len(key) * 4 <= MAX_BYTES or (key.isascii() and len(key) <= MAX_BYTES):
        return key
    encoded = key.encode()
    if len(encoded) <= MAX_BYTES:
        return key
    tail = hashlib.sha256(encoded).hexdigest()[:12]
    return f"{encoded[: MAX_BYTES - 13].decode(errors='ignore')}~{tail}"


def join(*parts: str) -> str:
    """The key made of these parts, with `-` between them."""
    return cut("-".join(map(clean, parts)))


@lru_cache(maxsize=16_384)
def squeeze(text: str) -> str:
    """The text in NFKC and without any space: what two spellings of one name are compared by."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def hash8(*texts: str) -> str:
    """The first eight hex digits of the SHA-256 of the squeezed texts: the key of what has a name and no code."""
    return hashlib.sha256("\n".join(map(squeeze, texts)).encode(errors="replace")).hexdigest()[:8]


def letter(rank: int) -> str:
    """The suffix of the sources that tell one thing differently: none for rank 0, then `~b`, `~c` … `~z`, `~ba`."""
    if rank == 0:
        return ""
    digits = ""
    while rank:
        rank, digit = divmod(rank, 26)
        digits = _LETTERS[digit] + digits
    return f"~{digits}"


def _allowed(char: str) -> bool:
    return char in "-_~" or ("0" <= char <= "9") or unicodedata.category(char)[0] == "L"
