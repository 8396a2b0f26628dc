"""Forms of single provinces: words dropped, templates in names, tables of contents and other tables around."""

from __future__ import annotations

from tests.benchmarks.documents.facts import Facts
from tests.benchmarks.documents.forms.hebei import hebei
from tests.benchmarks.documents.forms.national import head, indicator_table
from tests.benchmarks.documents.forms.plain import separate
from tests.benchmarks.documents.forms.rows import figure, forget, goals_text, indicator_rows, only, text_of
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph, labels
from tests.benchmarks.documents.projects import Setting, project


def shandong(told: Setting, facts: Facts) -> list[Block]:
    """The words 指标 and 绩效 are dropped: 产出值, 数量值."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年项目支出目标申报表", 1)]
    for number in range(1, rng.randint(2, 5)):
        made = project(told, number)
        facts.projects.append(made)
        total = made.amounts["total"]
        made.amounts = {"total": total}
        forget(made.indicators, description=True, basis=True)
        for each in made.indicators:
            each.level1 = (each.level1 or "").replace("指标", "值")
            each.level2 = (each.level2 or "").replace("指标", "值")
        rows = [
            [Cell("项目名称", label=True), Cell(made.name.text, 3)],
            [
                Cell("主管部门", label=True),
                Cell(told.office),
                Cell("实施单位", label=True),
                Cell(told.office),
            ],
            [Cell(f"年度预算数（{told.money}）", label=True), Cell(figure(told, total), 3)],
            [Cell("年度目标", label=True), Cell(goals_text(told, made.goals), 3)],
            labels(("一级", "二级", "三级", "目标值")),
            *indicator_rows(
                made.indicators, lambda each: [Cell(each.name), Cell(text_of(each.target))], merged=True
            ),
        ]
        only(made, code=None, unit=None, plan=None, purpose=None)
        blocks += [Paragraph(f"项目支出目标申报表（{told.year}年度）"), Grid(rows)]
    return blocks


def village(told: Setting, facts: Facts) -> list[Block]:
    """A template in the name, its value in the cell; boxes of approval below."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年衔接资金项目绩效目标申报表", 1)]
    for number in range(1, rng.randint(2, 4)):
        made = project(told, number)
        facts.projects.append(made)
        made.purpose = None
        rows = head(told, facts, made)
        total = made.amounts["total"]
        made.amounts = {"total": total}
        rows.append(
            [
                Cell(f"项目资金（{told.money}）", label=True),
                Cell("年度资金总额", 2, label=True),
                Cell(figure(told, total), 3),
            ]
        )
        rows.append([Cell("年度总体目标", label=True), Cell(goals_text(told, made.goals), 5)])
        for each in made.indicators:
            if rng.random() < 0.3 and each.measure:
                each.name = f"{each.name}（≥**{each.measure}）"
        for row in indicator_table(told, made.indicators):
            rows.append(row)
        rows.append([Cell("主管部门审核意见", label=True), Cell("同意。（盖章）", 5)])
        rows.append([Cell("财政部门审核意见", label=True), Cell("", 5)])
        blocks += [
            Paragraph("衔接推进乡村振兴补助资金项目绩效目标申报表"),
            Paragraph(f"（{told.year}年度）"),
            Grid(rows),
        ]
    return blocks


def yunnan(told: Setting, facts: Facts) -> list[Block]:
    """A workbook's sheet of all projects: numbered columns, units over their projects, goals on the first row."""
    rng = told.rng
    head_row = (
        "单位名称、项目名称",
        "项目年度绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "指标属性",
        "指标内容",
    )
    rows = [labels(head_row), [Cell(str(place)) for place in range(1, 11)]]
    rows.append([Cell(told.office), *[Cell() for _ in range(9)]])
    for number in range(1, rng.randint(3, 8)):
        made = project(told, number)
        facts.projects.append(made)
        made.amounts = {}
        made.goals = made.goals[:1]
        forget(made.indicators, basis=True)
        for place, each in enumerate(made.indicators):
            sign, value, measure = separate(told, each)
            kind = "定性指标" if sign == "定性" else "定量指标"
            front = [made.name.text, made.goals[0].text] if place == 0 else ["", ""]
            shown = [
                *front,
                each.level1 or "",
                each.level2 or "",
                each.name,
                sign,
                value,
                measure,
                kind,
                each.description or "",
            ]
            rows.append([Cell(text) for text in shown])
        only(made, code=None, unit=None, plan=None, purpose=None)
    return [
        Paragraph(f"{told.office}{told.year}年部门预算", 1),
        Paragraph("部门项目支出绩效目标表05-2"),
        Grid(rows),
    ]


def surrounded(told: Setting, facts: Facts) -> list[Block]:
    """Project tables behind a table of contents, duties, and tables of the budget."""
    rng = told.rng
    first, *blocks = hebei(told, facts)
    contents: list[Block] = [Paragraph("目 录")]
    for number, made in enumerate(facts.projects, start=1):
        dots = rng.choice(("…………", "........", "\t"))
        contents.append(
            Paragraph(f"{number}.{made.name.text.replace(chr(10), '')}绩效目标表{dots}{number + 4}")
        )
    total = rng.randint(1000, 90000)
    table = [
        [
            Cell("功能分类科目", 2, label=True),
            Cell("合计", rows=2, label=True),
            Cell("基本支出", rows=2, label=True),
            Cell("项目支出", rows=2, label=True),
        ],
        labels(("科目编码", "科目名称")),
        [Cell(text) for text in ("", "合计", f"{total}.00", f"{total - 400}.00", "400.00")],
        [Cell(text) for text in ("208", "社会保障和就业支出", f"{total}.00", f"{total - 400}.00", "400.00")],
        [
            Cell(text)
            for text in ("20801", "人力资源和社会保障管理事务", f"{total}.00", f"{total - 400}.00", "400.00")
        ],
        [Cell(text) for text in ("2080101", "行政运行", f"{total - 400}.00", f"{total - 400}.00", "")],
        [Cell(text) for text in ("2080199", "其他人力资源和社会保障管理事务支出", "400.00", "", "400.00")],
    ]
    return [
        first,
        *contents,
        Paragraph("部门预算支出总表"),
        Paragraph(f"单位：{told.money}"),
        Grid(table),
        *blocks,
    ]
