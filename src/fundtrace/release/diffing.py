"""Two releases compared: a merge of their sorted statements, so that memory holds one entity of each at a time."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from fundtrace.graph.terms import LABEL, TYPE
from fundtrace.release.entities import Entity, entities, local_name, readable
from fundtrace.release.opening import Release
from fundtrace.vocab import classes as c

Action = Literal["added", "removed", "changed"]
ACTIONS: tuple[Action, ...] = ("added", "removed", "changed")


@dataclass(frozen=True, slots=True)
class ValueChange:
    """The values of one property that went and that came, as text; `property` is a local name."""

    property: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One entity that came, went or changed; its label is that of the newer release where it has one there."""

    action: Action
    class_name: str
    iri: str
    label: str
    values: tuple[ValueChange, ...] = ()


@dataclass(slots=True)
class Summary:
    """How many entities of each class came, went and changed."""

    counts: dict[Action, Counter[str]] = field(
        default_factory=lambda: {action: Counter() for action in ACTIONS}
    )

    def count(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Counts the changes while they pass."""
        for change in changes:
            self.counts[change.action][change.class_name] += 1
            yield change


def differences(older: Release, newer: Release) -> Iterator[Change]:
    """The entities that differ, in the order of their IRIs.

    Neither the entity of the release itself, nor another base or namespace, is a difference: IRIs are those of the newer
    release. Raises `SystemFailure` `corrupt-release` when the statements of one cannot be read.
    """
    merged = heapq.merge(
        (("older", entity) for entity in _told(older, newer)),
        (("newer", entity) for entity in _told(newer, newer)),
        key=lambda pair: _place(pair[1]),
    )
    for _, pairs in groupby(merged, key=lambda pair: _place(pair[1])):
        sides = dict(pairs)
        one, two = sides.get("older"), sides.get("newer")
        if one is not None and two is not None:
            values = _value_changes(one, two)
            if values:
                yield Change("changed", two.class_name, two.iri, two.label, values)
        elif two is not None:
            yield Change("added", two.class_name, two.iri, two.label)
        elif one is not None:
            yield Change("removed", one.class_name, one.iri, one.label)


def _place(entity: Entity) -> str:
    return f"{entity.iri}>"  # how subjects are sorted in the text


def _told(release: Release, target: Release) -> Iterator[Entity]:
    own = f"{target.base}id/release/"
    for entity in entities(_rebased(release, target)):
        if not entity.iri.startswith(own):
            yield entity


def _rebased(release: Release, target: Release) -> Iterator[str]:
    """The statements under the base and namespace of another release.

    All subjects begin with the base, so their order stays.
    """
    if (release.base, release.namespace) == (target.base, target.namespace):
        yield from release.statements()
        return

    def moved(term: str) -> str:
        for old, new in ((release.namespace, target.namespace), (release.base, target.base)):
            if term.startswith(f"<{old}"):
                return f"<{new}{term[len(old) + 1 :]}"
        return term

    for line in release.statements():
        yield " ".join(map(moved, line.split(" ", 2)))


def _value_changes(one: Entity, two: Entity) -> tuple[ValueChange, ...]:
    before, after = set(one.statements), set(two.statements)
    if before == after:
        return ()
    gone, come = before - after, after - before
    return tuple(
        ValueChange(
            _property(predicate),
            tuple(sorted(readable(value) for name, value in gone if name == predicate)),
            tuple(sorted(readable(value) for name, value in come if name == predicate)),
        )
        for predicate in sorted({name for name, _ in gone | come})
    )


def _property(predicate: str) -> str:
    return {TYPE: "type", LABEL: "label"}.get(predicate) or local_name(predicate)


HEADLINE = (
    c.SourceDocument,
    c.Project,
    c.DepartmentStatement,
    c.FundingDocument,
    c.Indicator,
    c.Target,
    c.Citation,
    c.Finding,
)
"""The classes that people ask for first, in that order; the others follow by name."""


def in_order(names: Iterable[str]) -> list[str]:
    """Names of classes, those that people ask for first in front."""
    return sorted(names, key=lambda name: (HEADLINE.index(name) if name in HEADLINE else len(HEADLINE), name))
