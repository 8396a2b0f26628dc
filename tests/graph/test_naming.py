"""Names that several sources print for one thing."""

from __future__ import annotations

from collections import Counter

from fundtrace.graph.naming import preferred, unlike


def test_the_most_frequent_name_wins() -> None:
    """Then the longest, then the first in code point order."""
    assert preferred(Counter({"甲": 2, "甲乙": 1})) == "甲"
    assert preferred(Counter({"甲": 1, "甲乙": 1})) == "甲乙"
    assert preferred(Counter({"乙": 1, "丙": 1})) == "丙"


def test_unlike_names() -> None:
    """A name that holds the other is like it; width and spaces do not count."""
    assert unlike(["关于甲的通知", "河北省财政厅 关于甲的通知"]) is None
    assert unlike(["甲（乙）", "甲(乙)"]) is None
    assert unlike(["甲局", "乙局"]) == ("乙局", "甲局")
    assert unlike([]) is None
