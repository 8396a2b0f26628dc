"""部门预算公开表: the published budget tables of a department, read by their titles and printed headers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.budget_tables.finding import find_tables
from fundtrace.recognising.budget_tables.printed import PrintedTable, UnreadTable
from fundtrace.recognising.budget_tables.rows import read_rows
from fundtrace.records import BudgetTable

__all__ = ["BudgetTables", "UnreadTable", "read_budget_tables"]


@dataclass(frozen=True, slots=True)
class BudgetTables:
    """The budget tables of a source, in order, each joined from its printed pieces.

    `numbers` are those of the source's tables that they were read from: every cell of them is used. `unread` are tables
    with figures under the title of a budget table that are none of them.
    """

    records: tuple[BudgetTable, ...]
    numbers: frozenset[int]
    unread: tuple[UnreadTable, ...]


def read_budget_tables(blocks: Iterable[Paragraph | Table]) -> BudgetTables:
    """The budget tables among the blocks of a source."""
    found, unread = find_tables(blocks)
    return BudgetTables(
        records=tuple(_record(printed) for printed in found),
        numbers=frozenset(piece.table.number for printed in found for piece in printed.pieces),
        unread=unread,
    )


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
