"""Indicators told in words, in a cell or a paragraph of their own: 1.数量指标：发放人数≥2600人；2.知晓率90%。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from fundtrace.recognising.composed import split_bracketed
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.indicators import IndicatorDraft
from fundtrace.recognising.labels import is_level1, is_level2
from fundtrace.recognising.target_grammar import SIGN_RUN, comparator_before
from fundtrace.recognising.targets import read_target
from fundtrace.recognising.widths import narrow

_PART = re.compile(r"[\n;。]+|(?<=[^0-9\s])\s*(?=[①-⑳])|\s+(?=[\u4e00-\u9fff]{2,10}指标\s*:)")
_MARK = re.compile(
    r"\s*(?:\(?[0-9]{1,2}\s*(?:[、)]|[.](?![0-9]))|[①-⑳]|\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}、)\s*"
    r"(?:指标\s*[0-9]{0,2}\s*[:、])?|\s*指标\s*[0-9]{1,2}\s*[:、.]\s*|\s*[-·•●◆]\s*"
)
_INNER = re.compile(r"(?<=[^0-9\s(（第])\s*(?=[2-9]\s*[、.](?![0-9]))")
_LEVEL = re.compile(r"\s*([^:：()]{2,14}?)\s*[:：]\s*(.*)", re.DOTALL)
_ENDS = " \t\n;,。、"
_MEASURED = frozenset({"numeric", "approximate"})
_MOST, _LONGEST = 60, 4000
"""More items, or a longer text, are prose."""


@dataclass(frozen=True, slots=True)
class Worded:
    """An indicator told in words, as printed."""

    level1: str | None
    level2: str | None
    name: str
    target: str | None
    text: int
    """Which of the texts tells it."""


def read_worded(texts: Sequence[str]) -> tuple[Worded, ...]:
    """The indicators that texts tell, one an item; none unless an item prints a level or a value of a target.

    >>> read_worded(["1.数量指标：发放人数≥2600人；2.知晓率90%"])[1]
    Worded(level1=None, level2='数量指标', name='知晓率', target='90%', text=0)
    """
    if any(len(text) > _LONGEST for text in texts):
        return ()
    found: list[Worded] = []
    level1: str | None = None
    level2: str | None = None
    told = False
    for number, item in ((number, item) for number, text in enumerate(texts) for item in _items(text)):
        rest = item
        while (match := _LEVEL.fullmatch(rest)) and read_target(match[2]).kind not in _MEASURED:
            if is_level1(match[1]):
                level1, level2 = match[1].strip(), None
            elif is_level2(match[1]):
                level2 = match[1].strip()
            else:
                break
            rest, told = match[2], True
        if is_level1(rest) or is_level2(rest):
            level1, level2, told = (rest, None, True) if is_level1(rest) else (level1, rest, True)
            continue
        if rest:
            name, target = _valued(rest)
            told = told or target is not None
            found.append(Worded(level1, level2, name, target, number))
    return tuple(found) if told and len(found) <= _MOST else ()


def worded_drafts(cell: Printed, row: PrintedRow) -> list[IndicatorDraft]:
    """The drafts of the indicators that a cell tells in words."""
    return [
        IndicatorDraft(each.level1, each.level2, each.name, None, each.target, None, row, None, None)
        for each in read_worded([cell.text])
    ]


def _items(text: str) -> Iterator[str]:
    folded = narrow(text.replace("\n", "；")).replace("；", ";")
    pieces = [0, *(place for match in _PART.finditer(folded) for place in match.span()), len(folded)]
    for start, end in zip(pieces[::2], pieces[1::2], strict=True):
        inner = [start, *(start + m.start() for m in _INNER.finditer(folded[start:end])), end]
        for first, last in pairwise(inner):
            mark = _MARK.match(folded[first:last])
            item = text[first + (mark.end() if mark else 0) : last]
            yield from _clauses(item.replace("\n", "").strip(_ENDS + "；，"))


def _clauses(item: str) -> Iterator[str]:
    """The clauses of an item, where each tells a name and its value; else the item."""
    clauses = [clause.strip() for clause in re.split(r"[，,]", item)] if item else []
    if len(clauses) > 1 and all(_valued(clause)[1] is not None for clause in clauses):
        yield from clauses
    elif item:
        yield item


@cache
def _behind() -> re.Pattern[str]:
    """A name, and behind it a number, perhaps with words or signs that compare in front of it."""
    compared = rf"(?:{SIGN_RUN}|{comparator_before().pattern})"
    return re.compile(
        rf"(?P<name>[^≥≧⩾≤≦⩽<>=0-9]*?[^\s≥≧⩾≤≦⩽<>=:,0-9第])\s*[:,]?\s*(?P<target>{compared}?\s*[0-9][0-9,.]*[^0-9,;]{{0,12}})"
    )


def _valued(text: str) -> tuple[str, str | None]:
    name, target = split_bracketed(text)
    if target is not None:
        return name, target
    plain = narrow(text)
    match = _behind().fullmatch(plain)
    if match and read_target(match["target"]).kind in _MEASURED:
        return text[slice(*match.span("name"))], text[slice(*match.span("target"))].strip(_ENDS)
    parted = _LEVEL.fullmatch(text)
    if parted and (read := read_target(parted[2])).kind not in {"empty", "text"} and read.printed:
        return parted[1], parted[2].strip()
    return text, None
