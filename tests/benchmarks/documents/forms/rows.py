"""Rows that several forms share: indicators with merged levels, amounts with their labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby

from tests.benchmarks.documents.facts import Indicator, Project, Target, Text
from tests.benchmarks.documents.layout import Cell
from tests.benchmarks.documents.projects import YUAN, Setting, money
from tests.benchmarks.documents.words import label

Columns = Callable[[Indicator], list[Cell]]


def indicator_rows(indicators: Sequence[Indicator], columns: Columns, *, merged: bool) -> list[list[Cell]]:
    """A row for each indicator: first level, second level, and the columns behind; levels merged or printed once."""
    rows: list[list[Cell]] = []
    for level1, group in groupby(indicators, key=lambda indicator: indicator.level1):
        first = list(group)
        for level2, part in groupby(first, key=lambda indicator: indicator.level2):
            second = list(part)
            for place, indicator in enumerate(second):
                row: list[Cell] = []
                if indicator is first[0]:
                    row.append(Cell(level1 or "", rows=len(first) if merged else 1))
                elif not merged:
                    row.append(Cell())
                if place == 0:
                    row.append(Cell(level2 or "", rows=len(second) if merged else 1))
                elif not merged:
                    row.append(Cell())
                rows.append([*row, *columns(indicator)])
    return rows


def text_of(target: Target) -> str:
    """The cell of a value."""
    return target.printed or ""


def basis_of(basis: Text | None) -> str:
    """The cell of a ground."""
    return basis.text if basis else ""


def amount_rows(
    told: Setting, project: Project, *, parts: Sequence[str] = ("fiscal", "carryover", "other")
) -> list[tuple[str, str]]:
    """Labels and printed amounts of a project, the total first; an amount that is not printed is no fact."""
    rng = told.rng
    rows = [(label(rng, "total"), money(rng, project.amounts["total"], told.money))]
    for part in parts:
        value = project.amounts[part]
        blank = value == 0 and part != "fiscal" and rng.random() < 0.4
        rows.append((label(rng, part), "" if blank else money(rng, value, told.money)))
        if blank:
            del project.amounts[part]
    keep(project, ("total", *parts))
    return rows


def keep(project: Project, parts: Sequence[str]) -> None:
    """Forget the amounts that a form does not print."""
    project.amounts = {part: value for part, value in project.amounts.items() if part in parts}


def figure(told: Setting, value: Decimal) -> str:
    """An amount in the document's unit, plainly."""
    return f"{value / YUAN[told.money]:f}"


def goals_text(told: Setting, goals: Sequence[Text]) -> str:
    """Goals in one cell, numbered where they are several."""
    rng = told.rng
    if len(goals) == 1 and rng.random() < 0.5:
        return goals[0].text + rng.choice(("", "。"))
    marks = rng.choice(("{}.", "{}、", "目标{}：", "（{}）", "①"))
    between = rng.choice(("\n", "\n", " ", "；"))
    end = "；" if between == "；" else rng.choice(("", "。"))
    items = []
    for number, goal in enumerate(goals, start=1):
        mark = "①②③④"[number - 1] if marks == "①" else marks.format(number)
        items.append(f"{mark}{goal.text}{end}")
    return (" " if between == "；" else between).join(items)


def only(project: Project, **changes: object) -> None:
    """Forget or replace facts that a form does not print."""
    for name, value in changes.items():
        setattr(project, name, value)


def forget(indicators: Sequence[Indicator], *, description: bool = False, basis: bool = False) -> None:
    """Forget the columns that a form does not have."""
    for indicator in indicators:
        if description:
            indicator.description = None
        if basis:
            indicator.basis = None
