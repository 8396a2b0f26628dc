"""What a request has in common with those that may follow it, as a client writes them that asks one query after the other."""

from __future__ import annotations

import re
from typing import Final

from fundtrace.query.patterns import FIELD, LARGEST_REQUEST, VALUE, Pattern

_END: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,6})\r\n", re.IGNORECASE)
_TYPE: Final = re.compile(
    rb"\r\ncontent-type:[ \t]*(application/x-www-form-urlencoded|application/sparql-query)\b", re.IGNORECASE
)
_FORM: Final = b"application/x-www-form-urlencoded"
_GET: Final = re.compile(rb"GET [^ ?#\r\n]{1,1000}\?query=([!$%'-~]*)(?= HTTP/1\.1\r\n)")
_POST: Final = re.compile(rb"POST [^ ?#\r\n]{1,1000} HTTP/1\.1\r\n")
_REFUSED: Final = re.compile(rb"\r\n(?:expect|if-[a-z-]+|transfer-encoding|range|upgrade):", re.IGNORECASE)
"""Headers after which requests that look alike are not answered alike."""


def pattern_of(data: bytes) -> Pattern | None:
    """The pattern of one whole request; None for one that has none."""
    head, end, body = data.partition(_END)
    if not end or len(data) >= LARGEST_REQUEST or _REFUSED.search(head + b"\r\n"):
        return None
    counts = head.lower().count(b"\r\ncontent-length")
    if found := _GET.match(data):
        if body or counts:
            return None
        return Pattern(
            before=data[: found.start(1)],
            after=data[found.end(1) :],
            counted=False,
            escaped=True,
        )
    lengths = list(_LENGTH.finditer(data[: len(head) + 2]))
    kinds = list(_TYPE.finditer(head))
    if (
        not _POST.match(data)
        or not counts == len(lengths) == len(kinds) == 1
        or int(lengths[0][1]) != len(body)
    ):
        return None
    escaped = kinds[0][1].lower() == _FORM
    if escaped and not (body.startswith(FIELD) and VALUE.fullmatch(body, len(FIELD))):
        return None
    return Pattern(
        before=data[: lengths[0].start(1)],
        after=data[lengths[0].end(1) : len(head) + len(_END)],
        counted=True,
        escaped=escaped,
    )
