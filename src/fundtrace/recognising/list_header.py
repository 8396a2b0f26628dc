"""The header of a table of many projects: which column holds names, units, amounts, goals, and indicators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from fundtrace.reading.sheets import Table
from fundtrace.recognising.columns import Columns, read_columns
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.labels import Kind, is_level1, is_level2, labels
from fundtrace.recognising.memo import memo

_NUMBERS = re.compile(r"[0-9]{1,2}|栏次|序号|[A-Z]|[一二三四五六七八九十]{1,2}")
_KINDS: tuple[Kind, ...] = (
    "list_column",
    "column",
    "budget",
    "amount_column",
    "section",
    "field",
    "not_modelled",
)
_OF_PROJECT = frozenset(
    {"project_name", "project_code", "unit_name", "unit_code", "goals", "long_goals", "purpose", "grounds"}
)
_SUM = re.compile(r"合\s*计|小\s*计|总\s*计|总\s*额")
_PASSED = frozenset({"ignored", "not_modelled", "outcome", "passed"})
_INDICATORS, _FUNDS = ("section", "indicators"), ("section", "funds")
_DEPTH = 3
_FIRST_ROWS = 10


@dataclass(frozen=True, slots=True)
class ListHeader:
    """The columns of a table of many projects.

    `project` has the meaning of each column that speaks of the project (project_name, goals, `amount:total` …);
    `levels` has the levels that a column of indicators in words stands under (产出指标, 数量指标), one a line.
    `indicator` has the columns as an indicator's row has them. `labels` are the cells of the header, `first` and
    `end` the numbers of its first row and of the first row below it among the rows that hold text.
    """

    project: tuple[str | None, ...]
    indicator: Columns
    labels: tuple[Printed, ...]
    first: int
    end: int
    levels: Mapping[int, str]

    def over(self, column: int) -> tuple[Printed, ...]:
        """The labels that stand over a column, from the bottom: its own, and those of the rows above that reach over it."""
        rows = sorted({cell.row for cell in self.labels}, reverse=True)
        found: list[Printed] = []
        for row in rows:
            reach = [cell for cell in self.labels if cell.row == row and cell.column <= column]
            if reach and (found or reach[-1].column == column):
                found.append(reach[-1])
        return tuple(found)


def may_begin(table: Table) -> bool:
    """Whether the first rows of a table hold one that may begin a header: most tables need not be looked at closer."""
    texts = ([text for cell in row.cells if (text := cell.text.strip())] for row in table.rows)
    return any(_may_begin(row) for row in islice(filter(None, texts), _FIRST_ROWS))


def _may_begin(texts: Sequence[str]) -> bool:
    """Whether the texts of a row name projects, and more than half of them are labels.

    A form of one project prints its name beside the label: then as many texts as labels are unknown.
    """
    found = [_told(text) for text in texts]
    return ("list_column", "project_name") in found and found.count(None) * 2 < len(found)


def find_header(rows: Sequence[PrintedRow]) -> ListHeader | None:
    """The header within the first rows of a table: one row, or up to three laid over each other.

    It names the column of projects, and either indicators and their values or goals; no more than a third of its
    labels may be unknown, since a form of one project prints values beside its labels.
    """
    for first in range(min(_FIRST_ROWS, len(rows))):
        if not _may_begin([cell.text for cell in rows[first].printed]):
            continue
        end = first + 1
        while end < len(rows) and end - first < _DEPTH and _is_header_row(rows[end]):
            end += 1
        for last in range(end, first, -1):
            header = _read(rows[first:last], first)
            if header and last < len(rows):
                while header.end < len(rows) and all(
                    _NUMBERS.fullmatch(c.text) for c in rows[header.end].printed
                ):
                    header = replace(
                        header, end=header.end + 1, labels=header.labels + rows[header.end].printed
                    )
                return header
    return None


@memo
def _told(text: str) -> tuple[Kind, str] | Literal[True] | None:
    """What a text means as a label of a list's column; True for a level, None for any other text."""
    return labels().meaning(text, *_KINDS) or is_level1(text) or is_level2(text) or None


def _is_header_row(row: PrintedRow) -> bool:
    return all(_told(cell.text) is not None or _SUM.fullmatch(cell.text) for cell in row.printed)


def _is_level(cell: Printed) -> bool:
    return is_level1(cell.text) or is_level2(cell.text)


