"""Tables that a page parts: the rest of one goes on on the next page, perhaps in the middle of its header."""

from __future__ import annotations

from dataclasses import replace

from fundtrace.reading.sheets import Table
from fundtrace.recognising.budget_tables.above import Above, Cut, plain_title, read_top
from fundtrace.recognising.budget_tables.headers import Header, is_data, numbers_columns, read_header
from fundtrace.recognising.budget_tables.printed import Piece, PrintedTable


def rest_of(table: Table, above: Above, found: list[PrintedTable]) -> list[Piece]:
    """The table as the rest of the last one, where a page parted them; its title and header may be printed again.

    Where the page ended in the header, both its parts come first, and the table begins to be one.
    """
    if not table.continues:
        return []
    last = found[-1].pieces[-1] if found else None
    follows = last is not None and last.table.number == table.number - 1
    own = Above()
    start = read_top(table, own)
    if above.cut and above.cut.table.number == table.number - 1 and own.title is None:
        header = read_header(table, start, nameless=above.cut.printed.kind == "three_public")
        if not (header and follows and last and header.printed == last.header.printed) and (
            parts := _joined(above.cut, table)
        ):
            if follows:
                found.pop().pieces.clear()
            found.append(above.cut.printed)
            return parts
    if (
        last is None
        or not follows
        or (own.title is not None and plain_title(own.title) != plain_title(found[-1].title))
    ):
        return []
    header = read_header(table, start, nameless=not last.header.has_names)
    if header is not None and header.printed == last.header.printed:
        return [Piece(table, header, start + header.height)]
    if header is None or is_data(table.rows[0]):
        return [Piece(table, last.header, 1 if table.rows and numbers_columns(table.rows[0]) else 0)]
    return []


def _joined(cut: Cut, table: Table) -> list[Piece]:
    """The two pieces of a table whose header a page cut."""
    above = cut.table.rows[cut.start :]
    whole = replace(table, rows=above + table.rows)
    header = read_header(whole, nameless=cut.printed.kind == "three_public")
    if header is None or header.height < len(above):
        return []
    return [Piece(cut.table, header, len(cut.table.rows)), Piece(table, header, header.height - len(above))]


def cut_of(table: Table, start: int, header: Header | None, printed: PrintedTable | None) -> Cut | None:
    """The table as one that a page may have cut in its header; None when it has rows, or no title."""
    first = start + header.height if header else len(table.rows)
    whole = printed is None or first < len(table.rows) or any(is_data(row) for row in table.rows[start:])
    return None if whole or printed is None else Cut(printed, table, start)
