"""What the rows of each connection can be grouped by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Final

import strawberry

from fundtrace.graphql.bindings import PAGED
from fundtrace.graphql.wording import said


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing to group by: the way to its value, in columns and links from the rows on, and what it is called.

    `level` takes a region up to the region of that level which it lies in.
    """

    path: tuple[str, ...]
    zh: str
    en: str
    level: str = ""


def _of(path: str, zh: str, en: str, level: str = "") -> Dimension:
    return Dimension(tuple(path.split()), zh, en, level)


_YEAR: Final = _of("fiscalYear", "预算年度", "Fiscal year")
_STAGE: Final = _of("stage", "阶段", "Stage")
_REGION: Final = _of("region", "区划", "Region")
_DEPARTMENT: Final = _of("department", "部门", "Department")
_LEVELS: Final = {
    "PROVINCE": _of("region", "区划所在的省级", "The province that the region lies in", "province"),
    "CITY": _of(
        "region",
        "区划所在的市级；省级的没有",
        "The city that the region lies in; none for a province",
        "city",
    ),
    "COUNTY": _of("region", "县级区划；市级以上的没有", "The county; none for a city or province", "county"),
}
_WHERE: Final = {"REGION": _REGION, **_LEVELS, "DEPARTMENT": _DEPARTMENT}
_WHEN: Final = {"FISCAL_YEAR": _YEAR, "STAGE": _STAGE}

DIMENSIONS: Final[Mapping[str, Mapping[str, Dimension]]] = MappingProxyType(
    {
        "Project": {
            **_WHERE,
            "UNIT": _of("unit", "预算单位", "Budget unit"),
            **_WHEN,
            "FUND_LEVEL": _of("fundLevel", "资金级次", "Level of the money"),
            "FUNDING_SOURCE": _of("fundingSource", "资金性质", "Funding source"),
            "DOCUMENT": _of("fundedUnder", "下达资金的文件", "The documents that fund them"),
            "ISSUER": _of(
                "fundedUnder issuerCode",
                "下达资金的文件的机关代字",
                "The issuer code of the documents that fund them",
            ),
            "CATEGORY": _of("indicator category", "其绩效指标的类别", "The categories of their indicators"),
            "THEME": _of(
                "indicator category theme",
                "其绩效指标跨版本的主题",
                "The themes of their indicators across editions",
            ),
            "WITHOUT_NUMBER": _of("withoutNumber", "未印文件字号的情形", "Why there is no number"),
            "SOURCE": _of("source", "来源文件", "Source document"),
        },
        "Indicator": {
            "CATEGORY": _of("category", "类别", "Category"),
            "THEME": _of("category theme", "跨版本的主题", "The theme across editions"),
            "LEVEL1": _of("level1", "印出的一级指标", "The first level as printed"),
            "LEVEL2": _of("level2", "印出的二级指标", "The second level as printed"),
            "TARGET_KIND": _of("target targetKind", "指标值种类", "Kind of target"),
            "UNIT": _of("target normalisedUnit", "归一单位", "Normalised unit"),
            "BASIS_CATEGORY": _of("basisCategory", "依据类别", "Kind of basis"),
            "SOURCE": _of("source", "来源文件", "Source document"),
        },
        "FundingDocument": {
            "KIND": _of("documentKind", "文件种类", "Kind of document"),
            "ISSUER": _of("issuerCode", "机关代字", "Issuer code"),
            "YEAR": _of("year", "文号年份", "Year of the number"),
            "AGENCY": _of("leadAgency", "发文机关", "Lead agency"),
            "AGENCY_LEVEL": _of("leadAgency agencyLevel", "发文机关级别", "Level of the lead agency"),
            "FIELD": _of("field", "业务领域", "Field"),
        },
        "Citation": {
            "ROLE": _of("role", "作用", "Role"),
            "PLACE": _of("place", "位置", "Place"),
            "REASON": _of("reason", "理由", "Reason"),
            "DOCUMENT": _of("citedDocument", "所引文件", "The cited document"),
            "ISSUER": _of(
                "citedDocument issuerCode", "所引文件的机关代字", "Issuer code of the cited document"
            ),
            "SOURCE": _of("source", "来源文件", "Source document"),
        },
        "Finding": {
            "CODE": _of("code", "代码", "Code"),
            "SEVERITY": _of("severity", "严重程度", "Severity"),
            "SOURCE": _of("source", "来源文件", "Source document"),
        },
        "Department": {"REGION": _REGION, **_LEVELS},
        "BudgetUnit": {"REGION": _REGION, **_LEVELS, "DEPARTMENT": _DEPARTMENT},
        "Agency": {"LEVEL": _of("agencyLevel", "级别", "Level"), "REGION": _REGION, **_LEVELS},
        "Region": {"PARENT": _of("parentRegion", "上级区划", "Parent region")},
        "DepartmentStatement": {**_WHERE, **_WHEN},
        "SourceDocument": {**_WHERE, **_WHEN, "FORMAT": _of("format", "格式", "Format")},
        "BudgetTable": {**_WHERE, **_WHEN, "KIND": _of("tableKind", "种类", "Kind")},
        "BudgetObservation": {
            "COLUMN": _of("column", "列", "Column"),
            "CLASSIFICATION": _of("classification", "科目", "Classification"),
            "LEVEL": _of("rowLevel", "行的级次", "Level of the row"),
            "SIDE": _of("side", "收支", "Side"),
        },
        "Suggestion": {
            "KIND": _of("suggestionKind", "种类", "Kind"),
            "REASON": _of("reason", "理由", "Reason"),
            "DECISION": _of("decision", "审定结论", "Decision"),
        },
    }
)
"""The dimensions of each type that has some, by name."""

COUNTED: Final = frozenset(PAGED - {"Project"})
"""The types whose aggregates count and group, and sum nothing."""


@cache
def dimension_enum(name: str) -> type[Enum]:
    """The enum of a type's dimensions."""
    members = {
        member: strawberry.enum_value(member.lower(), description=said(one.zh, one.en))
        for member, one in DIMENSIONS[name].items()
    }
    enum = Enum(f"{name}Dimension", members)  # type: ignore[misc]  # members are read from the table
    made: type[Enum] = strawberry.enum(enum, description=said("按什么分组。", "What to group by."))
    return made
