"""Forms with columns side by side: two terms, two budgets, or what was promised and what was achieved."""

from __future__ import annotations

from tests.benchmarks.documents.facts import Facts, Project
from tests.benchmarks.documents.forms.rows import (
    amount_rows,
    forget,
    goals_text,
    indicator_rows,
    only,
    text_of,
)
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph, labels
from tests.benchmarks.documents.projects import Setting, project
from tests.benchmarks.documents.words import label, sentence


def two_terms(told: Setting, facts: Facts) -> list[Block]:
    """Goals of the whole term beside those of the year, and indicators in two halves."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年度项目支出绩效目标申报表", 1)]
    for number in range(1, rng.randint(2, 5)):
        made = project(told, number)
        facts.projects.append(made)
        blocks.append(Paragraph(f"项目支出绩效目标申报表（{told.year}年度）"))
        rows = [
            [Cell(label(rng, "name"), 2, label=True), Cell(made.name.text, 6)],
            [
                Cell("主管部门", 2, label=True),
                Cell(told.office, 2),
                Cell("实施单位", 2, label=True),
                Cell(told.office, 2),
            ],
        ]
        amounts = amount_rows(told, made)
        title = label(rng, "funds" if told.money == "万元" else "funds_yuan")
        for place, (name, figure) in enumerate(amounts):
            side = [Cell(title, 2, rows=len(amounts), label=True)] if place == 0 else []
            rows.append([*side, Cell(name, 3, label=True), Cell(figure, 3)])
        long_label, year_label = rng.choice(
            (
                ("长期目标", "年度目标"),
                ("实施期目标", "年度目标"),
                ("长期目标（2020年—2028年）", "年度目标"),
                ("中期目标", "年度目标"),
            )
        )
        rows.append(
            [
                Cell("总体目标", rows=2, label=True),
                Cell(long_label, 4, label=True),
                Cell(year_label, 3, label=True),
            ]
        )
        rows.append([Cell(f"连续多年{sentence(rng, 'goals')}", 4), Cell(goals_text(told, made.goals), 3)])
        rows += _halves(told, made)
        only(made, code=None, unit=None, plan=None, purpose=None)
        blocks.append(Grid(rows))
    return blocks


def _halves(told: Setting, made: Project) -> list[list[Cell]]:
    rng = told.rng
    forget(made.indicators, description=True, basis=True)
    name = rng.choice(("指标内容", "三级指标"))
    rows = [labels(("绩效指标", "一级指标", "二级指标", name, "指标值", "二级指标", name, "指标值"))]
    before = first = ""
    for each in made.indicators:
        first1 = "" if each.level1 == first else each.level1 or ""
        second = "" if (each.level2 or "") == before and not first1 else each.level2 or ""
        first, before = each.level1 or "", each.level2 or ""
        value = text_of(each.target)
        rows.append(
            [
                Cell(text)
                for text in (
                    "",
                    first1,
                    second,
                    f"{each.name}（累计）",
                    f"≥{rng.randint(5, 99)}",
                    second,
                    each.name,
                    value,
                )
            ]
        )
    return rows


def shanghai(told: Setting, facts: Facts) -> list[Block]:
    """项目总目标 beside 年度总体目标; the whole term's money beside the year's; one column of values."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年财政项目支出绩效目标申报表", 1)]
    for number in range(1, rng.randint(2, 5)):
        made = project(told, number)
        facts.projects.append(made)
        total = made.amounts["total"]
        unit = told.money
        scale = 10000 if unit == "万元" else 1
        fiscal = made.amounts["fiscal"]
        rows = [
            [
                Cell("项目名称", label=True),
                Cell(made.name.text, 2),
                Cell("项目类别", label=True),
                Cell("特定目标类"),
            ],
            [
                Cell("主管部门", label=True),
                Cell(told.office, 2),
                Cell("实施单位", label=True),
                Cell(told.office),
            ],
            [
                Cell("计划开始日期", label=True),
                Cell(f"{told.year}-01-01", 2),
                Cell("计划完成日期", label=True),
                Cell(f"{told.year}-12-31"),
            ],
            [
                Cell(f"项目资金\n（{unit}）", rows=2, label=True),
                Cell("项目资金总额", label=True),
                Cell(f"{total * 3 / scale:f}"),
                Cell("年度资金申请总额", label=True),
                Cell(f"{total / scale:f}"),
            ],
            [
                Cell("其中：财政资金", label=True),
                Cell(f"{fiscal * 3 / scale:f}"),
                Cell("其中：当年财政拨款", label=True),
                Cell(f"{fiscal / scale:f}"),
            ],
            [
                Cell("总体目标", rows=2, label=True),
                Cell("项目总目标", 2, label=True),
                Cell("年度总体目标", 2, label=True),
            ],
            [Cell(f"三年内{sentence(rng, 'goals')}", 2), Cell(goals_text(told, made.goals), 2)],
            labels(
                ("一级指标", "二级指标", "三级指标", rng.choice(("年度(/项目)指标值", "年度指标值"))),
                (1, 1, 2, 1),
            ),
        ]
        forget(made.indicators, description=True, basis=True)
        rows += indicator_rows(
            made.indicators, lambda each: [Cell(each.name, 2), Cell(text_of(each.target))], merged=True
        )
        made.amounts = {"total": total, "fiscal": fiscal}
        only(made, code=None, unit=None, plan=None, purpose=None)
        blocks.append(Grid(rows))
    return blocks


