"""Values of targets in one unit."""

from __future__ import annotations

from typing import Any

import pytest

from fundtrace.graph.concepts import code_lists
from fundtrace.graph.units import Units


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("95", "%", ("95", "percent")),
        ("12", "名", ("12", "person")),
        ("17.88", "万人", ("178800", "person")),
        ("0.35", "亿元", ("35000000", "yuan")),
        ("3", "千元", ("3000", "yuan")),
        ("2", "百万 元", ("2000000", "yuan")),
        ("1.5", "千万元", ("15000000", "yuan")),
        ("0.00012", "万元", ("1.2", "yuan")),
        ("5", "千克", ("5", "kilogram")),
        ("5", "千米", ("5", "kilometre")),
        ("60", "㎡", ("60", "square-metre")),
        ("-2", "个百分点", ("-2", "percentage-point")),
        ("1", "个村街", None),
        ("1", "元/件", None),
        ("1", "万", None),
    ],
)
def test_values_are_taken_to_one_unit(
    make: Any, value: str, unit: str, expected: tuple[str, str] | None
) -> None:
    """Synonyms meet, multipliers are expanded exactly, and an unknown unit is not guessed."""
    units = Units(code_lists(make.base, make.namespace))
    found = units.normalise(value, unit)
    assert found == (expected and (expected[0], f"{make.base}id/concept/unit-{expected[1]}"))
