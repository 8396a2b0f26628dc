"""The pen that every module of this room writes statements with, as escaped lines of N-Triples."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fundtrace.graph.drawing import draw
from fundtrace.graph.forms import Form
from fundtrace.graph.iris import Iris
from fundtrace.graph.literals import boolean, decimal, integer, literal, tagged, year
from fundtrace.graph.terms import LABEL, TYPE, Terms

LABEL_LENGTH = 80
"""Characters of a label that is cut from a running text; the whole text is stated by its own property."""


class Pen:
    """Collects lines and the IRIs of the concepts they name. Subjects are IRIs in angle brackets.

    `state[form](iri, label, *values)` states an entity: its class, its Chinese label, and a value for each property of its form, None for
    none; it gives the IRI as a subject. Every entity of which a release holds many goes through there.

    What is missing or blank is not written: no statement of a release has an empty string.
    """

    __slots__ = ("_codes", "concepts", "iris", "lines", "state", "terms", "write")

    def __init__(self, iris: Iris, terms: Terms) -> None:
        self.iris = iris
        self.terms = terms
        self.lines: list[str] = []
        self.write = self.lines.append
        self.concepts: set[str] = set()
        self._codes: dict[str, _Codes] = {}
        self.state = _Drawn(self.terms, self.lines, self._codes_of)

    def take(self) -> list[str]:
        """The lines written since the last call."""
        lines = self.lines.copy()
        self.lines.clear()
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

    def links(self, subject: str, term: str, iris: Iterable[str]) -> None:
        """A statement for each IRI."""
        start = f"{subject} {self.terms[term]} <"
        self.lines.extend([f"{start}{iri}> ." for iri in iris])

    def text(self, subject: str, term: str, value: str | None) -> None:
        """A statement whose object is a plain string, as printed."""
        if value and not value.isspace():
            self.write(f"{subject} {self.terms[term]} {literal(value)} .")

    def texts(self, subject: str, term: str, values: Iterable[str]) -> None:
        """A statement for each plain string, as printed."""
        for value in values:
            self.text(subject, term, value)

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
            self.write(f"{subject} {self.terms[term]} <{self._codes_of(scheme)[code]}> .")

    def _codes_of(self, scheme: str) -> dict[str, str]:
        known = self._codes.get(scheme)
        if known is None:
            known = self._codes[scheme] = _Codes(self.iris, scheme, self.concepts)
        return known


class _Drawn(dict[Form, Callable[..., str]]):
    """The functions that forms were made into, each when it is first asked for."""

    def __init__(self, terms: Terms, lines: list[str], codes_of: Callable[[str], dict[str, str]]) -> None:
        super().__init__()
        self._terms = terms
        self._lines = lines
        self._codes_of = codes_of

    def __missing__(self, form: Form) -> Callable[..., str]:
        drawn = self[form] = draw(form, self._terms, self._lines, self._codes_of)
        return drawn


class _Codes(dict[str, str]):
    """Code of a list to the IRI of its concept, minted when it is first asked for, which counts as a use of it.

    The scheme `""` takes the IRI itself.
    """

    def __init__(self, iris: Iris, scheme: str, used: set[str]) -> None:
        super().__init__()
        self._iris = iris
        self._scheme = scheme
        self._used = used

    def __missing__(self, code: str) -> str:
        iri = self[code] = self._iris.concept(self._scheme, code) if self._scheme else code
        self._used.add(iri)
        return iri


def shorten(text: str) -> str:
    """A label from a running text: one line of at most 80 characters, `…` where something is left out."""
    # The only white space in printable text is " ", so this one is a line already, as nearly all are.
    if len(text) <= LABEL_LENGTH and " " not in text and text.isprintable():
        return text
    line = " ".join(text.split())
    return line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1] + "…"
