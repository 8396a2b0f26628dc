"""Tests of the published budget tables."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.reading import read
from fundtrace.reading.sheets import Cell, Paragraph, Row, Table
from fundtrace.recognising.budget_tables import budget_table_numbers, read_budget_tables

Block = Paragraph | Table
FUNCTION_HEADER = (
    "序号\t功能分类科目\t\t合计\t本年收入\t\t上年结转",
    "\t科目编码\t科目名称\t\t小计\t财政拨款\t",
    "栏次\t1\t2\t3\t4\t5\t6",
)


def _table(number: int, *rows: str) -> Table:
    return Table(
        number=number,
        rows=tuple(
            Row(
                cells=tuple(Cell(text, 100 * number + n) for text in row.split("\t")),
                number=n,
                line=100 * number + n,
            )
            for n, row in enumerate(rows, start=1)
        ),
        line=100 * number + 1,
    )


def _text(*texts: str) -> list[Block]:
    return [Paragraph(text=text, line=line) for line, text in enumerate(texts, start=1)]


def test_a_classified_table() -> None:
    """Codes give levels and leaves, header rows join to names, and amounts are exact yuan."""
    (table,) = read_budget_tables(
        [
            *_text("部门预算收入总表", "323 某局", "单位：万元"),
            _table(
                1,
                *FUNCTION_HEADER,
                "1\t\t合计\t3502.60\t3502.60\t3502.60\t",
                "2\t208\t社会保障和就业支出\t3502.60\t3502.60\t3502.60\t",
                "3\t20801\t管理事务\t3502.60\t3502.60\t3502.60\t",
                "4\t2080101\t行政运行\t3502.60\t3502.60\t3502.60\t",
            ),
        ]
    )
    assert (table.kind, table.title, table.line, table.note) == ("income", "部门预算收入总表", 1, None)
    assert table.columns == ("合计", "小计", "财政拨款", "上年结转")
    assert [(row.code, row.name, row.level, row.leaf, row.line) for row in table.rows] == [
        (None, "合计", "合计", False, 104),
        ("208", "社会保障和就业支出", "类", False, 105),
        ("20801", "管理事务", "款", False, 106),
        ("2080101", "行政运行", "项", True, 107),
    ]
    assert {name: money.yuan for name, money in table.rows[3].cells.items()} == {
        "合计": "35026000",
        "小计": "35026000",
        "财政拨款": "35026000",
    }
    assert (table.rows[3].position.table, table.rows[3].position.row) == (1, 7)


def test_a_two_sided_table() -> None:
    """Income and expenditure of one printed row are two rows, each with its side."""
    (table,) = read_budget_tables(
        [
            *_text("表一：部门收支预算总表", "单位：元"),
            _table(
                2,
                "收入\t\t支出\t",
                "项目\t预算数\t项目\t预算数",
                "一、拨款收入\t5.00\t一、一般公共服务支出\t",
                "\t\t二、外交支出\t5.00",
                "年初结转\t\t\t",
                "一、一般公共预算\t\t\t",
                "收入总计\t5.00\t支出总计\t5.00",
            ),
        ]
    )
    assert table.kind == "income_expenditure"
    assert table.columns == ("预算数",)
    assert [
        (row.side, row.name, row.level, row.leaf, [m.yuan for m in row.cells.values()]) for row in table.rows
    ] == [
        ("收入", "一、拨款收入", None, True, ["5"]),
        ("支出", "一、一般公共服务支出", None, True, []),
        ("支出", "二、外交支出", None, True, ["5"]),
        ("收入", "年初结转", None, False, []),
        ("收入", "一、一般公共预算", None, True, []),
        ("收入", "收入总计", "合计", False, ["5"]),
        ("支出", "支出总计", "合计", False, ["5"]),
    ]


def test_pieces_under_a_repeated_header_are_one_table() -> None:
    """A table goes on under its header on the next page; leaves are told over all pieces."""
    blocks = [
        *_text("部门预算支出总表", "单位：万元"),
        _table(1, *FUNCTION_HEADER, "1\t208\t社保\t1\t1\t1\t"),
        *_text("323 某局", "单位：万元"),
        _table(2, *FUNCTION_HEADER, "2\t2080101\t运行\t1\t1\t1\t"),
    ]
    (table,) = read_budget_tables(blocks)
    assert [(row.code, row.leaf, row.line) for row in table.rows] == [
        ("208", False, 104),
        ("2080101", True, 204),
    ]
    assert budget_table_numbers(blocks) == {1, 2}


def test_an_empty_table_keeps_its_note() -> None:
    """A table without rows is a table, and the notes right below it are its note; later ones are not."""
    tables = read_budget_tables(
        [
            *_text("部门预算政府性基金预算财政拨款支出表", "单位：万元"),
            _table(1, *FUNCTION_HEADER),
            *_text("注：无预算，空表列示。", "备注：见下。", "以下是说明文字。", "注：与表无关。"),
            *_text("国有资本经营预算支出表"),
            _table(2, *FUNCTION_HEADER),
        ]
    )
    assert [(table.kind, table.rows, table.note) for table in tables] == [
        ("government_fund", (), "注：无预算，空表列示。\n备注：见下。"),
        ("state_capital", (), None),
    ]


def test_title_unit_and_note_inside_the_table() -> None:
    """A sheet carries its title, unit and notes in rows of its own; three code columns make one code."""
    (table,) = read_budget_tables(
        [
            _table(
                3,
                "一般公共预算支出功能分类预算表\t\t\t\t\t",
                "编制部门：某局\t\t\t\t\t单位：元",
                "功能分类科目编码\t\t\t功能分类科目名称\t一般公共预算支出\t",
                "类\t款\t项\t\t合计\t基本支出",
                "208\t\t\t社保\t5\t5",
                "208\t05\t01\t离退休\t5\t5",
                "注：空白为零。\t\t\t\t\t",
            )
        ]
    )
    assert (table.kind, table.line, table.note, table.columns) == (
        "function",
        301,
        "注：空白为零。",
        ("合计", "基本支出"),
    )
    assert [(row.code, row.name, row.level, row.leaf) for row in table.rows] == [
        ("208", "社保", "类", False),
        ("2080501", "离退休", "项", True),
    ]
    assert table.rows[1].cells["合计"].yuan == "5"


def test_assets_count_and_value() -> None:
    """A column's own unit governs it; counts are kept without yuan; 其中 rows are not added up."""
    (table,) = read_budget_tables(
        [
            *_text("部门固定资产占用情况表", "截止时间：2024-12-31"),
            _table(
                4,
                "项 目\t数量\t价值（金额单位：万元）\t",
                "资产总额\t\t456.88",
                "1、房屋（平方米）\t\t10\t7\t8",
                "其中：办公用房\t\t4",
                "2、车辆\t1\t11.24",
            ),
        ]
    )
    assert table.columns == ("数量", "价值（金额单位：万元）")
    assert [(row.name, row.level, row.leaf) for row in table.rows] == [
        ("资产总额", "合计", False),
        ("1、房屋（平方米）", None, True),
        ("其中：办公用房", None, False),
        ("2、车辆", None, True),
    ]
    vehicles = table.rows[3].cells
    assert (vehicles["数量"].yuan, vehicles["数量"].printed) == (None, "1")
    assert vehicles["价值（金额单位：万元）"].yuan == "112400"
    assert [table.rows[1].cells[name].printed for name in ("第4列", "第5列")] == ["7", "8"]


