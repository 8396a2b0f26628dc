"""The fields that every operation begins with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import strawberry
from pyoxigraph import Literal, NamedNode
from strawberry.types import Info

from fundtrace.citations import parse_number
from fundtrace.graphql.departments import DepartmentConnection
from fundtrace.graphql.documents import Citation, FilterArgument, FundingDocument, FundingDocumentConnection
from fundtrace.graphql.fields import shown
from fundtrace.graphql.identity import decode, name_of
from fundtrace.graphql.nodes import N, Node
from fundtrace.graphql.organisations import Agency, BudgetUnit, Department, Region
from fundtrace.graphql.paging import DEFAULT_FIRST, After, First, page
from fundtrace.graphql.projects import Project, ProjectConnection
from fundtrace.graphql.promises import Goal, Indicator
from fundtrace.graphql.release import ReleaseInfo
from fundtrace.graphql.session import Entity, Listed, Session, text, year
from fundtrace.graphql.wording import said, told
from fundtrace.query.resolving import resolve

NODE_TYPES: dict[str, type[Node]] = {
    kind.__name__: kind
    for kind in (
        Agency,
        BudgetUnit,
        Citation,
        Department,
        FundingDocument,
        Goal,
        Indicator,
        Project,
        Region,
    )
}
"""The types that `node` gives, by the local name of their class."""

_Id = Annotated[strawberry.ID, strawberry.argument(description=said("全局 id。", "A global id."))]
_Ids = Annotated[
    list[strawberry.ID],
    strawberry.argument(description=said("全局 id，按此次序回答。", "Global ids, answered in this order.")),
]
_Iri = Annotated[str | None, strawberry.argument(description=said("实体的 IRI。", "The IRI of the entity."))]
_Number = Annotated[
    str | None,
    strawberry.argument(
        description=said(
            "文号，任何写法：冀财社【2020】186号。", "A document number in any written form: 冀财社[2020]186."
        )
    ),
]
_Text = Annotated[
    str,
    strawberry.argument(
        description=said(
            "文号（任何写法，可有多个）、标题或名称中的字。",
            "Numbers in any form, a title, or words of a name.",
        )
    ),
]
_Code = Annotated[str | None, strawberry.argument(description=told("code"))]
_Year = Annotated[int | None, strawberry.argument(description=told("fiscalYear"))]


@strawberry.type(description=said("一个可能的文件及其理由。", "A document that a text may name, and why."))
class DocumentMatch:
    """A candidate."""

    reason: str = strawberry.field(
        description=said(
            "如何找到：number 文号，numbers 多个文号，title 标题，words 名称中的字。",
            "How it was found: by number, numbers, title, or words of its name.",
        )
    )
    document: FundingDocument = strawberry.field(description=told("FundingDocument"))


@strawberry.type(description=said("只读查询。", "Questions; nothing can be changed."))
class Query:
    """The roots."""

    @shown(
        description=said(
            "按文号（任何写法）或 IRI 找文件；恰有一份时给出，否则为 null。",
            "A document by its number in any written form, or by IRI; null unless exactly one matches.",
        )
    )
    async def funding_document(
        self, info: Info[Session, None], number: _Number = None, iri: _Iri = None
    ) -> FundingDocument | None:
        """One document."""
        session = info.context
        found: str | None = None
        if number is not None and parse_number(number) is not None:
            matches = resolve(session.graph, number).matches
            found = matches[0].iri if len(matches) == 1 else None
        if iri is not None and (number is None or found == iri):
            found = iri
        elif iri is not None:
            found = None
        return await _typed(session, found, "FundingDocument", FundingDocument)

    @shown(
        description=said(
            "一段文字可能指的文件，附理由；至多 100 份。",
            "The documents that a text may name, with the reason; at most 100.",
        )
    )
    async def resolve_document(self, info: Info[Session, None], text: _Text) -> list[DocumentMatch]:
        """Candidates."""
        resolution = resolve(info.context.graph, text)
        wanted = [match.iri for match in resolution.matches if match.class_name == "FundingDocument"][:100]
        found = await info.context.entities.load_many(wanted)
        return [
            DocumentMatch(reason=resolution.way, document=FundingDocument(entity=entity))
            for entity in found
            if entity is not None
        ]

    @shown(
        description=said(
            "按编码和年度，或按 IRI 找项目。几个阶段都有时给预算阶段的；仍不止一个则为 null。",
            "A project by code and fiscal year, or by IRI. Of several stages it gives the budget; null if several remain.",
        )
    )
    async def project(
        self, info: Info[Session, None], code: _Code = None, fiscal_year: _Year = None, iri: _Iri = None
    ) -> Project | None:
        """One project."""
        session = info.context
        found = iri
        if code is not None:
            candidates = _coded(session, code, fiscal_year)
            found = next(iter(candidates)) if len(candidates) == 1 else None
            if iri is not None and iri != found:
                found = None
        return await _typed(session, found, "Project", Project)

    @shown(description=said("全部项目，按编号排列。", "All projects, in the order of keys."))
    def projects(
        self,
        info: Info[Session, None],
        filter: FilterArgument = None,  # noqa: A002 - the name that GraphQL clients see
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> ProjectConnection:
        """A page of projects."""
        return ProjectConnection(session=info.context, condition=filter, first=first, after=after)

    @shown(description=said("全部部门，按编号排列。", "All departments, in the order of keys."))
    def departments(
        self, info: Info[Session, None], first: First = DEFAULT_FIRST, after: After = None
    ) -> DepartmentConnection:
        """A page of departments."""
        rows = info.context.listed("Department")
        shown = page(rows, _namer(info.context), first, after)
        return DepartmentConnection(session=info.context, page=shown, count=len(rows))

    @shown(description=said("全部文件，按编号排列。", "All documents, in the order of keys."))
    def funding_documents(
        self, info: Info[Session, None], first: First = DEFAULT_FIRST, after: After = None
    ) -> FundingDocumentConnection:
        """A page of documents."""
        rows = info.context.listed("FundingDocument")
        shown = page(rows, _namer(info.context), first, after)
        return FundingDocumentConnection(session=info.context, page=shown, count=len(rows))

    @shown(description=told("Release"))
    async def release(self, info: Info[Session, None]) -> ReleaseInfo:
        """The release that answers."""
        rows = info.context.listed("Release")
        entity = await info.context.entities.load(rows[0].iri) if rows else None
        return ReleaseInfo(session=info.context, entity=entity)

    @shown(
        description=said(
            "按全局 id 找实体；没有则为 null。", "An entity by its global id; null if there is none."
        )
    )
    async def node(self, info: Info[Session, None], id: _Id) -> Node | None:  # noqa: A002
        """One entity."""
        return (await _nodes(info.context, [id]))[0]

    @shown(
        description=said(
            "按全局 id 找若干实体；没有的为 null。", "Entities by their global ids; null where there is none."
        )
    )
    async def nodes(self, info: Info[Session, None], ids: _Ids) -> list[Node | None]:
        """Several entities."""
        return await _nodes(info.context, ids)


def _namer(session: Session) -> Callable[[Listed], str]:
    return lambda row: name_of(row.iri, session.graph.base)


def _coded(session: Session, code: str, fiscal_year: int | None) -> list[str]:
    rows = [
        row
        for row in session.ask("coded", code=Literal(code))
        if fiscal_year is None or year(row) == fiscal_year
    ]
    budgets = [row for row in rows if text(row, "stage").endswith("/stage-budget")]
    return sorted({text(row, "project") for row in (budgets or rows)})


async def _load(session: Session, iris: list[str | None]) -> list[Entity | None]:
    known = [iri for iri in iris if iri is not None and _is_iri(iri)]
    found = dict(zip(known, await session.entities.load_many(known), strict=True))
    return [found.get(iri or "") for iri in iris]


async def _typed(session: Session, iri: str | None, class_name: str, kind: type[N]) -> N | None:
    entity = (await _load(session, [iri]))[0]
    return kind(entity=entity) if entity is not None and class_name in entity.classes() else None


async def _nodes(session: Session, ids: list[strawberry.ID]) -> list[Node | None]:
    names = [decode(one) for one in ids]
    found = await _load(session, [name and f"{session.graph.base}id/{name}" for name in names])
    return [_as_node(entity) for entity in found]


def _as_node(entity: Entity | None) -> Node | None:
    classes = entity.classes() if entity is not None else set()
    kind = next((NODE_TYPES[name] for name in sorted(classes) if name in NODE_TYPES), None)
    return None if kind is None or entity is None else kind(entity=entity)


def _is_iri(text_: str) -> bool:
    try:
        NamedNode(text_)
    except ValueError:
        return False
    return True
