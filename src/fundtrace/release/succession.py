"""Which new IRI stands for one that is gone, as far as it can be told from where both were read and how they are called.

A clue is something that one thing alone of its kind has among those that are gone, and one alone among those that are new.
The first of these clues that finds a successor counts:

1. the same line of the same file (equal SHA-256); for a department, the same file;
2. the same name in the same file: the software reads its code or its line otherwise;
3. the same name in the same source (department, year and stage): the publisher corrected a code;
4. the same parent in the same source, where the key holds a hash of the name: the publisher changed a name, and no other.

Parts follow their whole, and the series its project. All else is gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

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
_NAMED_KINDS = frozenset({"department", "project", "statement", "unit"})
_CLUES = 4

_HASHED = re.compile(r"(.*-)[0-9a-f]{8}((?:-[0-9]{4})?(?:-[a-z]+)?)\Z")
"""A key that ends in the hash of a name, maybe with a year and a stage behind it."""

_DATED = re.compile(r"(.+?)(-[0-9]{4}(?:-[a-z]+)?(?:~[a-z]+)?)\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing was read: the start of the file's SHA-256, and the line in it (0: the whole file)."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Thing:
    """What has an IRI: its path, what it is called, and the one place where it was read, if there is one."""

    path: str
    label: str
    place: Place | None = None

    @property
    def kind(self) -> str:
        """The first segment of the path."""
        return self.path.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Side:
    """The things of one release that the other has not; they can be gone through as often as is asked.

    `sources` maps the start of a file's SHA-256 to the path of its source.
    """

    things: Callable[[], Iterable[Thing]]
    sources: Mapping[str, str] = field(default_factory=dict)

    def clues(self, thing: Thing) -> Iterator[Hashable | None]:
        """Four clues, the strongest first; None for one that a thing does not give."""
        kind, place = thing.kind, thing.place
        source = self.sources.get(place.file) if place is not None else None
        named = kind in _NAMED_KINDS and bool(thing.label)
        hashed = _HASHED.match(thing.path) if named else None
        yield (
            (kind, place) if place is not None and (place.line or kind in {"department", "source"}) else None
        )
        yield (kind, place.file, thing.label) if place is not None and named else None
        yield (kind, source, thing.label) if source and named else None
        yield (kind, source, hashed[1], hashed[2]) if source and hashed else None


def successors(gone: Side, fresh: Side, siblings: Mapping[str, str]) -> dict[str, str]:
    """Path to path, for the IRIs that are gone, as far as it can be told.

    A telling that is gone gives way to the one that is left of the same thing, its sibling (`…~b` to the plain key, or
    back), unless a line tells better. Memory grows with what is gone, not with what is new.
    """
    homes = _alone(gone, None)
    arrivals = _alone(fresh, homes)
    found: dict[str, str] = {}
    for number in reversed(range(_CLUES)):
        if number == 0:
            found |= siblings
        for clue, path in homes[number].items():
            if path and (to := arrivals[number].get(clue)):
                found[path] = to
    keys = {
        path.partition("/")[2]: to.partition("/")[2]
        for path, to in found.items()
        if path.partition("/")[0] in _WHOLE_KINDS
    }
    moved: dict[str, list[str]] = {}
    series = dict(_series(keys))
    for thing in gone.things() if keys else ():
        if thing.path not in found and (to := series.get(thing.path) or _followed(thing, keys)):
            moved.setdefault(to, []).append(thing.path)
    for thing in fresh.things() if moved else ():
        for path in moved.get(thing.path, ()):
            found[path] = thing.path
    return found


def _alone(side: Side, wanted: list[dict[Hashable, str]] | None) -> list[dict[Hashable, str]]:
    """For each clue, what it leads to; an empty path where it leads to several. Only those that are wanted."""
    found: list[dict[Hashable, str]] = [{} for _ in range(_CLUES)]
    if wanted is not None and not any(wanted):
        return found
    for thing in side.things():
        for number, clue in enumerate(side.clues(thing)):
            if clue is not None and (wanted is None or clue in wanted[number]):
                found[number][clue] = "" if clue in found[number] else thing.path
    return found


def _followed(thing: Thing, keys: Mapping[str, str]) -> str:
    """The path that a part has under the new key of its whole; empty if its whole has not moved."""
    kind, _, key = thing.path.partition("/")
    if kind not in _PART_KINDS:
        return ""
    if key in keys:
        return f"{kind}/{keys[key]}"
    for end in range(len(key) - 1, 0, -1):
        if key[end] == "-" and key[:end] in keys:
            return f"{kind}/{keys[key[:end]]}{key[end:]}"
    return ""


def _series(keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Series of projects that moved to where their projects are now, if these kept year and stage."""
    for old, new in keys.items():
        before, after = _DATED.match(old), _DATED.match(new)
        if before and after and before[1] != after[1] and before[2] == after[2]:
            yield f"series/{before[1]}", f"series/{after[1]}"
