"""A flow picture of rows: columns of bars joined by bands as wide as money; what stands in several rows is one bar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from fundtrace_server.drawing.flow import (
    BAR,
    GAP,
    TOP,
    Band,
    Flow,
    Frame,
    Node,
    band_path,
    placed,
    scale_of,
    text_height,
)
from fundtrace_server.drawing.wrapping import wrap

Row = tuple[tuple[str, ...], Decimal]
"""What a row names, one a column, by keys that tell one from another; and its yuan."""

TWO_WIDE = Frame(width=960, columns=(1, 560), rooms=(38, 27), lines=2)
TWO_NARROW = Frame(width=360, columns=(1, 190), rooms=(11.5, 11), lines=3)

_LEAST = 2.0


def draw_layers(rows: Sequence[Row], names: Mapping[str, str], frame: Frame) -> Flow:
    """The flow from the first column of the rows to the last, under the names of their keys.

    A bar tells its yuan where they are a sum that means something: in the first column, and wherever all comes from one bar of it.
    What comes from several may be the same money named twice.
    """
    scale = scale_of([yuan for _, yuan in rows])
    links = _links(rows)
    orders = _orders(rows, links)
    heights = [_heights(order, links, place, scale) for place, order in enumerate(orders)]
    nodes = [_column(order, names, heights[place], links, place, frame) for place, order in enumerate(orders)]
    tallest = max(bottom for _, bottom in nodes)
    drawn: list[dict[str, Node]] = []
    for column, bottom in nodes:
        drawn.append({key: _lowered(node, (tallest - bottom) / 2) for key, node in column.items()})
    bands = [
        band
        for place in range(len(links))
        for band in _bands(links[place], orders[place : place + 2], drawn[place : place + 2], scale)
    ]
    return Flow(
        width=frame.width,
        height=round(tallest - GAP + TOP, 1),
        bar=BAR,
        nodes=tuple(node for column in drawn for node in column.values()),
        bands=tuple(bands),
    )


_Links = dict[tuple[str, str, str], Decimal]
"""What flows between two columns: where the row begins, from which bar, to which."""


def _links(rows: Sequence[Row]) -> list[_Links]:
    found: list[_Links] = [defaultdict(Decimal) for _ in range(len(rows[0][0]) - 1)]
    for keys, yuan in rows:
        for place, pair in enumerate(pairwise(keys)):
            found[place][keys[0], *pair] += yuan
    return found


def _orders(rows: Sequence[Row], links: Sequence[_Links]) -> list[list[str]]:
    """The keys of each column: the first by money, the others near what they come from."""
    first: dict[str, Decimal] = defaultdict(Decimal)
    for keys, yuan in rows:
        first[keys[0]] += yuan
    orders = [sorted(first, key=lambda key: -first[key])]
    for between in links:
        place = {key: number for number, key in enumerate(orders[-1])}
        ends = sorted(between, key=lambda one: (place[one[1]], -between[one]))
        orders.append(list(dict.fromkeys(end for _, _, end in ends)))
    return orders


def _bar(yuan: Decimal, scale: float) -> float:
    return max(_LEAST, float(yuan) * scale)


def _heights(order: Sequence[str], links: Sequence[_Links], place: int, scale: float) -> dict[str, float]:
    """How tall the bars of a column are: as all that comes in or goes out, whichever is more."""
    into = links[place - 1] if place else {}
    out = links[place] if place < len(links) else {}
    return {
        key: max(
            sum(_bar(yuan, scale) for (_, _, end), yuan in into.items() if end == key),
            sum(_bar(yuan, scale) for (_, start, _), yuan in out.items() if start == key),
        )
        for key in order
    }


def _column(
    order: Sequence[str],
    names: Mapping[str, str],
    heights: dict[str, float],
    links: Sequence[_Links],
    place: int,
    frame: Frame,
) -> tuple[dict[str, Node], float]:
    """The bars of a column from the top down, and where the next would begin."""
    found: dict[str, Node] = {}
    y = TOP
    for key in order:
        lines = wrap(names[key], frame.rooms[place], frame.lines)
        slot = max(heights[key], text_height(lines))
        if place:
            flowing = {one: yuan for one, yuan in links[place - 1].items() if one[2] == key}
        else:
            flowing = {one: yuan for one, yuan in links[0].items() if one[1] == key}
        told = len({origin for origin, _, _ in flowing}) == 1
        yuan = sum(flowing.values(), Decimal(0))
        found[key] = placed(frame.columns[place], y, slot, heights[key], lines, yuan, names[key], told=told)
        y += slot + GAP
    return found, y


def _lowered(node: Node, by: float) -> Node:
    return replace(node, y=round(node.y + by, 1), text_y=round(node.text_y + by, 1))


def _bands(
    links: _Links, orders: Sequence[Sequence[str]], drawn: Sequence[dict[str, Node]], scale: float
) -> list[Band]:
    """The bands between two columns; at both ends they stand in the order of the bars at the other end."""
    left, right = drawn
    place = [{key: number for number, key in enumerate(order)} for order in orders]
    leaves = {key: node.y for key, node in left.items()}
    enters = {key: node.y for key, node in right.items()}
    width = {one: _bar(yuan, scale) for one, yuan in links.items()}
    tops: dict[tuple[str, str, str], float] = {}
    for one in sorted(links, key=lambda one: (place[1][one[2]], place[0][one[1]])):
        tops[one] = leaves[one[1]]
        leaves[one[1]] += width[one]
    found = []
    for one in sorted(links, key=lambda one: (place[0][one[1]], place[1][one[2]])):
        _, start, end = one
        x = left[start].x + BAR
        path = band_path(x, tops[one], right[end].x, enters[end], width[one])
        enters[end] += width[one]
        found.append(Band(path, left[start].whole, right[end].whole, links[one]))
    return found
