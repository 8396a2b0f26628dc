"""The columns of an indicator table: told by its header, or by a row that prints its levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast, get_args

from fundtrace.recognising.grid import Printed
from fundtrace.recognising.labels import is_level1, is_level2, labels

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

_TWICE = frozenset({"level1", "level2", "name", "target"})


def read_columns(cells: Sequence[Printed], *, year_first: bool = False) -> Columns | None:
    """The columns that a header row names; None when it is no header.

    A header names two roles or more, a level or name among them, and at least as many known columns as unknown. Where
    it names its columns twice, one half is of the whole term and the other of the year: the year's is the right one,
    unless `year_first`. A value of the whole term is the target only where none of the year is printed.
    """
    read = [_header_role(cell.text) for cell in cells]
    named = {role for role in read if role is not None and role not in _BESIDE}
    known = len([role for role in read if role not in {None, "unknown"}])
    if "whole_target" in read and "target" not in named:
        read = ["target" if role == "whole_target" else role for role in read]
        named.add("target")
    if len(named) < 2 or not named & {"name", "level1", "level2"} or read.count("unknown") > known:
        return None
    roles = ["whole_term" if role == "whole_target" else cast("Role | None", role) for role in read]
    return tuple(_halved(roles, year_first=year_first))


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


def _header_role(text: str) -> str | None:
    if not text:
        return None
    found = labels().meaning(text, "column", "section")
    if found is None:
        return "unknown"
    return found[1] if found[0] == "column" and found[1] in {*get_args(Role), "whole_target"} else "section"
