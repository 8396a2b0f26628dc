"""Pages of departments."""

from __future__ import annotations

import strawberry

from fundtrace.graphql.fields import shown
from fundtrace.graphql.organisations import Department
from fundtrace.graphql.paging import Page, PageInfo
from fundtrace.graphql.session import Listed, Session
from fundtrace.graphql.wording import said, told


@strawberry.type(description=said("列表中的一个部门。", "A department in a list."))
class DepartmentEdge:
    """A department of a page."""

    cursor: str = strawberry.field(description=said("游标。", "The cursor."))
    node: Department = strawberry.field(description=told("Department"))


@strawberry.type(description=said("分页的部门。", "A page of departments."))
class DepartmentConnection:
    """A page of departments."""

    session: strawberry.Private[Session]
    page: strawberry.Private[Page[Listed]]
    count: strawberry.Private[int]

    @shown(description=said("本页各条。", "The edges of this page."))
    async def edges(self) -> list[DepartmentEdge]:
        """The edges."""
        found = await self.session.entities.load_many([row.iri for row in self.page.rows])
        return [
            DepartmentEdge(cursor=cursor, node=Department(entity=entity))
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
