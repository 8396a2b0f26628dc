"""Choosing among the names that several sources print for one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fundtrace.graph.keys import squeeze


def preferred(names: Mapping[str, int]) -> str:
    """The most frequent name; of equally frequent ones the longest, then the first in code point order."""
    if len(names) == 1:
        return next(iter(names))
    return min(names, key=lambda name: (-names[name], -len(name), name))


def unlike(names: Iterable[str]) -> tuple[str, str] | None:
    """Two names of which neither holds the other, spaces and width apart: the first such pair in order, or None."""
    ordered = sorted({squeeze(name): name for name in sorted(names)}.items())
    for number, (left, first) in enumerate(ordered):
        for right, second in ordered[number + 1 :]:
            if left not in right and right not in left:
                return first, second
    return None
