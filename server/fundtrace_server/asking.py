"""The questions that pages ask of the graph: files of `queries/pages/`, evaluated in this process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fundtrace.query import construct, load_questions, select
from fundtrace.release import Release

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = Mapping[str, Term]


_OFFSET = re.compile(r"^OFFSET 0$", re.MULTILINE)

Value: TypeAlias = NamedNode | Literal | Iterable[NamedNode | Literal]
"""What a parameter takes: one term or several."""


def rows(release: Release, question: str, **values: Value) -> list[Row]:
    """The rows of `queries/pages/{question}.rq`, its parameters bound to terms."""
    return list(select(release, load_questions()[f"pages/{question}"], **values))


def page_of(release: Release, question: str, start: int, **values: Value) -> list[Row]:
    """The rows of a question whose file says `OFFSET 0`, from the one of this number on."""
    text = load_questions()[f"pages/{question}"].text
    return list(select(release, _OFFSET.sub(f"OFFSET {start:d}", text), **values))


def statements(release: Release, question: str, **values: Value) -> list[Triple]:
    """The triples of a CONSTRUCT of `queries/pages/`."""
    return list(construct(release, load_questions()[f"pages/{question}"], **values))


def text(row: Row, name: str) -> str | None:
    """The text of a variable: a literal's value or a node's IRI; None when unbound."""
    term = row.get(name)
    return None if term is None or isinstance(term, Triple) else term.value


def amount(row: Row, name: str) -> Decimal | None:
    """A variable as an exact decimal; None when unbound."""
    value = text(row, name)
    return None if value is None else Decimal(value)


def count(row: Row, name: str) -> int:
    """A variable as a whole number, 0 when unbound."""
    return int(text(row, name) or 0)
