"""Targets against other printed figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fundtrace.recognising.rules.targets import (
    basis_number_differs,
    cost_above_budget,
    description_differs,
    indicator_two_targets,
    rate_above_hundred,
    unit_cut_short,
)

Make = Callable[..., Any]


def test_costs_above_the_budget(indicator: Make, project: Make, statement: Make, evidence: Make) -> None:
    """A cost in money above the budget is a warning; more than twice the budget it is only told."""
    costs = [
        indicator("线路费", target, level2="成本指标")
        for target in ("3200元", "≤3200元", "2800元", "≥9000元", "3200元/月", "0.32万元", "100%", "0.3万元")
    ]
    other = indicator("人数", "9000元")
    made = evidence(
        project(total="3000.00", money_unit="元", indicators=[*costs, other]),
        project(indicators=costs[:1]),
        statements=[statement(indicators=costs[:1])],
    )
    found = [(finding.indicator, finding.severity) for finding in cost_above_budget(made)]
    assert found == [(0, "warning"), (1, "warning"), (3, "info"), (5, "warning")]


def test_one_indicator_with_two_targets(
    indicator: Make, project: Make, statement: Make, evidence: Make
) -> None:
    """The same indicator with another number is found; another level, description or a text is not."""
    same = [
        indicator("培训 人次", "100人", line=4),
        indicator("培训人次", "100人"),
        indicator("培训人次", "120人", line=6),
        indicator("培训人次", "130人", level2="质量指标"),
        indicator("培训人次", "140人", description="第二期"),
        indicator("培训人次", "若干", line=7),
        indicator("培训人次", "150人", line=4),
    ]
    found = list(indicator_two_targets(evidence(project(indicators=same), project(indicators=same[2:3]))))
    assert [(finding.project, finding.indicator, finding.line) for finding in found] == [(0, 2, 6)]
    assert "第 4 行" in found[0].message.zh
    told = list(indicator_two_targets(evidence(statements=[statement(indicators=same[:3])])))
    assert [(finding.project, finding.indicator) for finding in told] == [(None, None)]


@pytest.mark.parametrize(
    ("name", "description", "target"),
    [
        ("发放时间", "自申请起不高于 90 天", "≤60天"),
        ("宣传次数", "每年至少5次", "≥6次"),
        ("参保率", "参保率达到95%", "≥90%"),
        ("办结时间", "30日以内办结", "≤20日"),
    ],
)
def test_descriptions_with_another_limit(
    indicator: Make, project: Make, evidence: Make, name: str, description: str, target: str
) -> None:
    """A limit in the target's unit with another number is a contradiction."""
    made = evidence(project(indicators=[indicator(name, target, description=description)]))
    assert [finding.severity for finding in description_differs(made)] == ["warning"]


@pytest.mark.parametrize(
    ("name", "description", "target"),
    [
        ("发放时间", "自申请起不高于 60 天", "≤60天"),
        ("档案完成率", "提供基本服务，且免费率达到100%", "≥90%"),
        ("参保人数", "16-59周岁参保人数", "13217人"),
        ("培训人数", "每次不少于50人", "≥500人"),
        ("线路数量", "全县10个乡镇", "11条"),
        ("发放时间", "不高于 90 天，特殊的不高于 30 天", "≤60天"),
        ("发放时间", "不高于 90 天", "约60天"),
        ("满意度", "满意人数/调查人数*100%", "≥90%"),
        ("人数", "", "≥90"),
        ("人数", "不少于 500 人次", "≥200人"),
        ("补助标准", "不低于50元/人", "500元"),
        ("满意度", "满意度达到90%以上得满分", "≥95%"),
    ],
)
def test_descriptions_that_contradict_nothing(
    indicator: Make, project: Make, evidence: Make, name: str, description: str, target: str
) -> None:
    """Numbers of other things, rates for each, several limits, and formulas are not compared."""
    made = evidence(project(indicators=[indicator(name, target, description=description)]))
    assert list(description_differs(made)) == []


def test_grounds_that_are_another_number(indicator: Make, project: Make, evidence: Make) -> None:
    """A basis that is a number in the target's unit must be the target's."""
    made = [
        indicator("村数", "1212个村", basis="12个村"),
        indicator("村数", "12个村", basis="12 个村"),
        indicator("村数", "12个村", basis="见 13 个村的名单"),
        indicator("村数", "12个村"),
        indicator("村数", "若干", basis="12个村"),
    ]
    found = basis_number_differs(evidence(project(indicators=made)))
    assert [(finding.indicator, finding.severity) for finding in found] == [(0, "info")]


def test_units_that_lost_a_word(indicator: Make, project: Make, evidence: Make) -> None:
    """≤3个 beside a description of 3 个月 is found; ≤3个 beside 13 个月 is not."""
    made = [
        indicator("时间", "≤3个", description="不高于 3 个月"),
        indicator("时间", "≤3个", description="13 个月之内"),
        indicator("时间", "≤3个月", description="3 个月"),
        indicator("时间", "≤3个"),
    ]
    assert [finding.indicator for finding in unit_cut_short(evidence(project(indicators=made)))] == [0]


def test_rates_of_a_whole(indicator: Make, project: Make, evidence: Make) -> None:
    """A share of a whole above 100 % is told; 100 % itself and rates of growth are not."""
    made = [
        indicator("覆盖率", "≥120%"),
        indicator("群众满意度（%）", ">100%"),
        indicator("覆盖率", "≥100%"),
        indicator("产值增长率", "≥120%"),
        indicator("培训人次", "120%"),
        indicator("覆盖率", "120"),
        indicator("覆盖率", "比去年提高120%以上"),
    ]
    found = list(rate_above_hundred(evidence(project(indicators=made))))
    assert [(finding.indicator, finding.severity) for finding in found] == [(0, "info"), (1, "info")]
