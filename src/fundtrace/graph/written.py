"""The printed form of a document's number, cut out of the words that name the document."""

from __future__ import annotations

import re
from functools import lru_cache

from fundtrace.citations import DocumentNumber, fold


@lru_cache(maxsize=16_384)
def written_form(printed: str, number: DocumentNumber) -> str | None:
    """The number as the source writes it, 冀财社【2020】186号, without title, issuers and 文件.

    None where the words do not spell all of its parts in order, as in the later members of 〔2021〕1、3号.
    """
    folded, issuer = fold(printed), fold(number.issuer)
    usual = f"{issuer}({number.year}){number.serial}号"
    start = folded.find(usual)
    # Nearly all are written so, and a pattern of its own for each number costs more than all the rest of a citation. What
    # begins earlier with the same letter may be another spelling of it.
    if start >= 0 and folded.find(issuer[:1]) == start:
        return printed[start : start + len(usual)]
    found = _pattern(number).search(folded)
    return printed[found.start() : found.end()] if found else None


@lru_cache(maxsize=16_384)
def _pattern(number: DocumentNumber) -> re.Pattern[str]:
    issuer = r"\s*".join(map(re.escape, fold(number.issuer)))
    year = r"\s*".join(str(number.year or ""))
    serial = r"\s*".join(map(re.escape, number.serial))
    return re.compile(rf"{issuer}\D{{0,8}}?{year}\D{{0,6}}?0*{serial}(?!\d)(?:[^\w]{{0,2}}(?:号|期|令))?")
