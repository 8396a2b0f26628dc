"""How a finding is written: its code, its texts, and the printed row that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from fundtrace.recognising.grid import one_line
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.records import (
    Citation,
    DepartmentStatement,
    Finding,
    Indicator,
    Message,
    Position,
    Project,
    SourceRow,
)
from fundtrace.records.document import Severity

_SHOWN = 40
_TELLING = 4
"""A text of fewer letters may stand in many cells."""

Owner = Project | DepartmentStatement
Place = tuple[int, Position | None]


def shown(text: str | None) -> str:
    """A printed text as a message quotes it: on one line, and cut where it is long."""
    line = one_line(text or "")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def of_document(code: str, severity: Severity, zh: str, en: str, place: Place = (1, None)) -> Finding:
    """A finding about the whole document, at a place of it (line and position)."""
    line, position = place
    return Finding(code=code, severity=severity, message=Message(zh=zh, en=en), line=line, position=position)


def of_project(code: str, severity: Severity, zh: str, en: str, number: int | None, place: Place) -> Finding:
    """A finding about the project with this 0-based number (None for a statement), at a place of it."""
    found = of_document(code, severity, zh, en, place)
    return found.model_copy(update={"project": number})


def of_indicator(
    code: str, severity: Severity, zh: str, en: str, told: tuple[int | None, int, Indicator]
) -> Finding:
    """A finding about an indicator, given with the numbers of its project and its own as `Evidence` tells it."""
    project, number, indicator = told
    found = of_document(code, severity, zh, en, (indicator.line, indicator.position))
    return found.model_copy(update={"project": project, "indicator": number if project is not None else None})


def row_of(owner: Owner, *texts: str | None) -> Place:
    """The first row of a form that prints all of the texts in cells of their own; else where the form begins.

    A single longer text may also stand within a cell, as a goal behind its number does.
    """
    wanted = {text.strip() for text in texts if text}
    for row in owner.rows if wanted else ():
        if wanted.issubset(row.cells):
            return _place(row)
    longer = [text for text in wanted if len(text) >= _TELLING]
    for row in owner.rows if len(longer) == len(wanted) == 1 else ():
        if any(longer[0] in cell for cell in row.cells):
            return _place(row)
    return owner.line, owner.position


def row_of_goal(owner: Owner, goal: str) -> Place:
    """The row that prints a goal behind its number; where the purpose has the same words, not the purpose's row."""
    purpose = owner.purpose if isinstance(owner, Project) else None
    for row in owner.rows if len(goal) >= _TELLING else ():
        if any(goal in cell and cell.strip() != purpose for cell in row.cells):
            return _place(row)
    return row_of(owner, goal)


def _place(row: SourceRow) -> Place:
    return row.line, Position(page=row.page, table=row.table, row=row.row)


def citations(evidence: Evidence) -> Iterable[tuple[int | None, Citation]]:
    """Every citation of a document with the 0-based number of its project, in printed order of projects."""
    for number, project in enumerate(evidence.document.projects):
        for citation in project.citations:
            yield number, citation
    for citation in evidence.document.citations:
        yield None, citation
