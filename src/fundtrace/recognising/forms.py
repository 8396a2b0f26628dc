"""Parts the blocks of a source into forms: one for each project or unit, with its captions and rows.

A form begins at the row that prints a project's name or code, or the name of the unit that a statement is of; it
goes on through following tables that repeat its header of columns or carry its rows on. Several forms may stand in
one table, and one form in several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from fundtrace.reading.sheets import Paragraph, Row, Table
from fundtrace.recognising.captions import Caption, is_furniture, is_title, title_of
from fundtrace.recognising.columns import infer_columns, read_columns
from fundtrace.recognising.form_signs import is_body, is_labelled, is_part, kind_of, names_in
from fundtrace.recognising.grid import PrintedRow, position_of, rows_of
from fundtrace.recognising.labels import is_level1, is_level2
from fundtrace.recognising.widths import compact

_PROSE = 120
"""A paragraph longer than this between two tables is text of its own: what follows is no continuation."""

_REACH = 8
"""So many texts above a table its title may stand."""

_AHEAD = 2
"""So many rows below a title tell whether it is that of a part of the form above."""

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}\s*、|第\s*[一二三四五六七八九十]{1,3}\s*部分")


@dataclass(slots=True)
class Form:
    """One project's or unit's form: what stands above it, and its rows table by table.

    `head` are the rows right above it in its own table; `repeated` are rows that print the first ones again on a page
    that it goes on to.
    """

    kind: Literal["project", "statement"]
    captions: tuple[Caption, ...]
    rows: list[PrintedRow] = field(default_factory=list)
    head: list[PrintedRow] = field(default_factory=list)
    repeated: list[PrintedRow] = field(default_factory=list)

    @property
    def title(self) -> Caption | None:
        """The title nearest above it."""
        return title_of(self.captions)

    @property
    def line(self) -> int:
        """The line of its title, else of its first row."""
        return self.title.line if self.title else self.rows[0].line


@dataclass(frozen=True, slots=True)
class Sorted:
    """The forms of a source; the blocks around them; the rows of their tables that stand outside them.

    `around` holds neither the forms nor their captions: a row of a form's table that stands outside every form is a
    paragraph there when it is one text, and else part of a table.
    """

    forms: tuple[Form, ...]
    around: tuple[Paragraph | Table, ...]
    outside: tuple[PrintedRow, ...]


def sort_forms(blocks: Sequence[Paragraph | Table]) -> Sorted:
    """Part the blocks of a source into forms; never raises."""
    sorter = _Sorter()
    for block in blocks:
        if isinstance(block, Paragraph):
            sorter.paragraph(block)
        else:
            sorter.table(block)
    forms = tuple(form for form in sorter.forms if _is_form(form))
    taken = {(row.table, row.number) for form in forms for row in (*form.rows, *form.repeated)}
    captions = [
        caption for form in forms for caption in form.captions if is_title(caption) or is_furniture(caption)
    ]
    lines = {
        (caption.position.page, caption.line, caption.text)
        for caption in captions
        if caption.position.table is None
    }
    captioned = {(caption.position.table, caption.position.row) for caption in captions}
    tables = {number for number, _ in taken}
    around: list[Paragraph | Table] = []
    outside: list[PrintedRow] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            around += [block] if (block.page, block.line, block.text) not in lines else []
        elif block.number not in tables:
            around.append(block)
        else:
            rest = tuple(row for row in block.rows if (block.number, row.number) not in taken)
            left = [row for row in rows_of(replace(block, rows=rest)) if row.printed]
            outside += left
            around += _rest(block, {row.number for row in left if (row.table, row.number) not in captioned})
    return Sorted(forms, tuple(around), tuple(outside))


def _rest(table: Table, numbers: set[int]) -> Iterator[Paragraph | Table]:
    """The rows of these numbers, as paragraphs where they are one text, and as tables where they are several."""
    run: list[Row] = []
    for row in table.rows:
        texts = [cell for cell in row.cells if cell.text.strip()] if row.number in numbers else []
        if len(texts) > 1:
            run.append(row)
            continue
        if run:
            yield replace(table, rows=tuple(run), line=run[0].line)
            run = []
        if texts:
            yield Paragraph(texts[0].text.strip(), texts[0].line, row.page or table.page)
    if run:
        yield replace(table, rows=tuple(run), line=run[0].line)


class _Sorter:
    def __init__(self) -> None:
        self.forms: list[Form] = []
        self._captions: list[Caption] = []
        self._open = False
        self._headed = False
        self._body = False
        self._last = 0
        self._head: list[PrintedRow] = []

    def paragraph(self, block: Paragraph) -> None:
        caption = Caption(block.text, block.line, position_of(block.page), block.heading)
        self._captions.append(caption)
        if is_title(caption) or len(block.text) > _PROSE or (block.heading and not is_furniture(caption)):
            self._open = False

    def table(self, table: Table) -> None:
        rows = [row for row in rows_of(table) if row.printed]
        goes_on = self._open and bool(rows)
        if table.continues and goes_on:
            rows = self._without_repeated(rows)
        else:
            goes_on = goes_on and not names_in(rows[0]) and self._continues(rows[0])
        goes_on = goes_on or self._is_second_half(table, rows)
        self._last = table.number
        if goes_on:
            self._captions.clear()
        self._open = goes_on
        self._head = []
        for place, row in enumerate(rows):
            self._row(row, rows[place + 1 : place + 1 + _AHEAD])
        if not self._open:
            self._captions.clear()

    def _without_repeated(self, rows: list[PrintedRow]) -> list[PrintedRow]:
        """The rows of a table behind those that print the first rows of the form above it again.

        A title that is followed by a name is that of another form.
        """
        form = self.forms[-1]
        head = [*form.head, *form.rows]
        count = 0
        for row, first in zip(rows, head, strict=False):
            if _texts(row) != _texts(first):
                break
            count += 1
        if count <= len(form.head) and count < len(rows) and names_in(rows[count]):
            return rows
        form.repeated += rows[:count]
        return rows[count:]

    def _is_second_half(self, table: Table, rows: Sequence[PrintedRow]) -> bool:
        """Whether a table right behind a form without indicators holds nothing but indicators: they are that form's."""
        if not self.forms or self._headed or not rows or self._last != self.forms[-1].rows[-1].table:
            return False
        if table.number != self._last + 1 or any(names_in(row) for row in rows):
            return False
        return any(read_columns(row.cells) for row in rows[:2])

    def _row(self, row: PrintedRow, following: Sequence[PrintedRow]) -> None:
        named = names_in(row)
        if named and not (self._open and not self._body and _in_head(self.forms[-1], named)):
            self._begin(row)
        elif self._open and not self._captions and not self._is_caption(row, following):
            self.forms[-1].rows.append(row)
            self._note(row)
        else:
            self._captions += [Caption(cell.text, cell.line, row.position) for cell in row.printed]
            self._head.append(row)

    def _begin(self, row: PrintedRow) -> None:
        captions, self._captions = nearest(self._captions) or self._inherited(row), []
        self.forms.append(Form(kind_of(names_in(row)), captions, [row], self._head))
        self._head = []
        self._open = True
        self._headed = self._body = False
        self._note(row)

    def _inherited(self, row: PrintedRow) -> tuple[Caption, ...]:
        """What the form above it in one table stands under: unit, year, unit of money, but not its title."""
        above = self.forms[-1] if self.forms and self.forms[-1].rows[-1].table == row.table else None
        kept = above.captions if above else ()
        return tuple(caption for caption in kept if is_furniture(caption) and not is_title(caption))

    def _note(self, row: PrintedRow) -> None:
        self._body = self._body or is_body(row.printed)
        self._headed = self._headed or bool(read_columns(row.cells) or infer_columns(row.cells))

    def _is_caption(self, row: PrintedRow, following: Sequence[PrintedRow]) -> bool:
        """Whether a row ends the open form: below its indicators a title or the heading of a section.

        A title also ends what began like a form and holds nothing that a form holds; but none does that stands over
        goals or indicators without a name, which are a part of the form above.
        """
        if len(row.printed) > 1 or row.printed[0].column > 0:
            return False
        text = row.printed[0].text
        titled = is_title(Caption(text, row.line, row.position))
        if titled and is_part(following):
            return False
        return (titled and (self._headed or not self._body)) or (
            self._headed and _SECTION.match(text) is not None
        )

    def _continues(self, row: PrintedRow) -> bool:
        if read_columns(row.cells) or infer_columns(row.cells):
            return True
        if not self._body and is_labelled(row):
            # The page broke within the head of the form.
            return True
        last = self.forms[-1].rows[-1]
        width = len(row.cells) == len(last.cells)
        level = any(is_level1(cell.text) or is_level2(cell.text) for cell in row.printed[:2])
        return level or (width and not row.cells[0].text)


def nearest(captions: Sequence[Caption]) -> tuple[Caption, ...]:
    """From the nearest title on, if it stands within a few lines, with the unit, year and money right above it; else
    those right above the table."""
    places = range(len(captions) - 1, max(-1, len(captions) - 1 - _REACH), -1)
    start = next((place for place in places if is_title(captions[place])), len(captions))
    while start and is_furniture(captions[start - 1]):
        start -= 1
    return tuple(captions[start:])


def _in_head(form: Form, names: frozenset[str]) -> bool:
    """Whether a row that names something goes on with the head of a form: only labelled rows so far, no name twice."""
    printed = frozenset[str]().union(*(names_in(row) for row in form.rows))
    if names <= printed or not all(is_labelled(row) for row in form.rows):
        return False
    form.kind = kind_of(printed | names)
    return True


def _texts(row: PrintedRow) -> tuple[str, ...]:
    return tuple(compact(cell.text) for cell in row.printed)


def _is_form(form: Form) -> bool:
    """Whether what began like a form holds what a form holds: a plan, goals, or indicators."""
    return any(is_body(row.printed) for row in form.rows)
