"""Goals side by side: 长期目标 and 年度目标, 预期目标 and 实际完成情况, with their texts in the rows below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.labels import labels

_NAME = re.compile(r"(?:目标)?名称|序号")
_NUMBER = re.compile(r"目[标標]\s*[0-9一二三四五六七八九十]{1,2}|[0-9]{1,2}")
"""The column in front of goals in a table of them: its label, and the number of each goal."""
GOALS = frozenset({"goals", "long_goals", "outcome"})
"""The sections of goals: of the year, of the whole term, and what became of them."""


class GoalColumns:
    """Knows which column of texts is whose, once a row has printed two labels of goals with nothing between them."""

    def __init__(self) -> None:
        self._columns: list[tuple[int, str]] = []
        self._width = 0

    @property
    def open(self) -> bool:
        """Whether the texts below stand under labels side by side."""
        return bool(self._columns)

    def enter(self, row: PrintedRow) -> bool:
        """Note the labels of a row; True when it prints the year's goals before those of the whole term."""
        if not any(_goal(cell) for cell in row.printed):
            return False
        found = [(cell.column, _goal(cell)) for cell in row.printed if not _NAME.fullmatch(cell.text.strip())]
        labelled = [(column, meaning) for column, meaning in found if meaning]
        if labelled:
            self._columns = _last(labelled) if len(labelled) == len(found) else []
            self._width = len(row.cells)
        order = [meaning for _, meaning in labelled]
        return (
            "long_goals" in order and "goals" in order and "goals" not in order[order.index("long_goals") :]
        )

    def place(self, row: PrintedRow, cells: Sequence[Printed]) -> list[tuple[str, Printed]]:
        """Each text with the section of the label above it; nothing where lost cells leave that open."""
        if len(row.cells) == self._width:
            return [
                (
                    next(
                        (m for column, m in reversed(self._columns) if column <= cell.column),
                        self._columns[0][1],
                    ),
                    cell,
                )
                for cell in cells
                if not _NUMBER.fullmatch(cell.text.strip())
            ]
        if len(cells) == len(self._columns):
            return [(meaning, cell) for (_, meaning), cell in zip(self._columns, cells, strict=True)]
        return []


def _last(labelled: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The labels that texts stand under: without a heading before them; none when only one is left."""
    if len(labelled) > 2 or len({meaning for _, meaning in labelled}) == 1:
        labelled = labelled[1:]
    return labelled if len({meaning for _, meaning in labelled}) > 1 else []


def _goal(cell: Printed) -> str | None:
    found = labels().meaning(cell.text, "section")
    return found[1] if found and found[1] in GOALS else None
