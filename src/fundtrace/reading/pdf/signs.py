"""What a PDF stands on a page: characters and ruled lines, in points, counted from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Sign(NamedTuple):
    """A character: its text, its left and right edge, its baseline and its size."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """A point inside the character: across and down."""
        return (self.left + self.right) / 2, self.base - self.size * 0.35


class Ruling(NamedTuple):
    """A horizontal or vertical line: where it stands, and from where to where it reaches."""

    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class PageSigns:
    """All that a page shows; `number` is 1-based, `pictures` is the share of the page that images cover."""

    number: int
    width: float
    height: float
    signs: list[Sign] = field(default_factory=list)
    across: list[Ruling] = field(default_factory=list)
    down: list[Ruling] = field(default_factory=list)
    pictures: float = 0.0
    space: float = 0.42
    """How wide a gap between an ideograph and a Latin letter is a space, in times the size; it differs by writer."""
    unmapped: int = 0
    """Characters whose font does not say what they are."""
