"""Where the budget tables of a source are: a title, a header, and pieces under a repeated header."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.budget_tables.above import Above, goes_on, read_top, titled
from fundtrace.recognising.budget_tables.continuing import cut_of, rest_of
from fundtrace.recognising.budget_tables.headers import Header, read_header
from fundtrace.recognising.budget_tables.kinds import kind_of
from fundtrace.recognising.budget_tables.printed import NOTE, Piece, PrintedTable, UnreadTable, note_in
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.widths import narrow, unmarked

_PROSE = re.compile(r".{60,}|.*[。;]", re.DOTALL)
_SECTION = re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|节).*|[一二三四五六七八九十]{1,3}、.*")
_FIGURE = re.compile(r"-?[0-9][0-9,]*\.[0-9]{1,6}|-?[0-9]{1,3}(?:,[0-9]{3})+")
_BARE_FIGURE = re.compile(r"-?[0-9][0-9,.]*|[-—–/*]{0,3}|无")


def find_tables(
    blocks: Iterable[Paragraph | Table],
) -> tuple[tuple[PrintedTable, ...], tuple[UnreadTable, ...]]:
    """The budget tables of a source, in order, and those that were not understood.

    A table is one when a title of `kinds.yml` stands above it, with nothing but short lines between them, or in its
    first rows, and it has a header with a column of names and one of figures (三公经费 may stand in a single row
    without a name). A table with the header of the last one and no title of its own continues it, or with its title
    and captions printed again, and so does one that a page parted from it.
    """
    found: list[PrintedTable] = []
    unread: list[UnreadTable] = []
    above = Above()
    for block in blocks:
        if isinstance(block, Paragraph):
            _read_paragraph(block, above, found)
            continue
        title = _read_table(block, above, found)
        if title is not None and _has_figures(block):
            unread.append(UnreadTable(title, block))
    return tuple(found), tuple(unread)


def _read_paragraph(block: Paragraph, above: Above, found: list[PrintedTable]) -> None:
    text = unmarked(block.text)
    if not text:
        return
    folded = narrow(text)
    kind = kind_of(text)
    if kind:
        above.entitle(text, kind, block.line)
    elif NOTE.fullmatch(folded):
        if above.noting:
            found[-1].notes.append(text)
    elif block.heading or _PROSE.fullmatch(folded) or _SECTION.fullmatch(folded):
        above.clear()
    else:
        above.noting = False
        above.unit = unit_in(text) or above.unit
        above.captions += ("".join(folded.split()),)


def _read_table(table: Table, above: Above, found: list[PrintedTable]) -> str | None:
    """Read a table as a budget table or a piece of one; its title when it has one and is none all the same."""
    pieces = rest_of(table, above, found)
    if not pieces:
        start = read_top(table, above)
        header = read_header(table, start, nameless=above.kind == "three_public")
        printed = titled(above)
        cut = cut_of(table, start, header, printed)
        if header is None or not _is_sound(table, start, header) or not (printed or _repeats(header, found)):
            above.clear()
            above.cut = cut
            return printed.title if printed else None
        pieces = [Piece(table=table, header=header, first=start + header.height)]
        if printed and not (_repeats(header, found) and goes_on(found[-1], above)):
            found.append(printed)
    else:
        cut = None
    found[-1].pieces += pieces
    found[-1].notes += [note for row in table.rows[pieces[-1].first :] if (note := note_in(row))]
    above.clear(noting=True)
    above.cut = cut if len(found[-1].pieces) == 1 else None
    return None


def _is_sound(table: Table, start: int, header: Header) -> bool:
    """Whether rows without names hold nothing but figures, so that none of them is a name."""
    rows = table.rows[start + header.height :]
    return header.has_names or all(
        _BARE_FIGURE.fullmatch(narrow(cell.text).strip())
        for row in rows
        if not note_in(row)
        for cell in row.cells
    )


def _repeats(header: Header, found: list[PrintedTable]) -> bool:
    return bool(found) and found[-1].pieces[-1].header.printed == header.printed


def _has_figures(table: Table) -> bool:
    return any(_FIGURE.fullmatch(narrow(cell.text).strip()) for row in table.rows for cell in row.cells)
