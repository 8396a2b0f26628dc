"""The project table of Hebei, in its older and its newer edition, with the narrative in front."""

from __future__ import annotations

from tests.benchmarks.documents.facts import Cited, Facts, Project
from tests.benchmarks.documents.forms.rows import basis_of, goals_text, indicator_rows, keep, text_of
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph, cells, labels
from tests.benchmarks.documents.numbers import spell
from tests.benchmarks.documents.projects import Setting, money, project
from tests.benchmarks.documents.words import fill, table


def hebei(told: Setting, facts: Facts) -> list[Block]:
    """Six columns, amounts beside the purpose, a plan by months."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年部门预算绩效文本", 1)]
    if rng.random() < 0.5:
        blocks += narrative(told, facts)
    blocks.append(Paragraph("第二部分 预算项目绩效目标"))
    old = told.scheme == "old"
    for number in range(1, rng.randint(2, 7)):
        made = project(told, number)
        if old:
            code = made.code or ""
            made.code = (
                f"{told.department['code']}-{rng.randint(0, 1)}{rng.randint(1, 9)}01-{code[-3:]}-{code[8:12]}"
            )
        facts.projects.append(made)
        title = f"{number}{rng.choice('.、')}{made.name.text}绩效目标表"
        if facts.damage and rng.random() < 0.3:
            title = rng.choice(
                (f"{title} TC {title} \\f C \\l 1 ", f"[bookmark: _Toc_4_4_00000{number}]{title}")
            )
        assert made.unit is not None
        blocks.append(Paragraph(title, rng.choice((0, 2, 3))))
        blocks.append(Paragraph(f"{made.unit[0]}{rng.choice(('', ' '))}{made.unit[1]}"))
        blocks.append(Paragraph(f"单位：{told.money}"))
        blocks.append(Grid(_rows(told, made)))
    return blocks


def _rows(told: Setting, made: Project) -> list[list[Cell]]:
    rng = told.rng
    amounts = made.amounts
    amounts["fiscal"] += amounts.pop("carryover")
    other = money(rng, amounts["other"], told.money)
    if amounts["other"] == 0 and rng.random() < 0.4:
        del amounts["other"]
        other = ""
    keep(made, ("total", "fiscal", "other"))
    sums = [money(rng, amounts[part], told.money) for part in ("total", "fiscal")]
    fiscal = rng.choice(("其中：财政资金", "其中：财政    资金", "其中 财政资金", "其中：财政 资金"))
    rows = [
        [
            Cell("项目编码", label=True),
            Cell(made.code or "", 2),
            Cell("项目名称", label=True),
            Cell(made.name.text, 3),
        ],
        [
            Cell("预算规模及资金用途", rows=2, label=True),
            *[
                Cell(text, label=place % 2 == 0)
                for place, text in enumerate(("预算数", sums[0], fiscal, sums[1], "其他资金", other))
            ],
        ],
        cells([made.purpose.text if made.purpose else ""], [6]),
        *_plan(told, made),
        [Cell("绩效目标", label=True), Cell(_numbered(told, made), 6)],
        labels(
            ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"),
            (1, 1, 1, 1, 1, 2),
        ),
    ]
    merged = rng.random() < 0.6
    return rows + indicator_rows(
        made.indicators,
        lambda each: [
            *cells([each.name, each.description or "", text_of(each.target)]),
            Cell(basis_of(each.basis), 2),
        ],
        merged=merged,
    )


def _numbered(told: Setting, made: Project) -> str:
    if told.rng.random() < 0.3:
        return goals_text(told, made.goals)
    return "\n".join(f"{number}.{goal.text}" for number, goal in enumerate(made.goals, start=1))


def _plan(told: Setting, made: Project) -> list[list[Cell]]:
    rng = told.rng
    spaced = " " if rng.random() < 0.3 else ""
    months = [f"{month}{spaced}月底" for month in (3, 6, 10, 12)]
    points = dict(made.plan.points) if made.plan else {}
    if points and rng.random() < 0.2:
        points.pop(3)
    figures = [points.get(month, "") for month in (3, 6, 10, 12)]
    if made.plan:
        made.plan.points = list(points.items())
    heading = rng.choice(("资金支出计划（%）", "资金支出计划 (%)", "资金支出计划（%）"))
    if rng.random() < 0.12:
        # The last month stands in a row of its own below, as where a table was too narrow.
        return [
            [Cell(heading, rows=2, label=True), *labels(months[:3], (2, 2, 2))],
            cells(figures[:3], (2, 2, 2)),
            [Cell(months[3], label=True), Cell(figures[3], 6)],
        ]
    return [
        [Cell(heading, rows=2, label=True), *labels(months, (1, 1, 2, 2))],
        cells(figures, (1, 1, 2, 2)),
    ]


def narrative(told: Setting, facts: Facts) -> list[Block]:
    """Duties, overall goals, goals by field, and safeguards, in prose with numbers of documents in it."""
    rng, words = told.rng, table("words")["section_texts"]
    blocks: list[Block] = [Paragraph("第一部分 部门整体绩效目标", rng.choice((0, 2)))]
    heads = (("总体", "一、总体绩效目标"), ("分项", "二、分项绩效目标"), ("保障", "三、工作保障措施"))
    if rng.random() < 0.4:
        blocks.append(Paragraph("部门职责"))
        blocks.append(Paragraph(fill(rng, rng.choice(words["职责"])) + "。"))
    for key, head in heads:
        blocks.append(Paragraph(head, rng.choice((0, 0, 3))))
        for number in range(rng.randint(1, 3)):
            text = fill(rng, rng.choice(words[key]))
            if rng.random() < 0.4:
                chosen = rng.choice(told.documents)
                lead = rng.choice(("按照", "根据", "依据", "落实"))
                text = f"{lead}{spell(rng, chosen).replace(chr(10), '')}，{text}"
                facts.narrative.append(Cited(chosen.canonical, None, "mention"))
            blocks.append(Paragraph(f"（{'一二三四'[number]}）{text}。"))
    return blocks
