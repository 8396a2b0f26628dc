"""The interface of everything that has an IRI."""

from __future__ import annotations

from typing import Annotated, TypeVar

import strawberry

from fundtrace.graphql.enums import Lang
from fundtrace.graphql.fields import shown
from fundtrace.graphql.identity import encode
from fundtrace.graphql.session import Entity
from fundtrace.graphql.wording import said

_Lang = Annotated[Lang, strawberry.argument(description=said("语言。", "The language."))]


@strawberry.interface(
    description=said(
        "有 id 和 IRI 的实体。id 由种类和代号组成，换版本、换站点前缀都不变。",
        "An entity with an id and an IRI. The id is made of kind and key; it survives a new release and another base.",
    )
)
class Node:
    """An entity of the graph."""

    entity: strawberry.Private[Entity]

    @shown(description=said("全局 id，可用于 node(id:)。", "The global id, for node(id:)."))
    def id(self) -> strawberry.ID:
        """The global id."""
        return strawberry.ID(encode(self.entity.name))

    @shown(
        description=said("实体的 IRI，可在浏览器中打开。", "The IRI of the entity, which opens in a browser.")
    )
    def iri(self) -> str:
        """The IRI."""
        return self.entity.iri

    @shown(
        description=said(
            "给人看的名称；没有该语言时用中文。", "The name for people; Chinese where the language has none."
        )
    )
    def label(self, lang: _Lang = Lang.ZH) -> str:
        """The label."""
        return self.entity.label(str(lang.value))


N = TypeVar("N", bound=Node)


async def linked(entity: Entity, name: str, kind: type[N]) -> N | None:
    """The entity that a property points at, as its type."""
    found = await entity.linked(name)
    return None if found is None else kind(entity=found)


async def members(entity: Entity, name: str, kind: type[N]) -> list[N]:
    """The entities that a property points at, as their type, by their ordinals."""
    return [kind(entity=one) for one in await entity.members(name)]
