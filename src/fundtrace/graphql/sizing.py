"""What measuring looks at in the variables of an operation, so that one that was measured is known again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final

from fundtrace.graphql.limits import MAX_INPUT_DEPTH

_DEEPEST: Final = MAX_INPUT_DEPTH + 2


def sizes(value: object, depth: int = 0) -> Hashable:
    """The numbers in a value, and how many values lie within each other; what is too deep to be taken is cut off."""
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        return tuple((name, sizes(one, depth + 1)) for name, one in value.items())
    if isinstance(value, list):
        return tuple(sizes(one, depth + 1) for one in value)
    return value if isinstance(value, int) else None
