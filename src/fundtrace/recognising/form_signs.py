"""The signs of a form in a row: a name, a label, the header or label that its body begins with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from fundtrace.recognising.columns import infer_columns, read_columns
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.labels import labels, month, split_label

_NAMES = ("project_code", "project_name", "statement_unit")


def names_in(row: PrintedRow) -> frozenset[str]:
    """The names or codes of a project or unit that the row prints: a label of one, with a text behind it."""
    found: set[str] = set()
    label: str | None = None
    for cell in row.printed:
        joined = split_label(cell.text)
        meaning = labels().meaning(cell.text, "field", "column", "section", "budget", "not_modelled")
        if joined and joined[1] in _NAMES:
            found.add(joined[1])
        elif meaning:
            label = meaning[1]
        elif label in _NAMES:
            found.add(label)
            label = None
    return frozenset(found)


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
    meanings = [labels().meaning(cell.text, "section") for cell in cells]
    return any(found and found[1] in {"goals", "plan"} for found in meanings) or any(
        month(cell.text) for cell in cells
    )
