"""Projects and whole-unit statements: money, plan, goals and promised indicators."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fundtrace.records.citation import Citation
from fundtrace.records.organisation import Unit
from fundtrace.records.values import DecimalText, Money, Position, Record, SourceRow

TargetKind = Literal[
    "numeric",
    "approximate",
    "text_with_number",
    "compound",
    "date",
    "comparator_text",
    "unit_only",
    "malformed",
    "text",
    "empty",
]
BasisCategory = Literal[
    "document",
    "work_plan",
    "historical",
    "budget",
    "standard",
    "contract",
    "survey",
    "statistics",
    "instruction",
    "meeting",
    "repeats_indicator",
    "placeholder",
    "other",
]


class Target(Record):
    """指标值: a comparator only where one is printed; value and unit as printed, kind by rule 10."""

    printed: str | None
    comparator: Literal[">=", "<=", ">", "<", "="] | None
    value: DecimalText | None
    unit: str | None
    kind: TargetKind


class Basis(Record):
    """指标值确定依据: the text, and what sort of ground it is."""

    printed: str
    category: BasisCategory


class Indicator(Record):
    """绩效指标: levels as printed (filled down over merged cells), name, description, target and basis."""

    level1: str | None
    level2: str | None
    name: str | None
    description: str | None
    target: Target
    basis: Basis | None
    line: int
    position: Position


class Budget(Record):
    """预算数 and its printed parts; null where the source prints no such part."""

    total: Money | None = None
    fiscal: Money | None = None
    carryover: Money | None = None
    other: Money | None = None


class SchedulePoint(Record):
    """One printed point of a plan: the month it is for (1-12), and the text of its cell."""

    month: int = Field(ge=1, le=12)
    printed: str


class Schedule(Record):
    """资金支出计划: the printed points and the kind they were taken for."""

    kind: Literal["percent_cumulative", "amount_cumulative", "amount_incremental"] | None
    inferred: bool
    points: tuple[SchedulePoint, ...]


class Project(Record):
    """项目: what one source says of one project."""

    code: str | None
    name: str
    unit: Unit | None
    implementing_unit: str | None
    budget: Budget
    purpose: str | None
    schedule: Schedule | None
    goals: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    citations: tuple[Citation, ...]
    fund_level: Literal["central", "provincial", "city", "county", "mixed"] | None = None
    direct_funds: bool | None = None
    without_number: Literal["no_column", "empty", "something_else"] | None = Field(
        default=None,
        description="Where the project cites no document number: its form has no column or label for a basis, prints "
        "none in it, or names something else there; null where a number is cited.",
    )
    rows: tuple[SourceRow, ...] = Field(default=(), description="The printed rows it was read from.")
    line: int
    position: Position


class StatementBudget(Record):
    """The figures of a whole-unit statement, by type of expenditure and by source of income."""

    basic_personnel: Money | None = None
    basic_public: Money | None = None
    basic_total: Money | None = None
    project: Money | None = None
    expenditure_total: Money | None = None
    fiscal: Money | None = None
    carryover: Money | None = None
    other: Money | None = None
    income_total: Money | None = None


class DepartmentStatement(Record):
    """整体支出绩效目标: a unit's own figures, goals and indicators."""

    unit: Unit
    budget: StatementBudget
    goals: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    rows: tuple[SourceRow, ...] = ()
    line: int
    position: Position
