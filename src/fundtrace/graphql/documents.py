"""Funding documents, the citations that name them, and pages of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

from fundtrace.graphql.enums import DocumentKind, Place, Role
from fundtrace.graphql.fields import integer, shown, text, texts
from fundtrace.graphql.identity import name_of
from fundtrace.graphql.money import DecimalText, exact
from fundtrace.graphql.nodes import Node, linked, members
from fundtrace.graphql.organisations import Agency, Region
from fundtrace.graphql.paging import DEFAULT_FIRST, After, First, Page, PageInfo, page
from fundtrace.graphql.promises import Indicator
from fundtrace.graphql.session import Entity, Listed, Pair, Session, as_member
from fundtrace.graphql.totals import FundedBudget, ProjectFilter, aggregate
from fundtrace.graphql.wording import said, told

if TYPE_CHECKING:
    from fundtrace.graphql.projects import CitingProjectConnection

_CitingProjects: TypeAlias = Annotated[
    "CitingProjectConnection", strawberry.lazy("fundtrace.graphql.projects")
]
RoleArgument: TypeAlias = Annotated[
    Role | None,
    strawberry.argument(
        description=said(
            "只要最强作用为此的项目或文件；不给则不限。",
            "Those whose strongest role is this one; all roles when it is not given.",
        )
    ),
]
FilterArgument: TypeAlias = Annotated[
    ProjectFilter | None,
    strawberry.argument(description=said("只要符合的项目。", "Only projects that match.")),
]


@strawberry.type(description=told("FundingDocument"))
class FundingDocument(Node):
    """A policy or funding document."""

    number: str | None = text("number")
    titles: list[str] = texts("title")
    written_forms: list[str] = texts("writtenForm")
    issuer_code: str | None = text("issuerCode")
    year: int | None = integer("year")
    serial: str | None = text("serial")
    field: str | None = text("field")
    printed_issuers: list[str] = texts("printedIssuer")

    @shown(
        description=said(
            "用作名称的标题；没有见到标题时为 null。",
            "The title that the label uses; null where none was seen.",
        )
    )
    def title(self) -> str | None:
        """The title of the label, else the first one."""
        label = self.entity.label("zh")
        titles = self.entity.texts("title")
        return next((title for title in titles if title in label), titles[0] if titles else None)

    @shown(description=told("documentKind"))
    def kind(self) -> DocumentKind | None:
        """Its kind."""
        return self.entity.concept("documentKind", "document", DocumentKind)

    @shown(description=told("leadAgency"))
    async def lead_agency(self) -> Agency | None:
        """The agency decoded from its code."""
        return await linked(self.entity, "leadAgency", Agency)

    @shown(description=told("scope"))
    async def scope(self) -> Region | None:
        """The region it belongs to, where many use its number."""
        return await linked(self.entity, "scope", Region)

    @shown(
        description=said(
            "引用该文件的项目，每个项目一条，按其最强的作用；边上是各次引用。按编号排列。",
            "The projects that cite it, each once, in its strongest role; the edges carry the citations. In the order of keys.",
        )
    )
    def cited_by(
        self,
        role: RoleArgument = None,
        filter: FilterArgument = None,  # noqa: A002 - the name that GraphQL clients see
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> _CitingProjects:
        """The projects that cite it."""
        # The two types name each other.
        from fundtrace.graphql.projects import CitingProjectConnection

        return CitingProjectConnection(
            session=self.entity.session,
            document=self.entity.iri,
            role=role,
            condition=filter,
            first=first,
            after=after,
        )

    @shown(
        description=said(
            "由该文件下达资金的不重复项目的预算数合计（不是文件下达金额），即 citedBy(role: FUNDS) 的合计。",
            "The budget of the distinct projects funded under it, which is not what it allots: the total of citedBy(role: FUNDS).",
        )
    )
    async def funded_budget(
        self,
        filter: FilterArgument = None,  # noqa: A002 - the name that GraphQL clients see
    ) -> FundedBudget:
        """The money under it."""
        session = self.entity.session
        groups = await session.document_totals.load(self.entity.iri)
        total = aggregate(session, groups, filter, Role.FUNDS)
        return FundedBudget(totals=total, projects=total.count, shared=total.shared)


@strawberry.type(description=told("Citation"))
class Citation(Node):
    """A reference to a document."""

    ordinal: int | None = integer("ordinal")
    reason: str | None = text("reason")
    printed: str | None = text("printed")
    article: str | None = text("article")
    line: int | None = integer("line")

    @shown(description=told("place"))
    def place(self) -> Place | None:
        """Where it stands."""
        return self.entity.concept("place", "place", Place)

    @shown(description=told("role"))
    def role(self) -> Role | None:
        """The role of this reference."""
        return self.entity.concept("role", "role", Role)

    @shown(description=told("statedAmount"))
    def stated_amount(self) -> DecimalText | None:
        """The amount that the same passage hands down."""
        return exact(self.entity.text("statedAmount"))

    @shown(description=told("citedDocument"))
    async def document(self) -> FundingDocument | None:
        """The document."""
        return await linked(self.entity, "citedDocument", FundingDocument)

    @shown(description=told("citingIndicator"))
    async def indicator(self) -> Indicator | None:
        """The indicator whose basis it is."""
        return await linked(self.entity, "citingIndicator", Indicator)


async def citations_between(project: Entity, document: str) -> list[Citation]:
    """The references of a project to a document, in order."""
    return [
        citation
        for citation in await members(project, "citation", Citation)
        if citation.entity.text("citedDocument") == document
    ]


@strawberry.type(description=said("列表中的一份文件。", "A document in a list."))
class FundingDocumentEdge:
    """A document of a page."""

    cursor: str = strawberry.field(description=said("游标。", "The cursor."))
    node: FundingDocument = strawberry.field(description=told("FundingDocument"))


@strawberry.type(description=said("分页的文件。", "A page of documents."))
class FundingDocumentConnection:
    """A page of documents."""

    session: strawberry.Private[Session]
    page: strawberry.Private[Page[Listed]]
    count: strawberry.Private[int]

    @shown(description=said("本页各条。", "The edges of this page."))
    async def edges(self) -> list[FundingDocumentEdge]:
        """The edges."""
        found = await self.session.entities.load_many([row.iri for row in self.page.rows])
        return [
            FundingDocumentEdge(cursor=cursor, node=FundingDocument(entity=entity))
            for cursor, entity in zip(self.page.cursors, found, strict=True)
            if entity is not None
        ]

    @shown(description=said("本页的位置。", "Where this page lies."))
    def page_info(self) -> PageInfo:
        """Where the page lies."""
        return self.page.info

    @shown(description=said("总数。", "How many there are."))
    def total_count(self) -> int:
        """How many there are."""
        return self.count


@strawberry.type(
    description=said(
        "项目引用的一份文件，附其最强的作用和各次引用。",
        "A document that a project cites, with its strongest role and the citations.",
    )
)
class CitedDocumentEdge:
    """A document that a project cites."""

    project: strawberry.Private[Entity]

    cursor: str = strawberry.field(description=said("游标。", "The cursor."))
    role: Role | None = strawberry.field(description=said("最强的作用。", "The strongest role."))
    node: FundingDocument = strawberry.field(description=told("FundingDocument"))

    @shown(description=told("citation"))
    async def citations(self) -> list[Citation]:
        """The references."""
        return await citations_between(self.project, self.node.entity.iri)


@strawberry.type(
    description=said(
        "项目引用的文件，分页，不重复。", "A page of the documents that a project cites, each once."
    )
)
class CitedDocumentConnection:
    """A page of cited documents."""

    project: strawberry.Private[Entity]
    role: strawberry.Private[Role | None]
    first: strawberry.Private[int]
    after: strawberry.Private[str | None]

    @shown(description=said("本页各条。", "The edges of this page."))
    async def edges(self) -> list[CitedDocumentEdge]:
        """The edges."""
        shown = await self._page()
        session = self.project.session
        found = await session.entities.load_many([pair.document for pair in shown.rows])
        return [
            CitedDocumentEdge(
                project=self.project,
                cursor=cursor,
                role=as_member(pair.role, "role", Role, session.graph.base),
                node=FundingDocument(entity=entity),
            )
            for cursor, pair, entity in zip(shown.cursors, shown.rows, found, strict=True)
            if entity is not None
        ]

    @shown(description=said("本页的位置。", "Where this page lies."))
    async def page_info(self) -> PageInfo:
        """Where the page lies."""
        return (await self._page()).info

    @shown(description=said("总数。", "How many there are."))
    async def total_count(self) -> int:
        """How many there are."""
        return len(await self._pairs())

    async def _page(self) -> Page[Pair]:
        base = self.project.session.graph.base
        return page(await self._pairs(), lambda pair: name_of(pair.document, base), self.first, self.after)

    async def _pairs(self) -> list[Pair]:
        session = self.project.session
        return [
            pair
            for pair in await session.cited.load(self.project.iri)
            if self.role is None or as_member(pair.role, "role", Role, session.graph.base) is self.role
        ]
