"""Fields that read one property, described by the ontology."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

import strawberry

from fundtrace.graphql.session import Entity
from fundtrace.graphql.wording import told

F = TypeVar("F", bound=Callable[..., object])


def shown(*, description: str) -> Callable[[F], F]:
    """Make a field of a method, as `strawberry.field` does, and let the type checker keep the method's type."""
    return cast(Callable[[F], F], strawberry.field(description=description))


class Holds(Protocol):
    """Anything that stands for an entity."""

    entity: Entity


def text(term: str) -> Any:
    """A field with the text of a property."""

    def resolve(root: Holds) -> str | None:
        return root.entity.text(term)

    return strawberry.field(resolver=resolve, description=told(term))


def texts(term: str) -> Any:
    """A field with all texts of a property."""

    def resolve(root: Holds) -> list[str]:
        return root.entity.texts(term)

    return strawberry.field(resolver=resolve, description=told(term))


def integer(term: str) -> Any:
    """A field with a property as a whole number."""

    def resolve(root: Holds) -> int | None:
        return root.entity.integer(term)

    return strawberry.field(resolver=resolve, description=told(term))


def boolean(term: str) -> Any:
    """A field with a property as a boolean."""

    def resolve(root: Holds) -> bool | None:
        return root.entity.boolean(term)

    return strawberry.field(resolver=resolve, description=told(term))
