"""Tables drawn with signs in plain text."""

from __future__ import annotations

from fundtrace.reading.boxes import drawn_rows, split_drawn

_MERGED = """┌────────┬──────────────┬────────┐
│项目名称│路灯维护      │        │
├────────┼──────────────┴────────┤
│资金    │年度资金总额           │
│（万元）├──────────────┬────────┤
│        │财政拨款      │12.5    │
└────────┴──────────────┴────────┘"""

_ASCII = """+------+-------+
| 甲   | 乙    |
+======+=======+
| 一   | 二 三 |
|      | 四    |
+------+-------+
| 五   | ≥90%  |
+------+-------+"""

_LISTED = """+------+------+
| 指标 | 值   |
+------+------+
| 一   | ≥1个 |
| 二   | ≥2个 |
+------+------+"""


def _rows(text: str) -> list[list[str | None]]:
    lines = list(enumerate(text.splitlines(), start=1))
    return [[None if cell.merged else cell.text for cell in row] for row in drawn_rows(lines)]


def test_merged_cells_are_told_by_where_the_lines_stand() -> None:
    """A cell without a rule below it goes on, one without an upright in it covers what stands under it."""
    assert _rows(_MERGED) == [
        ["项目名称", "路灯维护", ""],
        ["资金\n（万元）", "年度资金总额", None],
        [None, "财政拨款", "12.5"],
    ]


def test_the_lines_between_two_rules_are_one_row() -> None:
    """A cell may take several lines; a header's rule may be double."""
    assert _rows(_ASCII) == [["甲", "乙"], ["一", "二 三\n四"], ["五", "≥90%"]]


def test_where_only_the_header_is_ruled_off_each_line_is_a_row() -> None:
    """Most cells of each line hold something, so none of them goes on with the one above."""
    assert _rows(_LISTED) == [["指标", "值"], ["一", "≥1个"], ["二", "≥2个"]]


def test_columns_are_counted_where_no_widths_make_the_lines_meet() -> None:
    """An editor that pads with too many blanks keeps the order of the cells."""
    assert _rows("┌──┬──┐\n│ 甲   │ 乙│\n├──┼──┤\n│丙│丁│\n└──┴──┘") == [["甲", "乙"], ["丙", "丁"]]


def test_a_table_stands_between_other_lines() -> None:
    """Sentences with a plus or a dash, and Markdown rows, are no drawn table."""
    lines = list(enumerate(["单位：元", *_LISTED.splitlines(), "误差+-2%", "| a | b |"], start=1))
    assert [(drawn, len(part)) for drawn, part in split_drawn(lines)] == [
        (False, 1),
        (True, 6),
        (False, 1),
        (False, 1),
    ]
    assert [drawn for drawn, _ in split_drawn([(1, "│ 一句话 │")])] == [False]


def test_a_text_file_gives_drawn_tables(read_one) -> None:
    """The reader of plain text puts them among its blocks, with the lines of the file."""
    caption, table = read_one(f"单位：元\n{_MERGED}".encode(), "text").blocks
    assert caption.text == "单位：元"
    assert [row.line for row in table.rows] == [3, 5, 7]