def test_repeated_labels_get_names_of_their_own() -> None:
    """Labels that occur twice are told apart by the label above them, else by their number."""
    (table,) = read_budget_tables(
        [
            *_text("“三公”经费支出表", "单位：元"),
            _table(
                5,
                "单位名称\t项目名称\t2024年\t\t2025年\t\t调整\t调整",
                "\t\t预算数\t合计\t预算数\t合计\t\t",
                "某局\t某项\t1\t1\t2\t2\t3\t4",
            ),
        ]
    )
    assert table.columns == (
        "项目名称",
        "2024年/预算数",
        "2024年/合计",
        "2025年/预算数",
        "2025年/合计",
        "调整",
        "调整/2",
    )
    (row,) = table.rows
    assert (row.name, row.cells["项目名称"].printed, row.cells["调整/2"].yuan) == ("某局", "某项", "4")


def test_gaps_in_titles_and_headers() -> None:
    """Blank lines below a title, an upper label with nothing to its left, and bold marks change nothing."""
    (table,) = read_budget_tables(
        [
            *_text("部门预算支出总表", " ", "单位：万元"),
            _table(6, "\t2025年\t", "项目\t**合计**\t其中：基本支出", "某项\t**1.50**\t1.00"),
        ]
    )
    assert table.columns == ("合计", "其中：基本支出")
    assert table.rows[0].cells["合计"].yuan == "15000"


