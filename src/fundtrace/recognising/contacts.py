"""Takes contacts out of a source before anything else looks at it: no record, row or message can hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fundtrace.reading.sheets import Cell, Paragraph, Row, Sheets, Table
from fundtrace.recognising.labels import Kind, fold, labels
from fundtrace.recognising.people import is_contact_label, is_plain, withhold
from fundtrace.records import Position

_LABELS: tuple[Kind, ...] = ("field", "budget", "section", "not_modelled")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A place where a contact's name or number stood."""

    line: int
    position: Position


def without_contacts(sheets: Sheets) -> tuple[Sheets, tuple[Withheld, ...]]:
    """The source without contacts, and where they stood.

    The cells behind a contact's label (项目负责人及联系电话) are emptied, up to the next label of their row; names
    behind such a label in running text, and telephone numbers anywhere, are cut out; in a list that begins with 序号
    the column under such a label is emptied.
    """
    places: list[Withheld] = []
    blocks: list[Paragraph | Table] = []
    for block in sheets.blocks:
        if isinstance(block, Paragraph):
            text = withhold(block.text)
            if text != block.text:
                places.append(Withheld(block.line, Position(page=block.page, table=None, row=None)))
                block = replace(block, text=text)
            blocks.append(block)
            continue
        rows: list[Row] = []
        columns: frozenset[int] = frozenset()
        for row in block.rows:
            if not columns and all(map(is_plain, [cell.text for cell in row.cells])):
                rows.append(row)
                continue
            columns = _contact_columns(row.cells) or columns
            cells = _cells(row.cells, columns)
            if cells != row.cells:
                position = Position(page=row.page or block.page, table=block.number, row=row.number)
                places.append(Withheld(row.line, position))
                row = replace(row, cells=cells)
            rows.append(row)
        blocks.append(replace(block, rows=tuple(rows)))
    return replace(sheets, blocks=tuple(blocks)), tuple(places)


def _contact_columns(cells: Sequence[Cell]) -> frozenset[int]:
    """The columns of contacts in the header row of a list, which is known by its 序号."""
    first = next((cell.text for cell in cells if cell.text.strip()), "")
    if fold(first) != "序号":
        return frozenset()
    return frozenset(place for place, cell in enumerate(cells) if is_contact_label(cell.text))


def _cells(cells: Sequence[Cell], columns: frozenset[int]) -> tuple[Cell, ...]:
    kept: list[Cell] = []
    governed = False
    for place, cell in enumerate(cells):
        text = cell.text
        if not text.strip():
            kept.append(cell)
            continue
        if is_contact_label(text):
            governed = place not in columns
        elif (governed or place in columns) and not labels().meaning(text, *_LABELS):
            text = ""
        else:
            governed = False
            text = withhold(text)
        kept.append(cell if text == cell.text else replace(cell, text=text))
    return tuple(kept)
