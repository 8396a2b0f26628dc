"""Builds small sources out of texts and rows, as a reader would give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from fundtrace.reading.sheets import Cell, Paragraph, Row, Sheets, Table
from fundtrace.recognising.grid import PrintedRow, rows_of

Block = str | Sequence[Sequence[str]]
Source = Callable[..., Sheets]


@pytest.fixture
def source() -> Source:
    """Makes `Sheets` of blocks: a text is a paragraph, a list of rows a table; each takes the next line."""

    def build(*blocks: Block, file: str = "made-up.txt", page: int | None = None) -> Sheets:
        built: list[Paragraph | Table] = []
        line = tables = 0
        for block in blocks:
            line += 1
            if isinstance(block, str):
                text = block.lstrip("#")
                built.append(Paragraph(text.strip(), line, page, len(block) - len(text) or None))
                continue
            tables += 1
            first = line
            rows = []
            for number, cells in enumerate(block, start=1):
                rows.append(Row(tuple(Cell(text, line) for text in cells), number, line, page))
                line += 1
            line -= 1
            built.append(Table(tables, tuple(rows), first, page))
        return Sheets(file, "0" * 64, "text", None, tuple(built))

    return build


@pytest.fixture
def rows() -> Callable[..., tuple[PrintedRow, ...]]:
    """Makes placed rows of lists of texts: table 1, a line for each row."""

    def build(*texts: Sequence[str]) -> tuple[PrintedRow, ...]:
        made = [
            Row(tuple(Cell(text, number) for text in cells), number, number)
            for number, cells in enumerate(texts, start=1)
        ]
        return rows_of(Table(1, tuple(made), 1))

    return build


@pytest.fixture
def hebei() -> Callable[..., list[list[str]]]:
    """Makes the Hebei project table, whose rows a test may replace by their place: head, plan, goals, indicators."""

    def build(
        *,
        head: list[list[str]] | None = None,
        plan: list[list[str]] | None = None,
        goals: list[list[str]] | None = None,
        columns: list[str] | None = None,
        indicators: list[list[str]] | None = None,
    ) -> list[list[str]]:
        return [
            *(
                head
                or [
                    ["项目编码", "13063621ABCDEFGHJKLMN", "项目名称", "路灯维护费", "", ""],
                    ["预算规模及资金用途", "预算数", "12.50", "其中：财政资金", "12.50", "其他资金"],
                    ["", "更换坏灯", "", "", "", ""],
                ]
            ),
            *(
                plan
                or [
                    ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底", ""],
                    ["", "25%", "50%", "75%", "100%", ""],
                ]
            ),
            *(goals or [["绩效目标", "1.灯亮 2.路明", "", "", "", ""]]),
            columns or ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
            *(
                indicators
                or [
                    ["产出指标", "数量指标", "更换盏数", "更换的路灯", "≥50盏", "工作计划"],
                    ["", "质量指标", "亮灯率", "亮灯占全部", "≥95%", "行业标准"],
                    ["满意度指标", "服务对象满意度指标", "居民满意度", "满意占调查", "≥90%", "调查问卷"],
                ]
            ),
        ]

    return build
