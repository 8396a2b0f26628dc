"""Forms: what is stated of an entity of one class, as a list of properties, each with the sort of its values.

A form is data. `pen` binds it to a namespace once and then states an entity in one call, so that an entity of
sixteen statements costs one call and not sixteen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from fundtrace.graph.literals import XSD, escaped


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """How a value stands in a statement: what is before it, what is behind, and how it becomes text.

    `ready` values stand as they are; `text` is escaped, `cells` are too and get tabs between them, and blank ones are not stated. Of
    `few` there are not many unlike values, so that what stands behind a subject is made once for each: by `convert`, which gives
    None for what is not stated, or, where `scheme` names a code list, by taking the value for a code of it.
    """

    before: str
    behind: str
    how: Literal["ready", "text", "cells", "few"] = "ready"
    convert: Callable[[Any], str | None] = str
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
    return escaped(text) if text and not text.isspace() else None


IRI = Sort("<", ">")
CONCEPT = Sort("<", ">", "few", scheme="")
"""A concept of a code list, known by its IRI; it is remembered as used."""
TEXT = Sort('"', '"', "text")
CELLS = Sort('"', '"', "cells")
"""The cells of a printed row, with tabs between them."""
WORD = Sort('"', '"', "few", printed)
"""A text that many entities have in common, such as the name of a unit."""
YEAR = Sort('"', f'"^^<{XSD}gYear>', "few", "{:04d}".format)
DECIMAL = Sort('"', f'"^^<{XSD}decimal>')
"""An exact decimal, given as canonical text."""
INTEGER = Sort('"', f'"^^<{XSD}integer>')
BOOLEAN = Sort('"', f'"^^<{XSD}boolean>', "few", {False: "false", True: "true"}.__getitem__)


def code_of(scheme: str) -> Sort:
    """A concept of this code list, given by its code and remembered as used."""
    return Sort("<", ">", "few", scheme=scheme)
