"""What a person typed → the entities that it names. Every face of fundtrace resolves a text here.

A text is tried as one document number in any written form, then as several, as a code, as a title, and last as words in
labels; the first that finds something is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fundtrace.citations import DocumentNumber, parse_number, parse_numbers
from fundtrace.query.questions import load_questions
from fundtrace.query.results import Answering, Row, select

LONGEST = 500
"""Characters of a text that are looked at."""

_GYEAR = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a text names: its IRI, the local name of its class, its label, and what tells it from its like."""

    iri: str
    class_name: str
    label: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text names.

    `number` is set when the text is one document number. `way` says how the matches were found: `number`, `numbers`,
    `code`, `title`, `words`, or `none`.
    """

    asked: str
    number: DocumentNumber | None
    way: str
    matches: tuple[Match, ...]


def resolve(graph: Answering, text: str) -> Resolution:
    """The entities that a text names, in a fixed order; at most 100 of each kind."""
    asked = " ".join(text.split())[:LONGEST]
    if not asked:
        return Resolution(asked, None, "none", ())
    number = parse_number(asked)
    if number is not None:
        found = _ask(graph, "by-number", number=Literal(number.canonical))
        return Resolution(asked, number, "number" if found else "none", found)
    several = [
        match
        for one in parse_numbers(asked)
        for match in _ask(graph, "by-number", number=Literal(one.canonical))
    ]
    if several:
        return Resolution(asked, None, "numbers", tuple(dict.fromkeys(several)))
    for way, question, values in (
        ("code", "by-code", {"code": Literal(asked.upper())}),
        ("title", "by-title", {"title": Literal(asked.strip("《》〈〉 "))}),
        ("words", "search", {"words": Literal(asked)}),
    ):
        found = _ask(graph, question, **values)
        if found:
            return Resolution(asked, None, way, found)
    return Resolution(asked, None, "none", ())


def near(graph: Answering, number: DocumentNumber) -> tuple[Match, ...]:
    """Documents of the same issuer code and year, for a number that nobody cites; at most 50."""
    if number.year is None:
        return ()
    year = Literal(str(number.year), datatype=_GYEAR)
    return _ask(graph, "near-numbers", issuer=Literal(number.issuer), year=year)


def _ask(graph: Answering, question: str, **values: Literal) -> tuple[Match, ...]:
    rows = select(graph, load_questions()[f"pages/{question}"], **values)
    return tuple(dict.fromkeys(_match(row, graph.namespace) for row in rows))


def _match(row: Row, namespace: str) -> Match:
    return Match(
        iri=_text(row, "iri") or "",
        class_name=(_text(row, "class") or f"{namespace}FundingDocument").removeprefix(namespace),
        label=_text(row, "label") or "",
        note=_text(row, "note"),
    )


def _text(row: Row, name: str) -> str | None:
    term = row.get(name)
    return term.value if isinstance(term, Literal | NamedNode) else None
