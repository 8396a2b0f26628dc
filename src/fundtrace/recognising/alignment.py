"""Which cell of an indicator's row belongs to which column, when cells were lost or shifted.

Known level names and the look of values decide; the printed place decides only between readings that say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from fundtrace.recognising.grid import Printed
from fundtrace.recognising.labels import is_level1, is_level2, labels
from fundtrace.recognising.widths import narrow

Role = Literal["section", "level1", "level2", "name", "description", "target", "basis", "ignored", "unknown"]
Columns = tuple[Role | None, ...]
"""The role of each column of an indicator table: `unknown` under a header no label knows, None under an empty one."""

_VALUE = re.compile(r"(?:约|预计)?\s*[≥≤≧≦=<>%].*|\d[\d,.]*(?![\d,.])\s*(?!年)\S{0,5}")


_WIDEST = 16
"""No form has more columns; in a wider table lost cells are not looked for, which would take too long."""


def read_columns(cells: Sequence[Printed]) -> Columns | None:
    """The columns that a header row names; None when it is no header.

    A header names two roles or more, a level or name among them, and at least as many known columns as unknown.
    """
    roles = tuple(_header_role(cell.text) for cell in cells)
    named = {role for role in roles if role not in {None, "section", "ignored", "unknown"}}
    known = len([role for role in roles if role not in {None, "unknown"}])
    if len(named) < 2 or not named & {"name", "level1", "level2"} or roles.count("unknown") > known:
        return None
    return roles


def infer_columns(cells: Sequence[Printed]) -> Columns | None:
    """The columns of a table without a header, from a row that prints its levels: 产出指标, 数量指标, name, value.

    The last level name that is followed by two cells ends the levels. Two columns behind it are name and target;
    four are name, description, target and basis. None when the row shows no levels or another number of columns.
    """
    roles: list[Role | None] = [None] * len(cells)
    place = 0
    if cells and labels().meaning(cells[0].text, "section") == ("section", "indicators"):
        roles[0], place = "section", 1
    if place >= len(cells) or not is_level1(cells[place].text):
        return None
    roles[place] = "level1"
    place += 1
    first = place
    while place < len(cells) and is_level2(cells[place].text):
        roles[place] = "level2"
        place += 1
    rest = next((count for count, cell in enumerate(cells[place:]) if not cell.text), len(cells) - place)
    if place == first or rest not in (2, 4):
        return None
    names: tuple[Role, ...] = ("name", "target") if rest == 2 else ("name", "description", "target", "basis")
    roles[place : place + rest] = names
    return tuple(roles)


def align(cells: Sequence[Printed], columns: Columns) -> tuple[Role | None, ...]:
    """The role of each cell of a row.

    Every way to shift the row by the cells that it may have lost is weighed: known level names under the columns of
    levels, values under the target, none of these elsewhere. The printed place wins a tie.
    """
    best: tuple[Role | None, ...] | None = None
    best_weight = 0.0
    for shift, roles in _readings(cells, columns):
        weight = sum(_weight(role, cell.text) for role, cell in zip(roles, cells, strict=True))
        weight -= len({"name", "target"} - set(roles)) + (0.5 if shift else 0)
        if best is None or weight > best_weight:
            best, best_weight = roles, weight
    assert best is not None  # noqa: S101 - the printed place is always a reading
    return best


def is_value(text: str) -> bool:
    """Whether a text looks like an indicator's value: a comparator, a percentage, a number and a short unit."""
    return _VALUE.fullmatch(narrow(text)) is not None


def _header_role(text: str) -> Role | None:
    if not text:
        return None
    found = labels().meaning(text, "column", "section")
    match found[1] if found else "unknown":
        case (
            "level1" | "level2" | "name" | "description" | "target" | "basis" | "ignored" | "unknown" as role
        ):
            return role
        case _:
            return "section"


def _readings(cells: Sequence[Printed], columns: Columns) -> Iterator[tuple[int, tuple[Role | None, ...]]]:
    wide = (*columns, *[None] * max(0, len(cells) - len(columns)))
    yield 0, wide[: len(cells)]
    empty = next((count for count, cell in enumerate(reversed(cells)) if cell.text), len(cells))
    unnamed = next((count for count, role in enumerate(reversed(wide[: len(cells)])) if role), 0)
    # A row as wide as its header has lost a cell when it ends in more empty cells than the header has unnamed ones.
    for shift in range(1, min(2, empty - unnamed) + 1):
        yield shift, (*wide[shift : len(cells)], *[None] * shift)
    lost = len(columns) - len(cells)
    for count in range(1, lost + 1 if len(columns) <= _WIDEST else 0):
        for place in range(len(cells)):
            yield count, (*columns[:place], *columns[place + count :])[: len(cells)]


def _weight(role: Role | None, text: str) -> float:
    if not text:
        return {"name": -1.0, "target": -1.0, "basis": -0.5}.get(role or "", 0.0)
    first, second, value = is_level1(text), is_level2(text), is_value(text)
    match role:
        case "level1":
            return 2.0 if first else -3.0 if second else -2.0 if value else -1.0
        case "level2":
            return 2.0 if second else -3.0 if first else -2.0 if value else -1.0
        case "section":
            return 1.0 if labels().meaning(text, "section") else -3.0
        case "name":
            return -1.0 if first or second else -2.0 if value else 0.0
        case "target":
            return 2.0 if value else -2.0 if first or second else 0.0
        case "description":
            return -1.0 if value else 0.0
        case None:
            return -2.0
        case _:
            return 0.0
