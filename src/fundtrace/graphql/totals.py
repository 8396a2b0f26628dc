"""Totals of distinct projects: what a sum means is said where it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import strawberry

from fundtrace.graphql.enums import Role, Stage
from fundtrace.graphql.fields import shown
from fundtrace.graphql.money import DecimalText, exact
from fundtrace.graphql.session import Listed, Pair, Session, as_member, text, year
from fundtrace.graphql.wording import said
from fundtrace.query.results import Row

_MIXED = (
    "金额跨多个年度或阶段，不予合计；请用 filter 选定一个 fiscalYear 和一个 stage。",
    "The rows span several fiscal years or stages, so money is not summed; choose one fiscalYear and one stage with filter.",
)


@strawberry.input(description=said("对年份的要求。", "A condition on a year."))
class YearCondition:
    """A condition on a year."""

    eq: int = strawberry.field(description=said("等于。", "Equals."))


@strawberry.input(description=said("对阶段的要求。", "A condition on a stage."))
class StageCondition:
    """A condition on a stage."""

    eq: Stage = strawberry.field(description=said("等于。", "Equals."))


@strawberry.input(
    description=said("选取项目；几个条件都要满足。", "Chooses projects that meet all conditions.")
)
class ProjectFilter:
    """Chooses projects."""

    fiscal_year: YearCondition | None = strawberry.field(
        default=None, description=said("预算年度。", "The fiscal year.")
    )
    stage: StageCondition | None = strawberry.field(default=None, description=said("阶段。", "The stage."))


@strawberry.type(
    description=said(
        "以元计的合计。没有一个项目印出该项，或各行跨年度、阶段时为 null。",
        "Sums in yuan; null where no project prints such a part, or where the rows span fiscal years or stages.",
    )
)
class Sums:
    """Sums of the parts of budgets."""

    total: DecimalText | None = strawberry.field(description=said("预算数", "Total budgets"))
    fiscal: DecimalText | None = strawberry.field(description=said("财政资金", "Fiscal money"))
    carryover: DecimalText | None = strawberry.field(description=said("上年结转", "Money carried over"))
    other: DecimalText | None = strawberry.field(description=said("其他资金", "Other money"))


@strawberry.type(
    description=said(
        "对该连接中不重复的项目计算：每个项目只计一次，按其在文件下最强的作用，不按引用次数。"
        "文件下的金额是引用项目的预算数合计（不是文件下达金额）。只含本版收录的来源。",
        "Computed over the distinct projects of the connection: a project counts once, in its strongest role under the "
        "document, never once per citation. Money under a document is the budget of the projects funded under it, not what "
        "the document allots. It covers the sources of this release alone.",
    )
)
class Aggregate:
    """Totals over distinct projects. `unsummed` is the session to tell when the rows cannot be summed."""

    sums: strawberry.Private[Sums]
    unsummed: strawberry.Private[Session | None]

    count: int = strawberry.field(description=said("项目数。", "How many projects."))
    shared: int = strawberry.field(
        description=said(
            "其中由多份文件下达资金的项目数。", "How many of them are funded under several documents."
        )
    )

    @shown(description=said("合计。", "Sums."))
    def sum(self) -> Sums:
        """Sums."""
        if self.unsummed:
            self.unsummed.note("\n".join(_MIXED))
        return self.sums


@strawberry.type(
    description=said(
        "引用项目的预算数合计（不是文件下达金额）：由该文件下达资金的不重复项目的预算数之和。",
        "The budget of the distinct projects that are funded under the document, which is not what the document allots.",
    )
)
class FundedBudget:
    """Money under a document."""

    totals: strawberry.Private[Aggregate]

    projects: int = strawberry.field(description=said("项目数。", "How many projects."))
    shared: int = strawberry.field(
        description=said(
            "其中由多份文件下达资金的项目数。", "How many of them are funded under several documents."
        )
    )

    @shown(
        description=said(
            "以元计；跨年度或阶段时为 null。", "In yuan; null where the projects span fiscal years or stages."
        )
    )
    def yuan(self) -> DecimalText | None:
        """The money."""
        return self.totals.sum().total


def chosen(row: Listed | Pair, condition: ProjectFilter | None, base: str) -> bool:
    """Whether a filter lets a project pass."""
    return _passes(row.fiscal_year, row.stage, condition, base)


def aggregate(
    session: Session, groups: Sequence[Row], condition: ProjectFilter | None, role: Role | None = None
) -> Aggregate:
    """Totals of the groups (of role, fiscal year and stage) that a filter and a role let pass."""
    base = session.graph.base
    passing = [
        group
        for group in groups
        if (role is None or as_member(text(group, "role"), "role", Role, base) is role)
        and _passes(year(group), text(group, "stage"), condition, base)
    ]
    mixed = len({(year(group), text(group, "stage")) for group in passing}) > 1
    sums = Sums(
        **{part: None if mixed else _sum(passing, part) for part in ("total", "fiscal", "carryover", "other")}
    )
    return Aggregate(
        count=sum(int(text(group, "projects")) for group in passing),
        shared=sum(int(text(group, "shared") or 0) for group in passing),
        sums=sums,
        unsummed=session if mixed else None,
    )


def _passes(fiscal_year: int | None, stage: str | None, condition: ProjectFilter | None, base: str) -> bool:
    if condition is None:
        return True
    if condition.fiscal_year and condition.fiscal_year.eq != fiscal_year:
        return False
    return not condition.stage or condition.stage.eq is as_member(stage, "stage", Stage, base)


def _sum(groups: Sequence[Row], part: str) -> DecimalText | None:
    if not any(int(text(group, f"{part}s")) for group in groups):
        return None
    return exact(str(sum((Decimal(text(group, part)) for group in groups), Decimal(0))))
