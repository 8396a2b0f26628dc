"""Reads plain text and Markdown: four forms of table, and paragraphs between them.

The forms may stand in one file: a cell a line (see `cell_lines`), cells parted by tabs, Markdown tables (see `pipes`),
and tables drawn with signs (see `boxes`). Every line outside a table is a paragraph.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import groupby

from fundtrace.reading import cell_lines, pipes
from fundtrace.reading.assembly import Assembly
from fundtrace.reading.boxes import drawn_rows, split_drawn, uprights
from fundtrace.reading.cell_lines import Line
from fundtrace.reading.decoding import decode
from fundtrace.reading.marks import clean, heading, links, unescape
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Cell, Paragraph, Sheets, Table
from fundtrace.reading.source import Source

_ORNAMENT = re.compile(r"\s*(?:[-*_=]{3,}|`{3,}\w*|<!--.*-->)\s*$")
"""A line that draws something and says nothing."""
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of a text; lines are those of the file. Raises `InputError`."""
    text = _TextReader(source)
    for block in _blocks(decode(source.data, source.name), source):
        text.block(block)
    return (source.sheets(text.finish()),)


def _blocks(text: str, source: Source) -> Iterator[list[Line]]:
    """Runs of lines between blank ones; a line that holds a tab is an empty cell, not a blank line.

    An HTML table, which converters write where Markdown has no means, is one run whatever is in it.
    """
    block: list[Line] = []
    tables = 0
    most = source.limits.cells + source.limits.paragraphs
    # All lines of a huge file at once take many times its size.
    for number, raw in enumerate(io.StringIO(text, newline="\n"), start=1):
        line = raw.removesuffix("\n").replace("\f", "")
        if "<" in line:
            tables = max(0, tables + len(_HTML_TABLE.findall(line)) - len(_HTML_TABLE_END.findall(line)))
        if "\t" in line or line.strip():
            if len(block) == most:
                raise refusal("too-large", source.name, what="行", what_en="lines", limit=most)
            block.append((number, line))
        elif block and not tables:
            yield block
            block = []
    if block:
        yield block


