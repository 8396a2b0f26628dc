"""What a document says: frozen pydantic models, in the published shape of `fundtrace inspect --json`."""

from fundtrace.records.citation import Citation, CitationRole, Place
from fundtrace.records.document import (
    BudgetTable,
    BudgetTableRow,
    Coverage,
    Document,
    Finding,
    GoalText,
    Message,
    Source,
    UnclaimedCell,
)
from fundtrace.records.organisation import Department, Region, Unit
from fundtrace.records.project import (
    Basis,
    Budget,
    DepartmentStatement,
    Indicator,
    Project,
    Schedule,
    SchedulePoint,
    StatementBudget,
    Target,
)
from fundtrace.records.values import Money, Position, Record, SourceRow

__all__ = [
    "Basis",
    "Budget",
    "BudgetTable",
    "BudgetTableRow",
    "Citation",
    "CitationRole",
    "Coverage",
    "Department",
    "DepartmentStatement",
    "Document",
    "Finding",
    "GoalText",
    "Indicator",
    "Message",
    "Money",
    "Place",
    "Position",
    "Project",
    "Record",
    "Region",
    "Schedule",
    "SchedulePoint",
    "Source",
    "SourceRow",
    "StatementBudget",
    "Target",
    "UnclaimedCell",
    "Unit",
]
