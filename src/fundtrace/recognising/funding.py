"""资金级次 and 直达资金: only from printed words, never from who issued a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from fundtrace.recognising.widths import narrow, unspaced
from fundtrace.recognising.words import longest_first, table

FundLevel = Literal["central", "provincial", "city", "county", "mixed"]

_LEVELS: tuple[FundLevel, ...] = ("central", "provincial", "city", "county")
_DIRECT = re.compile(r"(非|不属于|不含|不是)?\s*(?:0[0-9]\s*)?(?:中央)?\s*直达\s*资金")


def fund_level(texts: Iterable[str | None]) -> FundLevel | None:
    """The level of government that the money comes from, by the first of the texts that says so.

    Give the project's name first, then its purpose: what the name says is not outweighed by prose. `mixed` when
    that text names several levels; None when no text names one.
    """
    for text in texts:
        levels = _levels(text or "")
        if levels:
            return levels.pop() if len(levels) == 1 else "mixed"
    return None


def direct_funds(texts: Iterable[str | None]) -> bool | None:
    """True when a text prints 直达资金, False when one prints that it is none, else None."""
    said: bool | None = None
    for text in texts:
        for match in _DIRECT.finditer(narrow(text or "")):
            if match[1] is None:
                return True
            said = False
    return said


def _levels(text: str) -> set[FundLevel]:
    clean = _exceptions().sub("", unspaced(narrow(text)))
    return {level for level in _LEVELS if _pattern(level).search(clean)}


@cache
def _exceptions() -> re.Pattern[str]:
    return re.compile(longest_first(table("funding")["not"]))


@cache
def _pattern(level: FundLevel) -> re.Pattern[str]:
    words = table("funding")
    return re.compile(
        rf"(?:{longest_first(words[level])})[^,。;]{{0,40}}?(?:{longest_first(words['money'])})"
    )
