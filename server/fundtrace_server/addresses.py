"""Between IRIs of a release and paths of this server: pages link by path, so they work under any host."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from fundtrace.release import Release

KINDS = frozenset(
    {
        "region",
        "department",
        "unit",
        "project",
        "series",
        "budget-line",
        "schedule",
        "schedule-point",
        "goal",
        "indicator",
        "target",
        "document",
        "agency",
        "citation",
        "statement",
        "table",
        "observation",
        "source",
        "row",
        "finding",
        "concept",
        "release",
        "suggestion",
        "build",
        "software",
        "correction",
        "merge",
        "fact",
        "measurement",
    }
)
"""The kinds of entities that have an IRI."""

_KEY = re.compile(r"[\w~-]+")
_KEY_BYTES = 150


@dataclass(frozen=True, slots=True)
class Address:
    """An entity's kind and key: one path segment each."""

    kind: str
    key: str

    def iri(self, release: Release) -> NamedNode:
        """The entity's IRI in a release."""
        return NamedNode(f"{release.base}id/{self.kind}/{self.key}")

    @property
    def page(self) -> str:
        """The path of its page."""
        return f"/page/{self.kind}/{self.key}"

    def data(self, suffix: str) -> str:
        """The path of its data in a format."""
        return f"/data/{self.kind}/{self.key}.{suffix}"


def read_address(kind: str, key: str) -> Address | None:
    """The address of two path segments; None when no entity can have them."""
    if kind not in KINDS or not _KEY.fullmatch(key) or len(key.encode("utf-8", "replace")) > _KEY_BYTES:
        return None
    return Address(kind, key)


def address_of(iri: str, base: str) -> Address | None:
    """The address of an IRI of a release with that base; None for any other IRI."""
    prefix = f"{base}id/"
    if not iri.startswith(prefix):
        return None
    kind, _, key = iri.removeprefix(prefix).partition("/")
    return read_address(kind, key)


def page_path(iri: str, base: str) -> str | None:
    """The path of the page of an IRI of a release."""
    address = address_of(iri, base)
    return address.page if address else None
