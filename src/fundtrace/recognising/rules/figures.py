"""Printed figures as sums see them: exact yuan, and how far the printed digits leave it open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fundtrace.recognising.decimals import canonical, places, times
from fundtrace.recognising.money import FACTORS
from fundtrace.recognising.widths import narrow
from fundtrace.records import Money


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of `yuan` that is known to plus or minus `leeway` yuan, with its printed text and unit."""

    yuan: Decimal
    leeway: Decimal
    printed: str
    unit: str = "元"

    @property
    def told(self) -> str:
        """The printed text with the unit that governs it, where the text itself does not print one."""
        return self.printed if self.printed.endswith("元") else f"{self.printed}{self.unit}"


def figure(money: Money | None) -> Figure | None:
    """A printed amount as a figure: d decimals of a unit leave it open by half of the last one.

    None where nothing was printed, or what was printed is no number.

    >>> str(figure(Money(yuan="125000", printed="12.50", unit="万元")).leeway)
    '50.00'
    """
    if money is None or money.yuan is None:
        return None
    factor = FACTORS.get(money.unit or "", Decimal(1))
    digits = places("".join(narrow(money.printed).split()).rstrip("百千万亿元整"))
    return Figure(Decimal(money.yuan), factor.scaleb(-digits) / 2, money.printed, money.unit or "元")


def disagrees(whole: Figure, parts: Iterable[Figure]) -> bool:
    """Whether parts cannot be those of a whole, however each printed figure was rounded.

    A sum of n parts in one unit with as many decimals disagrees only beyond n + 1 times the leeway of one figure.
    """
    together = summed(parts)
    return abs(whole.yuan - together.yuan) > whole.leeway + together.leeway


def exceeds(part: Figure, whole: Figure) -> bool:
    """Whether a part is larger than its whole, however both were rounded."""
    return part.yuan - whole.yuan > part.leeway + whole.leeway


def summed(parts: Iterable[Figure]) -> Figure:
    """The sum of figures, as open as all of them together."""
    listed = list(parts)
    return Figure(
        sum((part.yuan for part in listed), Decimal(0)),
        sum((part.leeway for part in listed), Decimal(0)),
        written(listed),
    )


def total(parts: Iterable[Figure], unit: str) -> str:
    """The sum of figures, in the unit that their whole is printed in."""
    return f"{canonical(times(summed(parts).yuan, 1 / FACTORS[unit]))}{unit}"


def written(parts: Iterable[Figure]) -> str:
    """A sum as a message prints it: 268.06 + 6.4."""
    return " + ".join(part.printed for part in parts)
