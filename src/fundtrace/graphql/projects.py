"""Projects, and pages of them."""

from __future__ import annotations

import strawberry

from fundtrace.graphql.documents import (
    Citation,
    CitedDocumentConnection,
    RoleArgument,
    citations_between,
)
from fundtrace.graphql.enums import FundLevel, Role, Stage
from fundtrace.graphql.fields import boolean, integer, shown, text
from fundtrace.graphql.identity import name_of
from fundtrace.graphql.money import Budget, budget
from fundtrace.graphql.nodes import Node, linked, members
from fundtrace.graphql.organisations import BudgetUnit, Department, Region
from fundtrace.graphql.paging import DEFAULT_FIRST, After, First, Page, PageInfo, page
from fundtrace.graphql.promises import Goal, Indicator, SpendingSchedule
from fundtrace.graphql.session import Listed, Pair, Session, as_member
from fundtrace.graphql.totals import Aggregate, ProjectFilter, aggregate, chosen
from fundtrace.graphql.wording import said, told

_EDGES = said("本页各条。", "The edges of this page.")
_INFO = said("本页的位置。", "Where this page lies.")
_COUNT = said("总数。", "How many there are.")
_AGGREGATE = said(
    "对全部符合的项目（不限本页）的合计。", "Totals over all projects that match, not this page alone."
)
_CURSOR = said("游标。", "The cursor.")