@pytest.mark.parametrize(
    "blocks",
    [
        [*_text("部门预算支出总表", "本表反映支出。详见说明。"), _table(1, *FUNCTION_HEADER)],
        [*_text("单位整体支出绩效目标表"), _table(1, *FUNCTION_HEADER)],
        [*_text("部门预算收支总表 1"), _table(1, *FUNCTION_HEADER)],
        [*_text("部门预算公开表"), _table(1, "部门预算收支总表\t1", "部门预算收入总表\t3")],
        [
            *_text("部门预算支出总表"),
            _table(1, "项目编码\t13052925P00004710003D\t项目名称\t某项目", "预算数\t5"),
        ],
        [*_text("部门预算支出总表"), _table(1, "甲\t乙", "丙\t丁")],
        [*_text("部门预算支出总表"), _table(1, *["甲\t乙"] * 9)],
        [*_text("部门预算支出总表"), _table(1, "项目\t科目名称")],
        [*_text("部门预算支出总表"), _table(1)],
        [
            Paragraph(text="部门预算支出总表", line=1),
            Paragraph(text="一、概况", line=2, heading=1),
            _table(1, *FUNCTION_HEADER),
        ],
        [_table(1, *FUNCTION_HEADER)],
    ],
)
def test_other_tables_are_left_alone(blocks: list[Block]) -> None:
    """Without a title right above, or without names and figures, a table is none of these."""
    assert read_budget_tables(blocks) == ()
    assert budget_table_numbers(blocks) == frozenset()


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["部门预算支出总表", "单位：元", "注：无"])
        | st.lists(
            st.lists(
                st.sampled_from(["", "项目", "合计", "收入", "支出", "1", "2.5", "208", "一、甲", "注：无"]),
                max_size=4,
            ),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_any_blocks_are_accepted(parts: list[str | list[list[str]]]) -> None:
    """No arrangement of titles and cells raises."""
    blocks: list[Block] = [
        Paragraph(text=part, line=n)
        if isinstance(part, str)
        else _table(n, *["\t".join(row) for row in part])
        for n, part in enumerate(parts, start=1)
    ]
    assert {
        row.position.table for table in read_budget_tables(blocks) for row in table.rows
    } <= budget_table_numbers(blocks)


@pytest.mark.documents
@pytest.mark.skipif(
    not os.environ.get("FUNDTRACE_DOCUMENTS"), reason="the published documents are not at hand"
)
def test_a_published_budget() -> None:
    """All eleven tables of a published departmental budget are read, and their leaves sum to their totals."""
    (sheets,) = read(Path(os.environ["FUNDTRACE_DOCUMENTS"]) / "julu-2025.txt")
    tables = read_budget_tables(sheets.blocks)
    assert [table.kind for table in tables] == [
        "income_expenditure",
        "income",
        "expenditure",
        "fiscal_grant",
        "function",
        "economic",
        "government_fund",
        "state_capital",
        "three_public",
        "procurement",
        "assets",
    ]
    assert [len(table.rows) for table in tables] == [42, 17, 17, 43, 17, 23, 0, 0, 0, 0, 6]
    for table in tables[1:3] + tables[4:6]:
        for column in table.columns:
            cents = [
                (row.leaf, int(row.cells[column].yuan or "0") if column in row.cells else 0)
                for row in table.rows
            ]
            assert sum(yuan for leaf, yuan in cents if leaf) == cents[0][1]
