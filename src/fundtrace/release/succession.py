"""Which new IRI stands for one that is gone: what was read at the same line of the same file, and its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

_PART_KINDS = frozenset(
    {
        "budget-line",
        "citation",
        "finding",
        "goal",
        "indicator",
        "observation",
        "row",
        "schedule",
        "schedule-point",
        "table",
        "target",
    }
)
_WHOLE_KINDS = frozenset({"project", "source", "statement"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing was read: the start of the file's SHA-256, and the line in it (0: the whole file)."""

    file: str
    line: int


def successors(
    gone: Mapping[str, Place | None], fresh: Mapping[str, Place | None], siblings: Mapping[str, str]
) -> dict[str, str]:
    """Path to path, for the IRIs that are gone, as far as it can be told; `gone` and `fresh` are path to place.

    A thing is the successor of another of its kind if each alone was read at that line of that file. A telling that is gone
    gives way to the one that is left of the same thing, its sibling (`…~b` to the plain key, or back). Parts follow
    their whole.
    """
    found = {path: siblings[path] for path in gone if path in siblings}
    homes, arrivals = _alone(gone), _alone(fresh)
    for where, path in homes.items():
        if where in arrivals:
            found[path] = arrivals[where]
    wholes = {path: found[path] for path in gone if path in found and _kind(path) in _WHOLE_KINDS}
    keys = {path.partition("/")[2]: to.partition("/")[2] for path, to in wholes.items()}
    for path in gone:
        if path not in found and _kind(path) in _PART_KINDS:
            moved = _moved_part(path, keys)
            if moved in fresh:
                found[path] = moved
    return found


def _alone(places: Mapping[str, Place | None]) -> dict[tuple[str, Place], str]:
    """The paths that share their place with no other of their kind."""
    paths: defaultdict[tuple[str, Place], list[str]] = defaultdict(list)
    for path, place in places.items():
        if place is not None:
            paths[_kind(path), place].append(path)
    return {where: members[0] for where, members in paths.items() if len(members) == 1}


def _moved_part(path: str, keys: Mapping[str, str]) -> str:
    """The path that a part has under the new key of its whole; empty if its whole has not moved."""
    kind, _, key = path.partition("/")
    if key in keys:
        return f"{kind}/{keys[key]}"
    for end in range(len(key) - 1, 0, -1):
        if key[end] == "-" and key[:end] in keys:
            return f"{kind}/{keys[key[:end]]}{key[end:]}"
    return ""


def _kind(path: str) -> str:
    return path.partition("/")[0]
