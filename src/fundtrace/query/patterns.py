"""Requests of HTTP that differ in nothing but their query, as a client writes them that asks one after the other.

What is not byte for byte like the request before it has no pattern, and is read by the server.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

LARGEST_REQUEST: Final = 1 << 16
"""Bytes that a request with a pattern may have."""

FIELD: Final = b"query="
_END: Final = b"\r\n\r\n"
_MOST_DIGITS: Final = 6

VALUE: Final = re.compile(rb"[!-%'-~]*")
"""The value of the one field of a form or an address: what may stand there, without `&`."""
_IN_ADDRESS: Final = re.compile(rb"[!$%'-~]*")
_SPECIAL: Final = re.compile(rb"[=\r\n]")
"""What means something else in quoted-printable."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the requests have in common.

    `before` is their beginning, up to the digits of `Content-Length` where the query is in the body (`counted`), else up to the
    query; `after` the rest of the head. `escaped` says that the query is percent-encoded, and the one field of a form or an address.
    """

    before: bytes
    after: bytes
    counted: bool
    escaped: bool

    def query_in(self, data: bytes) -> bytes | None:
        """The query of a request in UTF-8 (not checked); None when `data` is not one whole request of this pattern."""
        if len(data) >= LARGEST_REQUEST:
            return None
        if self.counted:
            if self.length_of(data) != len(data):
                return None
            value = data[data.find(_END, len(self.before)) + len(_END) :]
            if not self.escaped:
                return value
            if not value.startswith(FIELD) or not VALUE.fullmatch(value, len(FIELD)):
                return None
            return unescaped(value[len(FIELD) :])
        start = len(self.before)
        value = data[start : -len(self.after)]
        if (
            len(data) < start + len(self.after)
            or not data.startswith(self.before)
            or not data.endswith(self.after)
            or not _IN_ADDRESS.fullmatch(value)
        ):
            return None
        return unescaped(value)

    def length_of(self, data: bytes) -> int:
        """How long the request that begins like this says it is; 0 when its head is not whole, or not of this pattern."""
        start = len(self.before)
        if not self.counted or not data.startswith(self.before):
            return 0
        end = data.find(b"\r", start, start + _MOST_DIGITS + 1)
        digits = data[start:end] if end > start else b""
        if not digits.isdigit() or not data.startswith(self.after, end):
            return 0
        return end + len(self.after) + int(digits)


def unescaped(text: bytes) -> bytes:
    """A value of a form without percent signs and plus signs. What is no escape stays as it is, as browsers have it."""
    text = text.replace(b"+", b" ")
    escapes = text.count(b"%")
    if not escapes:
        return text
    if not _SPECIAL.search(text):
        # Quoted-printable differs in its sign alone, and is decoded in C: a tenth of the time for a query.
        plain = binascii.a2b_qp(text.replace(b"%", b"="))
        if len(plain) == len(text) - 2 * escapes:
            return plain
    return unquote_to_bytes(text)
