"""Reads the old Excel format (BIFF) with xlrd, the only library that tells number formats and merged ranges."""

from __future__ import annotations

import io
import struct

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.compdoc import CompDocError

from fundtrace.reading.assembly import Assembly
from fundtrace.reading.marks import plain
from fundtrace.reading.number_formats import show
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Sheets
from fundtrace.reading.source import Source
from fundtrace.reading.spread import Merge, lay_out, spread

_BROKEN = (
    XLRDError,
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What xlrd raises for damaged files; it checks little before it reads."""


_EMPTY = frozenset((xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK))


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of an `.xls`: each visible sheet is a page, lines are its rows. Raises `InputError`."""
    try:
        book = xlrd.open_workbook(
            file_contents=source.data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        visible = [sheet for sheet in book.sheets() if sheet.visibility == 0]
        pages = [(_cells(book, sheet), _merges(sheet)) for sheet in visible]
    except _BROKEN as error:
        if "encrypted" in str(error).lower():
            raise refusal("encrypted-file", source.name) from error
        reason = str(error).strip().partition("\n")[0][:120] or type(error).__name__
        raise refusal("damaged-xls", source.name, reason=reason) from error
    assembly = Assembly(source)
    for page, (cells, merges) in enumerate(pages, start=1):
        spread(assembly, lay_out(cells, merges, source), page=page)
    return (source.sheets(assembly.finish(), pages=len(pages)),)


def _cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> dict[int, dict[int, str]]:
    cells: dict[int, dict[int, str]] = {}
    for row in range(sheet.nrows):
        filled = {
            column + 1: text
            for column, kind in enumerate(sheet.row_types(row))
            if kind not in _EMPTY and (text := _text(book, sheet.cell(row, column)))
        }
        if filled:
            cells[row + 1] = filled
    return cells


def _merges(sheet: xlrd.sheet.Sheet) -> list[Merge]:
    return [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]


def _text(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return "\n".join(shown for line in str(cell.value).splitlines() if (shown := plain(line)))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code.get(int(cell.value), "#N/A"))
    style = book.xf_list[cell.xf_index or 0]
    return show(
        float(cell.value), str(book.format_map[style.format_key].format_str), from_1904=book.datemode == 1
    )
