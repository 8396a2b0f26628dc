"""The code lists of the ontology as enums; a value is the code of its concept."""

from __future__ import annotations

from enum import Enum
from typing import Any

import strawberry

from fundtrace.graphql.wording import said, told_concept


def _value(scheme: str, code: str) -> Any:
    return strawberry.enum_value(code, description=told_concept(f"{scheme}-{code}"))


@strawberry.enum(description=said("文字的语言。", "The language of a text."))
class Lang(Enum):
    """Languages of labels."""

    ZH = strawberry.enum_value("zh", description=said("中文", "Chinese"))
    EN = strawberry.enum_value("en", description=said("英文", "English"))


@strawberry.enum(description=told_concept("stage"))
class Stage(Enum):
    """Stages of a budget."""

    DRAFT = _value("stage", "draft")
    BUDGET = _value("stage", "budget")
    ADJUSTED = _value("stage", "adjusted")
    FINAL = _value("stage", "final")
    EVALUATION = _value("stage", "evaluation")


@strawberry.enum(description=told_concept("role"))
class Role(Enum):
    """Roles of a citation, the strongest first."""

    FUNDS = _value("role", "funds")
    BASIS = _value("role", "basis")
    MENTION = _value("role", "mention")


@strawberry.enum(description=told_concept("place"))
class Place(Enum):
    """Places where a citation stands."""

    NAME = _value("place", "name")
    PURPOSE = _value("place", "purpose")
    GOAL = _value("place", "goal")
    BASIS = _value("place", "basis")
    NARRATIVE = _value("place", "narrative")


@strawberry.enum(description=told_concept("document"))
class DocumentKind(Enum):
    """Kinds of documents."""

    NUMBERED = _value("document", "numbered")
    DECREE = _value("document", "decree")
    ANNOUNCEMENT = _value("document", "announcement")
    LAW = _value("document", "law")
    MEASURE = _value("document", "measure")
    NOTICE = _value("document", "notice")
    TITLED = _value("document", "titled")


@strawberry.enum(description=told_concept("fund-level"))
class FundLevel(Enum):
    """Levels of government that money comes from."""

    CENTRAL = _value("fund-level", "central")
    PROVINCIAL = _value("fund-level", "provincial")
    CITY = _value("fund-level", "city")
    COUNTY = _value("fund-level", "county")
    MIXED = _value("fund-level", "mixed")


@strawberry.enum(description=told_concept("agency-level"))
class AgencyLevel(Enum):
    """Levels of agencies."""

    CENTRAL = _value("agency-level", "central")
    PROVINCIAL = _value("agency-level", "provincial")
    CITY = _value("agency-level", "city")
    COUNTY = _value("agency-level", "county")


@strawberry.enum(description=told_concept("schedule"))
class ScheduleKind(Enum):
    """Kinds of spending schedules."""

    PERCENT_CUMULATIVE = _value("schedule", "percent-cumulative")
    AMOUNT_CUMULATIVE = _value("schedule", "amount-cumulative")
    AMOUNT_INCREMENTAL = _value("schedule", "amount-incremental")


@strawberry.enum(description=told_concept("target"))
class TargetKind(Enum):
    """Kinds of targets."""

    NUMERIC = _value("target", "numeric")
    APPROXIMATE = _value("target", "approximate")
    TEXT_WITH_NUMBER = _value("target", "text-with-number")
    COMPOUND = _value("target", "compound")
    DATE = _value("target", "date")
    COMPARATOR_TEXT = _value("target", "comparator-text")
    UNIT_ONLY = _value("target", "unit-only")
    MALFORMED = _value("target", "malformed")
    TEXT = _value("target", "text")
    EMPTY = _value("target", "empty")


