"""The types of totals: aggregates, groups, money under a document, and the tree below it."""

from __future__ import annotations

from fundtrace.graphql import enums
from fundtrace.graphql.bindings import MEASURES
from fundtrace.graphql.dimensions import dimension_enum
from fundtrace.graphql.inputs import DecimalText
from fundtrace.graphql.kinds import Kinds, citing_arguments, group_arguments
from fundtrace.graphql.making import Argument, Made, finish, many
from fundtrace.graphql.wording import said, told

_MONEY = said(
    "以元计。没有一个项目印出该项，或各行跨年度、阶段时为 null。",
    "In yuan; null where no project prints such a part, or where the rows span fiscal years or stages.",
)
AGGREGATE = said(
    "对该连接中不重复的项目（不限本页）计算：每个项目只计一次，按其在文件下最强的作用，不按引用次数。"
    "文件下的金额是引用项目的预算数合计（不是文件下达金额）。只含本版收录的来源。",
    "Computed over the distinct projects of the connection, not this page alone: a project counts once, in its strongest "
    "role under the document, never once per citation. Money under a document is the budget of the projects funded under "
    "it, not what the document allots. It covers the sources of this release alone.",
)
COUNT = said(
    "对该连接中不重复的各项（不限本页）计算。",
    "Computed over all that the connection holds, not this page alone.",
)
_GROUPS = said(
    "分组合计，默认按项数由多到少。", "Totals by group, the largest count first if nothing else is asked."
)
_PROJECTS = Made(int, said("不重复的项目数。", "How many distinct projects."))
_SHARED = Made(
    int, said("其中由多份文件下达资金的项目数。", "How many of them are funded under several documents.")
)
_DEPARTMENTS = Made(int, said("涉及的部门数。", "How many departments they are of."))
_SOURCES = Made(int, said("涉及的来源文件数。", "How many source documents they were read from."))
_KEYS = said("各值，与 by 同序。", "Its values, in the order of by.")
_YEAR = Made(int | None, told("fiscalYear"))
_STAGE = Made(enums.Stage, told("stage"))


def finish_figures(kinds: Kinds) -> None:
    """The types of totals."""
    sums = {name: Made(DecimalText | None, told(column)) for name, column in MEASURES.items()}
    key = {
        "iri": Made(str | None, said("所指实体的 IRI。", "The IRI of what it names.")),
        "label": Made(str | None, said("给人看的名称。", "The name for people.")),
        "value": Made(
            str | None, said("代码或年份；没有时为 null。", "The code or year; null where there is none.")
        ),
    }
    finish(kinds.extra["Sums"], _MONEY, sums, "type")
    finish(kinds.extra["GroupKey"], said("一组的一个值。", "One value of a group."), key, "type")
    _finish_projects(kinds)
    for name, aggregate in kinds.aggregates.items():
        fields = {
            "count": Made(int, said("项数。", "How many there are.")),
            "groupBy": Made(many(kinds.groups[name]), _GROUPS, group_arguments(dimension_enum(name))),
        }
        finish(aggregate, COUNT, fields, "type")
        group = {"keys": Made(many(kinds.extra["GroupKey"]), _KEYS), "aggregate": Made(aggregate, COUNT)}
        finish(kinds.groups[name], said("一组的合计。", "Totals of a group."), group, "type")
    _finish_tree(kinds)


def _finish_projects(kinds: Kinds) -> None:
    of = kinds.extra
    texts = {
        "sum": said("合计。", "Sums."),
        "avg": said("平均，四舍六入五成双到分。", "Means, rounded half-even to 0.01 yuan."),
        "min": said("最小。", "The smallest."),
        "max": said("最大。", "The largest."),
    }
    aggregate = {
        "count": _PROJECTS,
        "shared": _SHARED,
        "departments": _DEPARTMENTS,
        "sources": _SOURCES,
        "fiscalYears": Made(list[int], said("涉及的预算年度。", "The fiscal years that they are of.")),
        "stages": Made(many(enums.Stage), said("涉及的阶段。", "The stages that they are of.")),
        **{name: Made(of["Sums"], f"{text}\n{_MONEY}") for name, text in texts.items()},
        "groupBy": Made(many(of["Group"]), _GROUPS, group_arguments(dimension_enum("Project"))),
    }
    finish(of["Aggregate"], AGGREGATE, aggregate, "type")
    group = {"keys": Made(many(of["GroupKey"]), _KEYS), "aggregate": Made(of["Aggregate"], AGGREGATE)}
    finish(of["Group"], said("一组项目的合计。", "Totals of a group of projects."), group, "type")
    funded = {"yuan": Made(DecimalText | None, _MONEY), "projects": _PROJECTS, "shared": _SHARED}
    finish(
        of["FundedBudget"],
        said(
            "引用项目的预算数合计（不是文件下达金额）：由该文件下达资金的不重复项目的预算数之和。",
            "The budget of the distinct projects that are funded under the document, which is not what the document allots.",
        ),
        funded,
        "type",
    )


def _finish_tree(kinds: Kinds) -> None:
    of = kinds.extra
    branches = {
        "role": Argument(
            enums.Role,
            said("只要最强作用为此的项目。", "Projects whose strongest role is this one."),
            enums.Role["FUNDS"],
        ),
        "first": Argument(int, said("至多几支，金额大的在前。", "How many at most, the largest first."), 100),
        "offset": Argument(int | None, said("先跳过若干支。", "Skip so many.")),
    }
    tree = {
        "document": Made(kinds.of["FundingDocument"], told("FundingDocument")),
        "totals": Made(
            many(of["FundingTotal"]),
            said(
                "由它下达资金的项目的预算数合计，各年度、阶段分列，不相加。",
                "The budget of the projects funded under it by fiscal year and stage, which are never added up.",
            ),
        ),
        "branches": Made(
            many(of["FundingBranch"]),
            said("各部门在各年度、阶段的项目。", "Projects by department, fiscal year and stage."),
            branches,
        ),
    }
    finish(
        of["FundingTree"],
        said(
            "资金流向。金额是项目的预算数合计，不是文件下达金额。",
            "Where the money goes. Amounts are budgets of projects, not what the document allots.",
        ),
        tree,
        "type",
    )
    total = {
        "fiscalYear": _YEAR,
        "stage": _STAGE,
        "projects": _PROJECTS,
        "shared": _SHARED,
        "departments": _DEPARTMENTS,
        "sources": _SOURCES,
        "yuan": Made(DecimalText | None, told("totalBudget")),
    }
    finish(
        of["FundingTotal"],
        said("一个年度、一个阶段的合计。", "The total of one year and stage."),
        total,
        "type",
    )
    branch = {
        "department": Made(kinds.of["Department"] | None, told("Department")),
        "fiscalYear": _YEAR,
        "stage": _STAGE,
        "projects": _PROJECTS,
        "yuan": Made(DecimalText | None, told("totalBudget")),
        "citedBy": Made(
            kinds.citing["Project"],
            said("其中的项目，分页。", "Its projects in pages."),
            {name: one for name, one in citing_arguments("Project").items() if name != "role"},
        ),
    }
    finish(
        of["FundingBranch"],
        said("一个部门在一个年度、一个阶段的项目。", "Projects of one department, year and stage."),
        branch,
        "type",
    )