def _levels(rows: Sequence[PrintedRow], over: Sequence[Printed | None]) -> dict[int, str]:
    """The levels above each column that only they head, where there are several such columns."""
    found: dict[int, str] = {}
    for column, cell in enumerate(over):
        if cell is None or not _is_level(cell):
            continue
        above = [
            other for row in rows if row.number < cell.row for other in row.printed if other.column <= column
        ]
        first = above[-1].text if above and is_level1(above[-1].text) else ""
        found[column] = f"{first}\n{cell.text}".strip()
    return found if len(found) > 1 else {}


def _read(rows: Sequence[PrintedRow], first: int) -> ListHeader | None:
    width = max(len(row.cells) for row in rows)
    over: list[Printed | None] = [None] * width
    for row in rows:
        for cell in row.printed:
            over[cell.column] = cell
    meanings = [_under(cell, rows) if cell else None for cell in over]
    levels = _levels(rows, over)
    unknown = len(
        [
            over[place]
            for place, meaning in enumerate(meanings)
            if over[place] and meaning is None and place not in levels
        ]
    )
    known = len([meaning for meaning in meanings if meaning])
    levelled = bool({"level1", "name", "target"} & {meaning[1] for meaning in meanings if meaning})
    project: list[str | None] = []
    plain: list[Printed] = []
    for column, (printed, meaning) in enumerate(zip(over, meanings, strict=True)):
        role = _project_role(meaning, measured="target" in [m[1] for m in meanings[:column] if m])
        role = "indicators" if role is None and meaning == _INDICATORS and not levelled else role
        role = None if role in project and role is not None else role
        project.append(role)
        blank = rows[0].cells[0]._replace(text="", column=column)
        plain.append(blank if printed is None or role else printed._replace(column=column))
    _take_funds(project, meanings)
    levels = {} if levelled else levels
    project = [f"told:{column}" if column in levels else role for column, role in enumerate(project)]
    read = read_columns(plain)
    if "project_name" not in project or known < 3 or unknown * 2 > known:
        return None
    columns: Columns = read or ()
    if "target" not in columns or "name" not in columns:
        if not {"goals", "indicators"} & set(project) and not levels:
            return None
        columns = tuple("ignored" if meaning and meaning[1] in _PASSED else None for meaning in meanings)
    cells = tuple(cell for row in rows for cell in row.printed)
    indicator: Columns = tuple("other" if role else kind for role, kind in zip(project, columns, strict=True))
    return ListHeader(tuple(project), indicator, cells, first, first + len(rows), levels)


def _project_role(meaning: tuple[Kind, str] | None, *, measured: bool) -> str | None:
    """What a column says of the project; None for one that speaks of an indicator, or of nothing modelled."""
    if meaning is None:
        return None
    kind, name = meaning
    if kind == "list_column":
        return None if measured and name == "unit_name" else name
    if kind == "budget":
        return f"amount:{name}"
    if kind == "amount_column" and name != "passed":
        return "amount:total"
    return name if kind == "section" and name in _OF_PROJECT else None


def _under(cell: Printed, rows: Sequence[PrintedRow]) -> tuple[Kind, str] | None:
    """What a label means where it stands: a sum under a label of amounts is their total; what no list holds is told by
    its words."""
    found = _meaning(cell)
    if found is not None:
        return found
    if _SUM.fullmatch(cell.text):
        above = (other for row in rows if row.number < cell.row for other in row.printed)
        over = [_meaning(other) for other in above if other.column <= cell.column]
        amounts = over and over[-1] and (over[-1][0] in {"budget", "amount_column"} or over[-1] == _FUNDS)
        return ("budget", "total") if amounts else None
    guessed = labels().guess(cell.text, "label")
    return ("budget", "total") if guessed == "total" else ("section", guessed) if guessed else None


def _take_funds(project: list[str | None], meanings: Sequence[tuple[Kind, str] | None]) -> None:
    """A single column of funds (项目资金) is the total where no other column is."""
    columns = [column for column, meaning in enumerate(meanings) if meaning == _FUNDS]
    if len(columns) == 1 and "amount:total" not in project:
        project[columns[0]] = "amount:total"


def _meaning(cell: Printed) -> tuple[Kind, str] | None:
    return labels().meaning(cell.text, *_KINDS)
