"""Small values that every view is made of: a name with its page, and what a total is the total of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fundtrace_server.addresses import page_path
from fundtrace_server.asking import Row, text
from fundtrace_server.description import Description

SHOWN = 500
"""Projects that a page lists; its totals are those of all that were read."""


@dataclass(frozen=True, slots=True)
class Link:
    """A label, and the path of its page where it has one."""

    label: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Base:
    """What a total is the total of: fiscal year and stage (a concept code, `stage-budget`), as far as printed."""

    year: str | None
    stage: str | None


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of yuan over distinct projects of one base.

    `unknown` of them print no amount; the sum is None when that is all of them.
    """

    base: Base
    projects: int
    unknown: int
    yuan: Decimal | None


def link(iri: str | None, label: str | None, base: str) -> Link | None:
    """A link to an entity; None when there is no entity."""
    if iri is None:
        return None
    return Link(label or iri.rsplit("/", 1)[-1], page_path(iri, base))


def row_link(row: Row, name: str, label: str, base: str) -> Link | None:
    """A link made from two variables of a row."""
    return link(text(row, name), text(row, label), base)


def node_link(description: Description, iri: str | None, base: str, language: str = "zh") -> Link | None:
    """A link to a neighbour of a described entity."""
    return link(iri, description.label(iri, language), base) if iri else None


def concept_code(iri: str | None) -> str | None:
    """The code of a concept: the last segment of its IRI."""
    return iri.rsplit("/", 1)[-1] if iri else None


def totals(items: Iterable[tuple[Base, Decimal | None]]) -> tuple[Total, ...]:
    """One total for each base, newest year first; never one across years or stages."""
    grouped: dict[Base, list[Decimal | None]] = {}
    for base, yuan in items:
        grouped.setdefault(base, []).append(yuan)
    made = []
    for base, amounts in grouped.items():
        known = [one for one in amounts if one is not None]
        made.append(
            Total(
                base=base,
                projects=len(amounts),
                unknown=len(amounts) - len(known),
                yuan=sum(known, Decimal(0)) if known else None,
            )
        )
    return tuple(sorted(made, key=lambda one: (one.base.year or "", one.base.stage or ""), reverse=True))
