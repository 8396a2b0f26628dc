"""Puts paragraphs and tables together in reading order, numbers them, and keeps the bounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fundtrace.errors import InputError
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Cell, Paragraph, Row, Table
from fundtrace.reading.source import Source


class Assembly:
    """Collects the blocks of one source, and numbers tables and their rows from 1.

    Empty paragraphs are left out; a table without a cell that says something is left out and takes no number.
    """

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._limits = source.limits
        self._blocks: list[Paragraph | Table] = []
        self._tables = 0
        self._paragraphs = 0
        self._cells = 0
        self._characters = 0

    def paragraph(self, text: str, line: int, *, page: int | None = None, heading: int | None = None) -> None:
        """Add a paragraph; nothing is added when it has no text."""
        text = text.strip()
        if not text:
            return
        self._paragraphs += 1
        if self._paragraphs > self._limits.paragraphs:
            raise self._too_large("段落", "paragraphs", self._limits.paragraphs)
        self._count_text(len(text))
        self._blocks.append(Paragraph(text, line, page, heading))

    def table(
        self, rows: Iterable[Sequence[Cell]], *, page: int | None = None, continues: bool = False
    ) -> None:
        """Add a table of rows that all stand on `page`; rows without a cell are left out."""
        finished: list[Row] = []
        says_something = False
        for cells in rows:
            if not cells:
                continue
            if self._count_cells(cells):
                says_something = True
            finished.append(Row(tuple(cells), len(finished) + 1, cells[0].line, page))
        if says_something:
            self._tables += 1
            self._blocks.append(Table(self._tables, tuple(finished), finished[0].line, page, continues))

    def finish(self) -> tuple[Paragraph | Table, ...]:
        """The blocks in order; an `InputError` empty-file when there are none."""
        if not self._blocks:
            raise refusal("empty-file", self._name)
        return tuple(self._blocks)

    def _count_cells(self, cells: Sequence[Cell]) -> int:
        """Count one row; how many characters it has."""
        if len(cells) > self._limits.columns:
            raise self._too_large("一行的单元格", "cells in one row", self._limits.columns)
        self._cells += len(cells)
        if self._cells > self._limits.cells:
            raise self._too_large("单元格", "table cells", self._limits.cells)
        characters = sum([len(cell.text) for cell in cells])
        self._count_text(characters)
        return characters

    def _count_text(self, characters: int) -> None:
        self._characters += characters
        if self._characters > self._limits.text_characters:
            raise self._too_large("字符", "characters", self._limits.text_characters)

    def _too_large(self, what: str, what_en: str, limit: int) -> InputError:
        return refusal("too-large", self._name, what=what, what_en=what_en, limit=limit)
