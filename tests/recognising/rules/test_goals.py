"""Goals that several projects share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fundtrace.recognising.rules.goals import goals_repeated

Make = Callable[..., Any]


def test_goals_of_another_project(project: Make, evidence: Make) -> None:
    """Each project with another's goals is told, in its goals' row; order and spaces make no difference."""
    made = [
        project("修桥", goals=["桥通", "桥稳"], rows=[["项目名称"], ["绩效目标", "1.桥通 2.桥稳"]]),
        project("修路", goals=["桥稳", "桥 通"]),
        project("修渠", goals=["桥通"]),
        project("修井", goals=["目标内容1"]),
        project("修塘", goals=["目标内容1"]),
        project("修闸"),
        project("修 渠", goals=["桥通"]),
    ]
    found = list(goals_repeated(evidence(*made)))
    assert [(finding.project, finding.severity) for finding in found] == [(0, "info"), (1, "info")]
    assert "修路" in found[0].message.zh
    assert "line 3" in found[1].message.en


def test_goals_are_found_in_their_row(project: Make, evidence: Make) -> None:
    """A goal that stands behind a label or number in its cell is found there."""
    rows = [["项目名称"], ["绩效目标", "1.保证桥梁畅通"]]
    made = [project("修桥", goals=["保证桥梁畅通"], rows=rows), project("修路", goals=["保证桥梁畅通"])]
    assert [finding.line for finding in goals_repeated(evidence(*made))] == [4, 3]


def test_a_purpose_with_the_words_of_a_goal(project: Make, evidence: Make) -> None:
    """A goal that repeats the purpose is found in its own row, or with the purpose where both are one cell."""
    told = "保证桥梁畅通"
    below = [["项目名称"], ["资金用途", told], ["绩效目标", f"1.{told}"]]
    made = [
        project("修桥", goals=[told], purpose=told, rows=below),
        project("修路", goals=[told], purpose=told, rows=below[:2]),
    ]
    assert [finding.line for finding in goals_repeated(evidence(*made))] == [5, 4]
