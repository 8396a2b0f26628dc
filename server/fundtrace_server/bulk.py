"""What each line of a list names: its canonical number, what was found, the money under it, and near numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from fundtrace.citations import DocumentNumber, parse_numbers
from fundtrace.index import Index
from fundtrace.query import Question, Table
from fundtrace.query.questions import Column, ColumnKind, Words
from fundtrace_server.lookup import Money, Named, coded, documents, money_under, near, titled
from fundtrace_server.messages import Messages, catalogue

_KINDS: Final[dict[str, ColumnKind]] = {
    "line": "number",
    "given": "text",
    "canonical": "text",
    "found": "text",
    "title": "text",
    "year": "year",
    "stage": "text",
    "projects": "number",
    "shared": "number",
    "unknown": "number",
    "budget": "money",
    "near": "text",
    "iri": "text",
}
"""The columns of the file, in their order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that one line names: a document, a project, or nothing.

    `number` counts the lines from 1; a line of several numbers has several of these. `canonical` is the number in its
    canonical form, or the code; None where the line holds neither. `money` has one entry for each year and stage.
    """

    number: int
    given: str
    canonical: str | None
    found: Named | None
    money: tuple[Money, ...]
    near: tuple[Named, ...]


def resolve_lines(index: Index, given: Sequence[str], language: str) -> list[Line]:
    """What the lines name, in their order, with few questions to the index however many lines there are."""
    parsed = [parse_numbers(text) for text in given]
    by_number = documents(index, {one.canonical for numbers in parsed for one in numbers}, language)
    rest = [text for text, numbers in zip(given, parsed, strict=True) if not numbers]
    by_code = coded(index, {text.upper() for text in rest}, language)
    by_title = titled(index, {_title(text) for text in rest}, language)
    lines: list[Line] = []
    for at, (text, numbers) in enumerate(zip(given, parsed, strict=True), 1):
        if numbers:
            for one in numbers:
                found = by_number.get(one.canonical, [])
                lines += _lines(at, text, one.canonical, found, () if found else _near(index, one, language))
        else:
            codes = by_code.get(text.upper(), [])
            found = codes or by_title.get(_title(text), [])
            lines += _lines(at, text, text.upper() if codes else None, found, ())
    money = money_under(index, {line.found.n for line in lines if line.found})
    return [
        Line(
            line.number,
            line.given,
            line.canonical,
            line.found,
            tuple(money.get(line.found.n, ())) if line.found else (),
            line.near,
        )
        for line in lines
    ]


def as_table(lines: Iterable[Line], base: str) -> Table:
    """The lines as a table for files: one row for each line and base of its money, which are never added up."""
    rows = []
    for line in lines:
        for money in line.money or (None,):
            rows.append(_row(line, money, base))
    return Table(_question(), {}, _question().columns, tuple(rows))


def _row(line: Line, money: Money | None, base: str) -> tuple[str | int | Decimal | None, ...]:
    found = line.found
    stage = money.base.stage if money else None
    return (
        line.number,
        line.given,
        line.canonical,
        found.label if found else None,
        found.title if found else None,
        int(money.base.year) if money and money.base.year else None,
        Messages("zh").optional(f"concept.{stage}", stage) if stage else None,
        money.projects if money else (0 if found else None),
        money.shared if money else None,
        money.unknown if money else None,
        money.yuan if money else None,
        "、".join(one.label for one in line.near) or None,
        f"{base}id/{found.key}" if found else None,
    )


def _lines(
    at: int, text: str, canonical: str | None, found: Iterable[Named], beside: tuple[Named, ...]
) -> list[Line]:
    made = [Line(at, text, canonical, one, (), ()) for one in found]
    return made or [Line(at, text, canonical, None, (), beside)]


def _near(index: Index, number: DocumentNumber, language: str) -> tuple[Named, ...]:
    return tuple(near(index, number, language))


def _title(text: str) -> str:
    return text.strip("《》〈〉 ")


@cache
def _question() -> Question:
    """The table described as saved questions describe theirs, so that the same code writes the files."""
    columns = {name: Column(label=_words(f"bulk.column.{name}"), kind=kind) for name, kind in _KINDS.items()}
    return Question(
        id="resolve",
        folder="",
        title=_words("bulk.heading"),
        summary=_words("bulk.file_note"),
        parameters={},
        any_of=(),
        columns=columns,
        example={},
        chart=None,
        text="",
    )


def _words(key: str) -> Words:
    return Words(**catalogue()[key])