@strawberry.type(description=told("Project"))
class Project(Node):
    """What a fiscal year and stage says of a project."""

    code: str | None = text("code")
    name: str | None = text("name")
    fiscal_year: int | None = integer("fiscalYear")
    implementing_unit: str | None = text("implementingUnit")
    purpose: str | None = text("purpose")
    direct_funds: bool | None = boolean("directFunds")
    line: int | None = integer("line")

    @shown(description=told("stage"))
    def stage(self) -> Stage | None:
        """Its stage."""
        return self.entity.concept("stage", "stage", Stage)

    @shown(description=told("fundLevel"))
    def fund_level(self) -> FundLevel | None:
        """Whose money it is, where that is printed."""
        return self.entity.concept("fundLevel", "fund-level", FundLevel)

    @shown(description=told("unit"))
    async def unit(self) -> BudgetUnit | None:
        """Its unit."""
        return await linked(self.entity, "unit", BudgetUnit)

    @shown(description=told("department"))
    async def department(self) -> Department | None:
        """Its department."""
        return await linked(self.entity, "department", Department)

    @shown(description=told("region"))
    async def region(self) -> Region | None:
        """Its region."""
        return await linked(self.entity, "region", Region)

    @shown(description=told("budgetLine"))
    async def budget(self) -> Budget:
        """Its budget."""
        return budget(await self.entity.members("budgetLine"))

    @shown(description=told("schedule"))
    async def schedule(self) -> SpendingSchedule | None:
        """Its spending schedule."""
        found = await self.entity.linked("schedule")
        return None if found is None else SpendingSchedule(entity=found)

    @shown(description=told("goal"))
    async def goals(self) -> list[Goal]:
        """Its goals, in order."""
        return await members(self.entity, "goal", Goal)

    @shown(description=told("indicator"))
    async def indicators(self) -> list[Indicator]:
        """Its indicators, in order."""
        return await members(self.entity, "indicator", Indicator)

    @shown(description=told("citation"))
    async def citations(self) -> list[Citation]:
        """Its references to documents, in order."""
        return await members(self.entity, "citation", Citation)

    @shown(
        description=said(
            "项目引用的文件，每份一条，按其最强的作用。",
            "The documents it cites, each once, in its strongest role.",
        )
    )
    def cites(
        self, role: RoleArgument = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> CitedDocumentConnection:
        """The documents it cites."""
        return CitedDocumentConnection(project=self.entity, role=role, first=first, after=after)


@strawberry.type(description=said("列表中的一个项目。", "A project in a list."))
class ProjectEdge:
    """A project of a page."""

    cursor: str = strawberry.field(description=_CURSOR)
    node: Project = strawberry.field(description=told("Project"))


@strawberry.type(description=said("分页的项目。", "A page of projects."))
class ProjectConnection:
    """A page of projects."""

    session: strawberry.Private[Session]
    condition: strawberry.Private[ProjectFilter | None]
    first: strawberry.Private[int]
    after: strawberry.Private[str | None]

    @shown(description=_EDGES)
    async def edges(self) -> list[ProjectEdge]:
        """The edges."""
        shown = self._page()
        found = await self.session.entities.load_many([row.iri for row in shown.rows])
        return [
            ProjectEdge(cursor=cursor, node=Project(entity=entity))
            for cursor, entity in zip(shown.cursors, found, strict=True)
            if entity is not None
        ]

    @shown(description=_INFO)
    def page_info(self) -> PageInfo:
        """Where the page lies."""
        return self._page().info

    @shown(description=_COUNT)
    def total_count(self) -> int:
        """How many there are."""
        return len(self._rows())

    @shown(description=_AGGREGATE)
    def aggregate(self) -> Aggregate:
        """Totals."""
        return aggregate(self.session, self.session.project_totals(), self.condition)

    def _page(self) -> Page[Listed]:
        base = self.session.graph.base
        return page(self._rows(), lambda row: name_of(row.iri, base), self.first, self.after)

    def _rows(self) -> list[Listed]:
        base = self.session.graph.base
        return [row for row in self.session.listed("Project") if chosen(row, self.condition, base)]


@strawberry.type(
    description=said(
        "引用文件的一个项目，附其最强的作用和各次引用。",
        "A project that cites the document, with its strongest role and the citations.",
    )
)
class CitingProjectEdge:
    """A project that cites a document."""

    document: strawberry.Private[str]

    cursor: str = strawberry.field(description=_CURSOR)
    role: Role | None = strawberry.field(description=said("最强的作用。", "The strongest role."))
    node: Project = strawberry.field(description=told("Project"))

    @shown(description=told("citation"))
    async def citations(self) -> list[Citation]:
        """The references."""
        return await citations_between(self.node.entity, self.document)


@strawberry.type(
    description=said(
        "引用文件的项目，分页，不重复。", "A page of the projects that cite a document, each once."
    )
)
class CitingProjectConnection:
    """A page of citing projects."""

    session: strawberry.Private[Session]
    document: strawberry.Private[str]
    role: strawberry.Private[Role | None]
    condition: strawberry.Private[ProjectFilter | None]
    first: strawberry.Private[int]
    after: strawberry.Private[str | None]

    @shown(description=_EDGES)
    async def edges(self) -> list[CitingProjectEdge]:
        """The edges."""
        shown = await self._page()
        found = await self.session.entities.load_many([pair.project for pair in shown.rows])
        return [
            CitingProjectEdge(
                document=self.document,
                cursor=cursor,
                role=as_member(pair.role, "role", Role, self.session.graph.base),
                node=Project(entity=entity),
            )
            for cursor, pair, entity in zip(shown.cursors, shown.rows, found, strict=True)
            if entity is not None
        ]

    @shown(description=_INFO)
    async def page_info(self) -> PageInfo:
        """Where the page lies."""
        return (await self._page()).info

    @shown(description=_COUNT)
    async def total_count(self) -> int:
        """How many there are."""
        return len(await self._pairs())

    @shown(description=_AGGREGATE)
    async def aggregate(self) -> Aggregate:
        """Totals."""
        groups = await self.session.document_totals.load(self.document)
        return aggregate(self.session, groups, self.condition, self.role)

    async def _page(self) -> Page[Pair]:
        base = self.session.graph.base
        return page(await self._pairs(), lambda pair: name_of(pair.project, base), self.first, self.after)

    async def _pairs(self) -> list[Pair]:
        base = self.session.graph.base
        return [
            pair
            for pair in await self.session.citing.load(self.document)
            if (self.role is None or as_member(pair.role, "role", Role, base) is self.role)
            and chosen(pair, self.condition, base)
        ]
