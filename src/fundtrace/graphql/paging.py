"""Pages of connections: `first` and `after`, as the Relay specification has them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Generic, TypeVar

import strawberry

from fundtrace.graphql.identity import decode_cursor, encode, refused
from fundtrace.graphql.wording import said

DEFAULT_FIRST: Final = 20
"""The size of a page when `first` is not given."""
MAX_FIRST: Final = 1_000
"""The largest page."""

T = TypeVar("T")

First = Annotated[
    int,
    strawberry.argument(
        description=said(f"本页条数，至多 {MAX_FIRST}。", f"How many to give, at most {MAX_FIRST}.")
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(
        description=said(
            "从此游标之后开始；换版本仍可用。", "Begin after this cursor, which survives a new release."
        )
    ),
]


@strawberry.type(description=said("本页的位置。", "Where this page lies."))
class PageInfo:
    """Where a page lies in its connection."""

    has_next_page: bool = strawberry.field(description=said("其后是否还有。", "Whether more follow."))
    has_previous_page: bool = strawberry.field(
        description=said("其前是否还有。", "Whether some come before.")
    )
    start_cursor: str | None = strawberry.field(
        description=said("首条的游标。", "The cursor of the first edge.")
    )
    end_cursor: str | None = strawberry.field(
        description=said("末条的游标。", "The cursor of the last edge.")
    )


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of some rows, which lie in the order of their names."""

    rows: Sequence[T]
    cursors: Sequence[str]
    info: PageInfo


def page(rows: Sequence[T], name: Callable[[T], str], first: int, after: str | None) -> Page[T]:
    """The first rows behind a cursor. `name` gives the kind and key of a row.

    Raises `GraphQLError` `page-size` and `bad-cursor`. A cursor of a row that is gone still has its place.
    """
    if not 0 <= first <= MAX_FIRST:
        raise refused(
            "page-size",
            f"first 应为 0 至 {MAX_FIRST}，而不是 {first}；请用 after 取下一页",
            f"first must be 0 to {MAX_FIRST}, not {first}; use after for the next page",
            number=first,
            maximum=MAX_FIRST,
        )
    start = 0
    if after is not None:
        last = decode_cursor(after)
        start = bisect_right(rows, last, key=name)
    part = rows[start : start + first]
    cursors = [encode(name(row)) for row in part]
    info = PageInfo(
        has_next_page=start + first < len(rows),
        has_previous_page=start > 0,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )
    return Page(part, cursors, info)
