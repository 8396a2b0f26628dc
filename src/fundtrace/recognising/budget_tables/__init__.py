"""部门预算公开表: the published budget tables of a department, read by their titles and printed headers."""

from __future__ import annotations

from collections.abc import Iterable

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.budget_tables.finding import find_tables
from fundtrace.recognising.budget_tables.printed import PrintedTable, UnreadTable
from fundtrace.recognising.budget_tables.rows import read_rows
from fundtrace.records import BudgetTable

__all__ = ["UnreadTable", "budget_table_numbers", "read_budget_tables", "unread_budget_tables"]


def read_budget_tables(blocks: Iterable[Paragraph | Table]) -> tuple[BudgetTable, ...]:
    """The budget tables among the blocks of a source, in order, each joined from its printed pieces."""
    return tuple(_record(printed) for printed in find_tables(blocks)[0])


def budget_table_numbers(blocks: Iterable[Paragraph | Table]) -> frozenset[int]:
    """The numbers of the source's tables that `read_budget_tables` reads: every cell of them is used."""
    return frozenset(piece.table.number for printed in find_tables(blocks)[0] for piece in printed.pieces)


def unread_budget_tables(blocks: Iterable[Paragraph | Table]) -> tuple[UnreadTable, ...]:
    """The tables with figures under the title of a budget table that are none of those that were read."""
    return find_tables(blocks)[1]


def _record(printed: PrintedTable) -> BudgetTable:
    header = printed.pieces[0].header
    return BudgetTable(
        title=printed.title,
        kind=printed.kind,
        columns=header.names,
        rows=read_rows(printed),
        note="\n".join(printed.notes) or None,
        line=printed.line,
    )
