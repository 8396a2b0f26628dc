"""Numbers that a target prints in Chinese: 不少于十次, 百分之九十五, 三个月."""

from __future__ import annotations

import re
from functools import cache

from fundtrace.recognising import target_grammar as grammar
from fundtrace.recognising.words import longest_first, table

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_SIGNS = "".join((*_DIGITS, *_TENS, *_LARGE))
_NUMBER = rf"[{''.join(_DIGITS)}十拾][{_SIGNS}]{{0,11}}(?:点[{''.join(_DIGITS)}]{{1,4}})?"
_PERCENT = re.compile(rf"百分之(百|{_NUMBER})")
_ARABIC = re.compile(r"[0-9]")
_CHINESE = re.compile(rf"百分之|[{''.join(_DIGITS)}十拾]")
"""What every number below begins with."""
_SMALL = re.compile(rf"[{''.join(_DIGITS)}]+")


def with_digits(text: str) -> str:
    """A target's (narrow, unspaced) text with the numbers that it prints in Chinese as digits.

    Only numbers that measure are: a percentage, a number between a word that compares and a known unit, and a number
    whose unit is all that stands behind it. Words that begin with a numeral (一致, 十分满意, 一级) stay words, and so does
    a text that prints a digit anywhere.

    >>> with_digits("不少于十次"), with_digits("百分之九十五以上"), with_digits("十分满意")
    ('不少于10次', '95%以上', '十分满意')
    """
    if _ARABIC.search(text) or not _CHINESE.search(text):
        return text
    text = _PERCENT.sub(lambda found: _plain(found[0], _percent(found[1]), "%"), text)
    text = _compared().sub(lambda found: found["mark"] + _digits(found["number"]), text)
    match = _counted().fullmatch(text)
    return text[: match.start("number")] + _digits(match["number"]) + match["rest"] if match else text


def read_number(text: str) -> str | None:
    """The digits of a number in Chinese signs; None where they make none.

    >>> read_number("二千三百零五"), read_number("两万五千"), read_number("九点五"), read_number("十百")
    ('2305', '25000', '9.5', None)
    """
    whole, _, fraction = text.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    return f"{value}.{''.join(str(_DIGITS[sign]) for sign in fraction)}" if fraction else str(value)


def _whole(text: str) -> int | None:
    if _SMALL.fullmatch(text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) != 2 or "〇" in text else None
    total = section = digit = 0
    last_ten, last_large = 10_000, 10**12
    pending = False
    for sign in text:
        if sign in _DIGITS:
            if pending and _DIGITS[sign]:
                return None
            digit, pending = _DIGITS[sign], _DIGITS[sign] > 0
        elif sign in _TENS:
            if _TENS[sign] >= last_ten:
                return None
            section += (digit if pending else 1) * _TENS[sign]
            last_ten, digit, pending = _TENS[sign], 0, False
        else:
            if _LARGE[sign] >= last_large or section + digit == 0:
                return None
            total += (section + digit) * _LARGE[sign]
            last_large, last_ten, section, digit, pending = _LARGE[sign], 10_000, 0, 0, False
    return total + section + digit


def _digits(text: str) -> str:
    """The number in digits, its last 万 or 亿 left to the unit that it stands before; the text where it makes none."""
    end = len(text) - (text[-1] in _LARGE)
    value = read_number(text[:end])
    return text if value is None else value + text[end:]


def _percent(text: str) -> str | None:
    return "100" if text == "百" else read_number(text)


def _plain(printed: str, value: str | None, unit: str = "") -> str:
    return printed if value is None else value + unit


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<mark>{grammar.comparator_before().pattern})(?P<number>{_NUMBER})(?={_units(graded=True)})"
    )


@cache
def _counted() -> re.Pattern[str]:
    about = grammar.about_before().pattern
    after = "|".join(longest_first(table("units")[key]) for key in ("and_above", "and_below", "about_after"))
    return re.compile(rf"(?:{about})?(?P<number>{_NUMBER})(?P<rest>{_units(graded=False)}(?:{after}|内)?)")


def _units(*, graded: bool) -> str:
    words = table("units")
    grades = frozenset() if graded else frozenset(words["grades"])
    return f"(?:{longest_first([unit for unit in words['units'] if unit not in grades])})"
