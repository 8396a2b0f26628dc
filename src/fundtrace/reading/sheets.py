"""What every reader gives: a sequence of paragraphs and tables, each with its place in the source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one table cell, and the 1-based line of the source that it starts on.

    Text is as printed, except for marks of the format itself (tags, field codes), which are taken off. A cell that is
    covered by a merged one is an empty cell: `merged` is True where the format says so.
    """

    text: str
    line: int
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row: its cells, left to right, its 1-based number in the table, and its line."""

    cells: tuple[Cell, ...]
    number: int
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: 1-based number among the tables of the source, its rows, and the page and line where it starts.

    `continues` is True for a table that begins a page, with the edges of the table that ends the page before and
    nothing between them: it is likely the same table, and both have the same columns.
    """

    number: int
    rows: tuple[Row, ...]
    line: int
    page: int | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text outside tables. `heading` is its level (1-6) where the format marks headings, else None."""

    text: str
    line: int
    page: int | None = None
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """A source document as read: file name, SHA-256, format, page count where known, and blocks in order."""

    file: str
    sha256: str
    format: str
    pages: int | None
    blocks: tuple[Paragraph | Table, ...]
