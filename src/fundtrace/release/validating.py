"""The shapes, asked of a release: what it must contain and does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from fundtrace.graph.shapes import rules


@dataclass(frozen=True, slots=True)
class Breach:
    """A resource (IRI, or `_:` and a name) that breaks a shape; a violation refuses a release, a warning does not."""

    code: str
    violation: bool
    resource: str
    zh: str
    en: str


def breaches(store: ox.Store, base: str, namespace: str) -> Iterator[Breach]:
    """What breaks the shapes, by code and resource; one shape's breaches are in memory at a time.

    A resource that breaks one shape in several ways is named once.
    """
    for rule in rules(base, namespace):
        found: set[str] = set()
        for query in rule.queries:
            solutions = store.query(query)
            if not isinstance(solutions, ox.QuerySolutions):  # pragma: no cover
                raise TypeError("a SELECT query gives solutions")
            found.update(_name(solution["this"]) for solution in solutions)
        for resource in sorted(found):
            yield Breach(rule.code, rule.violation, resource, rule.zh, rule.en)


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
