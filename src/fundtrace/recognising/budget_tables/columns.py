"""The columns of a budget table: what each holds, which belong to one of several tables side by side, what they are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fundtrace.recognising.budget_tables.labelling import (
    PARTS,
    Role,
    Side,
    is_classifying,
    is_counted,
    kind_of_name,
    role_of,
    side_of,
)
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.widths import narrow

_TOTAL = re.compile(r".*(?:合计|总计|小计)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, the key of its cells, its side in a two-sided table, the unit it prints itself.

    `unnamed` has no label: what stands in it is kept as text. `block` numbers the tables that stand side by side;
    `counted` figures are no money; `part` is one of the columns that make up a code.
    """

    role: Role
    name: str
    side: Side | None
    unit: str | None
    counted: bool = False
    block: int = 0
    part: bool = False


def columns_under(labels: list[list[str]]) -> tuple[Column, ...]:
    """The columns by the labels over each of them, from the top."""
    paths = [_without_total(path) for path in labels]
    leaves = [_leaf(path) for path in paths]
    roles = _roles(leaves)
    unlabelled = _unlabelled_codes(paths, roles)
    for place in unlabelled:
        roles[place] = "code"
    return tuple(
        replace(column, part=True) if {place, place + 1} & unlabelled and column.role == "code" else column
        for place, column in enumerate(_columns(paths, leaves, roles))
    )


def _roles(leaves: Sequence[str]) -> list[Role]:
    roles = [role_of(leaf) for leaf in leaves]
    first = next((leaf for leaf, role in zip(leaves, roles, strict=True) if role != "number"), "")
    if first in {"收入", "支出"}:
        # A table that begins with 收入 has its names there, and under 支出 those of the other side.
        return [
            "name" if leaf in {"收入", "支出"} else role for leaf, role in zip(leaves, roles, strict=True)
        ]
    return roles


def _unlabelled_codes(paths: list[list[str]], roles: list[Role]) -> set[int]:
    """Columns under the right part of a label of codes, with names further right: the code stands in several columns."""
    found: set[int] = set()
    for place in range(1, len(paths)):
        coded = place - 1 in found or (roles[place - 1] == "code" and _leaf(paths[place - 1]) not in PARTS)
        over = paths[place - 1] if place - 1 in found else paths[place - 1][:-1]
        if coded and paths[place] == over and "name" in roles[place + 1 :]:
            found.add(place)
    return found


def _columns(paths: list[list[str]], leaves: list[str], roles: list[Role]) -> tuple[Column, ...]:
    blocks, sides = _blocks(paths, leaves, roles)
    shared = Counter(zip(blocks, leaves, strict=True))
    columns: list[Column] = []
    for place, (path, leaf, role, block) in enumerate(
        zip(paths, leaves, roles, blocks, strict=True), start=1
    ):
        unit = next((found for label in reversed(path) if (found := unit_in(label))), None)
        name = path[-1] if path else f"第{place}列"
        vague = leaf == "小计" and len(path) > 1 and side_of(path[-2:-1]) is None
        if (shared[block, leaf] > 1 or vague) and len(path) > 1:
            name = f"{path[-2]}/{path[-1]}"
        columns.append(
            Column(
                role=role,
                name=name,
                side=sides[block] if role != "number" else None,
                unit=unit if role == "value" else None,
                counted=role == "value" and is_counted(leaf),
                block=block,
                part=role == "code" and leaf in PARTS,
            )
        )
    return _named_once(_with_one_code(columns, leaves), leaves)


def _blocks(
    paths: list[list[str]], leaves: list[str], roles: list[Role]
) -> tuple[list[int], list[Side | None]]:
    """The number of the block that each column belongs to, and the side of each block.

    A block begins at a column of names that repeats one before it, or that speaks of the other side, behind figures; the
    codes and numbers right before it are its own.
    """
    starts: list[int] = []
    tags: list[Side | None] = []
    known: set[str] = set()
    for place, (path, leaf, role) in enumerate(zip(paths, leaves, roles, strict=True)):
        if role != "name":
            continue
        tag = side_of(path)
        valued = bool(starts) and "value" in roles[starts[-1] : place]
        other = tag is not None and tags[-1:] not in ([tag], [None], [])
        if starts and not (valued and (other or kind_of_name(leaf) in known)):
            continue
        known.add(kind_of_name(leaf))
        start = place
        while starts and start and roles[start - 1] in {"code", "number"}:
            start -= 1
        starts.append(start if starts else 0)
        tags.append(tag)
    if set(tags) >= {"收入", "支出"}:
        for number, tag in enumerate(tags):
            tags[number] = tag or (tags[number - 1] if number else None)
    else:
        tags = [None] * len(tags)
    blocks = [max(0, sum(start <= place for start in starts) - 1) for place in range(len(paths))]
    return blocks, tags or [None]


def _with_one_code(columns: list[Column], leaves: list[str]) -> list[Column]:
    """The columns with one code for each block: that of a classification before that of a unit or project."""
    result = list(columns)
    for block in {column.block for column in columns}:
        codes = [n for n, column in enumerate(columns) if column.block == block and column.role == "code"]
        best = min(codes, key=lambda n: (not columns[n].part, not is_classifying(leaves[n]), n), default=-1)
        for n in codes:
            parts = columns[best : n + 1]
            if n != best and not all(column.part for column in parts):
                result[n] = replace(columns[n], role="text")
    return result


def _named_once(columns: list[Column], leaves: list[str]) -> tuple[Column, ...]:
    """The columns with names of their own in their block; one column of names names the rows of a block.

    Beside the codes of a classification it is the name of the class, else the first. A column without a label is
    called by its place, 第4列.
    """
    names: Counter[tuple[int, str]] = Counter()
    result: list[Column] = []
    naming = {
        block: _naming([n for n, column in enumerate(columns) if column.block == block], columns, leaves)
        for block in {column.block for column in columns}
    }
    for number, column in enumerate(columns):
        if column.role == "name" and number != naming[column.block]:
            column = replace(column, role="text")
        if column.role in {"value", "text"}:
            names[column.block, column.name] += 1
            again = names[column.block, column.name]
            column = replace(column, name=f"{column.name}/{again}") if again > 1 else column
        result.append(column)
    return tuple(result)


def _naming(places: list[int], columns: list[Column], leaves: list[str]) -> int | None:
    names = [n for n in places if columns[n].role == "name"]
    if any(columns[n].role == "code" and is_classifying(leaves[n]) for n in places):
        return next((n for n in names if is_classifying(leaves[n])), names[0] if names else None)
    return names[0] if names else None


def _without_total(path: list[str]) -> list[str]:
    """The labels over a column of codes or names without a total that stands in the last row of the header."""
    if len(path) > 1 and _TOTAL.fullmatch(path[-1]) and role_of(_leaf(path[:-1])) in {"code", "name"}:
        return path[:-1]
    return path


def _leaf(path: list[str]) -> str:
    return narrow(path[-1]) if path else ""
