"""Statements of a whole unit, and documents that are mostly prose."""

from __future__ import annotations

from decimal import Decimal

from tests.benchmarks.documents.facts import Facts, Statement
from tests.benchmarks.documents.forms.hebei import hebei, narrative
from tests.benchmarks.documents.forms.national import annual
from tests.benchmarks.documents.forms.rows import forget, goals_text, indicator_rows, text_of
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph, labels
from tests.benchmarks.documents.projects import YUAN, Setting, indicators, project


def statement(told: Setting, facts: Facts) -> list[Block]:
    """A unit's figures by type and source, its goals and indicators, and then its projects."""
    rng = told.rng

    def some() -> Decimal:
        return Decimal(rng.randint(100, 900000)) / 100

    personnel, public, projects, carried, other = some(), some(), some(), some(), Decimal(0)
    basic, spent = personnel + public, personnel + public + projects
    fiscal = spent - carried if spent > carried else spent
    carried = spent - fiscal
    figures = {
        "basic_personnel": personnel,
        "basic_public": public,
        "basic_total": basic,
        "project": projects,
        "expenditure_total": spent,
        "fiscal": fiscal,
        "carryover": carried,
        "other": other,
        "income_total": spent,
    }
    goals = project(told, 1).goals
    promised = indicators(told)
    forget(promised, description=True, basis=True)
    facts.statements.append(
        Statement(
            told.office, {name: value * YUAN["万元"] for name, value in figures.items()}, goals, promised
        )
    )
    shown = {name: f"{value:f}" for name, value in figures.items()}
    rows = [
        [Cell("部门(单位)名称", label=True), Cell(told.office, 5)],
        [Cell(rng.choice(("总体目标", "年度总体目标")), label=True), Cell(goals_text(told, goals), 5)],
        [
            Cell("预算情况(万元)", rows=6, label=True),
            Cell("按支出类型分", 2, label=True),
            Cell("预算金额", label=True),
            Cell("按来源类型分", label=True),
            Cell("预算金额", label=True),
        ],
        [
            Cell("基本支出", rows=3, label=True),
            *_pairs(shown, ("人员经费", "basic_personnel"), ("当年财政拨款", "fiscal")),
        ],
        _pairs(shown, ("公用经费", "basic_public"), ("上年结转资金", "carryover")),
        _pairs(shown, ("合计", "basic_total"), ("其他资金", "other")),
        [
            Cell("项目支出", 2, label=True),
            Cell(shown["project"]),
            Cell("收入预算合计", label=True),
            Cell(shown["income_total"]),
        ],
        [Cell("支出预算合计", 2, label=True), Cell(shown["expenditure_total"]), Cell(), Cell()],
    ]
    body = indicator_rows(
        promised, lambda each: [Cell(each.name), Cell(text_of(each.target), 2)], merged=True
    )
    body = [labels(("一级指标", "二级指标", "三级指标", "指标值"), (1, 1, 1, 2)), *body]
    body[0].insert(0, Cell("绩效指标", rows=len(body), label=True))
    blocks: list[Block] = [
        Paragraph("部门整体支出绩效目标表", 2),
        Paragraph(f"（{told.year}年度）"),
        Grid(rows + body),
    ]
    if rng.random() < 0.5:
        first, *others = annual(told, facts)
        return [first, *blocks, *others]
    return [Paragraph(f"{told.office}{told.year}年部门整体支出绩效目标", 1), *blocks]


def _pairs(shown: dict[str, str], *named: tuple[str, str]) -> list[Cell]:
    return [cell for label, name in named for cell in (Cell(label, label=True), Cell(shown[name]))]


def prose(told: Setting, facts: Facts) -> list[Block]:
    """Duties, goals and safeguards at length, and a few project tables behind them."""
    blocks = hebei(told, facts)
    if any(isinstance(block, Paragraph) and "第一部分" in block.text for block in blocks):
        return blocks
    return [blocks[0], *narrative(told, facts), *blocks[1:]]