class _TextReader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._assembly = Assembly(source)
        self._markdown = source.format == "markdown"
        self._cell_lines = False
        self._tabs_seen = False
        self._rows: list[list[Cell]] = []
        self._held = 0

    def block(self, lines: list[Line]) -> None:
        if any(_HTML_TABLE.search(text) for _, text in lines if "<" in text):
            self._html(lines)
            return
        for is_drawn, piece in split_drawn(lines):
            if is_drawn:
                self._drawn_table(piece)
            else:
                self._plain_lines(piece)

    def _plain_lines(self, lines: list[Line]) -> None:
        for is_pipes, part in _parts(lines):
            tabbed = [text for _, text in part if "\t" in text]
            if tabbed and not is_pipes and self._is_cell_lines(part[0][1], tabbed):
                self._cell_line_block(part)
                continue
            self._close_table()
            if is_pipes:
                self._pipe_table(part)
            elif tabbed:
                self._tab_table(part)
            else:
                self._paragraphs(part)

    def _html(self, lines: list[Line]) -> None:
        # Loaded only where it is needed: plain text is read without lxml.
        from fundtrace.reading.flow import place
        from fundtrace.reading.web import page_flow

        self._close_table()
        first, last = lines[0][0], lines[-1][0]
        texts = dict(lines)
        page = "\n".join(texts.get(number, "") for number in range(first, last + 1))
        place(self._assembly, page_flow(page, self._source, first - 1), self._source)

    def finish(self) -> tuple[Paragraph | Table, ...]:
        self._close_table()
        return self._assembly.finish()

    def _is_cell_lines(self, first: str, tabbed: list[str]) -> bool:
        single = sum(1 for text in tabbed if text.startswith("\t") and "\t" not in text.strip("\t"))
        if single == len(tabbed):
            return single > 1 or self._cell_lines or not self._tabs_seen
        return self._cell_lines and first.startswith("\t") and single * 2 >= len(tabbed)

    def _cell_line_block(self, part: list[Line]) -> None:
        self._cell_lines = True
        captioned = not part[0][1].startswith("\t")
        tabbed = sum(1 for _, text in part if text.startswith("\t"))
        if captioned:
            self._close_table()
            if tabbed <= cell_lines.CAPTIONS:
                self._paragraphs(part)
                return
            start = next(place for place, (_, text) in enumerate(part) if text.startswith("\t"))
            self._paragraphs(part[:start])
            part = part[start:]
        self._held += tabbed
        if self._held > self._source.limits.cells:
            limit = self._source.limits.cells
            raise refusal("too-large", self._source.name, what="单元格", what_en="table cells", limit=limit)
        self._rows.append(cell_lines.row(part))

    def _close_table(self) -> None:
        if self._rows:
            self._assembly.table(cell_lines.repair(self._rows))
            self._rows = []
            self._held = 0

    def _tab_table(self, part: list[Line]) -> None:
        self._tabs_seen = True
        for tabbed, run in groupby(part, lambda line: "\t" in line[1]):
            if tabbed:
                # Rows are made as they are counted, so that too many of them are refused before they are there.
                self._assembly.table(self._tab_row(number, text) for number, text in run)
            else:
                self._paragraphs(list(run))

    def _tab_row(self, number: int, text: str) -> list[Cell]:
        self._bound_columns(text.count("\t"))
        return [Cell(self._cleaned(cell), number) for cell in text.split("\t")]

    def _drawn_table(self, part: list[Line]) -> None:
        self._close_table()
        widest = max(uprights(text) for _, text in part)
        self._bound_columns(widest)
        if widest * len(part) > self._source.limits.cells:
            limit = self._source.limits.cells
            raise refusal("too-large", self._source.name, what="单元格", what_en="table cells", limit=limit)
        self._assembly.table(drawn_rows(part))

    def _pipe_table(self, part: list[Line]) -> None:
        ruled = len(part) > 1 and pipes.is_rule(part[1][1])
        self._assembly.table(self._pipe_rows(part, ruled=ruled))

    def _pipe_rows(self, part: list[Line], *, ruled: bool) -> Iterator[list[Cell]]:
        for place, (number, text) in enumerate(part):
            if (place == 1 and ruled) or (pipes.is_rule(text) and "--" in text):
                continue
            self._bound_columns(text.count("|"))
            cells = pipes.cells(text, number)
            # Markdown cannot write a table without a header, so an empty one is the format's, not the print's.
            if place or not ruled or any(cell.text for cell in cells):
                yield cells

    def _paragraphs(self, part: list[Line]) -> None:
        for number, text in part:
            if not _ORNAMENT.match(text):
                level, rest = heading(text.strip("\t"))
                self._assembly.paragraph(self._cleaned(rest), number, heading=level)

    def _cleaned(self, text: str) -> str:
        return clean(unescape(links(text))) if self._markdown else clean(text)

    def _bound_columns(self, separators: int) -> None:
        limit = self._source.limits.columns
        if separators > limit + 1:
            raise refusal(
                "too-large", self._source.name, what="一行的单元格", what_en="cells in one row", limit=limit
            )


def _parts(lines: list[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The block in pieces, each a Markdown table (True) or anything else (False)."""
    start = place = 0
    while place < len(lines):
        text = lines[place][1]
        ruled = place + 1 < len(lines) and "|" in text and pipes.is_rule(lines[place + 1][1])
        if not ruled and not pipes.is_row(text):
            place += 1
            continue
        if start < place:
            yield False, lines[start:place]
        start = place
        while place < len(lines) and (pipes.is_row(lines[place][1]) or (ruled and "|" in lines[place][1])):
            place += 1
        yield True, lines[start:place]
        start = place
    if start < len(lines):
        yield False, lines[start:]
