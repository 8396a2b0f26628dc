"""The flow picture of a funding document: document → department or region → project, widths as money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fundtrace_server.drawing.wrapping import wrap

_BAR = 9.0
_GAP = 14.0
_LINE = 17.0
_LEAST = 2.0
_TALLEST = 260.0


@dataclass(frozen=True, slots=True)
class Leaf:
    """An end of the flow: its label, the text of its amount, and yuan (None where none is printed)."""

    label: str
    amount: str
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Branch:
    """What the flow goes through: its label, the text of its sum, and its ends in the order in which they are drawn."""

    label: str
    amount: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A bar with its label lines; the last line of a label is the amount. Lengths are in SVG units."""

    x: float
    y: float
    height: float
    text_y: float
    lines: tuple[str, ...]
    amount: str
    whole: str


@dataclass(frozen=True, slots=True)
class Band:
    """A stream from one bar to another: its path, and what it says when it is pointed at."""

    path: str
    said: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture: its size, three columns of nodes, and the bands between them."""

    width: float
    height: float
    bar: float
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a picture is: the left edges of its columns and the room of a label in characters."""

    width: float
    columns: tuple[float, float, float]
    rooms: tuple[float, float, float]
    lines: int


WIDE = Frame(width=960, columns=(1, 280, 600), rooms=(17, 20, 25), lines=2)
"""For pages of some width."""

NARROW = Frame(width=360, columns=(1, 118, 238), rooms=(7, 7.4, 7.4), lines=3)
"""For telephones: the same picture with shorter lines."""


def draw_flow(document: str, amount: str, branches: Sequence[Branch], frame: Frame) -> Flow:
    """The flow of a document whose sum is written as `amount`, through branches in the order in which they are drawn."""
    scale = _scale([leaf.yuan for branch in branches for leaf in branch.leaves])
    nodes: list[Node] = []
    bands: list[Band] = []
    middle: list[tuple[float, float, Branch]] = []
    y = 4.0
    for branch in branches:
        top, ends = y, []
        for leaf in branch.leaves:
            bar = _bar(leaf.yuan, scale)
            lines = wrap(leaf.label, frame.rooms[2], frame.lines)
            slot = max(bar, _LINE * (len(lines) + 1))
            nodes.append(_node(frame.columns[2], y, slot, bar, lines, leaf.amount, leaf.label))
            ends.append((y + (slot - bar) / 2, bar, leaf))
            y += slot + _GAP
        lines = wrap(branch.label, frame.rooms[1], frame.lines)
        height = sum(bar for _, bar, _ in ends)
        slot = max(y - _GAP - top, height, _LINE * (len(lines) + 1))
        y = max(y, top + slot + _GAP)
        node = _node(frame.columns[1], top, slot, height, lines, branch.amount, branch.label)
        nodes.append(node)
        middle.append((node.y, height, branch))
        start = node.y
        for target, bar, leaf in ends:
            path = _band(frame.columns[1] + _BAR, start, frame.columns[2], target, bar)
            bands.append(Band(path, f"{branch.label} → {leaf.label}: {leaf.amount}"))
            start += bar
    total = sum(height for _, height, _ in middle)
    lines = wrap(document, frame.rooms[0], frame.lines)
    slot = max(y - _GAP - 4.0, total, _LINE * (len(lines) + 1))
    head = _node(frame.columns[0], 4.0, slot, total, lines, amount, document)
    start = head.y
    for target, height, branch in middle:
        path = _band(frame.columns[0] + _BAR, start, frame.columns[1], target, height)
        bands.append(Band(path, f"{document} → {branch.label}: {branch.amount}"))
        start += height
    return Flow(
        width=frame.width,
        height=round(slot + 8.0, 1),
        bar=_BAR,
        nodes=(head, *nodes),
        bands=tuple(bands),
    )


def _scale(amounts: Sequence[Decimal | None]) -> float:
    total = float(sum((amount for amount in amounts if amount is not None), Decimal(0)))
    room = min(_TALLEST, 60.0 + 26.0 * len(amounts))
    return room / total if total > 0 else 0.0


def _bar(amount: Decimal | None, scale: float) -> float:
    return max(_LEAST, float(amount or 0) * scale)


def _node(
    x: float, top: float, slot: float, height: float, lines: tuple[str, ...], amount: str, whole: str
) -> Node:
    text_height = _LINE * (len(lines) + 1)
    return Node(
        x=x,
        y=round(top + (slot - height) / 2, 1),
        height=round(height, 1),
        text_y=round(top + (slot - text_height) / 2 + _LINE * 0.75, 1),
        lines=lines,
        amount=amount,
        whole=whole,
    )


def _band(x1: float, y1: float, x2: float, y2: float, height: float) -> str:
    middle = (x1 + x2) / 2
    below1, below2 = y1 + height, y2 + height
    return (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"V{below2:.1f}C{middle:.1f} {below2:.1f} {middle:.1f} {below1:.1f} {x1:.1f} {below1:.1f}Z"
    )
