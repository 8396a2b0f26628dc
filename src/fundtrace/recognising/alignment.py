"""Which cell of an indicator's row belongs to which column, when cells were lost or shifted.

Known level names and the look of values decide; the printed place decides only between readings that say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from fundtrace.recognising.columns import Columns, Role
from fundtrace.recognising.grid import Printed
from fundtrace.recognising.labels import is_level1, is_level2, labels
from fundtrace.recognising.memo import memo
from fundtrace.recognising.widths import narrow

_VALUE = re.compile(r"(?:约|预计)?\s*[≥≤≧≦=<>%].*|\d[\d,.]*(?![\d,.])\s*(?!年)\S{0,5}")


_SIGNS = frozenset("≥≤≧≦<>=＜＞＝")
_WIDEST = 16
"""No form has more columns; in a wider table lost cells are not looked for, which would take too long."""


def align(cells: Sequence[Printed], columns: Columns) -> tuple[Role | None, ...]:
    """The role of each cell of a row; see `places`."""
    return tuple(columns[place] if place is not None else None for place in places(cells, columns))


def places(cells: Sequence[Printed], columns: Columns) -> tuple[int | None, ...]:
    """The column of each cell of a row, by number; None behind the last one.

    Every way to shift the row by the cells that it may have lost is weighed: known level names under the columns of
    levels, values under the target, none of these elsewhere. The printed place wins a tie.
    """
    return _places(tuple([_traits(cell.text) for cell in cells]), columns)


@lru_cache(maxsize=2048)
def _places(traits: tuple[_Traits, ...], columns: Columns) -> tuple[int | None, ...]:
    """The columns of cells of these looks; the rows of one table are often alike."""
    best: tuple[int | None, ...] | None = None
    best_weight = 0.0
    for shift, reading in _readings(traits, columns):
        roles = [columns[place] if place is not None else None for place in reading]
        weight = sum(_weight(role, trait) for role, trait in zip(roles, traits, strict=True))
        weight -= len({"name", "target"}.difference(roles)) + (0.5 if shift else 0)
        # A shift is to find a lost cell; one that leaves the name empty has found none.
        weight -= (
            1 if shift and any(r == "name" and t.empty for r, t in zip(roles, traits, strict=True)) else 0
        )
        if best is None or weight > best_weight:
            best, best_weight = reading, weight
    assert best is not None  # noqa: S101 - the printed place is always a reading
    return best


def is_value(text: str) -> bool:
    """Whether a text looks like an indicator's value: a comparator, a percentage, a number and a short unit."""
    return _VALUE.fullmatch(narrow(text)) is not None


def _readings(cells: Sequence[_Traits], columns: Columns) -> Iterator[tuple[int, tuple[int | None, ...]]]:
    numbers = range(len(columns))
    wide: tuple[int | None, ...] = (*numbers, *[None] * max(0, len(cells) - len(columns)))
    yield 0, wide[: len(cells)]
    empty = next((count for count, cell in enumerate(reversed(cells)) if not cell.empty), len(cells))
    named = [place is not None and columns[place] is not None for place in wide[: len(cells)]]
    unnamed = next((count for count, role in enumerate(reversed(named)) if role), 0)
    # A row as wide as its header has lost a cell when it ends in more empty cells than the header has unnamed ones.
    for shift in range(1, min(2, empty - unnamed) + 1):
        yield shift, (*wide[shift : len(cells)], *[None] * shift)
    lost = len(columns) - len(cells)
    for count in range(1, lost + 1 if len(columns) <= _WIDEST else 0):
        for place in range(len(cells)):
            yield count, (*numbers[:place], *numbers[place + count :])[: len(cells)]


class _Traits(NamedTuple):
    """What a cell's text looks like, asked once for all readings of its row."""

    empty: bool
    first: bool
    second: bool
    value: bool
    signed: bool
    section: bool


@memo
def _traits(text: str) -> _Traits:
    if not text:
        return _Traits(empty=True, first=False, second=False, value=False, signed=False, section=False)
    section = labels().meaning(text, "section") is not None
    return _Traits(False, is_level1(text), is_level2(text), is_value(text), text[0] in _SIGNS, section)


def _weight(role: Role | None, text: _Traits) -> float:
    if text.empty:
        return {"name": -1.0, "target": -1.0, "basis": -0.5}.get(role or "", 0.0)
    match role:
        case "level1":
            return 2.0 if text.first else -3.0 if text.second else -2.0 if text.value else -1.0
        case "level2":
            return 2.0 if text.second else -3.0 if text.first else -2.0 if text.value else -1.0
        case "section":
            return 1.0 if text.section else -3.0
        case "name":
            return -1.0 if text.first or text.second else -2.0 if text.value else 0.0
        case "target":
            return 2.0 if text.value else -2.0 if text.first or text.second else 0.0
        case "description":
            return -1.0 if text.value else 0.0
        case "ignored":
            return -2.0 if text.signed else 0.0
        case "other":
            return -2.0 if text.first or text.second else 0.0
        case None:
            return -2.0
        case _:
            return 0.0
