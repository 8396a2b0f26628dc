"""Small values that every view is made of: a name with its page, and what a total is the total of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fundtrace_server.addresses import page_path
from fundtrace_server.description import Description


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

    `unknown` of them print no amount; the sum is None when that is all of them. `departments` and `sources` say of how many
    of this release it is, where that is known.
    """

    base: Base
    projects: int
    unknown: int
    yuan: Decimal | None
    departments: int | None = None
    sources: int | None = None


def link(iri: str | None, label: str | None, base: str) -> Link | None:
    """A link to an entity; None when there is no entity."""
    if iri is None:
        return None
    return Link(label or iri.rsplit("/", 1)[-1], page_path(iri, base))


def node_link(description: Description, iri: str | None, base: str, language: str = "zh") -> Link | None:
    """A link to a neighbour of a described entity."""
    return link(iri, description.label(iri, language), base) if iri else None
