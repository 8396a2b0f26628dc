"""Project tables in the national pattern: money by its sources, goals, indicators with two to six columns."""

from __future__ import annotations

from tests.benchmarks.documents.facts import Facts, Indicator, Project
from tests.benchmarks.documents.forms.rows import (
    amount_rows,
    basis_of,
    forget,
    goals_text,
    indicator_rows,
    only,
    text_of,
)
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph, labels
from tests.benchmarks.documents.numbers import named
from tests.benchmarks.documents.projects import Setting, money, project
from tests.benchmarks.documents.words import label, table

WIDTH = 6


def annual(told: Setting, facts: Facts) -> list[Block]:
    """年度资金总额 and its sources; one table a project."""
    rng = told.rng
    blocks: list[Block] = [Paragraph(f"{told.office}{told.year}年度项目支出绩效目标公开", 1)]
    for number in range(1, rng.randint(2, 6)):
        made = project(told, number)
        facts.projects.append(made)
        blocks += [Paragraph("项目支出绩效目标表", rng.choice((0, 2))), Paragraph(f"（{told.year}年度）")]
        blocks.append(Grid(_annual_rows(told, facts, made)))
    return blocks


def stacked(told: Setting, facts: Facts) -> list[Block]:
    """Several projects below one another in one table, each under its own title."""
    rng = told.rng
    rows: list[list[Cell]] = []
    for number in range(1, rng.randint(3, 6)):
        made = project(told, number)
        facts.projects.append(made)
        rows.append([Cell("项目支出绩效目标表", WIDTH)])
        rows.append([Cell(f"（{told.year}年度）", WIDTH)])
        rows += _annual_rows(told, facts, made)
        if rng.random() < 0.5:
            rows.append([Cell("", WIDTH)])
    return [Paragraph(f"{told.office}{told.year}年部门预算项目支出绩效目标", 1), Grid(rows)]


def head(told: Setting, facts: Facts, made: Project) -> list[list[Cell]]:
    """Code, name, department, unit, and sometimes a contact."""
    rng = told.rng
    rows = [[Cell(label(rng, "name"), label=True), Cell(made.name.text, WIDTH - 1)]]
    if rng.random() < 0.3:
        rows[0] = [
            Cell(label(rng, "name"), label=True),
            Cell(made.name.text, 2),
            Cell(label(rng, "code"), label=True),
            Cell(made.code or "", 2),
        ]
    else:
        made.code = None
    rows.append(
        [
            Cell(label(rng, "department"), label=True),
            Cell(told.office, 2),
            Cell(label(rng, "implementing"), label=True),
            Cell(f"{told.region['name']}{rng.choice(table('words')['sections'])}", 2),
        ]
    )
    if rng.random() < 0.3:
        person, number = (
            rng.choice(table("words")["names_of_people"]),
            f"139{rng.randint(10000000, 99999999)}",
        )
        facts.contacts += [person, number]
        rows.append(
            [Cell("项目负责人", label=True), Cell(person, 2), Cell("联系电话", label=True), Cell(number, 2)]
        )
    only(made, unit=None, plan=None)
    return rows


def funds(told: Setting, made: Project) -> list[list[Cell]]:
    """The rows of money under one merged label."""
    rows: list[list[Cell]] = []
    if told.rng.random() < 0.25:
        return _in_one_row(told, made)
    amounts = amount_rows(told, made)
    title = label(told.rng, "funds" if told.money == "万元" else "funds_yuan")
    for place, (name, figure) in enumerate(amounts):
        row = [Cell(title, rows=len(amounts), label=True)] if place == 0 else []
        rows.append([*row, Cell(name, 2, label=True), Cell(figure, WIDTH - 3)])
    return rows


def _in_one_row(told: Setting, made: Project) -> list[list[Cell]]:
    """Total and parts side by side; the unit in the label, or beside each amount."""
    rng = told.rng
    apart = rng.random() < 0.4
    total, fiscal, rest = (made.amounts[part] for part in ("total", "fiscal", "carryover"))
    rest += made.amounts["other"]
    made.amounts = {"total": total, "fiscal": fiscal, "other": rest}
    unit = told.money
    shown = [money(rng, value, unit) + (unit if apart and value else "") for value in (total, fiscal, rest)]
    titles = ["年度资金总额", "其中：财政拨款", "其他资金"]
    if not apart:
        titles = [f"{title}（{unit}）" for title in titles]
    elif not rest:
        del made.amounts["other"]
        shown[2] = rng.choice(("", "—", "/"))
    return [
        [
            cell
            for title, text in zip(titles, shown, strict=True)
            for cell in (Cell(title, label=True), Cell(text))
        ]
    ]


def _annual_rows(told: Setting, facts: Facts, made: Project) -> list[list[Cell]]:
    rng = told.rng
    rows = [*head(told, facts, made), *funds(told, made)]
    if rng.random() < 0.35:
        ground = named(rng, rng.choice(told.documents), "basis")
        made.grounds = ground
        rows.append([Cell(label(rng, "grounds"), label=True), Cell(ground.text, WIDTH - 1)])
    if rng.random() < 0.4:
        assert made.purpose is not None
        rows.append([Cell(label(rng, "purpose"), label=True), Cell(made.purpose.text, WIDTH - 1)])
    else:
        made.purpose = None
    rows.append([Cell(label(rng, "goals"), label=True), Cell(goals_text(told, made.goals), WIDTH - 1)])
    return rows + indicator_table(told, made.indicators)


def indicator_table(told: Setting, promised: list[Indicator]) -> list[list[Cell]]:
    """绩效指标 down the left side, levels, name, and what else the form has."""
    rng = told.rng
    wide = rng.random() < 0.35
    numbered, scored = rng.random() < 0.12, rng.random() < 0.15
    names = [label(rng, "level1"), label(rng, "level2"), label(rng, "level3")]
    if wide:
        names += [label(rng, "target"), label(rng, "basis")]
        widths = [1, 1, 1, 1, 1]
        forget(promised, description=True)
    else:
        names += [label(rng, "target")]
        widths = [1, 1, 2, 1]
        forget(promised, description=True, basis=True)

    def columns(each: Indicator) -> list[Cell]:
        found = [Cell(each.name, widths[2]), Cell(text_of(each.target))]
        return [*found, Cell(basis_of(each.basis))] if wide else found

    merged = rng.random() < 0.8
    rows = [labels(names, widths), *indicator_rows(promised, columns, merged=merged)]
    if scored:
        for place, row in enumerate(rows):
            row.append(Cell(("分值" if place == 0 else str(rng.choice((5, 10, 15)))), label=place == 0))
    if numbered and not merged:
        for place, row in enumerate(rows):
            row.insert(0, Cell("序号" if place == 0 else str(place), label=place == 0))
    side = label(rng, "indicators")
    if merged:
        rows[0].insert(0, Cell(side, rows=len(rows), label=True))
    else:
        for place, row in enumerate(rows):
            row.insert(0, Cell(side if place == 0 else "", label=place == 0))
    return rows
