"""The pen that every module of this room writes statements with: one call, one escaped line of N-Triples."""

from __future__ import annotations

from fundtrace.graph.iris import Iris
from fundtrace.graph.literals import boolean, decimal, integer, literal, tagged, year
from fundtrace.graph.terms import LABEL, TYPE, Terms

LABEL_LENGTH = 80
"""Characters of a label that is cut from a running text; the whole text is stated by its own property."""


class Pen:
    """Collects lines and the IRIs of the concepts they name. Subjects are IRIs in angle brackets.

    What is missing or blank is not written: no statement of a release has an empty string.
    """

    __slots__ = ("_concepts", "concepts", "iris", "lines", "terms", "write")

    def __init__(self, iris: Iris, terms: Terms) -> None:
        self.iris = iris
        self.terms = terms
        self.lines: list[str] = []
        self.write = self.lines.append
        self.concepts: set[str] = set()
        self._concepts: dict[tuple[str, str], str] = {}

    def take(self) -> list[str]:
        """The lines written since the last call."""
        lines, self.lines = self.lines, []
        self.write = self.lines.append
        return lines

    def entity(self, kind: str, iri: str, label: str) -> str:
        """States the class and the Chinese label of an IRI, and gives it as a subject."""
        subject = f"<{iri}>"
        self.write(f"{subject} {TYPE} {self.terms[kind]} .")
        self.write(f"{subject} {LABEL} {tagged(label)} .")
        return subject

    def link(self, subject: str, term: str, iri: str) -> None:
        """A statement whose object is an IRI."""
        self.write(f"{subject} {self.terms[term]} <{iri}> .")

    def text(self, subject: str, term: str, value: str | None) -> None:
        """A statement whose object is a plain string, as printed."""
        if value and not value.isspace():
            self.write(f"{subject} {self.terms[term]} {literal(value)} .")

    def tagged(self, subject: str, term: str, value: str, language: str) -> None:
        """A statement whose object is a string in a language."""
        self.write(f"{subject} {self.terms[term]} {tagged(value, language)} .")

    def year(self, subject: str, term: str, value: int | None) -> None:
        """A statement whose object is a year."""
        if value is not None:
            self.write(f"{subject} {self.terms[term]} {year(value)} .")

    def decimal(self, subject: str, term: str, value: str | None) -> None:
        """A statement whose object is an exact decimal, given as canonical text."""
        if value is not None:
            self.write(f"{subject} {self.terms[term]} {decimal(value)} .")

    def integer(self, subject: str, term: str, value: int | None) -> None:
        """A statement whose object is a whole number."""
        if value is not None:
            self.write(f"{subject} {self.terms[term]} {integer(value)} .")

    def boolean(self, subject: str, term: str, value: bool | None) -> None:
        """A statement whose object is true or false."""
        if value is not None:
            self.write(f"{subject} {self.terms[term]} {boolean(value)} .")

    def concept(self, subject: str, term: str, scheme: str, code: str | None) -> None:
        """A statement whose object is a concept of a code list, which is remembered as used."""
        if code is not None:
            known = self._concepts.get((scheme, code))
            if known is None:
                known = self._concepts[scheme, code] = self.iris.concept(scheme, code)
                self.concepts.add(known)
            self.write(f"{subject} {self.terms[term]} <{known}> .")

    def named_concept(self, subject: str, term: str, iri: str | None) -> None:
        """A statement whose object is a concept that is known by its IRI."""
        if iri is not None:
            self.concepts.add(iri)
            self.write(f"{subject} {self.terms[term]} <{iri}> .")


def shorten(text: str) -> str:
    """A label from a running text: one line of at most 80 characters, `…` where something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1] + "…"
