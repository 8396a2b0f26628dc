"""The flow picture of a funding document: document → department → project, widths as money."""

from __future__ import annotations

from collections import defaultdict
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
class Stream:
    """A project at the end of the flow: the department it goes through, its label, its yuan if printed."""

    department: str
    project: str
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Node:
    """A bar with its label lines; the last line of a label is the amount. Lengths are in SVG units."""

    x: float
    y: float
    height: float
    text_y: float
    lines: tuple[str, ...]
    amount: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture: its size, three columns of nodes, and the paths of its bands."""

    width: float
    height: float
    bar: float
    nodes: tuple[Node, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a picture is: the left edges of its columns and the room of a label in characters."""

    width: float
    columns: tuple[float, float, float]
    rooms: tuple[float, float, float]
    lines: int


WIDE = Frame(width=960, columns=(1, 300, 620), rooms=(16, 17, 24), lines=2)
"""For pages of some width."""

NARROW = Frame(width=360, columns=(1, 118, 238), rooms=(7, 7.4, 7.4), lines=3)
"""For telephones: the same picture with shorter lines."""


def draw_flow(document: str, streams: Sequence[Stream], amounts: dict[str, str], frame: Frame) -> Flow:
    """The flow of a document.

    `streams` in the order in which they are drawn; `amounts` gives the text under each label, by `document`,
    department label and `str` of a stream's number.
    """
    ordered = _by_department(streams)
    scale = _scale([stream.yuan for _, _, members in ordered for stream in members])
    nodes: list[Node] = []
    bands: list[str] = []
    y = 4.0
    department_bars: list[tuple[float, float]] = []
    total = sum(_bar(stream.yuan, scale) for stream in streams)
    for department, numbers, members in ordered:
        top = y
        bars = []
        for number, stream in zip(numbers, members, strict=True):
            bar = _bar(stream.yuan, scale)
            lines = wrap(stream.project, frame.rooms[2], frame.lines)
            slot = max(bar, _LINE * (len(lines) + 1))
            nodes.append(_node(frame.columns[2], y, slot, bar, lines, amounts[str(number)]))
            bars.append((y + (slot - bar) / 2, bar))
            y += slot + _GAP
        lines = wrap(department, frame.rooms[1], frame.lines)
        height = sum(bar for _, bar in bars)
        slot = max(y - _GAP - top, height, _LINE * (len(lines) + 1))
        y = max(y, top + slot + _GAP)
        node = _node(frame.columns[1], top, slot, height, lines, amounts[department])
        nodes.append(node)
        department_bars.append((node.y, height))
        start = node.y
        for target, bar in bars:
            bands.append(_band(frame.columns[1] + _BAR, start, frame.columns[2], target, bar))
            start += bar
    lines = wrap(document, frame.rooms[0], frame.lines)
    slot = max(y - _GAP - 4.0, total, _LINE * (len(lines) + 1))
    head = _node(frame.columns[0], 4.0, slot, total, lines, amounts[document])
    start = head.y
    for target, height in department_bars:
        bands.append(_band(frame.columns[0] + _BAR, start, frame.columns[1], target, height))
        start += height
    return Flow(
        width=frame.width,
        height=round(slot + 8.0, 1),
        bar=_BAR,
        nodes=(head, *nodes),
        bands=tuple(bands),
    )


def _by_department(streams: Sequence[Stream]) -> list[tuple[str, list[int], list[Stream]]]:
    grouped: dict[str, list[tuple[int, Stream]]] = defaultdict(list)
    for number, stream in enumerate(streams):
        grouped[stream.department].append((number, stream))
    return [
        (department, [number for number, _ in members], [stream for _, stream in members])
        for department, members in grouped.items()
    ]


def _scale(amounts: Sequence[Decimal | None]) -> float:
    total = float(sum((amount for amount in amounts if amount is not None), Decimal(0)))
    room = min(_TALLEST, 60.0 + 26.0 * len(amounts))
    return room / total if total > 0 else 0.0


def _bar(amount: Decimal | None, scale: float) -> float:
    return max(_LEAST, float(amount or 0) * scale)


def _node(x: float, top: float, slot: float, height: float, lines: tuple[str, ...], amount: str) -> Node:
    text_height = _LINE * (len(lines) + 1)
    return Node(
        x=x,
        y=round(top + (slot - height) / 2, 1),
        height=round(height, 1),
        text_y=round(top + (slot - text_height) / 2 + _LINE * 0.75, 1),
        lines=lines,
        amount=amount,
    )


def _band(x1: float, y1: float, x2: float, y2: float, height: float) -> str:
    middle = (x1 + x2) / 2
    below1, below2 = y1 + height, y2 + height
    return (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"V{below2:.1f}C{middle:.1f} {below2:.1f} {middle:.1f} {below1:.1f} {x1:.1f} {below1:.1f}Z"
    )
