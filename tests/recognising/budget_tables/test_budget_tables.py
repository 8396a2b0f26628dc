"""Tests of the published budget tables."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.reading import read
from fundtrace.reading.sheets import Cell, Paragraph, Row, Table
from fundtrace.recognising.budget_tables import (
    read_budget_tables,
)

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
    ).records
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
    ).records
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
    (table,) = read_budget_tables(blocks).records
    assert [(row.code, row.leaf, row.line) for row in table.rows] == [
        ("208", False, 104),
        ("2080101", True, 204),
    ]
    assert read_budget_tables(blocks).numbers == {1, 2}


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
    ).records
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
    ).records
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
    ).records
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


def test_a_titled_table_that_is_not_understood_is_told() -> None:
    """Figures under a budget table's title and no header that names rows: the table is told, not read."""
    blocks = [
        *_text("部门预算支出总表", "单位：元"),
        _table(1, "甲\t乙", "丙\t5.00"),
        *_text("部门预算收入总表"),
        _table(2, "甲\t乙", "丙\t丁"),
        _table(3, "甲\t乙", "丙\t5.00"),
    ]
    blocks += [*_text("“三公”经费支出表"), _table(4, "合计\t公务接待费", "5.00\t公务接待\n1.00")]
    assert [(unread.title, unread.table.number) for unread in read_budget_tables(blocks).unread] == [
        ("部门预算支出总表", 1),
        ("“三公”经费支出表", 4),
    ]
    assert read_budget_tables(blocks).records == ()


@pytest.mark.parametrize("again", ["部门预算支出总表", "部门预算支出总表（续）"])
def test_a_title_printed_again_goes_on_with_its_table(again: str) -> None:
    """The same title, captions and header on the next page are one table; other captions make another."""
    pages = [
        [Paragraph(text=text, line=line), Paragraph("编制单位：某局", line), _table(n, *FUNCTION_HEADER, row)]
        for n, (text, line, row) in enumerate(
            [("部门预算支出总表", 1, "1\t208\t社保\t1\t1\t1\t"), (again, 2, "2\t20801\t管理\t1\t1\t1\t")], 1
        )
    ]
    assert [len(table.rows) for table in read_budget_tables([*pages[0], *pages[1]]).records] == [2]
    pages[1][1] = Paragraph("编制单位：某站", 2)
    assert [len(table.rows) for table in read_budget_tables([*pages[0], *pages[1]]).records] == [1, 1]


def _continued(number: int, *rows: str) -> Table:
    return replace(_table(number, *rows), continues=True)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["人员经费\t\t\t公用经费\t\t"], ["编码\t名称\t决算数\t编码\t名称\t决算数"]),
        (["功能分类科目\t\t决算数"], ["科目编码\t科目名称\t"]),
        (["科目编码\t科目名称\t决算数"], []),
        (["科目编码\t科目名称\t决算数", "栏次\t\t1"], []),
    ],
)
def test_a_header_that_a_page_cuts_is_whole(above: list[str], below: list[str]) -> None:
    """The parts of a header on two pages are one, wherever the page cut it."""
    blocks = [
        *_text("基本支出表", "单位：元"),
        _table(1, *above),
        _continued(2, *below, "301\t工资\t5.00\t302\t办公费\t6.00"),
    ]
    (table,) = read_budget_tables(blocks).records
    assert (table.rows[0].code, table.rows[0].name, table.rows[0].cells["决算数"].yuan) == (
        "301",
        "工资",
        "5",
    )
    assert read_budget_tables(blocks).numbers == {1, 2}


def test_rows_without_codes_go_on_behind_a_page() -> None:
    """What follows a page break is no header when it begins with figures; a new title begins a new table."""
    first = _table(1, "合计\t公务接待费", "5.00\t5.00")
    title = _text("“三公”经费支出表", "单位：元")
    (table,) = read_budget_tables([*title, first, _continued(2, "1.00\t2.00", "3.00\t4.00")]).records
    assert [len(row.cells) for row in table.rows] == [2, 2, 2]
    again = _continued(2, "“三公”经费决算表\t", "合计\t公务接待费", "3.00\t4.00")
    assert [table.title for table in read_budget_tables([*title, first, again]).records] == [
        "“三公”经费支出表",
        "“三公”经费决算表",
    ]


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
    ).records
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
    ).records
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
    assert read_budget_tables(blocks).records == ()
    assert read_budget_tables(blocks).numbers == frozenset()


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
        row.position.table for table in read_budget_tables(blocks).records for row in table.rows
    } <= read_budget_tables(blocks).numbers


@pytest.mark.documents
@pytest.mark.skipif(
    not os.environ.get("FUNDTRACE_DOCUMENTS"), reason="the published documents are not at hand"
)
def test_a_published_budget() -> None:
    """All eleven tables of a published departmental budget are read, and their leaves sum to their totals."""
    (sheets,) = read(Path(os.environ["FUNDTRACE_DOCUMENTS"]) / "julu-2025.txt")
    tables = read_budget_tables(sheets.blocks).records
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


@pytest.mark.documents
@pytest.mark.skipif(
    not os.environ.get("FUNDTRACE_DOCUMENTS"), reason="the published documents are not at hand"
)
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("putuo-commerce-2025", [16, 31, 31, 12, 31, 1, 1, 31, 1]),
        ("putuo-planning-2024-final", [40, 25, 25, 36, 25, 67, 1, 0, 0]),
    ],
)
def test_published_tables_in_print(name: str, rows: list[int]) -> None:
    """All nine tables of a printed budget and a final account are read, and single leaves sum to their totals."""
    (sheets,) = read(Path(os.environ["FUNDTRACE_DOCUMENTS"]) / "pdf" / f"{name}.pdf")
    tables = read_budget_tables(sheets.blocks).records
    assert [len(table.rows) for table in tables] == rows
    assert read_budget_tables(sheets.blocks).unread == ()
    for table in tables[:6]:
        for column in table.columns:
            for side in {row.side for row in table.rows}:
                mine = [row for row in table.rows if row.side == side and column in row.cells]
                total = [int(row.cells[column].yuan or 0) for row in mine if row.level == "合计"]
                parts = sum(int(row.cells[column].yuan or 0) for row in mine if row.leaf)
                assert not total or abs(parts - max(total)) <= 500 or abs(parts - sum(total)) <= 500
