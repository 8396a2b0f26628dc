"""Several indicators in one row."""

import pytest

from fundtrace.recognising.items import split_items


@pytest.mark.parametrize(
    ("name", "target", "measured", "items"),
    [
        ("1.河长≥20公里；2、清漂≥9次", None, False, [("河长", "≥20公里"), ("清漂", "≥9次")]),
        ("水质明显改善", None, False, [("水质明显改善", None)]),
        ("机柜（≥7台）", None, False, [("机柜", "≥7台")]),
        ("1.树\n2.草", "1.≥5棵\n2.≥9亩", True, [("树", "≥5棵"), ("草", "≥9亩")]),
        ("树\n草", "≥5棵\n≥9亩", True, [("树", "≥5棵"), ("草", "≥9亩")]),
        ("1.树\n2.草", "1.5000棵\n2.12亩", True, [("树", "5000棵"), ("草", "12亩")]),
        ("1.树\n2.草", "1.5亩\n1.2亩", True, [("1.树2.草", "1.5亩1.2亩")]),
        ("1.树2.草", "≥5棵", True, [("1.树2.草", "≥5棵")]),
        ("长的\n名称", "≥1000\n人次", True, [("长的名称", "≥1000人次")]),
        ("2.树；3.草", "2.≥5；3.≥9", True, [("2.树；3.草", "2.≥5；3.≥9")]),
        (None, "≥5", True, [(None, "≥5")]),
        (None, None, False, []),
    ],
)
def test_a_row_may_print_several_indicators(
    name: str | None, target: str | None, measured: bool, items: list[tuple[str | None, str | None]]
) -> None:
    """Numbered names with as many values are parted; what does not count up alike stays one, as printed."""
    assert split_items(name, target, measured=measured) == items
