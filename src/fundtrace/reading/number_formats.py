"""What a spreadsheet prints for a number: the format codes of Excel, as ECMA-376 part 1, 18.8.30 and 18.8.31 have them.

Codes for fractions and conditions are not followed: their numbers are printed plainly.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0',
    6: '"¥"#,##0',
    7: '"¥"#,##0.00',
    8: '"¥"#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: '"¥"#,##0',
    43: "#,##0.00",
    44: '"¥"#,##0.00',
    45: "mm:ss",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The codes that files refer to by number, as Chinese Excel has them."""

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | !(?P<bang>.) | _(?P<gap>.) | \*(?P<fill>.)
    | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\] | \[(?P<bracket>[^\]]*)\]
    | (?P<ampm>AM/PM|A/P|上午/下午) | (?P<date>y+|m+|d+|h+|s+) | (?P<exponent>E[+-]0+)
    | (?P<digits>[0\#?][0\#?,]*) | (?P<point>\.) | (?P<percent>%) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_MAX_CODE = 255
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class _Token(NamedTuple):
    kind: str
    text: str


def show(value: float, code: str, *, from_1904: bool = False) -> str:
    """What is printed for `value` under the format `code`; days are counted from 1900, or from 1904."""
    number = Decimal(repr(value)) if value == value and abs(value) != float("inf") else Decimal(0)
    tokens, signed = _section(code[:_MAX_CODE], number)
    if not tokens or code.lower() in {"general", "g/通用格式", "@"}:
        return _plain(number)
    kinds = {token.kind for token in tokens}
    if "date" in kinds:
        return _date(value, tokens, from_1904=from_1904)
    if (
        "digits" not in kinds
        or "exponent" in kinds
        or any("/" in t.text for t in tokens if t.kind == "other")
    ):
        return _plain(number) if "digits" in kinds or "other" in kinds else _literals(tokens)
    return ("-" if signed and number < 0 else "") + _number(abs(number), tokens)


def _plain(number: Decimal) -> str:
    """A number as the General format shows it, without an exponent."""
    if number == number.to_integral_value():
        return f"{number:.0f}"
    return f"{Decimal(f'{float(number):.15g}'):f}"


@lru_cache(maxsize=512)
def _sections(code: str) -> list[tuple[_Token, ...]]:
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        text = match[kind]
        if kind == "other" and text == ";":
            sections.append([])
        elif kind in {"quoted", "escaped", "bang", "currency"}:
            sections[-1].append(_Token("literal", text))
        elif kind == "gap":
            sections[-1].append(_Token("literal", " "))
        elif kind == "bracket" and re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
            sections[-1].append(_Token("date", text))
        elif kind not in {"fill", "bracket"}:
            sections[-1].append(_Token(kind, text))
    return [tuple(section) for section in sections]


def _section(code: str, number: Decimal) -> tuple[tuple[_Token, ...], bool]:
    """The part of a code that governs a number, and whether a minus has to be put before it."""
    sections = _sections(code)
    if number < 0 and len(sections) > 1 and sections[1]:
        return sections[1], False
    if number == 0 and len(sections) > 2 and sections[2]:
        return sections[2], False
    return sections[0], True


def _literals(tokens: tuple[_Token, ...]) -> str:
    return "".join(token.text for token in tokens if token.kind == "literal").strip()


def _number(number: Decimal, tokens: tuple[_Token, ...]) -> str:
    place = [index for index, token in enumerate(tokens) if token.kind in {"digits", "point"}]
    pattern = "".join(tokens[index].text for index in place)
    whole, _, fraction = pattern.partition(".")
    scale = len(pattern) - len(pattern.rstrip(","))
    grouped = "," in whole.rstrip(",")
    percent = sum(1 for token in tokens if token.kind == "percent")
    fraction = fraction.replace(",", "")
    try:
        scaled = number.scaleb(2 * percent - 3 * scale)
        rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return _plain(number)
    digits, _, decimals = f"{rounded:f}".partition(".")
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    if grouped:
        digits = _THOUSANDS.sub(",", digits)
    while decimals and fraction[len(decimals) - 1] != "0" and decimals.endswith("0"):
        decimals = decimals[:-1]
    pieces = _dealt(digits, [tokens[index] for index in place])
    pieces[-1] += "." + decimals if decimals else ""
    printed = dict(zip(place, pieces, strict=False))
    shown = []
    for index, token in enumerate(tokens):
        if index in printed:
            shown.append(printed[index])
        elif token.kind == "percent":
            shown.append("%")
        elif token.kind in {"literal", "other"}:
            shown.append(token.text)
    return "".join(shown).strip()


def _dealt(digits: str, tokens: list[_Token]) -> list[str]:
    """Whole digits dealt from the right to the groups of a pattern, the first taking what is left.

    Literals may part the groups: `0!.0,"万"` prints thousands as 万 with one decimal.
    """
    groups = []
    for token in tokens:
        if token.kind == "point":
            break
        groups.append(sum(1 for sign in token.text if sign != ","))
    pieces: list[str] = []
    for size in reversed(groups[1:]):
        pieces.insert(0, digits[max(0, len(digits) - size) :])
        digits = digits[: max(0, len(digits) - size)]
    return [digits, *pieces]


def _date(value: float, tokens: tuple[_Token, ...], *, from_1904: bool) -> str:
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    try:
        moment = epoch + timedelta(days=value)
        moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    except (OverflowError, ValueError):
        return _plain(Decimal(repr(value)))
    half = any(token.kind == "ampm" for token in tokens)
    shown = []
    last = ""
    for index, (kind, text) in enumerate(tokens):
        if kind == "ampm":
            shown.append("AM" if moment.hour < 12 else "PM")
        elif kind == "date":
            code = text.lower()
            if code[0] == "m" and (last == "h" or _followed_by_seconds(tokens[index + 1 :])):
                shown.append(f"{moment.minute:0{min(len(code), 2)}d}")
            else:
                shown.append(_date_part(moment, code, half=half))
            last = code[0]
        elif kind in {"literal", "other", "point", "digits"}:
            shown.append(text)
    return "".join(shown).strip()


def _followed_by_seconds(tokens: tuple[_Token, ...]) -> bool:
    return next((token.text[0].lower() == "s" for token in tokens if token.kind == "date"), False)


def _date_part(moment: datetime, code: str, *, half: bool) -> str:
    width = min(len(code), 2)
    if code[0] == "y":
        return f"{moment.year % 100:02d}" if len(code) < 3 else f"{moment.year:04d}"
    if code[0] == "m":
        return _MONTHS[moment.month - 1] if len(code) > 2 else f"{moment.month:0{width}d}"
    if code[0] == "d":
        return f"{moment.day:0{width}d}" if len(code) < 3 else moment.strftime("%a")
    if code[0] == "h":
        return f"{(moment.hour % 12 or 12) if half else moment.hour:0{width}d}"
    return f"{moment.second:0{width}d}"
