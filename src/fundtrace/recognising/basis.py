"""指标值确定依据: what sort of ground a target has.

It is a document exactly when the citation grammar finds one in it. A reference to papers that names none
(根据市局文件) is an instruction, not a document. The words of the other categories are in `basis.yml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from fundtrace.citations import find_mentions
from fundtrace.recognising.memo import memo
from fundtrace.recognising.widths import compact, narrow
from fundtrace.recognising.words import table
from fundtrace.records import Basis
from fundtrace.records.project import BasisCategory

_TEMPLATE = re.compile(r"\(\s*[≥≤<>=]?\s*(?:\*+\s*)?%\s*\)")
_GAP = "…"
_GAP_WIDTH = 12


def read_basis(
    printed: str | None, indicator_name: str | None, description: str | None = None
) -> Basis | None:
    """The ground and its category; None when the cell is empty.

    `repeats_indicator` is a ground equal to the indicator's name or description, apart from width, spaces,
    punctuation and a printed unit such as （%） or (≥**%).
    """
    if printed is None or not printed.strip():
        return None
    text = printed.strip()
    return Basis(printed=text, category=_category(text, indicator_name, description))


def _category(text: str, name: str | None, description: str | None) -> BasisCategory:
    if find_mentions(text):
        return "document"
    said = _essence(text)
    if said and said in {_essence(other) for other in (name, description) if other}:
        return "repeats_indicator"
    return _by_words(narrow(text))


@memo
def _essence(text: str) -> str:
    return compact(_TEMPLATE.sub("", narrow(text)))


@memo
def _by_words(text: str) -> BasisCategory:
    best: tuple[int, int, BasisCategory] | None = None
    for category, pattern in _patterns().items():
        for match in pattern.finditer(text):
            found = (match.start(), -len(match[0]), category)
            if best is None or found[:2] < best[:2]:
                best = found
    if best is not None:
        return best[2]
    return "other" if compact(text) else "placeholder"


@cache
def _patterns() -> dict[BasisCategory, re.Pattern[str]]:
    words = table("basis")
    return {
        category: re.compile(
            "|".join(_pattern(word) for word in sorted(words[category], key=len, reverse=True))
        )
        for category in get_args(BasisCategory)
        if category in words
    }


def _pattern(word: str) -> str:
    parts = [re.escape(part) for part in word.split(_GAP)]
    return rf"[^,;。、]{{0,{_GAP_WIDTH}}}?".join(parts)
