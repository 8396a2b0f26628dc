"""Document numbers in a squeezed text, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fundtrace.citations.agencynames import agencies_before
from fundtrace.citations.documentnumbers import DocumentNumber
from fundtrace.citations.folding import Squeezed
from fundtrace.citations.issuers import LONGEST_RUN, issuer_start
from fundtrace.citations.orders import ORDER_ENDINGS, order_spans
from fundtrace.citations.serials import Tail, century, serial, tails
from fundtrace.citations.strengths import firm, never_issuer, strength
from fundtrace.citations.words import ALSO_AREAS, BEHIND_THINGS, CONNECTORS, THINGS

_HAN = re.compile(r"[\u3400-\u9fff]")
_YEAR_FIRST = re.compile(
    r"\((?P<year>\d{2}|19[4-9]\d|20\d\d)\)(?P<code>[\u3400-\u9fff]{1,8}字)第?(?P<serial>\d{1,8})号"
)
_INNER = re.compile(
    r"(?P<area>[\u3400-\u9fff]{2,12})\((?P<field>[\u3400-\u9fff]{1,4})\)(?P<rest>(?:指标?|发|字|函|规)?)$"
)
_THINGS = re.compile(THINGS)
_PROSE = frozenset(("新建", "内科", "新房", "新农"))
"""Words of prose that could be codes, by their letters."""
_FRESH = frozenset('(:;。."“')
_ISSUES = re.compile(r"(?:纪要|会|会议|简报|通报|专报|快报|信息)$")


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """One written form: indices into the squeezed text, the numbers that it gives, agencies glued in front of it.

    `reach` is where those agencies begin (`start` without any). A list or range gives several numbers.
    """

    start: int
    end: int
    reach: int
    numbers: tuple[DocumentNumber, ...]
    issuers: tuple[str, ...] = ()


def number_spans(squeezed: Squeezed, *, lenient: bool = False) -> list[NumberSpan]:
    """All document numbers of a text, in order, without overlap.

    `lenient` also takes 冀财社2020186 and 巨财社[2020]6, as typed into a search box.
    """
    spans: list[NumberSpan] = []
    items: list[NumberSpan | Tail] = [*_orders(squeezed), *_years_first(squeezed.text), *tails(squeezed.text)]
    for item in sorted(items, key=lambda item: item.start):
        low = spans[-1].end if spans else 0
        if item.start < low:
            continue
        if isinstance(item, NumberSpan):
            spans.append(item)
        elif span := _coded(squeezed, item, spans, lenient) or _inherited(squeezed.text, item, spans):
            spans.append(span)
    return spans


def _orders(squeezed: Squeezed) -> Iterator[NumberSpan]:
    for start, end, number in order_spans(squeezed):
        yield NumberSpan(start, end, start, (number,))


def _years_first(text: str) -> Iterator[NumberSpan]:
    """（81）卫防字26号: the year before the code, which then ends in 字."""
    for match in _YEAR_FIRST.finditer(text) if "字" in text else ():
        code, digits, value = match["code"], match["year"], serial(match["serial"])
        if value and issuer_start(code) == 0 and not never_issuer(code):
            year = int(digits) if len(digits) == 4 else century(int(digits))
            number = DocumentNumber(code, year, value)
            yield NumberSpan(match.start(), match.end(), match.start(), (number,))


def _coded(squeezed: Squeezed, tail: Tail, spans: list[NumberSpan], lenient: bool) -> NumberSpan | None:
    """The number that a year with its serials makes with the code in front of it."""
    text = squeezed.text
    low = spans[-1].end if spans else 0
    left = tail.start
    while left > low and tail.start - left < LONGEST_RUN and _HAN.match(text[left - 1]):
        left -= 1
    run = text[left : tail.start]
    if run.endswith(ORDER_ENDINGS):
        return None
    if inner := _INNER.search(text, max(low, tail.start - LONGEST_RUN), tail.start):
        return _bracketed(tail, inner)
    offset = issuer_start(
        run,
        frozenset(i - left for i in range(left + 1, tail.start) if squeezed.blank_before(i)),
        after_number=bool(spans) and left == low and not _on_its_own(squeezed, left),
        after_digit=left > 0 and text[left - 1] in "0123456789%",
        fresh=left == 0 or text[left - 1] in _FRESH,
    )
    if offset is None or not _accepted(text, tail, run[offset:], offset == 0, lenient):
        return None
    start = left + offset
    if _is_things(text, low, start, run[offset:]):
        return None
    reach, names = agencies_before(squeezed, low, start)
    numbers = tuple(DocumentNumber(text[start : tail.start], tail.year, value) for value in tail.serials)
    return NumberSpan(start, tail.end, reach, numbers, names)


def _is_things(text: str, low: int, start: int, code: str) -> bool:
    """Whether the words in front say that the number is a contract's, a tender's and the like."""
    said = _THINGS.search(text, max(low, start - 16), start)
    return said is not None and (strength(code) == "unknown" or said[0].startswith(("合同", "协议")))


def _bracketed(tail: Tail, inner: re.Match[str]) -> NumberSpan | None:
    """黑财指（社）〔2022〕15号: a code with its field in brackets, which only a finance office of a province writes."""
    area, rest = inner["area"], inner["rest"]
    offset = issuer_start(area)
    if offset is None or "财" not in area[offset:] or strength(area[offset:]) != "placed" or not tail.marked:
        return None
    start = inner.start() + offset
    code = f"{area[offset:]}（{inner['field']}）{rest}"
    numbers = tuple(DocumentNumber(code, tail.year, value) for value in tail.serials)
    return NumberSpan(start, tail.end, start, numbers)


def _on_its_own(squeezed: Squeezed, index: int) -> bool:
    """Whether 和 and the like stand behind a blank and before none: 和政发 on a line of its own is a place's code."""
    return (
        squeezed.text[index] in ALSO_AREAS
        and squeezed.blank_before(index)
        and not squeezed.blank_before(index + 1)
    )


def _accepted(text: str, tail: Tail, code: str, alone: bool, lenient: bool) -> bool:
    """Whether code and tail are a document's, and not a building's, an amount's, or a contract's."""
    if never_issuer(code) or (tail.issue and not _ISSUES.search(code)):
        return False
    known = strength(code)
    if known == "unknown":
        return (
            len(code) > 1
            and (tail.marked or lenient)
            and (tail.brackets == 2 or code.endswith("纪要"))
            and not tail.short
            and not tail.dashed
            and not text.startswith(BEHIND_THINGS, tail.end)
        )
    if len(code) == 1 and not alone:
        return False
    if (tail.dashed and (known != "placed" or not (tail.marked or lenient))) or (
        code in _PROSE and (not tail.brackets or text.startswith(BEHIND_THINGS, tail.end))
    ):
        return False
    if not tail.marked and not (lenient or (known == "placed" and tail.brackets)):
        return False
    return tail.brackets > 0 or lenient or (firm(code) and not text.startswith(BEHIND_THINGS, tail.end))


def _inherited(text: str, tail: Tail, spans: list[NumberSpan]) -> NumberSpan | None:
    """〔2021〕3号 behind 冀财社〔2020〕186号、: the same code, another year."""
    if not spans or tail.brackets != 2 or not tail.marked or tail.short:
        return None
    last = spans[-1]
    between = text[last.end : tail.start]
    if last.numbers[0].kind != "numbered" or len(between) != 1 or between not in {*"、,;+", *CONNECTORS}:
        return None
    code = last.numbers[0].issuer
    numbers = tuple(DocumentNumber(code, tail.year, value) for value in tail.serials)
    return NumberSpan(tail.start, tail.end, tail.start, numbers)
