"""The types of the schema before they have fields, so that they may name each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from fundtrace.graphql import enums
from fundtrace.graphql.bindings import BOUND, PAGED
from fundtrace.graphql.dimensions import COUNTED, DIMENSIONS
from fundtrace.graphql.inputs import filters, orders
from fundtrace.graphql.making import Argument, many, paging, shape
from fundtrace.graphql.wording import said

EXTRA = (
    "PageInfo",
    "Source",
    "Budget",
    "FundedBudget",
    "Aggregate",
    "Sums",
    "Group",
    "GroupKey",
    "DocumentMatch",
    "FundingTree",
    "FundingTotal",
    "FundingBranch",
    "SearchConnection",
    "SnippetPart",
    "Limit",
    "Release",
)
"""Types that no row stands for."""

EMBEDDED = said("嵌入值，没有自己的 id。", "An embedded value without an id.")


def _of() -> dict[str, type]:
    return {name: shape(name) for name in EXTRA}


@dataclass(frozen=True)
class Kinds:
    """The classes that types are made of: entities, others by name, connections by what they hold, and aggregates."""

    node: type = field(default_factory=lambda: shape("Node"))
    of: dict[str, type] = field(default_factory=dict)
    extra: dict[str, type] = field(default_factory=_of)
    connections: dict[str, type] = field(
        default_factory=lambda: {name: shape(f"{name}Connection") for name in sorted(PAGED)}
    )
    citing: dict[str, type] = field(
        default_factory=lambda: {
            "Project": shape("CitingProjectConnection"),
            "FundingDocument": shape("CitedDocumentConnection"),
        }
    )
    aggregates: dict[str, type] = field(
        default_factory=lambda: {
            name: shape(f"{name}Aggregate") for name in sorted(COUNTED) if name in DIMENSIONS
        }
    )
    groups: dict[str, type] = field(
        default_factory=lambda: {
            name: shape(f"{name}Group") for name in sorted(COUNTED) if name in DIMENSIONS
        }
    )

    def __post_init__(self) -> None:
        for name, bound in BOUND.items():
            self.of[name] = shape(name, *([self.node] if bound.node else []))


def page_arguments(of: str) -> dict[str, Argument]:
    """The arguments of a connection over a type."""
    return {
        "filter": Argument(filters()[of] | None, said("只要符合的。", "Only those that match.")),
        "orderBy": Argument(
            many(orders()[of][0]) | None,
            said("依次按各项排列，最后按编号。", "By each of these in turn, and by key last."),
        ),
        **paging(),
    }


def citing_arguments(of: str) -> dict[str, Argument]:
    """The arguments of a connection whose edges carry a role."""
    role = said(
        "只要最强作用为此的；不给则不限。",
        "Those whose strongest role is this one; all roles when it is not given.",
    )
    return {"role": Argument(enums.Role | None, role), **page_arguments(of)}


def language() -> dict[str, Argument]:
    """The argument of a text that stands in two languages."""
    return {"lang": Argument(enums.Lang, said("语言。", "The language."), enums.Lang["ZH"])}


def group_arguments(dimension: type) -> dict[str, Argument]:
    """The arguments of groups."""
    return {
        "by": Argument(list[dimension], said("按什么分组。", "What to group by."), ...),  # type: ignore[valid-type]  # an enum that is made from a table
        "orderBy": Argument(enums.GroupOrderField | None, said("按什么排列。", "What to order by.")),
        "direction": Argument(enums.Direction | None, said("方向。", "The direction.")),
        "first": Argument(int, said("至多几组。", "How many groups at most."), 100),
        "offset": Argument(int | None, said("先跳过若干组。", "Skip so many.")),
    }
