"""Exact decimals: from printed digits to the one canonical spelling, without a float in between."""

from __future__ import annotations

import re
from decimal import Context, Decimal

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""A regular expression for a printed number: digits, perhaps in groups of three, perhaps with a fraction."""

_NUMBER = re.compile(rf"-?{DIGITS}")


def parse(text: str) -> Decimal | None:
    """The number that the whole (narrow) text prints, else None.

    >>> parse("3,518.85")
    Decimal('3518.85')
    >>> parse("12,34") is None
    True
    """
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def canonical(number: Decimal) -> str:
    """The canonical spelling: no exponent, no trailing zeros, no point when whole, no negative zero.

    >>> canonical(Decimal("220000.00"))
    '220000'
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def times(number: Decimal, factor: Decimal) -> Decimal:
    """The exact product: the precision is as wide as the two numbers need."""
    width = len(number.as_tuple().digits) + len(factor.as_tuple().digits)
    return Context(prec=max(width, 1)).multiply(number, factor)


def places(text: str) -> int:
    """How many decimals a printed number shows: 2 for `220000.00`."""
    return len(text.rpartition(".")[2]) if "." in text else 0
