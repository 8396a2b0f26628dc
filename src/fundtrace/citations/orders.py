"""Decrees and announcements: 国务院令第711号, 财政部公告2023年第8号, 国务院第711号令."""

from __future__ import annotations

import re

from fundtrace.citations.agencynames import LONGEST_NAME, behind_lead_in, is_agency
from fundtrace.citations.documentnumbers import DocumentNumber, NumberKind
from fundtrace.citations.folding import Squeezed
from fundtrace.citations.words import NOUN_ENDS

ORDER_ENDINGS = ("令", "公告", "通告")

_YEAR = r"(?:19[4-9]\d|20\d\d)"
_DIGITS = r"(?:\d{1,6}|[〇零一二三四五六七八九十百]{1,7})"
_FORWARD = re.compile(
    rf"(?P<word>令|公告|通告)(?:\(?(?P<year>{_YEAR})(?:年\)?|\)))?\(?第?(?P<serial>{_DIGITS})号"
)
_BACKWARD = re.compile(
    rf"(?:\(?(?P<year>{_YEAR})(?:年\)?|\)))?第?(?P<serial>{_DIGITS})号(?P<word>令|公告|通告)(?![\d第(])"
)
_NAME = re.compile(r"[\u3400-\u9fff、]")
_NOUNS = re.compile("(?:" + "|".join(sorted(NOUN_ENDS, key=len, reverse=True)) + ")+")
_SPELLINGS = {"国": "国务院"}
_STATE = re.compile(r"中华人民共和国(?!主席)")
_PLACES = ("省政府", "市政府", "县政府", "区政府", "州政府", "国务院", "主席")
_NUMERALS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_WEIGHTS = {"十": 10, "百": 100}


def order_spans(squeezed: Squeezed) -> list[tuple[int, int, DocumentNumber]]:
    """(start, end, number) of every decree and announcement, in order, as indices into the squeezed text.

    An announcement has a year, a decree may have none. 国令 is a spelling of 国务院令, and 中华人民共和国 in front of an
    organ's name (中华人民共和国财政部令) is no more than its full name: no other organ has the short one. 主席 alone would
    not say whose.
    """
    text = squeezed.text
    if "号" not in text or not any(ending in text for ending in ORDER_ENDINGS):
        return []
    matches = sorted((*_FORWARD.finditer(text), *_BACKWARD.finditer(text)), key=lambda match: match.start())
    found: list[tuple[int, int, DocumentNumber]] = []
    low = 0
    for match in matches:
        if match.start() < low:
            continue
        serial, begin = numeral(match["serial"]), _issuer_start(text, low, match.start())
        kind: NumberKind = "decree" if match["word"] == "令" else "announcement"
        year = int(match["year"]) if match["year"] else None
        if serial is None or begin is None or (kind == "announcement" and year is None):
            continue
        name = text[begin : match.start()].replace("、", "")
        name = _STATE.sub("", name)
        number = DocumentNumber(_SPELLINGS.get(name, name) + match["word"], year, serial, kind)
        low = match.end()
        found.append((begin, low, number))
    return found


def numeral(text: str) -> str | None:
    """Digits or Chinese numerals below 1000 as digits without zeros in front; None for zero.

    >>> numeral("007"), numeral("七十一"), numeral("一百零三"), numeral("十"), numeral("二〇"), numeral("00")
    ('7', '71', '103', '10', '20', None)
    """
    if text.isascii():
        return text.lstrip("0") or None
    if not _WEIGHTS.keys() & set(text):
        return "".join(str(_NUMERALS[character]) for character in text).lstrip("0") or None
    total = digit = 0
    for character in text:
        if character in _WEIGHTS:
            total += (digit or 1) * _WEIGHTS[character]
            digit = 0
        else:
            digit = _NUMERALS[character]
    return str(total + digit)


def _issuer_start(text: str, low: int, end: int) -> int | None:
    """Where the names in front of 令 or 公告 begin; None when no agency stands there."""
    left = end
    while left > low and end - left < 2 * LONGEST_NAME and _NAME.match(text[left - 1]):
        left -= 1
    while left < end:
        run = text[left:end]
        for begin in behind_lead_in(run):
            noun = _NOUNS.match(run, begin)
            index = noun.end() if noun else begin
            if all(map(_issuer, run[index:].split("、"))):
                return left + index
        left += (run.find("、") + 1) or len(run)
    return None


def _issuer(name: str) -> bool:
    return name == "国" or name.endswith(_PLACES) or is_agency(name[-LONGEST_NAME:])
