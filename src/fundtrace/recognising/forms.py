"""Parts the blocks of a source into forms: one for each project or unit, with its captions and rows.

A form begins at the row that prints a project's name or code, or the name of the unit that a statement is of; it
goes on through following tables that repeat its header of columns or carry its rows on. Several forms may stand in
one table, and one form in several.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.alignment import infer_columns, read_columns
from fundtrace.recognising.captions import Caption, is_furniture, is_title, title_of
from fundtrace.recognising.grid import Printed, PrintedRow, rows_of
from fundtrace.recognising.labels import is_level1, is_level2, labels, month, split_label
from fundtrace.records import Position

_NAMES = ("project_code", "project_name", "statement_unit")
_PROSE = 120
"""A paragraph longer than this between two tables is text of its own: what follows is no continuation."""

_REACH = 8
"""So many texts above a table its title may stand."""


@dataclass(slots=True)
class Form:
    """One project's or unit's form: what stands above it, and its rows table by table."""

    kind: Literal["project", "statement"]
    captions: tuple[Caption, ...]
    rows: list[PrintedRow] = field(default_factory=list)

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
    """The forms of a source, the lines of paragraphs that caption them, and the tables that belong to no form."""

    forms: tuple[Form, ...]
    caption_lines: frozenset[int]
    others: tuple[Table, ...]


def sort_forms(blocks: Iterable[Paragraph | Table]) -> Sorted:
    """Part the blocks of a source into forms; never raises."""
    sorter = _Sorter()
    for block in blocks:
        if isinstance(block, Paragraph):
            sorter.paragraph(block)
        else:
            sorter.table(block)
    forms = [form for form in sorter.forms if _is_form(form)]
    claimed = {row.table for form in forms for row in form.rows}
    return Sorted(
        forms=tuple(forms),
        caption_lines=frozenset(
            caption.line
            for form in forms
            for caption in form.captions
            if caption.position.table is None and (is_title(caption) or is_furniture(caption))
        ),
        others=tuple(table for table in sorter.tables if table.number not in claimed),
    )


class _Sorter:
    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.tables: list[Table] = []
        self._captions: list[Caption] = []
        self._open = False

    def paragraph(self, block: Paragraph) -> None:
        place = Position(page=block.page, table=None, row=None)
        caption = Caption(block.text, block.line, place, block.heading)
        self._captions.append(caption)
        if is_title(caption) or len(block.text) > _PROSE or (block.heading and not is_furniture(caption)):
            self._open = False

    def table(self, table: Table) -> None:
        self.tables.append(table)
        rows = [row for row in rows_of(table) if row.printed]
        goes_on = self._open and bool(rows) and not _names(rows[0]) and self._continues(rows[0])
        if goes_on:
            self._captions.clear()
        self._open = goes_on
        for row in rows:
            self._row(row)
        if not self._open:
            self._captions.clear()

    def _row(self, row: PrintedRow) -> None:
        named = _names(row)
        if named and not (self._open and _in_head(self.forms[-1], named)):
            self._begin(row)
        elif self._open and not self._captions and not self._is_caption(row):
            self.forms[-1].rows.append(row)
        else:
            self._captions += [Caption(cell.text, cell.line, row.position) for cell in row.printed]

    def _begin(self, row: PrintedRow) -> None:
        captions, self._captions = _nearest(self._captions), []
        self.forms.append(Form(_kind(_names(row)), captions, [row]))
        self._open = True

    def _is_caption(self, row: PrintedRow) -> bool:
        """Whether the row, below the indicators of the open form, is the title of the next one."""
        if len(row.printed) > 1 or not any(read_columns(other.cells) for other in self.forms[-1].rows):
            return False
        return is_title(Caption(row.printed[0].text, row.line, row.position))

    def _continues(self, row: PrintedRow) -> bool:
        if read_columns(row.cells) or infer_columns(row.cells):
            return True
        last = self.forms[-1].rows[-1]
        width = len(row.cells) == len(last.cells)
        level = any(is_level1(cell.text) or is_level2(cell.text) for cell in row.printed[:2])
        return level or (width and not row.cells[0].text)


def _nearest(captions: Sequence[Caption]) -> tuple[Caption, ...]:
    """From the nearest title on, if it stands within a few lines; else the unit, year and money right above."""
    for place in range(len(captions) - 1, max(-1, len(captions) - 1 - _REACH), -1):
        if is_title(captions[place]):
            return tuple(captions[place:])
    start = len(captions)
    while start and is_furniture(captions[start - 1]):
        start -= 1
    return tuple(captions[start:])


def _names(row: PrintedRow) -> frozenset[str]:
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


def _in_head(form: Form, names: frozenset[str]) -> bool:
    """Whether a row that names something still belongs to the head of a form that is open."""
    printed = frozenset[str]().union(*(_names(row) for row in form.rows))
    if names <= printed and names:
        return False
    if any(_is_body(row.printed) for row in form.rows):
        return False
    form.kind = _kind(printed | names)
    return True


def _kind(names: frozenset[str]) -> Literal["project", "statement"]:
    return "project" if names & {"project_code", "project_name"} else "statement"


def _is_form(form: Form) -> bool:
    """Whether what began like a form holds what a form holds: a plan, goals, or indicators."""
    return any(_is_body(row.printed) for row in form.rows)


def _is_body(cells: Sequence[Printed]) -> bool:
    if read_columns(cells) or infer_columns(cells):
        return True
    meanings = [labels().meaning(cell.text, "section") for cell in cells]
    return any(found and found[1] in {"goals", "plan"} for found in meanings) or any(
        month(cell.text) for cell in cells
    )
