"""What was read from a document that is not in any release, for its page: counts, the first of everything, and what was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

SHOWN: Final = 200
"""Projects, findings and rows with unclaimed cells that the page lists; the JSON has all."""


@dataclass(frozen=True, slots=True)
class UnclaimedRow:
    """A row of a table with cells that nothing was read from, counted as they are printed."""

    table: int
    row: int
    line: int
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InspectedView:
    """Everything on the page. `document` is the object that `fundtrace inspect --json` prints."""

    document: Mapping[str, Any]
    counts: tuple[tuple[str, int], ...]
    projects: tuple[Mapping[str, Any], ...]
    findings: tuple[Mapping[str, Any], ...]
    severities: tuple[tuple[str, int], ...]
    unclaimed: tuple[UnclaimedRow, ...]
    shown: int = SHOWN


def view_inspected(read: Mapping[str, Any]) -> InspectedView:
    """The view of what was read."""
    projects, findings = read["projects"], read["findings"]
    counted = (
        ("projects", len(projects)),
        ("indicators", sum(len(one["indicators"]) for one in (*projects, *read["statements"]))),
        ("citations", sum(len(one["citations"]) for one in projects) + len(read["citations"])),
        ("statements", len(read["statements"])),
        ("tables", len(read["budget_tables"])),
        ("findings", len(findings)),
    )
    severities = tuple(
        (severity, count)
        for severity in ("error", "warning", "info")
        if (count := sum(one["severity"] == severity for one in findings))
    )
    return InspectedView(
        document=read,
        counts=counted,
        projects=tuple(projects[:SHOWN]),
        findings=tuple(sorted(findings, key=lambda one: ("error", "warning", "info").index(one["severity"])))[
            :SHOWN
        ],
        severities=severities,
        unclaimed=_unclaimed(read["coverage"]["unclaimed"])[:SHOWN],
    )


def _unclaimed(cells: list[dict[str, int]]) -> tuple[UnclaimedRow, ...]:
    ordered = sorted(cells, key=lambda one: (one["table"], one["row"], one["cell"]))
    grouped = groupby(ordered, key=lambda one: (one["table"], one["row"]))
    rows = []
    for (table, row), members in grouped:
        found = list(members)
        rows.append(UnclaimedRow(table, row, found[0]["line"], tuple(one["cell"] for one in found)))
    return tuple(rows)
