"""Forms that lack columns: transfers by level, values in names, and indicators without levels."""

from __future__ import annotations

import re

from tests.benchmarks.documents.facts import Facts, Indicator
from tests.benchmarks.documents.forms.national import WIDTH, funds, head
from tests.benchmarks.documents.forms.rows import (
    forget,
    goals_text,
    indicator_rows,
    only,
    text_of,
)
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph, labels
from tests.benchmarks.documents.numbers import named
from tests.benchmarks.documents.projects import Setting, indicators, project
from tests.benchmarks.documents.words import label

_LED = re.compile("[≥≤≧≦<>=＝]|不少于|不低于|不超过|不高于|大于等于")
"""A value that begins with its sign: one that ends with it (60岁以上) may be a part of the name."""


def area(told: Setting, facts: Facts) -> list[Block]:
    """区域绩效目标表: a transfer, its money by level of government, a column of units."""
    rng = told.rng
    made = project(told, 1)
    facts.projects.append(made)
    scale = 10000 if told.money == "万元" else 1
    total = made.amounts["total"]
    rows = [
        [Cell("专项名称", label=True), Cell(made.name.text, 5)],
        [
            Cell("中央主管部门", label=True),
            Cell("国家有关部委", 2),
            Cell("省级财政部门", label=True),
            Cell(f"{told.region['said']}财政厅", 2),
        ],
        [Cell("区县主管部门", label=True), Cell(told.office, 5)],
        [
            Cell(f"资金情况（{told.money}）", rows=3, label=True),
            Cell("年度金额：", 2, label=True),
            Cell(f"{total / scale:f}", 3),
        ],
        [Cell("其中：中央补助", 2, label=True), Cell(f"{total / scale / 2:f}", 3)],
        [Cell("地方资金", 2, label=True), Cell(f"{total / scale / 2:f}", 3)],
        [Cell(rng.choice(("年度目标", "年度总体目标")), label=True), Cell(goals_text(told, made.goals), 5)],
    ]
    made.amounts = {"total": total}
    forget(made.indicators, description=True, basis=True)
    body = indicator_rows(
        made.indicators, lambda each: [Cell(each.name, 2), Cell(text_of(each.target))], merged=True
    )
    table_rows = [labels(("一级指标", "二级指标", "三级指标", "指标值"), (1, 1, 2, 1)), *body]
    table_rows[0].insert(0, Cell("绩效指标", rows=len(table_rows), label=True))
    only(made, code=None, unit=None, plan=None, purpose=None)
    return [
        Paragraph(f"{told.year}年中央对地方转移支付区域绩效目标表", 1),
        Paragraph(f"（{told.year}年度）"),
        Grid(rows + table_rows),
    ]


def _wide_brackets(each: Indicator) -> list[Cell]:
    return [Cell(f"{each.name}（{each.target.printed}）", 3)]


def _narrow_brackets(each: Indicator) -> list[Cell]:
    return [Cell(f"{each.name}({each.target.printed})", 3)]


def bracketed(told: Setting, facts: Facts) -> list[Block]:
    """No column of values: the value stands in brackets behind the name."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年项目绩效目标表", 1)]
    for number in range(1, rng.randint(2, 5)):
        made = project(told, number)
        facts.projects.append(made)
        made.indicators = [
            each
            for each in indicators(told)
            if each.target.printed
            and _LED.match(each.target.printed)
            and "*" not in each.target.printed
            and each.target.printed != "不低于上年"
        ]
        rows = [*head(told, facts, made), *funds(told, made)]
        made.purpose = None
        rows.append([Cell(label(rng, "goals"), label=True), Cell(goals_text(told, made.goals), WIDTH - 1)])
        forget(made.indicators, description=True, basis=True)
        valued = rng.choice((_wide_brackets, _narrow_brackets))
        body = indicator_rows(made.indicators, valued, merged=True)
        body = [labels(("一级指标", "二级指标", "三级指标"), (1, 1, 3)), *body]
        body[0].insert(0, Cell("绩效指标", rows=len(body), label=True))
        blocks += [Paragraph(f"项目支出绩效目标表（{told.year}年度）"), Grid(rows + body)]
    return blocks


def chongqing(told: Setting, facts: Facts) -> list[Block]:
    """No levels; sign, value and unit in columns; 定性 where no value is printed."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年部门预算一般性项目绩效目标表", 1)]
    for number in range(1, rng.randint(2, 5)):
        made = project(told, number)
        facts.projects.append(made)
        total = made.amounts["total"]
        made.amounts = {"total": total}
        scale = 10000 if told.money == "万元" else 1
        assert made.purpose is not None
        made.grounds = named(rng, rng.choice(told.documents), "basis")
        rows = [
            [
                Cell("项目名称", label=True),
                Cell(made.name.text, 2),
                Cell("主管部门", label=True),
                Cell(told.office),
            ],
            [Cell(f"当年预算（{told.money}）", label=True), Cell(f"{total / scale:f}", 4)],
            [Cell("项目概述", label=True), Cell(made.purpose.text, 4)],
            [Cell("立项依据", label=True), Cell(made.grounds.text, 4)],
            [Cell("当年绩效目标", label=True), Cell(goals_text(told, made.goals), 4)],
            labels(("指标", "指标权重", "计量单位", "指标性质", "指标值")),
        ]
        for each in made.indicators:
            each.level1 = each.level2 = each.description = each.basis = None
            sign, figure, measure = separate(told, each)
            rows.append(
                [Cell(text) for text in (each.name, str(rng.choice((10, 20, 30))), measure, sign, figure)]
            )
        only(made, code=None, unit=None, plan=None)
        blocks += [Paragraph(f"一般性项目绩效目标表（一级项目）（{told.year}年度）"), Grid(rows)]
    return blocks


def separate(told: Setting, each: Indicator) -> tuple[str, str, str]:
    """Sign, figure and unit of an indicator in columns of their own; the fact becomes what they say together."""
    rng, target = told.rng, each.target
    if not each.figure or not each.measure:
        word = target.printed or "完成"
        if rng.random() < 0.3:
            target.printed, target.kind = "定性", "text"
            return "定性", "", ""
        return "定性", word, ""
    figure = each.figure.replace(",", "")
    known = {"≥": ">=", "≤": "<=", "=": "=", "＝": "=", ">": ">"}
    value = figure.rstrip("0").rstrip(".") if "." in figure else figure
    target.printed = f"{each.sign}{figure}{each.measure}"
    target.comparator, target.value, target.unit, target.kind = (
        known[each.sign],
        value,
        each.measure,
        "numeric",
    )
    return each.sign, figure, each.measure
