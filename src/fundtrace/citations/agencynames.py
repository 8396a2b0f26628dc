"""Printed names of issuing bodies: 河北省财政厅、河北省人力资源和社会保障厅."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fundtrace.citations.folding import Squeezed
from fundtrace.citations.words import (
    AGENCY_ENDINGS,
    CONNECTORS,
    LEAD_IN_WORDS,
    NOT_AGENCIES,
    PARTICLES,
    PLACE_NAMES,
)

LONGEST_NAME = 30
"""Characters that one name may have."""

_COMPLETE = r"(?:厅|局|部|署|委员会|政府|办公室|银行|支行|中心)"
_HAN = r"[\u3400-\u9fff]"
_NAME = re.compile(_HAN + "+")
_ENDING = re.compile("(?:" + "|".join(AGENCY_ENDINGS) + ")$")
_LEAD = re.compile("|".join(sorted(LEAD_IN_WORDS, key=len, reverse=True)))
_LED_IN = re.compile(
    "根据|依据|按照|参照|遵照|依照|对照|贯彻|落实|印发|转发|下发|关于|结合|符合|收到|以及|由于|为了|详见|参见|其中|同意"
)
_SINGLE = PARTICLES | CONNECTORS | frozenset("以请")
_OTHERS = re.compile(r"等(?:\d{1,3}|[一二三四五六七八九十]{1,3})?个?(?:部门|单位|部委|委局|家)?$")
_CUTS = (
    re.compile(r"中共中央(?=国务院)"),
    re.compile(rf"{_COMPLETE}(?=[和与及]{_HAN})"),
    re.compile(rf"{_COMPLETE}(?={_HAN}{{2,7}}?[省市县区州盟旗]{_HAN}|国家|中国|财政部|中共)"),
)


def is_agency(name: str) -> bool:
    """Whether a run of characters can be the full name of an issuing body.

    >>> is_agency("河北省财政厅"), is_agency("该财政局"), is_agency("为提高预算完整性")
    (True, False, False)
    """
    return (
        3 <= len(name) <= LONGEST_NAME
        and name not in NOT_AGENCIES
        and name[0] not in "我本该各此某"
        and _ENDING.search(name) is not None
        and not _LED_IN.match(name)
        and _NAME.fullmatch(name) is not None
    )


def split_agencies(squeezed: Squeezed, start: int, end: int) -> tuple[str, ...]:
    """The names in `text[start:end]` when it holds names and nothing else; empty otherwise.

    Names are parted by 、 or a comma, by a blank or 和 behind a complete name, or by nothing where the next name begins
    with a region's or a central organ's. 等11部门 behind the last one counts, the names it stands for do not.
    """
    text = _OTHERS.sub("", squeezed.text[start:end])
    cuts = {match.end() for pattern in _CUTS for match in pattern.finditer(text)}
    cuts.update(
        i
        for i in range(1, len(text))
        if squeezed.blank_before(start + i) and _ENDING.search(text, max(0, i - 6), i)
    )
    names: list[str] = []
    begin = 0
    for index in range(len(text) + 1):
        if index == len(text) or index in cuts or text[index] in "、,":
            name = text[begin:index].lstrip("、,和与及" if begin else "、,")
            begin = index
            if name and not is_agency(name):
                return ()
            if name:
                names.append(name)
    return tuple(names)


def agencies_before(squeezed: Squeezed, low: int, end: int) -> tuple[int, tuple[str, ...]]:
    """The names that stand directly in front of `end`, not reaching below `low`: where they begin, and which.

    Lead-in words in front of the first name are left out. (end, ()) when there is no name.
    """
    text = squeezed.text
    stop = end - 1 if low < end and text[end - 1] == ":" else end
    others = _OTHERS.search(text[max(low, stop - 12) : stop])
    cursor = stop - (len(others.group()) if others else 0)
    begin, found = end, tuple[str, ...]()
    while cursor > low:
        left = cursor
        while left > low and cursor - left < 2 * LONGEST_NAME and _NAME.match(text[left - 1]):
            left -= 1
        start = _first_name(squeezed, left, cursor)
        if start is None:
            break
        begin, found = start, (*split_agencies(squeezed, start, cursor), *found)
        if start != left or start <= low or text[start - 1] != "、":
            break
        cursor = start - 1
    return begin, found


def behind_lead_in(run: str) -> Iterator[int]:
    """Where a name may begin in a run of characters: behind each word that leads in, the last one first."""
    for begin in reversed([0, *(match.end() for match in _LEAD.finditer(run))]):
        index = begin
        while index < len(run) and run[index] in _SINGLE and not run.startswith(PLACE_NAMES, index):
            index += 1
        yield index


def _first_name(squeezed: Squeezed, left: int, end: int) -> int | None:
    """Where the names of the run `text[left:end]` begin, once words that lead in are off; None without a name."""
    for begin in behind_lead_in(squeezed.text[left:end]):
        if split_agencies(squeezed, left + begin, end):
            return left + begin
    return None
