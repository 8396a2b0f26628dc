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
