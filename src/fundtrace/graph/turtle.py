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
_REMEMBERED = 50_000
"""IRIs whose names are remembered at once, about 15 MB."""
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
    # The lines are sorted, so but for the first two the predicates are in their order.
    ordered = {**{first: objects[first] for first in (TYPE, LABEL) if first in objects}, **objects}
    rows = [
        f"{'a' if predicate == TYPE else shorten.iri(predicate)} "
        + (values[0] if len(values) == 1 else ", ".join(sorted(values, key=_natural)))
        for predicate, values in ordered.items()
    ]
    return f"{shorten.iri(subject)} " + " ;\n    ".join(rows) + " .\n"


def _natural(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """Orders `x-2` before `x-10`; the text itself decides between spellings of one number."""
    parts = _DIGITS.split(text)
    return [(int(part), len(part), "") if part.isdecimal() else (-1, 0, part) for part in parts if part], text


def _local(iri: str) -> int:
    """Where the local name of an IRI in angle brackets begins."""
    return max(iri.rfind("/"), iri.rfind("#")) + 1


class _Shortener:
    """IRIs to prefixed names where Turtle allows it. The latest are remembered: neighbours name the same things."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in names.items()}
        self._known: dict[str, str] = {}

    def prefix(self, iri: str) -> str | None:
        """The prefix of an IRI in angle brackets."""
        return self._prefixes.get(iri[1 : _local(iri)])

    def iri(self, iri: str) -> str:
        """A prefixed name, or the IRI as it is."""
        known = self._known.get(iri)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[iri] = self._named(iri)
        return known

    def _named(self, iri: str) -> str:
        start = _local(iri)
        prefix, local = self._prefixes.get(iri[1:start]), iri[start:-1]
        if prefix is None:
            return iri
        if not _LOCAL.match(local):
            if not _LOCAL.match(local.replace("~", "_")):
                return iri
            local = local.replace("~", "\\~")
        return f"{prefix}:{local}"

    def object(self, term: str) -> str:
        """An object of a statement: an IRI or a literal."""
        if term[0] == "<":
            return self.iri(term)
        if term[-1] == ">":
            text, _, datatype = term.rpartition("^^")
            return f"{text}^^{self.iri(datatype)}"
        return term
