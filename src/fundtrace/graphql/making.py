"""Makes strawberry types from the table of types: a class for each, then its fields, so that types may name each other."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import strawberry

from fundtrace.graphql.wording import said

FIRST = 20
"""The size of a page when neither `first` nor `last` is given."""
MAX_FIRST = 1_000
"""The largest page."""


@dataclass(frozen=True, slots=True)
class Made:
    """A field: its type, its description, and its arguments by name."""

    type: Any
    description: str
    arguments: Mapping[str, Argument] | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: its type, its description, and its default (UNSET for none)."""

    type: Any
    description: str
    default: Any = strawberry.UNSET


def many(kind: Any) -> Any:
    """The type of a list of a type that is known only while types are made."""
    return list[kind]


def shape(name: str, *bases: type) -> type:
    """A class that a type will be made of."""
    return type(name, bases, {"__doc__": name})


def finish(
    shape: type, description: str, fields: Mapping[str, Made], kind: Literal["type", "interface", "input"]
) -> None:
    """Make a type of a class."""
    shape.__annotations__ = {}
    for name, made in fields.items():
        attribute = f"{name}_" if kind == "input" else name
        if kind == "input":
            shape.__annotations__[attribute] = made.type
            field = strawberry.field(name=name, description=made.description, default=strawberry.UNSET)
        elif made.arguments:
            resolver = _resolver(made.type, made.arguments)
            field = strawberry.field(description=made.description, resolver=resolver)
        else:
            shape.__annotations__[attribute] = made.type
            field = strawberry.field(description=made.description)
        setattr(shape, attribute, field)
    if kind == "interface":
        strawberry.interface(shape, description=description)
    elif kind == "input":
        strawberry.input(shape, description=description)
    else:
        strawberry.type(shape, description=description)


def _resolver(returns: Any, arguments: Mapping[str, Argument]) -> Callable[..., None]:
    def resolve() -> None:
        """Only its signature is read: operations are compiled, never resolved."""

    annotated = {
        name: Annotated[one.type, strawberry.argument(description=one.description)]
        for name, one in arguments.items()
    }
    parameters = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if one.default is ... else one.default,
            annotation=annotated[name],
        )
        for name, one in arguments.items()
    ]
    resolve.__signature__ = inspect.Signature(parameters, return_annotation=returns)  # type: ignore[attr-defined]
    resolve.__annotations__ = {**annotated, "return": returns}
    return resolve


def paging() -> dict[str, Argument]:
    """The arguments of every page."""
    return {
        "first": Argument(
            int | None,
            said(
                f"本页条数，默认 {FIRST}，至多 {MAX_FIRST}。",
                f"How many to give; {FIRST} if not given, at most {MAX_FIRST}.",
            ),
        ),
        "after": Argument(
            str | None,
            said(
                "从此游标之后开始；换版本仍可用。", "Begin after this cursor, which survives a new release."
            ),
        ),
        "last": Argument(
            int | None,
            said("取末尾若干条，与 first 二者择一。", "How many to give from the end, instead of first."),
        ),
        "before": Argument(str | None, said("到此游标之前为止。", "End before this cursor.")),
        "offset": Argument(
            int | None,
            said("先跳过若干条，至多 1000000。", "Skip so many, at most 1,000,000; from the end with last."),
        ),
    }