@strawberry.enum(description=told_concept("basis"))
class BasisCategory(Enum):
    """Kinds of grounds."""

    DOCUMENT = _value("basis", "document")
    WORK_PLAN = _value("basis", "work-plan")
    HISTORICAL = _value("basis", "historical")
    BUDGET = _value("basis", "budget")
    STANDARD = _value("basis", "standard")
    CONTRACT = _value("basis", "contract")
    SURVEY = _value("basis", "survey")
    STATISTICS = _value("basis", "statistics")
    INSTRUCTION = _value("basis", "instruction")
    MEETING = _value("basis", "meeting")
    REPEATS_INDICATOR = _value("basis", "repeats-indicator")
    PLACEHOLDER = _value("basis", "placeholder")
    OTHER = _value("basis", "other")


@strawberry.enum(description=told_concept("severity"))
class Severity(Enum):
    """Severities of findings."""

    ERROR = _value("severity", "error")
    WARNING = _value("severity", "warning")
    INFO = _value("severity", "info")


@strawberry.enum(description=told_concept("budget-line"))
class LineKind(Enum):
    """Kinds of budget lines."""

    TOTAL = _value("budget-line", "total")
    FISCAL = _value("budget-line", "fiscal")
    CARRYOVER = _value("budget-line", "carryover")
    OTHER = _value("budget-line", "other")
    BASIC_PERSONNEL = _value("budget-line", "basic-personnel")
    BASIC_PUBLIC = _value("budget-line", "basic-public")
    BASIC_TOTAL = _value("budget-line", "basic-total")
    PROJECT = _value("budget-line", "project")
    EXPENDITURE_TOTAL = _value("budget-line", "expenditure-total")
    INCOME_TOTAL = _value("budget-line", "income-total")


@strawberry.enum(description=said("排列的方向。", "The direction of an order."))
class Direction(Enum):
    """Directions."""

    ASC = strawberry.enum_value("asc", description=said("由小到大", "The smallest first"))
    DESC = strawberry.enum_value("desc", description=said("由大到小", "The largest first"))


@strawberry.enum(description=said("没有值的行排在哪里。", "Where rows without a value stand."))
class Nulls(Enum):
    """Places of nulls."""

    FIRST = strawberry.enum_value("first", description=said("排在最前", "Before all others"))
    LAST = strawberry.enum_value("last", description=said("排在最后", "Behind all others"))


@strawberry.enum(description=said("项目按什么分组。", "What projects are grouped by."))
class ProjectDimension(Enum):
    """Dimensions of groups."""

    REGION = strawberry.enum_value("region", description=said("区划", "Region"))
    DEPARTMENT = strawberry.enum_value("department", description=said("部门", "Department"))
    UNIT = strawberry.enum_value("unit", description=said("预算单位", "Budget unit"))
    FISCAL_YEAR = strawberry.enum_value("fiscalYear", description=said("预算年度", "Fiscal year"))
    STAGE = strawberry.enum_value("stage", description=said("阶段", "Stage"))
    FUND_LEVEL = strawberry.enum_value("fundLevel", description=said("资金级次", "Level of the money"))
    DOCUMENT = strawberry.enum_value(
        "document", description=said("下达资金的文件", "The documents that fund them")
    )
    ISSUER = strawberry.enum_value(
        "issuer",
        description=said("下达资金的文件的机关代字", "The issuer code of the documents that fund them"),
    )


@strawberry.enum(description=said("分组按什么排列。", "What groups are ordered by."))
class GroupOrderField(Enum):
    """Orders of groups."""

    KEY = strawberry.enum_value("key", description=said("分组的值", "The values of the group"))
    COUNT = strawberry.enum_value("count", description=said("项目数", "How many projects"))
    TOTAL = strawberry.enum_value("total", description=said("预算数合计", "The sum of total budgets"))


CODES: dict[type[Enum], str] = {
    AgencyLevel: "agency-level",
    BasisCategory: "basis",
    DocumentKind: "document",
    FundLevel: "fund-level",
    LineKind: "budget-line",
    Place: "place",
    Role: "role",
    ScheduleKind: "schedule",
    Severity: "severity",
    Stage: "stage",
    TargetKind: "target",
}
"""The code list of each enum that is one."""
