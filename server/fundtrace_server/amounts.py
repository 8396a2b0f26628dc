"""Amounts and counts as people read them: grouped, exact, in yuan or in 万元."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from markupsafe import Markup

UNITS: Final = ("yuan", "wan")
"""The units that a page can show money in, by the names that addresses use; the first is the default. `wan` is 万元, 10 000 yuan."""

_WAN: Final = -4


def yuan(amount: Decimal | str) -> str:
    """An amount with grouped thousands and at least two decimals, never rounded: `220,000.00`."""
    value = Decimal(amount)
    decimals = max(2, -int(value.as_tuple().exponent))
    return f"{value:,.{decimals}f}"


def shown(amount: Decimal | str, unit: str) -> str:
    """An amount of yuan in a unit, never rounded: `220000` is `22.00` in 万元. The point moves, so every digit stays."""
    if unit != "wan":
        return yuan(amount)
    sign, digits, exponent = Decimal(amount).as_tuple()
    moved = Decimal((sign, digits, int(exponent) + _WAN))
    whole, _, decimals = f"{moved:,f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"


def money(amount: Decimal | str | None, unit: str = "yuan") -> Markup:
    """An amount as `<data>` with its yuan, which the script can show in the other unit; a dash when it is absent."""
    if amount is None:
        return Markup('<span class="absent">—</span>')
    return Markup('<data class="money" value="{}">{}</data>').format(
        f"{Decimal(amount):f}", shown(amount, unit)
    )


def number(count: int | Decimal | str) -> str:
    """A count with grouped thousands."""
    return f"{int(count):,}"
