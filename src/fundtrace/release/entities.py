"""The sorted statements of a release, one entity at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from fundtrace.graph.concepts import SKOS
from fundtrace.graph.terms import LABEL, TYPE

_ESCAPE = re.compile(r'\\(?:u([0-9A-F]{4})|([tn"\\]))')
_PLAIN = {"t": "\t", "n": "\n", '"': '"', "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Entity:
    """What a release says of one IRI: (predicate, object) pairs as N-Triples terms, in sorted order."""

    iri: str
    statements: tuple[tuple[str, str], ...]

    @property
    def class_name(self) -> str:
        """The local name of its class, `Project` or `Concept`."""
        return next(
            (local_name(value) for predicate, value in self.statements if predicate == TYPE), "Resource"
        )

    @property
    def label(self) -> str:
        """Its label in Chinese, else any, else the last part of its IRI."""
        labels = [value for predicate, value in self.statements if predicate == LABEL]
        best = next((value for value in labels if value.endswith("@zh")), labels[0] if labels else "")
        return readable(best) if best else local_name(f"<{self.iri}>")

    def values(self, predicate: str) -> tuple[str, ...]:
        """The objects of a predicate, which is given in angle brackets."""
        return tuple(value for name, value in self.statements if name == predicate)


def entities(lines: Iterable[str]) -> Iterator[Entity]:
    """Groups sorted N-Triples lines, with line ends, by subject; one entity is in memory at a time."""
    for subject, group in groupby((line.split(" ", 2) for line in lines), key=lambda parts: parts[0]):
        yield Entity(
            subject[1:-1], tuple((predicate, rest.rstrip("\n")[:-2]) for _, predicate, rest in group)
        )


def readable(term: str) -> str:
    """An N-Triples term for people: the text of a literal, an IRI without its brackets."""
    if term.startswith("<"):
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _PLAIN[found[2]], text)


def local_name(iri: str) -> str:
    """The last part of an IRI in angle brackets; of a SKOS term too."""
    return re.split("[#/]", iri[1:-1])[-1] if not iri.startswith(f"<{SKOS}") else iri[len(SKOS) + 1 : -1]
