"""Recognising is total: whatever a reader gives, there are records or the one error, in linear time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.errors import InputError
from fundtrace.reading import read
from fundtrace.reading.sheets import Cell, Paragraph, Row, Sheets, Table
from fundtrace.recognising import recognise
from fundtrace.recognising.labels import labels
from fundtrace.records import Document

Source = Callable[..., Sheets]

SAMPLES = sorted(Path(str(files("fundtrace"))).joinpath("samples", "documents").iterdir())
LABELS = sorted({label for group in labels().meanings.values() for label in group})
VALUES = (
    "",
    "",
    "",
    "修桥",
    "12.5",
    "≥95%",
    "定性",
    "座",
    "产出指标",
    "数量指标",
    "820-某局",
    "合计",
    "1",
    "12月底",
)
TEXTS = (
    "【产出指标-数量指标】指标1:桥(≥5座)",
    "目标1：修\n目标2：补",
    "项目资金（万元）",
    "预算数：5\n其他：2",
    "注：无",
    "……",
)

_cells = st.one_of(
    st.sampled_from(LABELS), st.sampled_from(VALUES), st.sampled_from(TEXTS), st.text(max_size=8)
)
_tables = st.lists(st.lists(_cells, min_size=1, max_size=12), min_size=1, max_size=12)


def _recognised(sheets: Sheets) -> Document | None:
    """The document, its cells all accounted for; None when the source is refused."""
    try:
        document = recognise(sheets)
    except InputError as error:
        assert error.code == "unrelated-document"  # noqa: PT017 - either outcome is right
        return None
    coverage = document.coverage
    assert coverage.used + coverage.ignored + len(coverage.unclaimed) == coverage.cells
    return document


def _sheets(blocks: list[str | list[list[str]]]) -> Sheets:
    built: list[Paragraph | Table] = []
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, str):
            built.append(Paragraph(block, number))
        else:
            rows = [
                Row(tuple(Cell(t, number) for t in row), place, number) for place, row in enumerate(block, 1)
            ]
            built.append(Table(number, tuple(rows), number))
    return Sheets("any", "0" * 64, "text", None, tuple(built))


@given(st.lists(st.one_of(_cells, _tables), max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_sheets_give_records_or_the_one_error(blocks: list[str | list[list[str]]]) -> None:
    """Labels, values and nonsense in any arrangement: no target or amount is printed that no cell holds."""
    document = _recognised(_sheets(blocks))
    printed = "\0".join(
        text
        for block in blocks
        for text in ([block] if isinstance(block, str) else [c for r in block for c in r])
    )
    for project in document.projects if document else ():
        for money in (project.budget.total, project.budget.fiscal, project.budget.other):
            assert money is None or money.printed in printed
        for indicator in project.indicators:
            value = indicator.target.value
            assert value is None or indicator.target.printed is not None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_mutated_samples_give_records_or_the_one_error(path: Path) -> None:
    """Cells swapped, lost, doubled and joined, rows and blocks lost: nothing but records or the one error."""
    (sheets,) = read(path)
    for seed in range(6):
        _recognised(_mutated(sheets, random.Random(seed)))


def _mutated(sheets: Sheets, dice: random.Random) -> Sheets:
    blocks = [block for block in sheets.blocks if dice.random() > 0.03]
    return replace(
        sheets,
        blocks=tuple(b if isinstance(b, Paragraph) else replace(b, rows=_rows(b.rows, dice)) for b in blocks),
    )


def _rows(rows: tuple[Row, ...], dice: random.Random) -> tuple[Row, ...]:
    return tuple(replace(row, cells=_mutated_cells(row.cells, dice)) for row in rows if dice.random() > 0.02)


def _mutated_cells(cells: tuple[Cell, ...], dice: random.Random) -> tuple[Cell, ...]:
    kept = list(cells)
    match dice.randrange(12):
        case 0:
            dice.shuffle(kept)
        case 1:
            kept = kept[1:]
        case 2:
            kept += kept[-1:]
        case 3 if kept:
            place = dice.randrange(len(kept))
            kept[place] = replace(kept[place], text=kept[place].text[:3] + "\n" + dice.choice(LABELS))
        case 4:
            kept = [cell for cell in kept if cell.text]
    return tuple(kept)


@pytest.mark.parametrize(
    "row",
    [
        ["产出指标", "数量指标", "桥", "≥5座"],
        ["桥", "≥5座"],
        ["修桥", "12.5", "甲", "乙"],
        ["项目名称", "修桥", "预算数", "12.5"],
        ["绩效目标", "修桥"],
        ["1.修桥"],
        ["长期绩效指标", "年度绩效指标"],
        ["3月底", "25%", "12月底", "100%"],
        ["资金用途", "修桥"],
    ],
)
@pytest.mark.parametrize("header", ["form", "list", "wide"])
def test_a_table_of_many_rows_is_read_in_one_go(row: list[str], header: str, source: Source) -> None:
    """Many rows of one shape, under a form's header, a list's, and one of many columns, are read."""
    heads = {
        "form": [
            ["项目名称", "修桥", "", ""],
            ["绩效目标", "桥好", "", ""],
            ["一级指标", "二级指标", "三级指标", "指标值"],
        ],
        "list": [["项目名称", "绩效目标", "三级指标", "指标值"], ["修桥", "桥好", "桥", "5"]],
        "wide": [
            ["项目名称", "修桥"],
            ["绩效目标", "桥好"],
            ["一级指标", "二级指标", "三级指标", "指标值", *["备注"] * 12],
        ],
    }
    document = _recognised(source([*heads[header], *[list(row) for _ in range(1_000)]]))
    assert document is not None
    assert len(document.projects) >= 1


def test_a_sheet_of_twenty_thousand_rows(source: Source) -> None:
    """Twenty thousand indicators, every second one with lost cells, are one project's."""
    head = [
        ["项目名称", "修桥", "", ""],
        ["绩效目标", "桥好", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
    ]
    rows = [
        ["产出指标", "数量指标", f"桥{n}", f"≥{n}座"] if n % 2 else [f"桥{n}", f"≥{n}座"]
        for n in range(20_000)
    ]
    document = recognise(source([*head, *rows]))
    assert len(document.projects[0].indicators) == 20_000
    assert document.coverage.unclaimed == ()
