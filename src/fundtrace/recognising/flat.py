"""Tables that a conversion has turned into running text: seen, so that they can be reported; never guessed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.labels import fold, labels
from fundtrace.recognising.widths import narrow
from fundtrace.records import Position

_HEADER = ("一级指标", "二级指标", "三级指标")
_RUN = 40
"""So many texts behind a label 一级指标 the other labels of its header may stand, each alone on its line."""


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Where a header of indicators stands in running text."""

    line: int
    position: Position


def flat_tables(blocks: Sequence[Paragraph | Table]) -> tuple[FlatTable, ...]:
    """Every header of indicators that stands in running text: on one line, or with a label on each line."""
    return tuple(_found(blocks))


def _found(blocks: Sequence[Paragraph | Table]) -> Iterator[FlatTable]:
    after = -1
    for place, block in enumerate(blocks):
        if isinstance(block, Table) or place <= after:
            continue
        text = "".join(narrow(block.text).split())
        if any(name not in text for name in _HEADER[:1]):
            continue
        if all(name in text for name in _HEADER):
            yield FlatTable(block.line, Position(page=block.page, table=None, row=None))
        elif fold(block.text) == _HEADER[0] and (end := _header_below(blocks, place)) is not None:
            after = end
            yield FlatTable(block.line, Position(page=block.page, table=None, row=None))


def _header_below(blocks: Sequence[Paragraph | Table], place: int) -> int | None:
    """Where the header ends whose labels stand on lines of their own; None when they are not a header's."""
    wanted = {"level2", "name"}
    for end, block in enumerate(blocks[place + 1 : place + 1 + _RUN], start=place + 1):
        found = labels().meaning(block.text, "column") if isinstance(block, Paragraph) else None
        if found is None:
            return None
        wanted.discard(found[1])
        if not wanted:
            return end
    return None
