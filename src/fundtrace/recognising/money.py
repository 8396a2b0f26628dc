"""Printed amounts: exact yuan beside what is printed and the unit that governs it (rule: money is never a float)."""

from __future__ import annotations

import re
from decimal import Decimal

from fundtrace.recognising.decimals import DIGITS, canonical, parse, times
from fundtrace.recognising.memo import memo
from fundtrace.recognising.widths import narrow
from fundtrace.records import Money

FACTORS = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10**4),
    "十万元": Decimal(10**5),
    "百万元": Decimal(10**6),
    "千万元": Decimal(10**7),
    "亿元": Decimal(10**8),
}
"""Yuan in one of each unit that money is printed in."""

_LONGEST = 100
"""A cell with more letters than this is prose, not an amount."""

_UNIT = r"(?:十|百|千)?[万萬]\s*元|(?:百|千|[亿億])?\s*元"
_AMOUNT_UNIT = rf"{_UNIT}|[万萬亿億](?![人户元亩吨次千百])"
_LABELLED = re.compile(rf"单\s*位\s*:?\s*(?:人民币\s*)?({_UNIT})(?![\u4e00-\u9fff])")
_BRACKETED = re.compile(rf"[(\[【〔]\s*(?:人民币\s*)?({_UNIT})\s*[)\]】〕]")
_WHOLE = re.compile(rf"(?:人民币)?\s*({_UNIT})")
_SIGN = re.compile(r"^\(?\s*负\s*\)?|^-")
_SPACED = re.compile(r"(?<=[.,-])\s+|\s+(?=[.,])|(?<=\.)([0-9 ]+)")
_AMOUNT = re.compile(rf"(?<![0-9A-Za-z.,])-?{DIGITS}\s*(?:{_AMOUNT_UNIT})")
_ENDING = re.compile(rf"^(.*?)\s*({_AMOUNT_UNIT})(?:整)?$")


def read_money(printed: str | None, unit: str | None) -> Money | None:
    """The amount of a cell, in the unit that governs it; a unit printed in the cell itself wins.

    None when the cell is empty: what is not printed is absent. A text that is no number (or a number without any
    unit) keeps its text and has no yuan. Spaces are taken out of a number only behind its point and beside its
    point, separators and sign, since `100 200` may be two numbers.

    >>> read_money("3，518.85", "万元").yuan
    '35188500'
    """
    if printed is None or not printed.strip():
        return None
    shown = printed.strip()
    if len(shown) > _LONGEST:
        return Money(yuan=None, printed=shown, unit=_named(unit))
    text = narrow(shown).strip().removeprefix("人民币").lstrip("¥￥ ")
    own = _ENDING.match(text)
    if own:
        text, unit = own[1], own[2]
    unit = _named(unit)
    return Money(yuan=_yuan(text, unit), printed=shown, unit=unit)


@memo
def unit_in(text: str) -> str | None:
    """The unit of money that a heading or label names: `单位：万元`, `项目资金 (万元)`; None for none or several.

    >>> unit_in("金额单位:元")
    '元'
    """
    folded = narrow(text)
    whole = _WHOLE.fullmatch(folded.strip())
    found = {_named(match[1]) for pattern in (_LABELLED, _BRACKETED) for match in pattern.finditer(folded)}
    found |= {_named(whole[1])} if whole else set()
    return found.pop() if len(found) == 1 else None


def amounts_in(text: str) -> tuple[Money, ...]:
    """Every amount that a sentence states with its unit, in order; rates (`1670元/月`) are not amounts.

    >>> [money.yuan for money in amounts_in("安排22万元和2921.00万")]
    ['220000', '29210000']
    """
    folded = narrow(text)
    found = (
        read_money(text[match.start() : match.end()], None)
        for match in _AMOUNT.finditer(folded)
        if not folded[match.end() :].lstrip().startswith(("/", "每"))
    )
    return tuple(money for money in found if money is not None)


def in_unit(money: Money, unit: str) -> Decimal | None:
    """The number of units that an amount is: 2.2 for 22000 yuan in 万元; None where either is not known."""
    factor = FACTORS.get(_named(unit) or "")
    if money.yuan is None or factor is None:
        return None
    return times(Decimal(money.yuan), 1 / factor)


def _named(unit: str | None) -> str | None:
    if unit is None:
        return None
    name = "".join(narrow(unit).split()).replace("萬", "万").replace("億", "亿").removeprefix("人民币")
    return f"{name}元" if name in {"万", "亿"} else name or None


def _yuan(text: str, unit: str | None) -> str | None:
    factor = FACTORS.get(unit or "")
    if factor is None:
        return None
    sign = _SIGN.match(text)
    digits = text[sign.end() :] if sign else text
    number = parse(_SPACED.sub(lambda match: (match[1] or "").replace(" ", ""), digits).strip())
    if number is None:
        return None
    if sign and number < 0:
        return None
    return canonical(times(-number if sign else number, factor))
