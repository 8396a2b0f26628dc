"""The printed form of a document's number, cut out of the words that name the document."""

from __future__ import annotations

import re
from functools import lru_cache

from fundtrace.citations import DocumentNumber, fold

_USUAL = re.compile(r"\D{0,8}?(\d{4})\D{1,6}?0*(\d+)(?!\s*\d)")
"""What nearly always follows the issuer: year and serial, without blanks in them."""
_BEHIND = re.compile(r"[^\w]{0,2}(?:号|期|令)")
"""What may stand behind the serial. It is a pattern of its own because compiling it takes twice as long as all before it."""


def written_form(printed: str, number: DocumentNumber) -> str | None:
    """The number as the source writes it, 冀财社【2020】186号, without title, issuers and 文件.

    None where the words do not spell all of its parts in order, as in the later members of 〔2021〕1、3号.
    """
    folded, issuer = fold(printed), fold(number.issuer)
    start = folded.find(issuer)
    # A pattern for each number costs more than all the rest of a citation. What begins earlier with the same letter may be
    # another spelling of it.
    if start >= 0 and folded.find(issuer[:1]) == start:
        usual = _USUAL.match(folded, start + len(issuer))
        if usual is not None and usual[1] == str(number.year) and usual[2] == number.serial:
            return _cut(printed, folded, start, usual.end())
        if usual is not None and number.year is not None and folded.find(issuer[:1], start + 1) < 0:
            return None
    found = _pattern(number).search(folded)
    return None if found is None else _cut(printed, folded, found.start(), found.end())


def _cut(printed: str, folded: str, start: int, end: int) -> str:
    behind = _BEHIND.match(folded, end)
    return printed[start : behind.end() if behind else end]


@lru_cache(maxsize=16_384)
def _pattern(number: DocumentNumber) -> re.Pattern[str]:
    issuer = r"\s*".join(map(re.escape, fold(number.issuer)))
    year = r"\s*".join(str(number.year or ""))
    serial = r"\s*".join(map(re.escape, number.serial))
    return re.compile(rf"{issuer}\D{{0,8}}?{year}\D{{0,6}}?0*{serial}(?!\d)")
