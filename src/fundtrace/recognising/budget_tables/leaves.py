"""Which rows of a budget table may be added up: no row that holds others, and none that another holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from fundtrace.recognising.budget_tables.labelling import Side
from fundtrace.recognising.widths import narrow
from fundtrace.records import Money

TOTAL = re.compile(r".*(?:合计|总计|总额)(?:\(.*\))?")
_SUBTOTAL = re.compile(r".*小计")
_CLASSES = {3, 5, 7}
"""Lengths of the codes of 类, 款 and 项."""
_STYLES = (
    re.compile(r"[一二三四五六七八九十]{1,4}[、.．]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"[0-9]{1,2}[、.．]"),
    re.compile(r"\([0-9]{1,2}\)"),
    re.compile(r"[①-⑳]"),
)
"""Numberings, each below the one before it."""
_OF_WHICH = re.compile(r"其中:?")


@dataclass(frozen=True, slots=True)
class Named:
    """What a row says of itself: its block and side, its code, its name, its cells."""

    block: int
    side: Side | None
    code: str | None
    name: str
    cells: Mapping[str, Money]


def leaves_of(rows: Sequence[Named]) -> list[bool]:
    """For each row whether it may be added up.

    Not so are totals; rows without a code among rows of classes, which are sums of units; rows with a longer code, a deeper numbering or the parts of their own amount below them; rows
    that 其中 begins, which repeat a part of the row above; and a second block of the same side, which divides the
    same money in another way.
    """
    codes: set[tuple[Side | None, str]] = {
        (row.side, row.code[:end]) for row in rows if row.code for end in range(len(row.code))
    }
    result = [False] * len(rows)
    sides: set[Side] = set()
    for block in sorted({row.block for row in rows}):
        places = [place for place, row in enumerate(rows) if row.block == block]
        side = rows[places[0]].side
        if side not in sides:
            for place, leaf in zip(places, _leaves([rows[place] for place in places], codes), strict=True):
                result[place] = leaf
        if side is not None:
            sides.add(side)
    return result


def bare(name: str) -> str:
    """A name without width and spaces."""
    return "".join(narrow(name).split())


def _leaves(rows: Sequence[Named], codes: set[tuple[Side | None, str]]) -> list[bool]:
    result: list[bool] = []
    of_which = False
    coded = any(row.code is not None and len(row.code) in _CLASSES and row.code.isdigit() for row in rows)
    for place, row in enumerate(rows):
        name = bare(row.name)
        if _OF_WHICH.match(name):
            of_which = True
        elif _style(name) is not None or TOTAL.fullmatch(name) or row.code:
            of_which = False
        parent = (row.side, row.code) in codes if row.code else _holds(rows, place)
        unclassed = coded and row.code is None
        result.append(
            not (of_which or parent or unclassed or TOTAL.fullmatch(name) or _SUBTOTAL.fullmatch(name))
        )
    return result


def _holds(rows: Sequence[Named], place: int) -> bool:
    """Whether the rows that follow one without a code are parts of it."""
    if place + 1 == len(rows) or rows[place + 1].code:
        return False
    style, following = _style(bare(rows[place].name)), bare(rows[place + 1].name)
    if style is None:
        return following.startswith(("一、", "1、", "1.", "(一)"))
    if (below := _style(following)) is not None:
        return below > style
    parts = takewhile(lambda row: not _begins(bare(row.name)), (rows[n] for n in range(place + 1, len(rows))))
    return _sums(rows[place], list(parts))


def _begins(name: str) -> bool:
    return any(pattern.match(name) for pattern in (*_STYLES, _OF_WHICH)) or TOTAL.fullmatch(name) is not None


def _sums(row: Named, parts: Sequence[Named]) -> bool:
    """Whether rows without a number give the amounts of the numbered row above them exactly."""
    known = {column: money.yuan for column, money in row.cells.items() if money.yuan is not None}
    if not parts or not any(Decimal(yuan) for yuan in known.values()):
        return False
    return all(
        Decimal(yuan) == sum(Decimal(part.cells[column].yuan or 0) for part in parts if column in part.cells)
        for column, yuan in known.items()
    )


def _style(name: str) -> int | None:
    return next((number for number, style in enumerate(_STYLES) if style.match(name)), None)
