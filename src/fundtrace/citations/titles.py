"""Titles of documents: 《…》, and unbracketed ones beside a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fundtrace.citations.folding import Squeezed

LONGEST_TITLE = 200
"""Characters that a title may have."""

_OPENING = ("关于", "转发", "印发")
_HANDS_DOWN = re.compile(r"(?:提前)?(?:下达|拨付|追加)")
_STOPS = frozenset("。;!?")
_ENDS = (
    "通知|通报|批复|复函|函|公告|通告|决定|决议|报告|请示|纪要|意见|规定|办法|细则|方案|规划|措施|条例|标准"
)
_END = re.compile(
    rf"的[\u3400-\u9fff]{{0,6}}?(?:{_ENDS})(?:的[\u3400-\u9fff]{{0,4}}?(?:{_ENDS}))?(?:\((?:试行|暂行)\))?"
)
_LAST = re.compile(rf"(?:{_ENDS})(?:\([^()]{{1,12}}\))?$")
_ENDED = re.compile(rf"的(?:{_ENDS})$")
_OPEN_STILL = re.compile(r"[^《》。;!?]{0,60}》")
_NESTING = re.compile(
    r"(?:印发|转发|关于|贯彻|实施|执行|落实|修订|修改|废止|发布|公布|开展|按照|根据|制定)<?$"
)


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """A title: indices into the squeezed text (with its marks), and the title without them.

    `truncated`: it is cut short. `closed`: the mark at its end is printed.
    """

    start: int
    end: int
    title: str
    truncated: bool
    closed: bool = False


def title_spans(squeezed: Squeezed) -> list[TitleSpan]:
    """All titles in 《》, in order; a title within a title belongs to the outer one.

    A title whose second mark is missing ends where the line, the sentence, or the text does, and is truncated; 《关于印发
    《甲办法》的通知 and 《关于印发《甲办法的通知》, where one second mark stands for two, are whole.
    """
    text = squeezed.text
    spans: list[TitleSpan] = []
    position = text.find("《")
    while position >= 0:
        span = _marked(squeezed, position)
        if span is not None:
            spans.append(span)
        position = text.find("《", span.end if span else position + 1)
    return spans


def _marked(squeezed: Squeezed, start: int) -> TitleSpan | None:
    text = squeezed.text
    limit = min(len(text), start + LONGEST_TITLE)
    depth = inner = closed = 0
    for index in range(start, limit):
        character = text[index]
        if character == "《":
            depth += 1
            inner = inner or (index if index > start else 0)
            if depth == 2 and not closed and not _NESTING.search(text, max(start, index - 4), index):
                return cut_short(squeezed, start, index)
        elif character == "》":
            depth -= 1
            closed = index
            lost = _ENDED.search(text, start, index) and not (
                _END.match(text, index + 1) or _OPEN_STILL.match(text, index + 1, limit)
            )
            if depth == 0 or lost:
                return _span(squeezed, start, index + 1, index, truncated=False)
        elif character in _STOPS:
            limit = index
            break
    if closed:
        end = _END.match(text, closed + 1)
        if end:
            return _span(squeezed, start, end.end(), end.end(), truncated=False)
        return cut_short(squeezed, start, inner)
    return cut_short(squeezed, start, limit)


def cut_short(squeezed: Squeezed, start: int, limit: int) -> TitleSpan | None:
    """The title that begins at `start` and was never closed: up to a line break, if there is one before `limit`.

    It is not truncated when it ends as a title does: then only the mark is lost.
    """
    source = squeezed.source
    for index in range(start + 1, limit):
        if squeezed.blank_before(index):
            between = source[squeezed.end(index) : squeezed.start(index)]
            if any(mark in between for mark in "\n\r\t"):
                limit = index
                break
    if limit - start < 3:
        return None
    whole = _LAST.search(squeezed.text, start, limit) is not None
    return _span(squeezed, start, limit, limit, truncated=not whole)


def _span(squeezed: Squeezed, start: int, end: int, inner_end: int, *, truncated: bool) -> TitleSpan | None:
    title = squeezed.printed(start + 1, inner_end) if inner_end > start + 1 else ""
    return TitleSpan(start, end, title, truncated, closed=squeezed.text[end - 1] == "》") if title else None


def plain_title(squeezed: Squeezed, start: int, limit: int) -> TitleSpan | None:
    """An unbracketed title from `start` (关于 …) up to …的通知, …的批复 and the like, not reaching beyond `limit`.

    One that the text ends in the middle of is truncated; one that a sentence goes on from is none.
    """
    text = squeezed.text
    limit = min(limit, start + LONGEST_TITLE)
    depth = 0
    for index in range(start, limit):
        character = text[index]
        if character == "《":
            depth += 1
        elif character == "》":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif character in _STOPS or character == ",":
            return None
        elif character == "的" and (end := _END.match(text, index, limit)):
            return TitleSpan(start, end.end(), squeezed.printed(start, end.end()), truncated=False)
    if limit < len(text) or limit - start < 4:
        return None
    whole = _LAST.search(text, start) is not None
    return TitleSpan(start, limit, squeezed.printed(start, limit), truncated=not whole)


def plain_title_after(squeezed: Squeezed, begin: int, limit: int) -> TitleSpan | None:
    """The unbracketed title that first begins between `begin` and `limit`; names may stand in front of it.

    One that begins with 下达 must begin right there and be whole: 186号下达就业补助资金 is a sentence.
    """
    text = squeezed.text
    if _HANDS_DOWN.match(text, begin, limit):
        return _notice(squeezed, begin, limit)
    starts = [index for word in _OPENING if (index := text.find(word, begin, min(limit, begin + 120))) >= 0]
    return plain_title(squeezed, min(starts), limit) if starts else None


def _notice(squeezed: Squeezed, start: int, limit: int) -> TitleSpan | None:
    span = plain_title(squeezed, start, limit)
    return span if span and not span.truncated and span.title.endswith("通知") else None


def plain_title_before(squeezed: Squeezed, low: int, end: int) -> TitleSpan | None:
    """An unbracketed title that ends at `end`: from 关于 (or 下达) to …的通知, all in one sentence."""
    text = squeezed.text
    left = max(low, end - LONGEST_TITLE)
    if not _LAST.search(text, max(left, end - 20), end):
        return None
    for mark in _STOPS:
        left = max(left, text.rfind(mark, left, end) + 1)
    if _HANDS_DOWN.match(text, left, end):
        notice = _notice(squeezed, left, end)
        return notice if notice and notice.end == end else None
    start = left - 1
    for _ in range(4):
        start = text.find("关于", start + 1, end)
        if start < 0:
            return None
        span = plain_title(squeezed, start, end)
        if span is not None and span.end == end:
            return span
    return None
