"""The columns of an indicator table: told by its header, or by a row that prints its levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast, get_args

from fundtrace.recognising.grid import Printed
from fundtrace.recognising.labels import is_level1, is_level2, labels
from fundtrace.recognising.memo import memo

Role = Literal[
    "section",
    "level1",
    "level2",
    "name",
    "description",
    "target",
    "operator",
    "direction",
    "measure",
    "basis",
    "outcome",
    "whole_term",
    "other",
    "ignored",
    "unknown",
]
Columns = tuple[Role | None, ...]
"""The role of each column of an indicator table: `unknown` under a header no label knows, None under an empty one.

`whole_term` are the columns of the whole term beside those of the year, `outcome` what was achieved, `other` columns
that speak of the project and not of the indicator.
"""

_BESIDE = frozenset(
    {"section", "ignored", "unknown", "measure", "outcome", "whole_target", "operator", "direction"}
)
"""Columns that alone make no table of indicators."""

_BEHIND_LEVELS: dict[int, tuple[Role, ...]] = {
    1: ("name",),
    2: ("name", "target"),
    4: ("name", "description", "target", "basis"),
}
"""What the columns behind the levels are, by their number."""

_ROLES = frozenset({*get_args(Role), "whole_target"})
_PASSED: frozenset[Role | None] = frozenset({"ignored", "outcome"})
_INDICATORS = ("section", "indicators")
_TWICE = frozenset({"level1", "level2", "name", "target"})


_TELLING = frozenset({"level1", "level2", "name", "target"})
"""A header names one of these at least."""


def read_columns(cells: Sequence[Printed], *, year_first: bool = False) -> Columns | None:
    """The columns that a header row names; None when it is no header.

    A header names two roles or more, a level or name among them, and at least as many known columns as unknown. Where
    it names its columns twice, one half is of the whole term and the other of the year: the year's is the right one,
    unless `year_first`. A value of the whole term is the target only where none of the year is printed.
    """
    printed = [_header_role(cell.text) for cell in cells]
    if _TELLING.isdisjoint(printed):
        return None
    read = _titled(printed, cells)
    named = {role for role in read if role is not None and role not in _BESIDE}
    known = len([role for role in read if role not in {None, "unknown"}])
    unknown = read.count("unknown")
    if named & {"name", "level1", "level2"}:
        read = _guessed(read, cells)
        named = {role for role in read if role is not None and role not in _BESIDE}
    if "whole_target" in read and "target" not in named:
        read = ["target" if role == "whole_target" else role for role in read]
        named.add("target")
    if len(named) < 2 or not named & {"name", "level1", "level2"} or unknown > known:
        return None
    roles = ["whole_term" if role == "whole_target" else cast("Role | None", role) for role in read]
    return tuple(_halved(_levelled(roles), year_first=year_first))


def _titled(read: list[str | None], cells: Sequence[Printed]) -> list[str | None]:
    """The roles of a header where 绩效指标 stands over the names: right behind the levels, or, without levels, in front of
    the columns of sign or unit."""
    if "name" in read or "target" not in read:
        return read
    levels = [place for place, role in enumerate(read) if role in {"level1", "level2"}]
    ends = range(read.index("target"))
    places = [levels[-1] + 1] if levels else list(ends) if {"operator", "measure"} & set(read) else []
    for place in reversed(places):
        if place in ends and labels().meaning(cells[place].text, "section") == _INDICATORS:
            return [*read[:place], "name", *read[place + 1 :]]
    return read


def _guessed(read: list[str | None], cells: Sequence[Printed]) -> list[str | None]:
    """The roles of a header, with those of labels that no list holds; goals right of the name are its values."""
    told = [
        (labels().guess(cell.text, "header") or role) if role == "unknown" else role
        for role, cell in zip(read, cells, strict=True)
    ]
    if "target" in told or "whole_target" in told or "name" not in told:
        return told
    after = told.index("name")
    return [
        "target"
        if role == "section"
        and place > after
        and labels().meaning(cell.text, "section") == ("section", "goals")
        else role
        for place, (role, cell) in enumerate(zip(told, cells, strict=True))
    ]


def _levelled(roles: list[Role | None]) -> list[Role | None]:
    """The levels stand in the columns that a label of names spreads over, where no label names them."""
    if "name" not in roles or {"level1", "level2"} & set(roles):
        return roles
    first = roles.index("name")
    end = next((place for place in range(first + 1, len(roles)) if roles[place]), len(roles))
    levels: tuple[Role, ...] = ("level1", "level2")
    if not 1 < end - first <= len(levels) + 1 or end == len(roles):
        return roles
    return [*roles[:first], *levels[: end - first - 1], "name", *roles[end:]]


def _halved(roles: list[Role | None], *, year_first: bool) -> list[Role | None]:
    """One role for each column where a header names it twice."""
    targets = [place for place, role in enumerate(roles) if role == "target"]
    repeated = {role for role in roles if role in _TWICE and roles.count(role) > 1}
    if len(targets) == 2 and repeated & {"name", "level2"}:
        seen: set[Role | None] = set()
        split = 0
        for place, role in enumerate(roles):
            if role in repeated and role in seen:
                split = place
                break
            seen.add(role)
        ours = range(split) if year_first else range(split, len(roles))
        once = {"level1", "section"} if "level1" not in repeated else {"section"}
        return [
            role if role is None or place in ours or role in once else "whole_term"
            for place, role in enumerate(roles)
        ]
    # 三级指标 and 指标内容 side by side: the second tells what the first means.
    names = [place for place, role in enumerate(roles) if role == "name"]
    for place in names[1:]:
        roles[place] = "description" if "description" not in roles else "ignored"
    return roles


def refine(columns: Columns, cells: Sequence[Printed]) -> Columns | None:
    """The columns under a second row of labels, which parts the column of values (前年, 上年, 预计当年实现; 符号, 内容,
    单位) or one that is passed over (确定能, 有可能); else None."""
    printed = [cell for cell in cells if cell.text]
    if len(cells) != len(columns) or len(printed) < 2:
        return None
    over = {cell.column: _over(columns, cell.column) for cell in printed}
    if set(over.values()) <= _PASSED:
        return tuple(over.get(place) or role for place, role in enumerate(columns))
    if "target" not in columns:
        return None
    start = columns.index("target")
    end = next((place for place in range(start + 1, len(columns)) if columns[place]), len(columns))
    if not all(start <= cell.column < end for cell in printed):
        return None
    told = {cell.column: _told(cell.text) for cell in printed}
    rest = [place for place, role in told.items() if role is None]
    if "target" not in told.values() and len(rest) == 1 and set(told.values()) & {"operator", "measure"}:
        told[rest[0]] = "target"
    if "target" not in told.values() and "whole_target" in told.values():
        told = {place: "target" if role == "whole_target" else role for place, role in told.items()}
    if "target" not in told.values() or None in told.values():
        return None
    under = (told.get(place) for place in range(start, end))
    parts = ["whole_term" if role == "whole_target" else cast("Role | None", role) for role in under]
    return (*columns[:start], *parts, *columns[end:])


def _over(columns: Columns, place: int) -> Role | None:
    """The role of the column whose label stands above a place: its own, or the nearest one's to its left."""
    return next((columns[left] for left in range(place, -1, -1) if columns[left]), None)


def _told(text: str) -> str | None:
    exact = _header_role(text)
    return labels().guess(text, "header") if exact in {"unknown", "section"} else exact


def infer_columns(cells: Sequence[Printed]) -> Columns | None:
    """The columns of a table without a header, from a row that prints its levels: 产出指标, 数量指标, name, value.

    The last level name that is followed by two cells ends the levels. One column behind it is a name with its value in
    it, if both levels stand before it; two are name and target; four are name, description, target and basis. None
    when the row shows no levels or another number of columns.
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
    if place == first or rest not in _BEHIND_LEVELS:
        return None
    names = _BEHIND_LEVELS[rest]
    roles[place : place + rest] = names
    return tuple(roles)


@memo
def _header_role(text: str) -> str | None:
    if not text:
        return None
    found = labels().meaning(text, "column", "section")
    if found is None:
        return "unknown"
    return found[1] if found[0] == "column" and found[1] in _ROLES else "section"
