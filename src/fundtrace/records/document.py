"""One source document, as read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fundtrace.records.citation import Citation
from fundtrace.records.organisation import Department
from fundtrace.records.project import DepartmentStatement, Project
from fundtrace.records.values import Money, Position, Record

Stage = Literal["draft", "budget", "adjusted", "final", "evaluation"]
Severity = Literal["error", "warning", "info"]


class Source(Record):
    """The file: its name (no folder), SHA-256 in hexadecimal, format, and number of pages where known."""

    file: str
    sha256: str
    format: str
    pages: int | None


class Message(Record):
    """A text in Chinese and English."""

    zh: str
    en: str


class Finding(Record):
    """Something that a reader of the document should know; it speaks of the printed text, never of conduct.

    `project` and `indicator` are 0-based numbers of what it is about, null when it is about the document.
    """

    code: str
    severity: Severity
    message: Message
    project: int | None = None
    indicator: int | None = None
    line: int
    position: Position | None = None


class GoalText(Record):
    """A part of the narrative: its section, its own heading, and its text."""

    section: Literal["总体绩效目标", "分项绩效目标", "工作保障措施"]
    heading: str | None
    text: str
    line: int


class BudgetTableRow(Record):
    """A row of a printed budget table. `side` is 收入 or 支出 in a two-sided table; `leaf` has no children."""

    side: Literal["收入", "支出"] | None
    code: str | None
    name: str
    level: Literal["合计", "类", "款", "项"] | None
    leaf: bool
    cells: dict[str, Money]
    line: int
    position: Position


class BudgetTable(Record):
    """部门预算公开表: one printed table, its heading, kind, columns and rows."""

    title: str
    kind: str
    columns: tuple[str, ...]
    rows: tuple[BudgetTableRow, ...]
    note: str | None
    line: int


class UnclaimedCell(Record):
    """A cell of a recognised table that no rule used or ignored: 1-based numbers."""

    table: int
    row: int
    cell: int
    line: int


class Coverage(Record):
    """Cells of the recognised tables that hold text: used, ignored by a named rule, or unclaimed."""

    cells: int
    used: int
    ignored: int
    unclaimed: tuple[UnclaimedCell, ...]


class Document(Record):
    """All that one source document says: the object that `fundtrace inspect --json` prints."""

    source: Source
    title: str | None
    fiscal_year: int | None = Field(description="The budget's year, never a document number's.")
    stage: Stage
    unit_of_money: str | None = Field(
        description="The unit that the document's tables print; null if they differ."
    )
    department: Department | None
    projects: tuple[Project, ...]
    statements: tuple[DepartmentStatement, ...]
    budget_tables: tuple[BudgetTable, ...]
    goals: tuple[GoalText, ...]
    citations: tuple[Citation, ...] = Field(description="Citations of the narrative, outside every project.")
    coverage: Coverage
    findings: tuple[Finding, ...]
