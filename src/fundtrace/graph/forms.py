"""Forms: what is stated of an entity of one class, as a list of properties, each with the sort of its values.

A form is data. `pen` binds it to a namespace once and then states an entity in one call, so that an entity of
sixteen statements costs one call and not sixteen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fundtrace.graph.literals import XSD, escaped


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """How a value stands in a statement: what is before it, what is behind, and how it becomes text (None: as it is).

    `convert` gives None for a value that is not stated. `scheme` names the code list that the value is a code of.
    """

    before: str
    behind: str
    convert: Callable[[Any], str | None] | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The class of the entity, and its properties in order, by local name."""

    kind: str
    columns: tuple[tuple[str, Sort], ...]

    def __init__(self, kind: str, *columns: tuple[str, Sort]) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "columns", columns)


def printed(text: str) -> str | None:
    """A text as it stands between quotation marks, None for one that is blank."""
    if not text or text.isspace():
        return None
    # The usual case of `escaped`, without the call.
    return text if text.isprintable() and '"' not in text and "\\" not in text else escaped(text)


def _cells(cells: Sequence[str]) -> str | None:
    return printed("\t".join(cells))


IRI = Sort("<", ">")
CONCEPT = Sort("<", ">", scheme="")
"""A concept of a code list, known by its IRI; it is remembered as used."""
TEXT = Sort('"', '"', printed)
ZH = Sort('"', '"@zh', escaped)
EN = Sort('"', '"@en', escaped)
CELLS = Sort('"', '"', _cells)
"""The cells of a printed row, with tabs between them."""
YEAR = Sort('"', f'"^^<{XSD}gYear>', "{:04d}".format)
DECIMAL = Sort('"', f'"^^<{XSD}decimal>')
"""An exact decimal, given as canonical text."""
INTEGER = Sort('"', f'"^^<{XSD}integer>')
BOOLEAN = Sort('"', f'"^^<{XSD}boolean>', {False: "false", True: "true"}.__getitem__)


def code_of(scheme: str) -> Sort:
    """A concept of this code list, given by its code and remembered as used."""
    return Sort("<", ">", scheme=scheme)
