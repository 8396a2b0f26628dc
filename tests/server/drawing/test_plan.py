"""The chart of a spending plan."""

from __future__ import annotations

from fundtrace_server.drawing.plan import draw_plan


def test_percentages_are_drawn_against_a_hundred() -> None:
    """Half is half as high as whole, at the place of its month."""
    plan = draw_plan([(3, "25.00%"), (6, "50%"), (12, "100")], percent=True)
    quarter, half, whole = (bar.height for bar in plan.bars)
    assert half == quarter * 2
    assert whole == half * 2
    assert [bar.x for bar in plan.bars] == sorted(bar.x for bar in plan.bars)
    assert plan.bars[-1].x + plan.bar / 2 <= plan.width


def test_amounts_are_drawn_against_the_largest() -> None:
    """Thousands separators are read."""
    plan = draw_plan([(3, "1,000.5元"), (6, "2001")], percent=False)
    assert plan.bars[1].height == 2 * plan.bars[0].height


def test_a_text_without_a_number_has_no_bar() -> None:
    """It is shown, and counts as nothing, not as zero of something."""
    plan = draw_plan([(3, "按进度"), (6, "-5")], percent=False)
    assert [bar.height for bar in plan.bars] == [0.0, 0.0]
    assert plan.bars[0].printed == "按进度"
    assert draw_plan([], percent=True).bars == ()
