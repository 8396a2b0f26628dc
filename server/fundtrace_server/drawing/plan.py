"""The small chart of a spending plan: one bar for each printed point, on an axis of twelve months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_WIDTH, _HEIGHT, _BASE, _TOP = 320.0, 132.0, 106.0, 22.0
_BAR = 30.0


@dataclass(frozen=True, slots=True)
class PlanBar:
    """A point of the plan: its middle, the top of its bar (the axis when the text is no number), texts."""

    x: float
    y: float
    height: float
    month: int
    printed: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The chart: size, the height of its axis, the width of a bar, and its bars."""

    width: float
    height: float
    axis: float
    bar: float
    bars: tuple[PlanBar, ...]


def draw_plan(points: Sequence[tuple[int, str]], percent: bool) -> Plan:
    """The chart of points (month 1-12, printed text), against 100 when they are percentages."""
    values = [_value(printed) for _, printed in points]
    most = max([100.0 if percent else 0.0, *[value for value in values if value is not None]], default=0.0)
    bars = []
    for (month, printed), value in zip(points, values, strict=True):
        height = (_BASE - _TOP) * max(value, 0.0) / most if value is not None and most > 0 else 0.0
        bars.append(
            PlanBar(
                x=round(_BAR / 2 + 8 + (_WIDTH - _BAR - 16) * (month - 1) / 11, 1),
                y=round(_BASE - height, 1),
                height=round(height, 1),
                month=month,
                printed=printed,
            )
        )
    return Plan(width=_WIDTH, height=_HEIGHT, axis=_BASE, bar=_BAR, bars=tuple(bars))


def _value(printed: str) -> float | None:
    found = _NUMBER.search(printed)
    return float(found.group().replace(",", "")) if found else None
