"""The flow picture of rows: shared bars, widths as money, nothing on top of another."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from fundtrace_server.drawing.flow import NARROW, WIDE, Flow, Frame
from fundtrace_server.drawing.layered import TWO_NARROW, TWO_WIDE, draw_layers

ROWS = [
    (("省", "甲局", "项目一"), Decimal(6_000_000)),
    (("央", "甲局", "项目二"), Decimal(3_000_000)),
    (("央", "乙局", "项目三"), Decimal(1_000_000)),
    (("省", "甲局", "项目二"), Decimal(500_000)),
]
NAMES = {key: key for keys, _ in ROWS for key in keys}


def heights(flow: Flow) -> dict[str, float]:
    """How tall each bar is."""
    return {node.whole: node.height for node in flow.nodes}


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_what_stands_in_several_rows_is_one_bar(frame: Frame) -> None:
    """Its height is what comes in; bands from different beginnings stay apart."""
    flow = draw_layers(ROWS, NAMES, frame)
    tall = heights(flow)
    assert len(flow.nodes) == 7
    assert len(flow.bands) == 3 + 4
    assert tall["甲局"] / tall["乙局"] == pytest.approx(9.5, rel=0.02)
    assert tall["省"] == pytest.approx(tall["项目一"] + tall["甲局"] * 0.5 / 9.5, abs=0.3)
    assert {(band.start, band.end): band.yuan for band in flow.bands}["省", "甲局"] == 6_500_000


def test_a_sum_is_told_only_where_it_means_something() -> None:
    """At the left, and where all comes from one bar of the left: several may bring the same money twice."""
    told = {node.whole: node.yuan for node in draw_layers(ROWS, NAMES, WIDE).nodes if node.told}
    assert told == {
        "省": 6_500_000,
        "央": 4_000_000,
        "乙局": 1_000_000,
        "项目一": 6_000_000,
        "项目三": 1_000_000,
    }


def test_two_of_one_name_stay_two() -> None:
    """Bars are told apart by their keys and written by their names."""
    rows = [(("x", "a"), Decimal(2)), (("x", "b"), Decimal(1))]
    flow = draw_layers(rows, {"x": "省", "a": "同名", "b": "同名"}, TWO_WIDE)
    assert [node.whole for node in flow.nodes] == ["省", "同名", "同名"]


@pytest.mark.parametrize("frame", [TWO_WIDE, TWO_NARROW])
def test_nothing_overlaps_or_leaves_the_picture(frame: Frame) -> None:
    """Labels of one column stand below each other, and all of it is inside."""
    rows = [((f"级次{n % 5}", f"第{n}个名称很长很长很长很长的部门"), Decimal(10**n)) for n in range(12)]
    flow = draw_layers(rows, {key: key for keys, _ in rows for key in keys}, frame)
    columns: dict[float, list[tuple[float, float]]] = {}
    for node in flow.nodes:
        bottom = node.text_y + 17 * len(node.lines)
        assert 0 <= node.y <= node.y + node.height <= flow.height
        assert bottom <= flow.height
        columns.setdefault(node.x, []).append((node.text_y, bottom))
    for spans in columns.values():
        assert all(end < start for (_, end), (start, _) in pairwise(sorted(spans)))
