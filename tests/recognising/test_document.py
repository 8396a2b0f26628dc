"""The whole of recognising on made-up sources."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.errors import InputError
from fundtrace.reading.sheets import Cell, Paragraph, Row, Sheets, Table
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]
Hebei = Callable[..., list[list[str]]]

WORDS = (
    "",
    "项目名称",
    "项目编码",
    "修桥",
    "预算数",
    "12.5",
    "绩效目标",
    "1.修 2.补",
    "资金支出计划（%）",
    "3月底",
    "12月底",
    "50%",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "产出指标",
    "数量指标",
    "≥5座",
    "部门(单位)名称",
    "人员经费",
    "合计",
    "项目负责人",
    "单位：万元",
    "石政发〔2019〕3号",
)


def test_an_unrelated_source_is_refused(source: Source) -> None:
    """A text without any table or section of ours is an error that names the file."""
    with pytest.raises(InputError) as refused:
        recognise(source("今天天气好", [["菜名", "价"], ["面", "8"]], file="menu.txt"))
    assert (refused.value.code, refused.value.subject) == ("unrelated-document", "menu.txt")
    assert "menu.txt" in str(refused.value)


def test_a_narrative_alone_is_a_document(source: Source) -> None:
    """The sections of goals are enough to be read."""
    document = recognise(source("一、总体绩效目标", "依石政发〔2019〕3号把水管好。"))
    assert [goal.section for goal in document.goals] == ["总体绩效目标"]
    assert [citation.number for citation in document.citations] == ["石政发〔2019〕3号"]
    assert document.projects == ()


def test_titles_of_projects_are_no_narrative(source: Source, hebei: Hebei) -> None:
    """What captions a form is not cited again outside it."""
    document = recognise(source("石政发〔2019〕3号修桥绩效目标申报表", "单位：元", hebei()))
    assert document.citations == ()


def test_a_budget_table_counts_in_the_coverage(source: Source) -> None:
    """Cells of published budget tables are answered for as well."""
    table = [
        ["科目编码", "科目名称", "合计"],
        ["208", "社会保障和就业支出", "3.00"],
    ]
    document = recognise(source("# 部门预算支出总表", "单位：万元", table))
    assert len(document.budget_tables) == 1
    assert document.coverage.cells == document.coverage.used == 6
    assert document.unit_of_money == "万元"


def test_the_source_is_kept(source: Source, hebei: Hebei) -> None:
    """File, hash and format come with the records, and pages with every place."""
    document = recognise(source(hebei(), file="a.pdf", page=3))
    assert (document.source.file, document.source.sha256, document.source.format) == (
        "a.pdf",
        "0" * 64,
        "text",
    )
    assert document.projects[0].position.page == 3
    assert {row.page for row in document.projects[0].rows} == {3}


@given(
    st.lists(
        st.one_of(
            st.sampled_from(WORDS),
            st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=1, max_size=8),
        ),
        max_size=6,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_arrangement_gives_records_or_a_refusal(blocks: list[str | list[list[str]]]) -> None:
    """Whatever the labels and values stand like: a document whose cells all are accounted for, or the one error."""
    built: list[Paragraph | Table] = []
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, str):
            built.append(Paragraph(block, number))
        else:
            rows = [
                Row(tuple(Cell(text, number) for text in cells), place, number)
                for place, cells in enumerate(block, start=1)
            ]
            built.append(Table(number, tuple(rows), number))
    try:
        document = recognise(Sheets("any", "0" * 64, "text", None, tuple(built)))
    except InputError as error:
        assert error.code == "unrelated-document"  # noqa: PT017 - either outcome is right
        return
    coverage = document.coverage
    assert coverage.used + coverage.ignored + len(coverage.unclaimed) == coverage.cells
    printed = {
        cell.text for block in built if isinstance(block, Table) for row in block.rows for cell in row.cells
    }
    for project in document.projects:
        for money in (project.budget.total, project.budget.fiscal):
            assert money is None or money.printed in printed
        for indicator in project.indicators:
            assert indicator.name is not None or indicator.target.printed is not None
            assert indicator.level1 is None or indicator.level1 in printed


def test_lines_count_within_a_sheet() -> None:
    """Sheets number their lines alike: a caption on one hides no text of another, and projects keep their order."""

    def table(number: int, name: str) -> Table:
        rows = [["项目名称", name], ["年度绩效目标", "路平。"], ["三级指标", "指标值"], ["里程", "≥5公里"]]
        made = (
            Row(tuple(Cell(text, line) for text in row), place, line)
            for place, (line, row) in enumerate(enumerate(rows, 3), 1)
        )
        return Table(number, tuple(made), 3, page=number)

    blocks = (
        Paragraph("一、总体绩效目标", 1, 1),
        Paragraph("按照冀财社〔2020〕1号修路。", 2, 1),
        Paragraph("项目支出绩效目标表", 1, 2),
        Paragraph("单位：万元", 2, 2),
        table(2, "修路"),
        Paragraph("项目支出绩效目标表", 1, 3),
        table(3, "修桥"),
    )
    document = recognise(Sheets("a.xlsx", "0" * 64, "xlsx", 3, blocks))
    assert [project.name for project in document.projects] == ["修路", "修桥"]
    assert [citation.number for citation in document.citations] == ["冀财社〔2020〕1号"]
