"""Cited documents: numbers, titles and issuer codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fundtrace.recognising.rules.documents import (
    issuer_unknown,
    near_duplicate_numbers,
    number_without_serial,
    title_truncated,
    unlike_titles,
)

Make = Callable[..., Any]


def test_unlike_titles(project: Make, citation: Make, evidence: Make) -> None:
    """Two titles of which neither holds the other are told once, where the second stands."""
    number = "冀财社〔2020〕1号"
    cited = [
        citation(number, "桥梁管理办法"),
        citation(number, "河北省桥梁管理办法"),
        citation(number, "道路实施意见", line=8),
        citation(number, "渡口标准"),
        citation(number),
        citation(number, "渡口", title_truncated=True),
        citation(None, "堤坝意见"),
    ]
    (found,) = unlike_titles(evidence(project(citations=cited)))
    assert (found.project, found.indicator, found.line, found.severity) == (0, 0, 8, "info")


def test_unknown_issuers(project: Make, citation: Make, evidence: Make) -> None:
    """A code that no list has is told once; scoped, ambiguous and known codes and titles are not."""
    cited = [
        citation("甲乙丙字〔2020〕1号"),
        citation("甲乙丙字〔2020〕2号"),
        citation("政办〔2020〕2号"),
        citation("宁政发〔2020〕2号"),
        citation("冀财社〔2020〕2号"),
        citation("国务院令第711号"),
        citation(None, "堤坝意见"),
    ]
    (found,) = issuer_unknown(evidence(project(), citations=cited))
    assert (found.project, found.severity) == (None, "info")
    assert "甲乙丙字" in found.message.zh


def test_near_duplicates(indicator: Make, project: Make, citation: Make, evidence: Make) -> None:
    """Numbers one letter apart are told at the later; where only the field differs, like projects must cite them."""
    plain = [citation("人社部〔2014〕90号"), citation("人社部发〔2014〕90号", line=9)]
    (found,) = near_duplicate_numbers(evidence(project(citations=plain)))
    assert (found.line, found.severity) == (9, "info")
    one, other = citation("冀财规〔2018〕21号"), citation("冀财社〔2018〕21号")
    same = indicator("发放时间", "≤60天")

    def told(first: Any, second: Any) -> int:
        return len(list(near_duplicate_numbers(evidence(first, second))))

    assert told(project("修桥", citations=[one]), project("修路", citations=[other])) == 0
    assert (
        told(
            project("修桥", citations=[one], indicators=[same]),
            project("修路", citations=[other], indicators=[same]),
        )
        == 1
    )
    assert (
        told(
            project("2024年就业补助资金一", citations=[one]),
            project("2023年就业补助资金二", citations=[other]),
        )
        == 1
    )
    assert told(project("修桥", citations=[one, other]), project("修路")) == 1
    assert list(near_duplicate_numbers(evidence(citations=[one, other, citation(None, "意见")]))) == []


def test_truncated_titles(project: Make, citation: Make, evidence: Make) -> None:
    """A title that breaks off is told once."""
    cut = citation(None, "关于印发桥梁", title_truncated=True)
    assert len(list(title_truncated(evidence(project(citations=[cut, cut, citation(None, "意见")]))))) == 1


def test_numbers_without_serial(indicator: Make, project: Make, evidence: Make) -> None:
    """A code and year without a serial are told in names, purposes, goals and grounds; a whole number is not."""
    made = project(
        "川财规【2025】号资金",
        purpose="依据川财规〔2025〕××号",
        goals=["按川财规〔2025〕3号执行"],
        rows=[["项目名称", "川财规【2025】号资金"], ["资金用途：依据川财规〔2025〕××号"]],
        indicators=[indicator("路灯", "3盏", basis="川财规〔2025〕 号"), indicator("路灯", "3盏")],
    )
    found = list(number_without_serial(evidence(made)))
    assert [(finding.project, finding.indicator) for finding in found] == [(0, None), (0, None), (0, 0)]
    assert [finding.line for finding in found] == [3, 4, 9]
    assert "川财规【2025】号" in found[0].message.zh
