"""Enums of the schema: the code lists of the ontology, whose values are the codes of their concepts, and our own few."""

from __future__ import annotations

from enum import Enum

import strawberry

from fundtrace.graphql.wording import codes_of, said, told_concept


def coded(name: str, scheme: str) -> type[Enum]:
    """The enum of a code list, in its order."""
    members = {
        code.upper().replace("-", "_"): strawberry.enum_value(
            code, description=told_concept(f"{scheme}-{code}")
        )
        for code in codes_of(scheme)
    }
    enum = Enum(name, members)  # type: ignore[misc]  # members are read from the code list
    made: type[Enum] = strawberry.enum(enum, description=told_concept(scheme))
    CODES[made] = scheme
    return made


CODES: dict[type[Enum], str] = {}
"""The code list of each enum that is one."""

AgencyLevel = coded("AgencyLevel", "agency-level")
BasisCategory = coded("BasisCategory", "basis")
Decision = coded("Decision", "decision")
DocumentKind = coded("DocumentKind", "document")
DocumentStatus = coded("DocumentStatus", "status")
FundingSource = coded("FundingSource", "funding-source")
FundLevel = coded("FundLevel", "fund-level")
LineKind = coded("LineKind", "budget-line")
Place = coded("Place", "place")
Role = coded("Role", "role")
ScheduleKind = coded("ScheduleKind", "schedule")
Severity = coded("Severity", "severity")
Stage = coded("Stage", "stage")
SuggestionKind = coded("SuggestionKind", "suggestion")
TableKind = coded("TableKind", "table")
TargetKind = coded("TargetKind", "target")
WithoutNumber = coded("WithoutNumber", "without-number")


@strawberry.enum(description=said("文字的语言。", "The language of a text."))
class Lang(Enum):
    """Languages of labels."""

    ZH = strawberry.enum_value("zh", description=said("中文", "Chinese"))
    EN = strawberry.enum_value("en", description=said("英文", "English"))


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


@strawberry.enum(description=said("分组按什么排列。", "What groups are ordered by."))
class GroupOrderField(Enum):
    """Orders of groups."""

    KEY = strawberry.enum_value("key", description=said("分组的值", "The values of the group"))
    COUNT = strawberry.enum_value("count", description=said("项数", "How many there are"))
    TOTAL = strawberry.enum_value(
        "total",
        description=said(
            "预算数合计；不是项目时同 COUNT", "The sum of total budgets; as COUNT where they are no projects"
        ),
    )
