"""Tables of many projects on one sheet."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from tests.benchmarks.documents.facts import Facts, Indicator, Project
from tests.benchmarks.documents.forms.plain import separate
from tests.benchmarks.documents.forms.rows import forget, indicator_rows, only, text_of
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph, labels
from tests.benchmarks.documents.projects import YUAN, Setting, project


def flat(told: Setting, facts: Facts) -> list[Block]:
    """Sign, value and unit in columns; a project's name on its first row or on each; rows of units with sums."""
    rng = told.rng
    repeated = rng.random() < 0.35
    merged = not repeated and rng.random() < 0.5
    with_amount = rng.random() < 0.75
    weights = rng.random() < 0.6
    head = (
        ["单位名称", "项目名称"]
        + (["年度预算数"] if with_amount else [])
        + ["年度目标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    )
    head += ["权重", "指标方向性"] if weights else []
    made = [project(told, number) for number in range(1, rng.randint(3, 8))]
    total = sum((each.amounts["total"] for each in made), Decimal(0))
    rows = [labels(head)]
    width = len(head)
    if with_amount and rng.random() < 0.7:
        rows.append(
            [Cell(text) for text in (f"{told.department['code']}-{told.office}", "", _figure(told, total))]
            + [Cell() for _ in range(width - 3)]
        )
    for place, each in enumerate(made):
        facts.projects.append(each)
        amount = each.amounts["total"]
        each.amounts = {"total": amount} if with_amount else {}
        each.goals = each.goals[:1]
        forget(each.indicators, description=True, basis=True)
        unit = f"{told.department['code']}001-{told.office}" if place == 0 or repeated else ""
        front = (
            [unit, each.name.text] + ([_figure(told, amount)] if with_amount else []) + [each.goals[0].text]
        )
        rows += _body(told, each, front, repeated=repeated, merged=merged, weights=weights)
        only(each, code=None, unit=None, plan=None, purpose=None)
    if with_amount and rng.random() < 0.4:
        rows.append(
            [Cell(text) for text in ("合计", "", _figure(told, total))] + [Cell() for _ in range(width - 3)]
        )
    return [
        Paragraph(f"{told.office}{told.year}年部门预算项目支出绩效目标表", 1),
        Paragraph(f"单位：{told.money}"),
        Grid(rows),
    ]


def _body(
    told: Setting, each: Project, front: list[str], *, repeated: bool, merged: bool, weights: bool
) -> list[list[Cell]]:
    def columns(indicator: Indicator) -> list[Cell]:
        sign, figure, measure = separate(told, indicator)
        found = [indicator.name, sign, figure, measure]
        return [Cell(text) for text in found + (["20", "正向指标"] if weights else [])]

    count = len(each.indicators)
    rows = []
    if repeated:
        for indicator in each.indicators:
            rows.append(
                [
                    *[Cell(text) for text in (*front, indicator.level1 or "", indicator.level2 or "")],
                    *columns(indicator),
                ]
            )
        return rows
    body = indicator_rows(each.indicators, columns, merged=merged)
    for place, row in enumerate(body):
        if merged:
            rows.append([*([Cell(text, rows=count) for text in front] if place == 0 else []), *row])
        else:
            rows.append([*[Cell(text if place == 0 else "") for text in front], *row])
    return rows


def _figure(told: Setting, value: Decimal) -> str:
    figure = value / YUAN[told.money]
    return f"{figure:.2f}" if figure == figure.quantize(Decimal("0.01")) else f"{figure:f}"


def one_cell(told: Setting, facts: Facts) -> list[Block]:
    """A list whose last cell holds goals and indicators: 【产出指标-数量指标】指标1:name(value)."""
    rng = told.rng
    rows = [labels(("序号", "项目名称", "项目单位", "预算数", "绩效目标"))]
    for number in range(1, rng.randint(3, 7)):
        each = project(told, number)
        facts.projects.append(each)
        forget(each.indicators, description=True, basis=True)
        each.indicators = [
            one
            for one in each.indicators
            if one.target.kind == "numeric" and (one.target.printed or "")[0] in "≥≤≧≦<>=＝不大"
        ]
        each.goals = each.goals[:1]
        text = each.goals[0].text + "。" + rng.choice(("", "\n"))
        for (level1, level2), group in groupby(each.indicators, key=lambda one: (one.level1, one.level2)):
            items = [
                f"指标{place}:{one.name}({text_of(one.target)})" for place, one in enumerate(group, start=1)
            ]
            text += f"【{level1}-{level2}】" + rng.choice(("；", "\n")).join(items)
        amount = each.amounts["total"]
        each.amounts = {"total": amount}
        rows.append(
            [Cell(one) for one in (str(number), each.name.text, told.office, _figure(told, amount), text)]
        )
        only(each, code=None, unit=None, plan=None, purpose=None)
    return [
        Paragraph(f"{told.office}{told.year}年项目支出绩效目标清单", 1),
        Paragraph(f"单位：{told.money}"),
        Grid(rows),
    ]
