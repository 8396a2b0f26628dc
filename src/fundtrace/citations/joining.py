"""Numbers and titles joined: which of them name one document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fundtrace.citations.agencynames import agencies_before, split_agencies
from fundtrace.citations.folding import Squeezed
from fundtrace.citations.numberspans import NumberSpan, number_spans
from fundtrace.citations.titlekinds import is_other_thing, title_kind
from fundtrace.citations.titles import (
    TitleSpan,
    cut_short,
    plain_title_after,
    plain_title_before,
    title_spans,
)

_COUNT = r"[〇零一二三四五六七八九十百\d]{1,7}"
_MEMBERS = rf"{_COUNT}(?:[、,和及至-]第?{_COUNT}){{0,6}}"
ARTICLE = re.compile(
    rf"\)?(?:\((?:\d{{4}}年)?修[正订][^()]{{0,4}}\))?(?:文件|文)?中?的?"
    rf"(?P<article>(?:第{_MEMBERS}[条章款项]|[一二三四五六七八九十百]{{1,7}}条|(?<=》)\d{{2,3}}条)"
    rf"(?:之[一二三四五六七八九])?(?:[、,和及至]?第?\(?{_COUNT}\)?[条款项]){{0,6}})"
)
_BEHIND_NUMBER = re.compile(r"(?:文件|文)?(?:印发的?)?[-_:·\"“(<〈]{0,3}")
_ISSUED = re.compile(r"(?:联合)?(?:印发|下发|发布|公布|出台|制定|颁布)[的了]?$")
_BEFORE_NUMBER = re.compile(
    r"[\"”)>〉]?(?:\([^()]{1,30}\))?(?:,?(?:发文字号|文件号|文号|字号)[:为]?|[-_:]{1,3}|\((?:文号:?)?)?"
)
_LED_IN = re.compile(r"(?:根据|依据|按照|依照|执行|落实|贯彻|遵守|参照|印发|遵照|违反)$")
_SUBJECT = re.compile(r"关于|(?:联合)?印发|转发|(?:提前)?下达")
_WINDOW = 120


@dataclass(frozen=True, slots=True)
class Part:
    """A number, a title, or both: one document. Indices into the squeezed text, around all of it."""

    start: int
    end: int
    number: NumberSpan | None
    title: TitleSpan | None
    issuers: tuple[str, ...]


def parts(squeezed: Squeezed) -> list[Part]:
    """Every document that a squeezed text names, in order."""
    numbers, titles = number_spans(squeezed), title_spans(squeezed)
    found: list[Part] = []
    low = n = t = 0
    while n < len(numbers) or t < len(titles):
        title = titles[t] if t < len(titles) else None
        if title and (n == len(numbers) or title.start < numbers[n].start):
            t += 1
            within = [number for number in numbers[n : n + 9] if number.start < title.end]
            behind = numbers[n + len(within)] if n + len(within) < len(numbers) else None
            part = _titled(squeezed, low, title, within, behind)
        else:
            n += 1
            limit = numbers[n].reach if n < len(numbers) else len(squeezed.text)
            part = _number_first(squeezed, low, numbers[n - 1], title, limit)
        if part:
            found.append(part)
            low = part.end
        while n < len(numbers) and numbers[n].start < low:
            n += 1
        while t < len(titles) and titles[t].start < low:
            t += 1
    return found


def _titled(
    squeezed: Squeezed, low: int, title: TitleSpan, within: list[NumberSpan], behind: NumberSpan | None
) -> Part | None:
    """A title, numbers that stand within it, and the number behind it."""
    if within and not title.closed:
        shorter = cut_short(squeezed, title.start, within[0].reach)
        return _title_first(squeezed, low, shorter, within[0]) if shorter else None
    if within and within[0].reach == title.start + 1:  # 《冀财社〔2020〕186号关于…的通知》
        part = _number_first(squeezed, low, within[0], None, title.end - 1)
        return replace(part, start=title.start, end=title.end)
    if (
        within and squeezed.text[within[-1].end : title.end] == ")》"
    ):  # 《关于…的通知（冀财社〔2020〕186号）》
        part = _number_first(squeezed, title.start + 1, within[-1], None, within[-1].end)
        if part.title:
            return replace(part, start=title.start, end=title.end)
    return _title_first(squeezed, low, title, behind)


def _title_first(squeezed: Squeezed, low: int, title: TitleSpan, number: NumberSpan | None) -> Part | None:
    """A title, and the number behind it if that is its own; None when the title names no document."""
    text = squeezed.text
    issued = _ISSUED.search(text, max(low, title.start - 5), title.start)
    start, names = agencies_before(squeezed, low, issued.start() if issued else title.start)
    start = start if names else title.start
    names = names or _names_within(squeezed, title)
    if number and number.reach - title.end <= 40:
        if _BEFORE_NUMBER.fullmatch(text, title.end, number.reach):
            return Part(start, number.end, number, title, names or number.issuers)
        around = _plain_part(squeezed, low, number)
        if around and around.title and around.title.start < title.start:
            return around  # 关于印发《甲办法》的通知（冀财规〔2018〕21号）
        if text.startswith("的通知", title.end) and _BEFORE_NUMBER.fullmatch(
            text, title.end + 3, number.reach
        ):
            return Part(start, number.end, number, title, names or number.issuers)
    if title_kind(title.title) is None or is_other_thing(title.title):
        led_in = _LED_IN.search(text, max(low, start - 4), start) or ARTICLE.match(text, title.end)
        if not led_in or is_other_thing(title.title):
            return None
    return Part(start, title.end, None, title, names)


def _number_first(
    squeezed: Squeezed, low: int, number: NumberSpan, title: TitleSpan | None, limit: int
) -> Part:
    """A number, and the title behind it or in front of it that is its own; `limit` is where the next number begins."""
    closed = number.end + _closes(squeezed.text, low, number)
    gap = _BEHIND_NUMBER.match(squeezed.text, closed)
    begin = gap.end() if gap else number.end
    if len(number.numbers) == 1:
        plain = plain_title_after(squeezed, begin, limit)
        if plain and plain.truncated and squeezed.text[number.end : begin].startswith("文"):
            plain = None  # 1号文件关于…的精神 goes on with a sentence
        near = title if title and title.start < min(limit, begin + _WINDOW) else None
        if near and near.end > limit and not near.closed:
            near = cut_short(squeezed, near.start, limit)
        behind = min((span for span in (plain, near) if span), key=lambda span: span.start, default=None)
        names = split_agencies(squeezed, begin, behind.start) if behind else ()
        if behind and (names or behind.start == begin):
            issuers = number.issuers or names or _names_within(squeezed, behind)
            return Part(number.reach, behind.end, number, behind, issuers)
    return _plain_part(squeezed, low, number) or Part(number.reach, number.end, number, None, number.issuers)


def _closes(text: str, low: int, number: NumberSpan) -> bool:
    """Whether the number stands in brackets that belong to what is behind: （冀财社〔2020〕1号）《关于甲的通知》."""
    opening = number.reach - 1
    alone = (
        opening <= 0
        or text[opening - 1] in ",.;:、。"
        or _LED_IN.search(text, max(low, opening - 4), opening)
    )
    return bool(alone) and opening >= low and text[opening] == "(" and text.startswith(")", number.end)


def _names_within(squeezed: Squeezed, title: TitleSpan) -> tuple[str, ...]:
    """The issuers that a title in 《》 begins with: 《河北省财政厅关于甲的通知》."""
    words = _SUBJECT.search(squeezed.text, title.start + 1, title.end)
    return split_agencies(squeezed, title.start + 1, words.start()) if words else ()


def _plain_part(squeezed: Squeezed, low: int, number: NumberSpan) -> Part | None:
    """The number with the unbracketed title in front of it: 关于…的通知（冀财社〔2020〕186号）."""
    for end in range(number.reach, max(low, number.reach - 8), -1):
        if _BEFORE_NUMBER.fullmatch(squeezed.text, end, number.reach) and (
            title := plain_title_before(squeezed, low, end)
        ):
            start, names = agencies_before(squeezed, low, title.start)
            return Part(start, number.end, number, title, names or number.issuers)
    return None
