"""Turtle for people: sorted, grouped by subject and by kind, with prefixes; one subject in memory at a time.

The text depends on the statements alone, so that equal graphs give equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import BinaryIO

from fundtrace.graph.concepts import SKOS
from fundtrace.graph.literals import XSD
from fundtrace.graph.terms import LABEL, TYPE

KINDS = (
    "agency",
    "budget-line",
    "citation",
    "concept",
    "correction",
    "department",
    "document",
    "fact",
    "finding",
    "goal",
    "indicator",
    "merge",
    "observation",
    "project",
    "region",
    "release",
    "row",
    "schedule",
    "schedule-point",
    "series",
    "source",
    "statement",
    "suggestion",
    "table",
    "target",
    "unit",
)
"""The kinds of things that have IRIs: the segment behind `id/`, and the prefix in Turtle."""

_DIGITS = re.compile("([0-9]{1,9})")
_NAMESPACE = re.compile(r"(.*[/#])([^/#]*)\Z", re.DOTALL)
# The part of Turtle's PN_LOCAL that keys and terms use; anything else is written as a whole IRI.
_CHARACTERS = (
    "0-9A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff"
)
_LOCAL = re.compile(f"[{_CHARACTERS}][{_CHARACTERS}-]*\\Z")


def prefixes(base: str, namespace: str) -> dict[str, str]:
    """The prefixes of a release: `ft`, those of the W3C vocabularies, and one for each kind of thing."""
    return {
        "ft": namespace,
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": SKOS,
        "xsd": XSD,
        **{kind: f"{base}id/{kind}/" for kind in KINDS},
    }


def write_turtle(lines: Iterable[str], output: BinaryIO, names: Mapping[str, str]) -> None:
    """Writes Turtle from sorted N-Triples lines (without blank nodes), given the namespaces of its prefixes."""
    output.writelines(text.encode() for text in _turtle(lines, names))


def _turtle(lines: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    yield from (f"@prefix {name}: <{namespace}> .\n" for name, namespace in names.items())
    shorten = _Shortener(names)
    heading: str | None = ""
    for subject, group in groupby(
        (line.rstrip("\n").split(" ", 2) for line in lines), key=lambda parts: parts[0]
    ):
        prefix = shorten.prefix(subject)
        if prefix != heading:
            heading = prefix
            yield f"\n# {prefix or 'other'}\n"
        yield "\n" + _block(shorten, subject, group)


def _block(shorten: _Shortener, subject: str, statements: Iterable[list[str]]) -> str:
    objects: dict[str, list[str]] = {}
    for _, predicate, rest in statements:
        objects.setdefault(predicate, []).append(shorten.object(rest[:-2]))
    rows = [
        f"{'a' if predicate == TYPE else shorten.iri(predicate)} "
        + ", ".join(values if len(values := objects[predicate]) == 1 else sorted(values, key=_natural))
        for predicate in sorted(objects, key=_rank)
    ]
    return f"{shorten.iri(subject)} " + " ;\n    ".join(rows) + " .\n"


def _natural(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """Orders `x-2` before `x-10`; the text itself decides between spellings of one number."""
    parts = _DIGITS.split(text)
    return [(int(part), len(part), "") if part.isdecimal() else (-1, 0, part) for part in parts if part], text


def _rank(predicate: str) -> tuple[int, str]:
    return (0 if predicate == TYPE else 1 if predicate == LABEL else 2), predicate


class _Shortener:
    """IRIs to prefixed names where Turtle allows it. Names of terms are remembered, those of data are not."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in names.items()}
        self._known: dict[str, str] = {}
        self._terms = frozenset(names[name] for name in ("ft", "rdfs", "skos", "xsd") if name in names)

    def prefix(self, iri: str) -> str | None:
        """The prefix of an IRI in angle brackets."""
        parts = _NAMESPACE.match(iri, 1, len(iri) - 1)
        return self._prefixes.get(parts[1]) if parts else None

    def iri(self, iri: str) -> str:
        """A prefixed name, or the IRI as it is."""
        known = self._known.get(iri)
        if known is not None:
            return known
        parts = _NAMESPACE.match(iri, 1, len(iri) - 1)
        prefix = self._prefixes.get(parts[1]) if parts else None
        if parts is None or prefix is None:
            return iri
        local = parts[2]
        if not _LOCAL.match(local):
            if not _LOCAL.match(local.replace("~", "_")):
                return iri
            local = local.replace("~", "\\~")
        name = f"{prefix}:{local}"
        if parts[1] in self._terms:
            self._known[iri] = name
        return name

    def object(self, term: str) -> str:
        """An object of a statement: an IRI or a literal."""
        if term[0] == "<":
            return self.iri(term)
        if term[-1] == ">":
            text, _, datatype = term.rpartition("^^")
            return f"{text}^^{self.iri(datatype)}"
        return term
