"""The flow picture of a funding document: document → department or region → project, widths as money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fundtrace_server.drawing.wrapping import wrap

BAR = 9.0
"""The width of a bar."""

GAP = 14.0
"""The space between what stands one below another."""

TOP = 4.0
"""The space above and below a picture."""

_LINE = 17.0
_LEAST = 2.0
_TALLEST = 260.0


@dataclass(frozen=True, slots=True)
class Leaf:
    """An end of the flow: its label, and yuan (None where none is printed)."""

    label: str
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Branch:
    """What the flow goes through: its label, and its ends in the order in which they are drawn."""

    label: str
    leaves: tuple[Leaf, ...]

    @property
    def yuan(self) -> Decimal | None:
        """The sum of its ends; None where none prints an amount."""
        known = [leaf.yuan for leaf in self.leaves if leaf.yuan is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class Node:
    """A bar with its label lines, below which its yuan is written where `told`. Lengths are in SVG units."""

    x: float
    y: float
    height: float
    text_y: float
    lines: tuple[str, ...]
    yuan: Decimal | None
    whole: str
    told: bool = True


@dataclass(frozen=True, slots=True)
class Band:
    """A stream from one bar to another: its path, the labels of both, and its yuan."""

    path: str
    start: str
    end: str
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture: its size, nodes in columns, and the bands between them."""

    width: float
    height: float
    bar: float
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a picture is: the left edges of its columns and the room of a label in characters."""

    width: float
    columns: tuple[float, ...]
    rooms: tuple[float, ...]
    lines: int


WIDE = Frame(width=960, columns=(1, 280, 600), rooms=(17, 20, 25), lines=2)
"""For pages of some width."""

NARROW = Frame(width=360, columns=(1, 118, 238), rooms=(7, 7.4, 7.4), lines=3)
"""For telephones: the same picture with shorter lines."""


def draw_flow(document: str, yuan: Decimal | None, branches: Sequence[Branch], frame: Frame) -> Flow:
    """The flow of a document with the sum `yuan`, through branches in the order in which they are drawn."""
    scale = scale_of([leaf.yuan for branch in branches for leaf in branch.leaves])
    nodes: list[Node] = []
    bands: list[Band] = []
    middle: list[tuple[float, float, Branch]] = []
    y = TOP
    for branch in branches:
        top, ends = y, []
        for leaf in branch.leaves:
            bar = _bar(leaf.yuan, scale)
            lines = wrap(leaf.label, frame.rooms[2], frame.lines)
            slot = max(bar, text_height(lines))
            nodes.append(placed(frame.columns[2], y, slot, bar, lines, leaf.yuan, leaf.label))
            ends.append((y + (slot - bar) / 2, bar, leaf))
            y += slot + GAP
        lines = wrap(branch.label, frame.rooms[1], frame.lines)
        height = sum(bar for _, bar, _ in ends)
        slot = max(y - GAP - top, height, text_height(lines))
        y = max(y, top + slot + GAP)
        node = placed(frame.columns[1], top, slot, height, lines, branch.yuan, branch.label)
        nodes.append(node)
        middle.append((node.y, height, branch))
        start = node.y
        for target, bar, leaf in ends:
            path = band_path(frame.columns[1] + BAR, start, frame.columns[2], target, bar)
            bands.append(Band(path, branch.label, leaf.label, leaf.yuan))
            start += bar
    total = sum(height for _, height, _ in middle)
    lines = wrap(document, frame.rooms[0], frame.lines)
    slot = max(y - GAP - TOP, total, text_height(lines))
    head = placed(frame.columns[0], TOP, slot, total, lines, yuan, document)
    start = head.y
    for target, height, branch in middle:
        path = band_path(frame.columns[0] + BAR, start, frame.columns[1], target, height)
        bands.append(Band(path, document, branch.label, branch.yuan))
        start += height
    return Flow(
        width=frame.width,
        height=round(slot + 2 * TOP, 1),
        bar=BAR,
        nodes=(head, *nodes),
        bands=tuple(bands),
    )


def scale_of(amounts: Sequence[Decimal | None]) -> float:
    """How tall a yuan is, so that many amounts have more room than few."""
    total = float(sum((amount for amount in amounts if amount is not None), Decimal(0)))
    room = min(_TALLEST, 60.0 + 26.0 * len(amounts))
    return room / total if total > 0 else 0.0


def text_height(lines: Sequence[str]) -> float:
    """How tall a label is with the line of its amount."""
    return _LINE * (len(lines) + 1)


def _bar(amount: Decimal | None, scale: float) -> float:
    return max(_LEAST, float(amount or 0) * scale)


def placed(
    x: float,
    top: float,
    slot: float,
    height: float,
    lines: tuple[str, ...],
    yuan: Decimal | None,
    whole: str,
    *,
    told: bool = True,
) -> Node:
    """A node in the middle of its slot."""
    return Node(
        x=x,
        y=round(top + (slot - height) / 2, 1),
        height=round(height, 1),
        text_y=round(top + (slot - text_height(lines)) / 2 + _LINE * 0.75, 1),
        lines=lines,
        yuan=yuan,
        whole=whole,
        told=told,
    )


def band_path(x1: float, y1: float, x2: float, y2: float, height: float) -> str:
    """The outline of a band of some height, from the right of one bar to the left of another."""
    middle = (x1 + x2) / 2
    below1, below2 = y1 + height, y2 + height
    return (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"V{below2:.1f}C{middle:.1f} {below2:.1f} {middle:.1f} {below1:.1f} {x1:.1f} {below1:.1f}Z"
    )
