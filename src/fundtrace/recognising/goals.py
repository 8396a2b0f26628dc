"""绩效目标: one cell or several, parted into the goals that they number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fundtrace.recognising.grid import join_text, one_line
from fundtrace.recognising.widths import narrow

_ITEM = r"""\s*
        (?: 目\s*[标標]\s*(?P<goal>[0-9０-９]{1,2}|[一二三四五六七八九十])\s*[:：、.．]
          | [（(](?P<bracket>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})[)）][、.．:：]?
          | (?P<plain>[0-9０-９]{1,2})\s*(?:[、]|[.．](?!\d)|[.．](?=(?:19|20)\d\d(?!\d)|\d{1,2}[.、．]\D)|[)）])
          | (?P<circle>[①-⑳])
          | (?P<chinese>[一二三四五六七八九十]{1,2})、
        )\s*"""
_ORDINAL = re.compile(rf"(?:^|(?<=[\s。;；!！?？，,])){_ITEM}", re.VERBOSE | re.MULTILINE)
_GLUED = re.compile(
    rf"(?<=[\u4e00-\u9fff%％）)》”〕】、])(?<![第一二三四五六七八九十百千万])(?<![0-9第一二三四五六七八九十]、){_ITEM}(?=[\u4e00-\u9fff《“（(]|(?:19|20)[0-9]{{2}}\s*年)",
    re.VERBOSE,
)
"""A mark right behind a word, as when the end of a line in a cell parted them; never in front of a figure."""
_CHINESE = {number: place for place, number in enumerate("一二三四五六七八九十", start=1)}
_BLANK = re.compile(r"[.…·。⋯\s—-]+")
"""Dots or strokes that a blank form prints in the place of a goal."""
_WITHIN = tuple("，,、；;。")
"""No text begins with these: it goes on with the one above it."""
_STOPS = tuple("。；;.!！?？:：")


def split_goals(cells: Iterable[str]) -> tuple[str, ...]:
    """The goals of one form, from the texts of their cells in printed order.

    Numbered items (`1.`, `1、`, `（1）`, `①`, `目标1:`) are a goal each, without that number and with every other
    printed word; the numbers must count up by one, so that `2.5` or a year inside a sentence parts nothing. Words in
    front of the first number are a goal of their own. A number right behind a word (`…服务面2.支持…`) counts only where
    the one before it is written alike and none stands apart. Without numbers, a line that ends a sentence ends a goal.
    A cell without a number goes on with a numbered one above it.

    >>> split_goals(["1.保障一 2.保障二", "3、保障三"])
    ('保障一', '保障二', '保障三')
    """
    goals: list[str] = []
    numbered = False
    last = 0
    for text in cells:
        marks = _marks(text, last)
        if not marks and numbered:
            goals[-1] = join_text(goals[-1], one_line(text)) or goals[-1]
            continue
        if not marks:
            said = _sentences(text)
            if goals and said and said[0].startswith(_WITHIN):
                goals[-1] = join_text(goals[-1], said.pop(0)) or goals[-1]
            goals += said
            continue
        opening = one_line(text[: marks[0][0]])
        if opening and numbered:
            goals[-1] = join_text(goals[-1], opening) or goals[-1]
        elif opening:
            goals.append(opening)
        ends = [start for start, _, _ in marks[1:]] + [len(text)]
        goals += [one_line(text[start:end]) for (_, start, _), end in zip(marks, ends, strict=True)]
        numbered, last = True, marks[-1][2]
    return tuple(goal for goal in goals if goal and not _BLANK.fullmatch(goal))


def _marks(text: str, last: int) -> list[tuple[int, int, int]]:
    """Start, end and number of the marks that count up: from the number after `last`, or from 1."""
    matches, glued = list(_ORDINAL.finditer(text)), list(_GLUED.finditer(text))
    matches = [match for match in matches if _apart(text, match)]
    for expected in dict.fromkeys((last + 1, 1)):
        found = _counted(matches, glued, expected)
        if found:
            return found
    return []


def _apart(text: str, match: re.Match[str]) -> bool:
    """Whether a mark is none that ends a bracket opened before it, as the broken year of a number does: (202 4)."""
    before = narrow(text[: match.start()])
    return (
        not narrow(match[0]).rstrip().endswith(")")
        or before.count("(") <= before.count(")")
        or "(" in narrow(match[0])
    )


def _counted(
    matches: Sequence[re.Match[str]], glued: Sequence[re.Match[str]], expected: int
) -> list[tuple[int, int, int]]:
    """The marks that count up from a number, all of one kind; without a mark that stands apart, one behind a word."""
    start = next((match for match in matches if match.lastgroup and _number(match) == expected), None)
    if start is None:
        return []
    apart = [match for match in matches if match.lastgroup == start.lastgroup]
    behind = [match for match in glued if _style(match) == _style(start)]
    found: list[tuple[int, int, int]] = []
    match: re.Match[str] | None = start
    while match is not None:
        end = match.end()
        found.append((match.start(), end, expected))
        expected += 1
        match = _next(apart, expected, end) or _next(behind, expected, end)
    return found


def _next(matches: Sequence[re.Match[str]], number: int, start: int) -> re.Match[str] | None:
    return next((each for each in matches if each.start() >= start and _number(each) == number), None)


def _style(match: re.Match[str]) -> tuple[str | None, str]:
    """The kind of a mark, and what it prints beside its number."""
    return match.lastgroup, "".join(narrow(match[0]).replace(narrow(match[match.lastgroup or 0]), "").split())


def _number(match: re.Match[str]) -> int:
    digits = match[match.lastgroup or 0]
    if digits[0] in _CHINESE:
        return sum(_CHINESE[digit] for digit in digits)
    return ord(digits) - ord("①") + 1 if match.lastgroup == "circle" else int(digits)


def _sentences(text: str) -> list[str]:
    goals: list[str] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        if goals and not goals[-1].endswith(_STOPS):
            goals[-1] = join_text(goals[-1], line.strip()) or goals[-1]
        else:
            goals.append(line.strip())
    return goals
