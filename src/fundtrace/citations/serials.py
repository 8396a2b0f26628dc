"""The part behind an issuer code: year, serials, lists and ranges, 号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fundtrace.citations.words import BEHIND_AMOUNTS, BEHIND_THINGS, CONNECTORS

MOST_SERIALS = 60
"""A list or range under one code gives at most so many numbers; a wider range gives its two ends."""

_TAIL = re.compile(
    r"(?P<open>\({1,2})?(?<!\d)(?P<year>19[4-9]\d|20\d\d)年?(?P<close>\){1,2})?字?(?P<dash>-)?第?(?=\d)"
    r"|\((?P<short>[4-9]\d)年?\)字?第?(?=\d)"
)
_ITEM = re.compile(r"第?(?P<first>\d{1,8})(?!\d)(?:号?[-~至到]第?(?P<last>\d{1,6})(?!\d))?")
_SINGLE = re.compile(r"第?(?P<first>\d{1,8})(?!\d)(?P<last>(?!))?")
_YEARS = re.compile(r"(?:19|20)\d\d年")
_SEPARATORS = frozenset("、,") | CONNECTORS


@dataclass(frozen=True, slots=True)
class Tail:
    """A year and the serials behind it: indices into the squeezed text, `end` behind 号.

    `brackets` counts how many of the two are printed; `marked` tells whether 号 (or 期, then also `issue`) is; `short`
    whether the year has two digits; `dashed` whether a dash parts year and serial.
    """

    start: int
    end: int
    year: int
    serials: tuple[str, ...]
    brackets: int
    marked: bool
    issue: bool
    short: bool
    dashed: bool = False


def tails(text: str) -> Iterator[Tail]:
    """All years with a serial behind them, in order; whether they number a document is not decided here.

    >>> [(t.year, t.serials) for t in tails("(2021)1、3号 2021152号 2021年22万元")]
    [(2021, ('1', '3')), (2021, ('152',))]
    """
    end = 0
    for match in _TAIL.finditer(text):
        if match.start() < end:
            continue
        serials, stop, mark = _serials(text, match.end())
        if not serials:
            continue
        end = stop
        yield Tail(
            start=match.start(),
            end=stop,
            year=century(int(match["short"])) if match["short"] else int(match["year"]),
            serials=tuple(dict.fromkeys(serials)),
            brackets=2 if match["short"] else (match["open"] is not None) + (match["close"] is not None),
            marked=mark != "",
            issue=mark == "期",
            short=match["short"] is not None,
            dashed=match["dash"] is not None,
        )


def serial(digits: str) -> str | None:
    """The serial without zeros in front; None when nothing is left or it is too long.

    >>> serial("00001"), serial("000"), serial("110002")
    ('1', None, '110002')
    """
    stripped = digits.lstrip("0")
    return stripped if 0 < len(stripped) <= 6 else None


def century(year: int) -> int:
    """The year that two digits stand for: no document is older than 1949.

    >>> century(81), century(12)
    (1981, 2012)
    """
    return year + (1900 if year >= 49 else 2000)


def _serials(text: str, start: int) -> tuple[list[str], int, str]:
    """Serials, the index behind them, and 号, 期 or nothing.

    Serials behind the first count only as far as a 号 closes the list: 〔2020〕186、190号, not 〔2020〕186,2021年.
    """
    closed: list[str] = []
    pending: list[str] = []
    end, mark = start, ""
    position = start
    while len(closed) + len(pending) < MOST_SERIALS and (item := _item(text, position)):
        values = _values(item)
        if not values:
            break
        pending += values
        position = item.end()
        follows = text[position : position + 1]
        if follows in {"号", "期"}:
            if closed and text.startswith(BEHIND_THINGS, position + 1):
                break
            position += 1
            closed, pending = closed + pending, []
            end, mark = position, follows
            follows = text[position : position + 1]
        if follows not in _SEPARATORS:
            break
        position += 1
    if closed:
        return closed, end, mark
    first = _item(text, start)
    if first and first["last"] and _YEARS.match(text, first.start("last")):
        first = _SINGLE.match(text, start)
    if first is None or text[first.end() : first.end() + 1] in BEHIND_AMOUNTS:
        return [], start, ""
    return _values(first), first.end(), ""


def _item(text: str, start: int) -> re.Match[str] | None:
    """A serial or a range; what stands behind 号 ends a range only when it is greater and has a 号 too: 190号-1 and
    190号-2021年 name one document."""
    item = _ITEM.match(text, start)
    if item and item["last"] and "号" in item[0]:
        ends = int(item["last"]) > int(item["first"]) and text.startswith("号", item.end())
        return item if ends else _SINGLE.match(text, start)
    return item


def _values(item: re.Match[str]) -> list[str]:
    """The serials of an item; a number that is not above the first (186-1号) parts its document and ends no range."""
    first = serial(item["first"])
    last = serial(item["last"]) if item["last"] else None
    if first is None or last is None or int(last) <= int(first):
        return [first] if first else []
    if int(last) - int(first) < MOST_SERIALS:
        return [str(value) for value in range(int(first), int(last) + 1)]
    return [first, last]
