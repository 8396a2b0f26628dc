"""What the rules look at: the document, and what its layout said beside the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fundtrace.recognising.budget_tables import UnreadTable
from fundtrace.recognising.contacts import Withheld
from fundtrace.recognising.flat import FlatTable
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.project_table import ReadProject
from fundtrace.records import DepartmentStatement, Document, Indicator, Project


@dataclass(frozen=True, slots=True)
class Evidence:
    """The document before its findings; its forms; where contacts stood; the cells that nobody claimed.

    `others` are the header rows of indicators in tables that belong to no form; `flat` tables that are running text, `unnamed`
    where a project is told in sections of prose that print no name for it.
    """

    document: Document
    forms: tuple[ReadProject, ...]
    withheld: tuple[Withheld, ...]
    unclaimed: tuple[Printed, ...]
    others: tuple[PrintedRow, ...] = ()
    flat: tuple[FlatTable, ...] = ()
    unread: tuple[UnreadTable, ...] = ()
    unnamed: tuple[FlatTable, ...] = ()

    @property
    def indicators(self) -> Iterator[tuple[int | None, int, Indicator]]:
        """Each indicator with its 0-based number and that of its project; a statement's has no project."""
        for project_number, project in enumerate(self.document.projects):
            for number, indicator in enumerate(project.indicators):
                yield project_number, number, indicator
        for statement in self.document.statements:
            for number, indicator in enumerate(statement.indicators):
                yield None, number, indicator

    @property
    def owners(self) -> Iterator[tuple[int | None, Project | DepartmentStatement]]:
        """Each project with its 0-based number, then each statement."""
        yield from enumerate(self.document.projects)
        for statement in self.document.statements:
            yield None, statement
