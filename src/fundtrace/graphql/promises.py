"""What a project promises: goals, indicators with their targets, and the spending schedule."""

from __future__ import annotations

import strawberry

from fundtrace.graphql.enums import BasisCategory, ScheduleKind, TargetKind
from fundtrace.graphql.fields import boolean, integer, shown, text
from fundtrace.graphql.money import DecimalText, exact
from fundtrace.graphql.nodes import Node
from fundtrace.graphql.session import Entity
from fundtrace.graphql.wording import said, told


@strawberry.type(
    description=said("嵌入值，没有自己的 id。", "An embedded value without an id.") + "\n" + told("Target")
)
class Target:
    """A target, as printed and as read."""

    entity: strawberry.Private[Entity]

    printed: str | None = text("printed")
    comparator: str | None = text("comparator")
    unit: str | None = text("valueUnit")

    @shown(description=told("value"))
    def value(self) -> DecimalText | None:
        """The number of the target."""
        return exact(self.entity.text("value"))

    @shown(description=told("targetKind"))
    def kind(self) -> TargetKind | None:
        """Its kind."""
        return self.entity.concept("targetKind", "target", TargetKind)


@strawberry.type(
    description=said(
        "指标值确定依据：原文与类别。嵌入值。",
        "The ground of a target: its text and its kind. An embedded value.",
    )
)
class Basis:
    """The ground of a target."""

    printed: str = strawberry.field(description=told("basisText"))
    category: BasisCategory | None = strawberry.field(description=told("basisCategory"))


@strawberry.type(description=told("Indicator"))
class Indicator(Node):
    """A promised indicator."""

    ordinal: int | None = integer("ordinal")
    level1: str | None = text("level1")
    level2: str | None = text("level2")
    name: str | None = text("name")
    description: str | None = text("description")
    line: int | None = integer("line")

    @shown(description=told("target"))
    async def target(self) -> Target | None:
        """Its target."""
        found = await self.entity.linked("target")
        return None if found is None else Target(entity=found)

    @shown(description=told("basisText"))
    def basis(self) -> Basis | None:
        """Its ground."""
        printed = self.entity.text("basisText")
        if printed is None:
            return None
        return Basis(printed=printed, category=self.entity.concept("basisCategory", "basis", BasisCategory))


@strawberry.type(description=told("Goal"))
class Goal(Node):
    """A goal of a project."""

    ordinal: int | None = integer("ordinal")
    text: str | None = text("text")


@strawberry.type(description=told("SchedulePoint"))
class SchedulePoint:
    """A point of a schedule."""

    entity: strawberry.Private[Entity]

    month: int | None = integer("month")
    printed: str | None = text("printed")


@strawberry.type(description=told("SpendingSchedule"))
class SpendingSchedule:
    """A spending schedule."""

    entity: strawberry.Private[Entity]

    inferred: bool | None = boolean("inferred")

    @shown(description=told("scheduleKind"))
    def kind(self) -> ScheduleKind | None:
        """What its points were taken for."""
        return self.entity.concept("scheduleKind", "schedule", ScheduleKind)

    @shown(description=told("schedulePoint"))
    async def points(self) -> list[SchedulePoint]:
        """Its points, in order."""
        return [SchedulePoint(entity=one) for one in await self.entity.members("schedulePoint")]
