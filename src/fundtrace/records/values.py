"""The small values that every record is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

DecimalText = Annotated[str, StringConstraints(pattern=r"^-?(0|[1-9]\d*)(\.\d*[1-9])?$")]
"""A decimal in canonical form: no exponent, no trailing zeros, no point when whole."""


class Record(BaseModel):
    """The parent of all records: frozen, and strict about what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(Record):
    """An amount: exact yuan beside what is printed and the unit that governs the cell."""

    yuan: DecimalText | None = Field(
        description="Canonical decimal in yuan; null when the text is no number."
    )
    printed: str = Field(description="The text of the cell.")
    unit: str | None = Field(description="元, 万元 or 亿元: the unit that governs the cell.")


class Position(Record):
    """Where something was read: 1-based numbers, null where the format has no such notion."""

    page: int | None
    table: int | None
    row: int | None


class SourceRow(Record):
    """One printed table row that something was read from, with its cells as printed (contacts withheld)."""

    page: int | None
    table: int
    row: int
    line: int
    cells: tuple[str, ...]