def evaluated(told: Setting, facts: Facts) -> list[Block]:
    """A self-evaluation: budgets in three columns, what was achieved beside what was promised, scores."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年度项目支出绩效自评表", 1)]
    scale = 10000 if told.money == "万元" else 1
    for number in range(1, rng.randint(2, 5)):
        made = project(told, number)
        facts.projects.append(made)
        blocks.append(Paragraph(f"项目支出绩效自评表（{told.year}年度）"))
        rows = [
            [Cell("项目名称", label=True), Cell(made.name.text, 8)],
            [
                Cell("主管部门", label=True),
                Cell(told.office, 4),
                Cell("实施单位", label=True),
                Cell(told.office, 3),
            ],
            [
                Cell(f"项目资金（{told.money}）", rows=3, label=True),
                Cell("", 2),
                *labels(("年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率", "得分")),
            ],
        ]
        for part, name in (("total", "年度资金总额"), ("fiscal", "其中：当年财政拨款")):
            value = made.amounts[part] / scale
            share = rng.randint(60, 100)
            spent = (value * share / 100).normalize()
            rows.append(
                [
                    Cell(name, 2, label=True),
                    Cell(f"{value:f}"),
                    Cell(f"{value:f}"),
                    Cell(f"{spent:f}"),
                    Cell("10" if part == "total" else "—"),
                    Cell(f"{share}%"),
                    Cell("9.5" if part == "total" else "—"),
                ]
            )
        made.amounts = {part: made.amounts[part] for part in ("total", "fiscal")}
        rows.append(
            [
                Cell("年度总体目标", rows=2, label=True),
                Cell("预期目标", 4, label=True),
                Cell("实际完成情况", 4, label=True),
            ]
        )
        rows.append([Cell(goals_text(told, made.goals), 4), Cell("各项任务均已完成。", 4)])
        rows.append(
            labels(
                (
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "年度指标值",
                    "实际完成值",
                    "分值",
                    "得分",
                    "偏差原因分析及改进措施",
                ),
                (1, 1, 1, 1, 1, 1, 1, 2),
            )
        )
        forget(made.indicators, description=True, basis=True)
        rows += indicator_rows(
            made.indicators,
            lambda each: (
                [Cell(text) for text in (each.name, text_of(each.target), each.figure or "完成", "10", "9")]
                + [Cell("", 2)]
            ),
            merged=True,
        )
        rows.append([Cell("总分", 5, label=True), Cell("100"), Cell("96"), Cell("", 2)])
        only(made, code=None, unit=None, plan=None, purpose=None)
        blocks.append(Grid(rows))
    return blocks
