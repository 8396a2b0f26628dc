"""Regions, departments, units and agencies."""

from __future__ import annotations

import strawberry

from fundtrace.graphql.enums import AgencyLevel
from fundtrace.graphql.fields import boolean, shown, text
from fundtrace.graphql.nodes import Node, linked
from fundtrace.graphql.wording import told


@strawberry.type(description=told("Region"))
class Region(Node):
    """A fiscal region."""

    code: str | None = text("code")
    name: str | None = text("name")
    gb_code: str | None = text("gbCode")
    inferred: bool | None = boolean("inferred")

    @shown(description=told("parentRegion"))
    async def parent(self) -> Region | None:
        """The region above."""
        return await linked(self.entity, "parentRegion", Region)


@strawberry.type(description=told("Department"))
class Department(Node):
    """A department of a region."""

    code: str | None = text("code")
    name: str | None = text("name")
    derived: bool | None = boolean("derived")

    @shown(description=told("region"))
    async def region(self) -> Region | None:
        """Its region."""
        return await linked(self.entity, "region", Region)


@strawberry.type(description=told("BudgetUnit"))
class BudgetUnit(Node):
    """A budget unit of a department."""

    code: str | None = text("code")
    name: str | None = text("name")

    @shown(description=told("department"))
    async def department(self) -> Department | None:
        """Its department."""
        return await linked(self.entity, "department", Department)

    @shown(description=told("region"))
    async def region(self) -> Region | None:
        """Its region."""
        return await linked(self.entity, "region", Region)


@strawberry.type(description=told("Agency"))
class Agency(Node):
    """An issuing organ."""

    name: str | None = text("name")

    @shown(description=told("agencyLevel"))
    def level(self) -> AgencyLevel | None:
        """Its level."""
        return self.entity.concept("agencyLevel", "agency-level", AgencyLevel)

    @shown(description=told("region"))
    async def region(self) -> Region | None:
        """Its region."""
        return await linked(self.entity, "region", Region)
