"""Plain text and Markdown."""

from __future__ import annotations

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits, Paragraph, Table


def _read(read_one, text, kind="text", **options):
    return read_one(text.encode(), kind, **options).blocks


def test_cell_lines_have_captions_rows_and_lines(read_one):
    """Tab lines right under a title are captions; groups between blank lines are rows of one table."""
    title, unit, money, table, end = _read(
        read_one,
        "1.维护费 TC 1、维护费 \\f C \\l 1\n\t323001某局\n\t单位：元\n\n\t编码\n\tA1\n \n\t\n\t用途\n\n\n尾\n",
    )
    assert (title, unit, money) == (
        Paragraph("1.维护费", 1),
        Paragraph("323001某局", 2),
        Paragraph("单位：元", 3),
    )
    assert isinstance(table, Table)
    assert [(row.number, row.line, [cell.text for cell in row.cells]) for row in table.rows] == [
        (1, 5, ["编码", "A1"]),
        (2, 8, ["", "用途"]),
    ]
    assert end == Paragraph("尾", 12)


def test_many_cells_under_a_title_are_a_row(read_one):
    """More tab lines than captions have are a row even without a blank line above."""
    blocks = _read(read_one, "标题\n\t编码\n\tA1\n\t名称\n\t水井\n\n\t一\n\t二\n")
    assert [type(block) for block in blocks] == [Paragraph, Table]
    assert len(blocks[1].rows) == 2


def test_tables_are_numbered_through_the_file(read_one):
    """A line of text ends a table; the next has the next number."""
    blocks = _read(read_one, "\t甲\n\t乙\n\n题\n\n\t丙\n\t丁\n")
    assert [block.number for block in blocks if isinstance(block, Table)] == [1, 2]


def test_tab_separated_lines_may_begin_with_an_empty_cell(read_one, shape):
    """Rows whose first cell is merged begin with a tab and are still rows."""
    text = "题\n一级\t二级\t值\n\t质量\t1\n\t时效\t2\n中间\n\t成本\t3\n"
    assert shape(read_one(text.encode(), "text")) == [
        "题",
        [["一级", "二级", "值"], ["", "质量", "1"], ["", "时效", "2"]],
        "中间",
        [["", "成本", "3"]],
    ]


def test_a_single_tab_line_goes_with_the_form_of_the_file(read_one, shape):
    """Alone it cannot be told apart, so what stands above decides."""
    assert shape(read_one("甲\t乙\n\n\t丙\n".encode(), "text"))[1] == [["", "丙"]]
    assert shape(read_one("\t甲\n\t乙\n\n\t丙\n".encode(), "text")) == [[["甲", "乙"], ["丙"]]]
    assert shape(read_one("\t丙\n".encode(), "text")) == [[["丙"]]]


def test_tabs_inside_a_cell_line_are_blanks(read_one, shape):
    """In the cell-per-line form a tab behind text does not part cells."""
    text = "\t甲\n\t乙\n\n\t丙\t丁\t\n\t戊\n"
    assert shape(read_one(text.encode(), "text")) == [[["甲", "乙"], ["丙 丁", "戊"]]]


def test_markdown_tables_lose_their_rule_and_empty_header(read_one, shape):
    """An empty header is the format's; a header that says something is a row, and - is a value."""
    text = "题\n| | |\n|--|--|\n| 甲 | - |\n| - | - |\n\n甲 | 乙\n---|---\n丙 | 丁\n\n后"
    assert shape(read_one(text.encode(), "markdown")) == [
        "题",
        [["甲", "-"], ["-", "-"]],
        [["甲", "乙"], ["丙", "丁"]],
        "后",
    ]


def test_markdown_marks_are_taken_off(read_one, shape):
    """Headings, rules, links, escapes and comments are not print."""
    text = "# 表 #\n\n---\n<!-- x -->\n- 1\\. [通知](u)\n\n```text\n| 甲\n"
    blocks = _read(read_one, text, "markdown")
    assert [(block.text, block.heading) for block in blocks] == [("表", 1), ("1. 通知", None), ("| 甲", None)]


def test_html_tables_may_stand_in_text(read_one):
    """Converters write merged cells as HTML; its lines are those of the file, blank lines in it are nothing."""
    title, table, end = _read(
        read_one,
        "# 题\n\n<table><tr><td colspan=2>甲</td></tr>\n\n<tr><td>乙</td><td>丙</td></tr></table>\n后\n",
    )
    assert title.text == "题"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["甲", ""], ["乙", "丙"]]
    assert [row.line for row in table.rows] == [3, 5]
    assert end.text == "后"


def test_form_feeds_are_not_print(read_one):
    """Converters part pages by form feeds."""
    assert [block.text for block in _read(read_one, "甲\n\f乙\n")] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("甲" + "\t" * 2000, Limits()),
        ("a" + "|x" * 2000 + "\n" + "-|" * 2000, Limits()),
        ("\t甲\n" * 20, Limits(columns=10)),
        ("甲\t乙\n" * 20, Limits(cells=30)),
        ("甲\n" * 20, Limits(paragraphs=10)),
        ("甲乙丙" * 20, Limits(text_characters=10)),
        ("<table>" + "<i>" * 100, Limits(elements=50)),
    ],
)
def test_too_much_of_anything_is_refused(text, limits, read_one):
    """Columns, cells, paragraphs and characters are bounded."""
    with pytest.raises(InputError) as caught:
        read_one(text.encode(), "text", limits=limits)
    assert caught.value.code == "too-large"
