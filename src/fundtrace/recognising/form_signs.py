"""The signs of a form in a row: a name, a label, the header or label that its body begins with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from fundtrace.recognising.columns import infer_columns, read_columns
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.labels import labels, month, split_label
from fundtrace.recognising.memo import memo

_BODY = frozenset({("section", "goals"), ("section", "plan")})
_NAMES = ("project_code", "project_name", "statement_unit")


def names_in(row: PrintedRow) -> frozenset[str]:
    """The names or codes of a project or unit that the row prints: a label of one, with a text behind it."""
    found: set[str] = set()
    label: str | None = None
    for cell in row.printed:
        named, meaning = _named(cell.text)
        if named:
            found.add(named)
        elif meaning:
            label = meaning
        elif label in _NAMES:
            found.add(label)
            label = None
    return frozenset(found)


@memo
def _named(text: str) -> tuple[str | None, str | None]:
    """What a text names behind a label of its own; what it means as a label."""
    joined = split_label(text)
    meaning = labels().meaning(text, "field", "column", "section", "budget", "not_modelled")
    return joined[1] if joined and joined[1] in _NAMES else None, meaning[1] if meaning else None


def is_labelled(row: PrintedRow) -> bool:
    """Whether a row prints the label of a field, an amount or a section."""
    return any(
        split_label(cell.text) or labels().meaning(cell.text, "field", "budget", "section", "not_modelled")
        for cell in row.printed
    )


def kind_of(names: frozenset[str]) -> Literal["project", "statement"]:
    """Whose form it is that prints these names."""
    return "project" if names & {"project_code", "project_name"} else "statement"


def is_part(rows: Iterable[PrintedRow]) -> bool:
    """Whether rows below a title begin with goals or indicators, before any name."""
    for row in rows:
        if names_in(row):
            return False
        if is_body(row.printed):
            return True
    return False


def is_body(cells: Sequence[Printed]) -> bool:
    """Whether a row begins what a form holds: a plan, goals, or indicators."""
    if read_columns(cells) or infer_columns(cells):
        return True
    return any(_begins_body(cell.text) for cell in cells)


@memo
def _begins_body(text: str) -> bool:
    """Whether a text is the label of goals or a plan, or a month."""
    return labels().meaning(text, "section") in _BODY or month(text) is not None
