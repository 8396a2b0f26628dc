"""The flow picture: widths as money, and labels that fit."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from fundtrace_server.drawing.flow import NARROW, WIDE, Frame, Stream, draw_flow

STREAMS = [
    Stream("甲局", "项目一", Decimal(6760000)),
    Stream("乙局", "项目二", Decimal(220000)),
    Stream("甲局", "项目三", None),
]
AMOUNTS = {"文件": "6,980,000.00", "甲局": "6,760,000.00", "乙局": "220,000.00", "0": "a", "1": "b", "2": "c"}


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_widths_are_proportional_to_money(frame: Frame) -> None:
    """A bar is as high as its yuan; what has no amount still has a thin one."""
    flow = draw_flow("文件", STREAMS, AMOUNTS, frame)
    height = {node.lines[0]: node.height for node in flow.nodes}
    assert height["项目一"] / height["项目二"] == pytest.approx(6760000 / 220000, rel=0.02)
    assert height["项目三"] == 2.0
    assert height["甲局"] == pytest.approx(height["项目一"] + height["项目三"], abs=0.2)
    assert height["文件"] == pytest.approx(height["甲局"] + height["乙局"], abs=0.2)


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_nothing_overlaps_or_leaves_the_picture(frame: Frame) -> None:
    """Labels of one column stand below each other, and all of it is inside."""
    flow = draw_flow("文件", STREAMS * 5, {**AMOUNTS, **{str(n): "1" for n in range(15)}}, frame)
    columns: dict[float, list[tuple[float, float]]] = {}
    for node in flow.nodes:
        bottom = node.text_y + 17 * len(node.lines)
        assert 0 <= node.y <= node.y + node.height <= flow.height
        assert bottom <= flow.height
        columns.setdefault(node.x, []).append((node.text_y, bottom))
    for spans in columns.values():
        ordered = sorted(spans)
        assert all(end < start for (_, end), (start, _) in pairwise(ordered))
    assert len(flow.bands) == 15 + 2


def test_bands_are_plain_paths_of_finite_numbers() -> None:
    """Nothing but numbers and commands, even when no amount is known."""
    flow = draw_flow("文件", [Stream("甲局", "项目三", None)], {**AMOUNTS, "0": "c"}, WIDE)
    for band in flow.bands:
        assert re.fullmatch(r"[MCVZ\d. -]+", band)
