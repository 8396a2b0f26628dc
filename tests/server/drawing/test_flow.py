"""The flow picture: widths as money, and labels that fit."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from fundtrace_server.drawing.flow import NARROW, WIDE, Branch, Frame, Leaf, draw_flow

FIRST = Branch("甲局", (Leaf("项目一", Decimal(6760000)), Leaf("项目三", None)))
SECOND = Branch("乙局", (Leaf("项目二", Decimal(220000)),))


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_widths_are_proportional_to_money(frame: Frame) -> None:
    """A bar is as high as its yuan; what has no amount still has a thin one."""
    flow = draw_flow("文件", Decimal(6980000), [FIRST, SECOND], frame)
    height = {node.lines[0]: node.height for node in flow.nodes}
    assert height["项目一"] / height["项目二"] == pytest.approx(6760000 / 220000, rel=0.02)
    assert height["项目三"] == 2.0
    assert height["甲局"] == pytest.approx(height["项目一"] + height["项目三"], abs=0.2)
    assert height["文件"] == pytest.approx(height["甲局"] + height["乙局"], abs=0.2)
    assert [node.yuan for node in flow.nodes[:3]] == [6980000, 6760000, None]


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_nothing_overlaps_or_leaves_the_picture(frame: Frame) -> None:
    """Labels of one column stand below each other, and all of it is inside; two of one name stay two."""
    flow = draw_flow("文件", Decimal(1), [FIRST, SECOND] * 5, frame)
    columns: dict[float, list[tuple[float, float]]] = {}
    for node in flow.nodes:
        bottom = node.text_y + 17 * len(node.lines)
        assert 0 <= node.y <= node.y + node.height <= flow.height
        assert bottom <= flow.height
        columns.setdefault(node.x, []).append((node.text_y, bottom))
    for spans in columns.values():
        ordered = sorted(spans)
        assert all(end < start for (_, end), (start, _) in pairwise(ordered))
    assert len(flow.bands) == 15 + 10


def test_bands_are_plain_paths_of_finite_numbers() -> None:
    """Nothing but numbers and commands, even when no amount is known; each says what it is."""
    flow = draw_flow("文件", None, [Branch("甲局", (Leaf("项目三", None),))], WIDE)
    for band in flow.bands:
        assert re.fullmatch(r"[MCVZ\d. -]+", band.path)
    assert [(band.start, band.end, band.yuan) for band in flow.bands] == [
        ("甲局", "项目三", None),
        ("文件", "甲局", None),
    ]
