"""财政区划: from the codes of projects, else from printed names where they name one place only."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from fundtrace.records import Region
from fundtrace.resources import folder

_CODE = re.compile(r"(\d{6})\d{2}[0-9A-Z]{13}")
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:县|区|市|旗|州)")


class ListedRegion(NamedTuple):
    """A line of the published list: code, name, code of the parent, and whether it is still in use."""

    code: str
    name: str
    parent: str | None
    retired: bool


def code_of(project_code: str) -> str | None:
    """The region that a 21-character project code begins with; None for any other code."""
    match = _CODE.fullmatch(project_code)
    return match[1] if match else None


def year_of(project_code: str) -> int | None:
    """The year that a 21-character project code has behind its region; None for any other code."""
    return 2000 + int(project_code[6:8]) if _CODE.fullmatch(project_code) else None


def region(project_codes: Iterable[str | None], names: Sequence[str]) -> Region | None:
    """The region of a document: the one that most of its project codes begin with, else the one that is named.

    The name of a coded region is the list's, else the one that the first of `names` begins with. A region that comes
    from a name is marked as inferred: it is given only if its name is unique within the regions that the same names
    print above it; the most frequent wins, and a draw gives none.
    """
    codes = Counter(code for printed in project_codes if printed and (code := code_of(printed)))
    if codes:
        code = codes.most_common(1)[0][0]
        listed = _listed().get(code)
        return Region(code=code, name=listed.name if listed else _printed_name(names))
    return _by_name(names)


def _by_name(names: Sequence[str]) -> Region | None:
    above = {code for name in names for code in _mentioned(name)}
    votes: Counter[str] = Counter()
    for name in names:
        found = _named_in(name, above)
        if found:
            votes[found] += 1
    # A place is also spoken of where the province or city that it lies in is.
    within = {code: count + sum(votes[upper] for upper in _ancestors(code)) for code, count in votes.items()}
    ranked = Counter(within).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    listed = _listed()[ranked[0][0]]
    return Region(code=listed.code, name=listed.name, inferred=True)


def _named_in(name: str, above: set[str]) -> str | None:
    """The deepest region that a name begins with, level by level; None when several places have that name."""
    place, inside = 0, None
    while True:
        candidates = [
            (len(listed.name), listed)
            for listed in _by_first(name[place : place + 2])
            if name.startswith(listed.name, place) and (inside is None or inside in _ancestors(listed.code))
        ]
        if not candidates:
            return inside
        longest = max(length for length, _ in candidates)
        same = [listed for length, listed in candidates if length == longest]
        if len(same) > 1 and inside is None:
            same = [listed for listed in same if set(_ancestors(listed.code)) & above] or same
        if len(same) > 1:
            same = [listed for listed in same if not listed.retired]
        if len(same) != 1:
            return inside
        inside, place = same[0].code, place + longest


def _mentioned(name: str) -> list[str]:
    """The provinces and cities that a name mentions in full, each by its only code."""
    return [
        code
        for place in range(len(name) - 1)
        for printed, code in _upper().get(name[place : place + 2], ())
        if name.startswith(printed, place)
    ]


def _ancestors(code: str) -> tuple[str, ...]:
    found: list[str] = []
    parent = _listed()[code].parent
    while parent and parent in _listed() and parent not in found:
        found.append(parent)
        parent = _listed()[parent].parent
    return tuple(found)


def _printed_name(names: Sequence[str]) -> str | None:
    match = _NAMED.match(names[0]) if names else None
    return match[0] if match else None


@cache
def _listed() -> dict[str, ListedRegion]:
    found: dict[str, ListedRegion] = {}
    for file in ("regions.tsv", "regions-local.tsv"):
        path = folder("ontology") / "codes" / file
        with path.open(encoding="utf-8", newline="") as lines:
            names, *rows = csv.reader(lines, delimiter="\t")
            code, name, parent = (names.index(column) for column in ("code", "name", "parent"))
            kind = names.index("kind") if "kind" in names else None
            for row in filter(None, rows):
                retired = kind is not None and row[kind] == "retired"
                found[row[code]] = ListedRegion(row[code], row[name], row[parent] or None, retired)
    return found


@cache
def _upper() -> dict[str, list[tuple[str, str]]]:
    """Names and codes of provinces and cities (codes that end in 00), where only one place has that name, by their
    first two characters."""
    names = Counter(listed.name for listed in _listed().values())
    index: dict[str, list[tuple[str, str]]] = {}
    for listed in _listed().values():
        if listed.code.endswith("00") and names[listed.name] == 1:
            index.setdefault(listed.name[:2], []).append((listed.name, listed.code))
    return index


@cache
def _index() -> dict[str, tuple[ListedRegion, ...]]:
    index: dict[str, list[ListedRegion]] = {}
    for listed in _listed().values():
        index.setdefault(listed.name[:2], []).append(listed)
    return {first: tuple(regions) for first, regions in index.items()}


def _by_first(two: str) -> tuple[ListedRegion, ...]:
    return _index().get(two, ())
