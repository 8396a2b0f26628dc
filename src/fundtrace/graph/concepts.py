"""The concepts of the code lists in `ontology/codes/*.ttl`: those that a release uses are stated in it, with labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Self

import pyoxigraph as ox

from fundtrace import resources
from fundtrace.graph.literals import tagged
from fundtrace.graph.terms import LABEL, TYPE
from fundtrace.vocab import NAMESPACE

SKOS = "http://www.w3.org/2004/02/skos/core#"
REPOSITORY_BASE = NAMESPACE.removesuffix("ontology#")
"""What the IRIs in the files of the repository begin with."""

_STATED = frozenset(
    {
        TYPE[1:-1],
        LABEL[1:-1],
        *(
            SKOS + name
            for name in ("prefLabel", "notation", "definition", "broader", "broadMatch", "inScheme")
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept or a scheme: the statements about it, what it names, and its Chinese labels, preferred and other."""

    iri: str
    lines: tuple[str, ...]
    links: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]

    def named(self, relation: str) -> str | None:
        """The concept or scheme that it has this SKOS relation to, such as `broader`."""
        return next(iter(self.links.get(SKOS + relation, ())), None)


@dataclass(frozen=True, slots=True)
class CodeLists:
    """All concepts and schemes by IRI, under one base and namespace."""

    base: str
    concepts: Mapping[str, Concept]

    @classmethod
    def load(cls, base: str, namespace: str, folder: Path | None = None) -> Self:
        """Reads every Turtle file of the folder (`ontology/codes` when none is given)."""
        folder = folder or resources.folder("ontology") / "codes"
        prefix = f"{base}id/concept/"
        quads: defaultdict[str, list[ox.Quad]] = defaultdict(list)
        for path in sorted(folder.glob("*.ttl")):
            for quad in ox.parse(localised(path, base, namespace), ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(prefix):
                    quads[quad.subject.value].append(quad)
        return cls(
            base, MappingProxyType({iri: _concept(iri, found, prefix) for iri, found in quads.items()})
        )

    def used(self, concepts: Iterable[str]) -> Iterator[str]:
        """The statements about these concepts, and about all that these name in turn."""
        waiting, seen = sorted(concepts), set[str]()
        while waiting:
            concept = self.concepts.get(waiting.pop())
            if concept is not None and concept.iri not in seen:
                seen.add(concept.iri)
                yield from concept.lines
                for targets in concept.links.values():
                    waiting.extend(targets)


@lru_cache(maxsize=4)
def code_lists(base: str, namespace: str) -> CodeLists:
    """The code lists of the ontology, read once per base and namespace."""
    return CodeLists.load(base, namespace)


def localised(path: Path, base: str, namespace: str) -> str:
    """The text of a file of the repository in the IRIs of an installation."""
    marker = "\x00"  # keeps the namespace, which lies under the repository's base, from being rewritten twice
    text = path.read_text(encoding="utf-8")
    return text.replace(NAMESPACE, marker).replace(REPOSITORY_BASE, base).replace(marker, namespace)


def _concept(iri: str, quads: Iterable[ox.Quad], prefix: str) -> Concept:
    lines: set[str] = set()
    links: defaultdict[str, set[str]] = defaultdict(set)
    names: set[str] = set()
    for quad in quads:
        predicate, value = quad.predicate.value, quad.object
        if predicate in _STATED:
            lines.add(f"<{iri}> {quad.predicate} {value} .")
            if isinstance(value, ox.NamedNode) and value.value.startswith(prefix):
                links[predicate].add(value.value)
        if predicate == f"{SKOS}prefLabel" and isinstance(value, ox.Literal) and value.language:
            lines.add(f"<{iri}> {LABEL} {tagged(value.value, value.language)} .")
        if predicate in {f"{SKOS}prefLabel", f"{SKOS}altLabel"} and isinstance(value, ox.Literal):
            names.add(value.value)
    return Concept(
        iri,
        tuple(sorted(lines)),
        MappingProxyType({predicate: tuple(sorted(iris)) for predicate, iris in links.items()}),
        tuple(sorted(names)),
    )
