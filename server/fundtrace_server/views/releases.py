"""The releases that are kept, and what changed from each to the next, in bounded time and size."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fundtrace.errors import SystemFailure
from fundtrace.release import Change, Release, ReleaseInfo, Summary, differences, list_releases
from fundtrace.release.diffing import ACTIONS, HEADLINE, in_order
from fundtrace.release.reporting import summary_text

LISTED = 100
"""Releases on the list, newest first."""

COMPARED = 10
"""How many of them are compared with the one before."""

MOST_STATEMENTS = 1_000_000
"""Two releases with more statements together are not compared while somebody waits."""

NAMED = 10
"""Entities that are named for each class and action."""

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Named:
    """Entities of one class that came, went or changed: how many, and the first of them."""

    action: str
    class_name: str
    count: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the release before: a sentence in both languages, and the entities by class."""

    zh: str
    en: str
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ListedRelease:
    """A release on the list; `before` is the version before it in time, `changes` is None where none was compared."""

    info: ReleaseInfo
    current: bool
    before: str | None
    changes: Changes | None

    @property
    def counts(self) -> Mapping[str, int]:
        """How many entities of the classes that people ask for first."""
        return {name: self.info.counts[name] for name in HEADLINE if name in self.info.counts}


def view_releases(data: Path, current: Release) -> tuple[ListedRelease, ...]:
    """The releases of a data folder, newest first; `current` is the one that is served."""
    found = list_releases(data)[::-1][: LISTED + 1]
    listed = []
    for place, info in enumerate(found[:LISTED]):
        before = found[place + 1] if place + 1 < len(found) else None
        changes = _compared(current.path.parent, before, info) if before and place < COMPARED else None
        listed.append(
            ListedRelease(
                info=info,
                current=info.version == current.version,
                before=before.version if before else None,
                changes=changes,
            )
        )
    return tuple(listed)


def _compared(folder: Path, before: ReleaseInfo, after: ReleaseInfo) -> Changes | None:
    if before.statements + after.statements > MOST_STATEMENTS:
        return None
    try:
        with _lock:  # one comparison at a time, so that a second visitor finds it made
            return _changes(folder, before.version, after.version)
    except (SystemFailure, KeyError):
        return None  # damaged, or pruned meanwhile


@lru_cache(maxsize=64)
def _changes(folder: Path, before: str, after: str) -> Changes:
    infos = {info.version: info for info in list_releases(folder.parent)}
    summary = Summary()
    named = _first_of(summary.count(differences(*(_release(folder, infos[one]) for one in (before, after)))))
    zh, en = summary_text(summary)
    return Changes(
        zh,
        en,
        tuple(
            Named(action, name, summary.counts[action][name], tuple(named[name, action]))
            for name in in_order({name for name, _ in named} & set(HEADLINE))
            for action in ACTIONS
            if (name, action) in named
        ),
    )


def _first_of(changes: Iterable[Change]) -> dict[tuple[str, str], list[Change]]:
    named: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        shown = named.setdefault((change.class_name, change.action), [])
        if len(shown) < NAMED:
            shown.append(change)
    return named


def _release(folder: Path, info: ReleaseInfo) -> Release:
    """A release to be read as text: its store stays closed."""
    return Release(info.version, folder / info.version, info.base, info.namespace, info)
