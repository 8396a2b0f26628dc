"""Forms and budget tables that a page cuts in two tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fundtrace.reading.sheets import Sheets, Table
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]
Hebei = Callable[..., list[list[str]]]
TITLE = "1.路灯维护费绩效目标表"


def _continued(sheets: Sheets) -> Sheets:
    """The same, all tables but the first going on from the one before."""
    tables = [
        replace(block, continues=block.number > 1) if isinstance(block, Table) else block
        for block in sheets.blocks
    ]
    return replace(sheets, blocks=tuple(tables))


@pytest.mark.parametrize("cut", range(1, 10))
def test_a_form_goes_on_wherever_a_page_cuts_it(source: Source, hebei: Hebei, cut: int) -> None:
    """In the head, the plan, the goals and the indicators: the record is that of the whole form."""
    rows = hebei()
    (whole,) = recognise(source(TITLE, rows)).projects
    document = recognise(_continued(source(TITLE, rows[:cut], rows[cut:])))
    (project,) = document.projects
    places = {"indicators", "citations", "rows", "line", "position"}
    assert project.model_dump(exclude=places) == whole.model_dump(exclude=places)
    assert [(each.name, each.level2, each.target) for each in project.indicators] == [
        (each.name, each.level2, each.target) for each in whole.indicators
    ]
    assert document.coverage.unclaimed == ()


def test_a_head_that_is_printed_again_is_ignored(source: Source, hebei: Hebei) -> None:
    """The title and first rows of a form, and its header of columns, may stand on every page."""
    rows = [["路灯维护费绩效目标表", "", "", "", "", ""], *hebei()]
    again = [*rows[:3], rows[7], *rows[9:]]
    document = recognise(_continued(source(rows[:9], again)))
    (project,) = document.projects
    assert [each.name for each in project.indicators] == ["更换盏数", "亮灯率", "居民满意度"]
    assert document.coverage.unclaimed == ()
    assert document.coverage.ignored > 6


def test_a_new_form_under_the_same_title_is_a_form_of_its_own(source: Source, hebei: Hebei) -> None:
    """A title printed again heads the form whose name follows it."""
    head = [["项目编码", "13063621BBBBBBBBBBBBB", "项目名称", "修桥费", "", ""], *hebei()[1:3]]
    title = ["项目支出绩效目标表", "", "", "", "", ""]
    document = recognise(_continued(source([title, *hebei()], [title, *hebei(head=head)])))
    assert [project.name for project in document.projects] == ["路灯维护费", "修桥费"]


@pytest.mark.parametrize("again", [0, 1])
def test_a_budget_table_goes_on_behind_a_page(source: Source, again: int) -> None:
    """Its rows are joined, whether the header is printed again or not."""
    header = [["科目编码", "科目名称", "合计"]]
    above, below = (
        [["208", "社会保障", "3.00"]],
        [["20801", "人社管理", "2.00"], ["20802", "民政管理", "1.00"]],
    )
    sheets = source("部门预算支出总表", "单位：万元", [*header, *above], [*header[:again], *below])
    (table,) = recognise(_continued(sheets)).budget_tables
    assert [row.code for row in table.rows] == ["208", "20801", "20802"]


def test_a_budget_table_cut_within_its_header_keeps_its_note(source: Source) -> None:
    """The row of column numbers alone on a page is still that of the header."""
    sheets = source(
        "政府性基金预算财政拨款支出表",
        "单位：万元",
        [["序号", "科目编码", "科目名称", "合计"]],
        [["栏次", "1", "2", "3"]],
        "注：空表列示。",
    )
    (table,) = recognise(_continued(sheets)).budget_tables
    assert (table.rows, table.note) == ((), "注：空表列示。")
