"""PDFs with a text layer."""

from __future__ import annotations

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits, Table


def _read(read_one, pdf, **options):
    return read_one(pdf.save(), "pdf", **options)


def _code(read_one, pdf, **limits):
    with pytest.raises(InputError) as caught:
        _read(read_one, pdf, limits=Limits(**limits))
    return caught.value.code


def test_a_drawn_table_gives_its_cells_merged_ones_too(pdf, read_one, shape):
    """Cells are where the lines are; what another cell covers is merged; captions on one line are apart."""
    pdf.text(200, 800, "项目支出绩效目标表", 16)
    pdf.text(60, 760, "单位名称：水务局")
    pdf.text(400, 760, "单位：万元")
    pdf.grid([50, 150, 250, 350], [600, 630, 660])
    pdf.line(50, 690, 350, 690)
    for x in (50, 350):
        pdf.line(x, 660, x, 690)
    pdf.line(50, 600, 50, 570)
    for x in (150, 250, 350):
        pdf.line(x, 600, x, 570)
    pdf.line(150, 570, 350, 570)
    pdf.line(50, 570, 150, 570)
    pdf.text(55, 670, "目标")
    pdf.text(55, 640, "产出指标")
    pdf.text(155, 640, "数量指标")
    pdf.text(300, 640, "≥20")
    pdf.text(155, 610, "质量指标")
    pdf.text(255, 580, "100.00")
    pdf.text(60, 540, "注：截至年底")
    sheets = _read(read_one, pdf)
    assert shape(sheets) == [
        "项目支出绩效目标表",
        "单位名称：水务局",
        "单位：万元",
        [["目标", None, None], ["产出指标", "数量指标", "≥20"], ["", "质量指标", ""], ["", "", "100.00"]],
        "注：截至年底",
    ]
    assert (sheets.pages, {block.page for block in sheets.blocks}) == (1, {1})
    assert [block.line for block in sheets.blocks] == [1, 2, 3, 4, 8]


def test_a_cell_merged_downwards_covers_the_rows_below(pdf, read_one, shape):
    """A missing line between two rows makes one cell of them; an L-shaped field is cut into rectangles."""
    pdf.box(50, 600, 200, 60)
    pdf.line(150, 600, 150, 660)
    pdf.line(150, 630, 250, 630)
    pdf.text(55, 625, "产出")
    pdf.text(155, 640, "数量")
    pdf.text(155, 610, "质量")
    pdf.box(300, 600, 200, 60)
    pdf.line(400, 630, 400, 660)
    pdf.line(400, 630, 500, 630)
    pdf.text(305, 640, "甲")
    pdf.text(405, 640, "乙")
    assert shape(_read(read_one, pdf)) == [[["产出", "数量"], [None, "质量"]], [["甲", "乙"], [None, ""]]]


@pytest.mark.parametrize("how", ["S", "f", "B"])
def test_lines_may_be_thin_rectangles_dots_or_paths(how, pdf, read_one, shape):
    """Programs draw lines as rectangles and dots, fill them or stroke them."""
    for x in (50, 150, 250):
        pdf.box(x, 600, 0.5, 60, how)
    for y in (600, 630, 660):
        for x in range(50, 250, 3):
            pdf.box(x, y, 1, 0.5, how)
    pdf.draw(
        "400 100 m 450 150 l S 300 300 m 320 320 340 300 360 300 c S 10 10 100 100 re n 0 0 595 842 re S"
    )
    for x, y, text in ((55, 640, "甲"), (155, 640, "乙"), (55, 610, "丙"), (155, 610, "丁")):
        pdf.text(x, y, text)
    assert shape(_read(read_one, pdf)) == [[["甲", "乙"], ["丙", "丁"]]]


def test_lines_in_a_form_are_moved_with_it(pdf, read_one, shape):
    """A form has its own place on the page."""
    pdf.forms.append("40 600 200 60 re S 140 600 m 140 660 l S 40 630 m 240 630 l S")
    pdf.draw("/X0 Do")
    for x, y, text in ((55, 640, "甲"), (155, 640, "乙"), (55, 610, "丙"), (155, 610, "丁")):
        pdf.text(x, y, text)
    assert shape(_read(read_one, pdf)) == [[["甲", "乙"], ["丙", "丁"]]]


def test_boxes_of_one_cell_or_one_column_are_not_tables(pdf, read_one, shape):
    """A frame around text and boxes under each other are paragraphs."""
    pdf.box(50, 600, 300, 100)
    pdf.text(60, 640, "框内")
    pdf.grid([50, 350], [400, 430, 460])
    pdf.text(60, 440, "甲")
    pdf.text(60, 410, "乙")
    assert shape(_read(read_one, pdf)) == ["框内", "甲", "乙"]


def test_breaks_that_only_the_width_made_are_joined(pdf, read_one, shape):
    """A full line goes on; a short one ends; words are parted by a space, ideographs are not."""
    pdf.grid([50, 112, 300], [500, 700])
    for y, text in (
        (680, "甲乙丙丁戊"),
        (660, "己庚辛"),
        (640, "ab efg"),
        (620, "hij,klm"),
        (600, "1234567890"),
        (580, "234"),
    ):
        pdf.text(51, y, text)
    pdf.text(114, 680, "短")
    pdf.text(114, 660, "二〔2021〕（")
    pdf.text(114, 640, "三")
    pdf.text(114, 620, "，四")
    (rows,) = shape(_read(read_one, pdf))
    assert rows == [
        [
            "甲乙丙丁戊己庚辛\nab efg hij,klm 1234567890234",
            "短\n二〔2021〕（三，四",
        ]
    ]


def test_centred_lines_are_measured_from_both_sides(pdf, read_one, shape):
    """A centred line that leaves room ends where it was broken by hand."""
    pdf.grid([50, 150, 250], [600, 700])
    pdf.text(76, 660, "因公出国")
    pdf.text(82, 640, "（境）费")
    pdf.text(155, 660, "乙")
    assert shape(_read(read_one, pdf)) == [[["因公出国\n（境）费", "乙"]]]


def test_spaces_are_joined_as_the_document_writes(pdf, read_one, shape):
    """A space lost at the end of a line comes back where the document puts one elsewhere."""
    pdf.grid([50, 112, 300], [600, 700])
    pdf.text(51, 680, "甲乙丙丁1")
    pdf.text(51, 660, "号")
    pdf.text(114, 680, "第 1 号")
    pdf.text(114, 660, "第 2 号")
    assert shape(_read(read_one, pdf)) == [[["甲乙丙丁1 号", "第 1 号\n第 2 号"]]]


@pytest.mark.parametrize(
    ("producer", "printed"), [("Word", "甲甲11乙乙 丙丙"), ("Skia/PDF", "甲甲 11 乙乙 丙丙")]
)
def test_a_quarter_is_a_space_where_the_writer_makes_none_itself(producer, printed, pdf, read_one, shape):
    """Word processors set a quarter between ideographs and digits; browsers only print spaces so."""
    pdf.producer = producer
    for x, text in ((50, "甲甲"), (77, "11"), (92, "乙乙"), (119, "丙丙")):
        pdf.text(x, 700, text)
    assert shape(_read(read_one, pdf)) == [printed]


def test_short_lines_are_not_broken_ones(pdf, read_one):
    """On a page of titles and captions the longest line is no full one, and what follows stands by itself."""
    pdf.text(50, 700, "甲乙丙丁戊己庚辛壬癸子丑")
    pdf.text(50, 680, "单位：元")
    assert [block.text for block in read_one(pdf.save(), "pdf").blocks] == [
        "甲乙丙丁戊己庚辛壬癸子丑",
        "单位：元",
    ]


def test_paragraphs_are_joined_over_lines_and_pages(pdf, read_one, shape):
    """Full lines go on, indented ones begin anew, page numbers and running titles are left out."""
    full = "甲乙丙丁戊己庚辛壬癸" * 4
    for number in range(4):
        pdf.text(60, 800, "水务局预算")
        pdf.text(280, 30, f"- {number + 1} -")
        if number == 0:
            pdf.text(84, 700, full[2:])
            pdf.text(60, 682, full)
            pdf.text(60, 664, "完。")
            pdf.text(84, 646, full[2:])
            pdf.text(60, 628, full)
        if number == 1:
            pdf.text(60, 700, "续")
            pdf.text(60, 600, "隔行")
            pdf.text(60, 560, full[:-1] + "。")
        if number == 2:
            pdf.text(60, 700, "另起")
        if number < 3:
            pdf.page()
    assert shape(_read(read_one, pdf)) == [
        full[2:] + full + "完。",
        full[2:] + full + "续",
        "隔行",
        full[:-1] + "。",
        "另起",
    ]


def test_a_row_cut_by_the_end_of_a_page_is_whole(pdf, read_one, shape):
    """Where neither piece is closed by a line, the second belongs to the last row above; tables stay apart."""
    for x in (50, 100, 300):
        pdf.line(x, 700, x, 60)
    for y in (700, 120):
        pdf.line(50, y, 300, y)
    pdf.text(55, 680, "甲")
    pdf.text(105, 680, "乙")
    pdf.text(55, 100, "丙")
    pdf.text(105, 100, "子丑寅卯辰巳午未申酉戌亥子丑寅卯")
    pdf.page()
    for x in (50, 100, 300):
        pdf.line(x, 800, x, 700)
    pdf.line(50, 760, 100, 760)
    pdf.line(100, 760, 300, 760)
    pdf.line(50, 700, 300, 700)
    pdf.text(105, 780, "终")
    pdf.text(55, 740, "丁")
    first, second = (block for block in _read(read_one, pdf).blocks if isinstance(block, Table))
    assert [[cell.text for cell in row.cells] for row in first.rows] == [
        ["甲", "乙"],
        ["丙", "子丑寅卯辰巳午未申酉戌亥子丑寅卯终"],
    ]
    assert [[cell.text for cell in row.cells] for row in second.rows] == [["丁", ""]]
    assert (first.page, second.page) == (1, 2)
    assert (first.continues, second.continues) == (False, True)


def test_a_table_that_goes_on_has_the_columns_of_all_its_pages(pdf, read_one, shape):
    """A table that begins a page with the edges of the one that ended the page before is marked; others are not."""
    pdf.grid([50, 100, 300], [100, 130])
    pdf.text(55, 110, "甲")
    for page, xs in enumerate(([50, 200, 300], [50, 100, 300], [50, 300, 400], [60, 100, 200])):
        pdf.page()
        pdf.grid(xs, [700, 730] if page else [100, 130])
        pdf.text(62, 710 if page else 110, "乙")
        pdf.text(280, 30, str(page))
    sheets = _read(read_one, pdf)
    assert [block.continues for block in sheets.blocks] == [False, True, True, False, False]
    assert shape(sheets) == [
        [["甲", "", None]],
        [["乙", None, ""]],
        [["乙", "", None]],
        [["乙", ""]],
        [["乙", ""]],
    ]


def test_rows_of_the_next_page_may_be_shorter_than_the_table(pdf, read_one, shape):
    """A page whose rows all end before the right edge goes on with the table, and gives back the rest of a row."""
    for x in (50, 100, 300, 340):
        pdf.line(x, 700, x, 650)
    for x in (50, 100, 300):
        pdf.line(x, 650, x, 60)
    pdf.line(50, 700, 340, 700)
    pdf.line(50, 650, 340, 650)
    pdf.text(55, 660, "甲")
    pdf.text(305, 660, "乙")
    pdf.text(55, 100, "丙")
    pdf.page()
    for x in (50, 101, 300):
        pdf.line(x, 800, x, 700)
    pdf.line(50, 760, 300, 760)
    pdf.line(50, 700, 300, 700)
    pdf.text(105, 780, "丁")
    pdf.text(105, 720, "戊")
    sheets = _read(read_one, pdf)
    assert [block.continues for block in sheets.blocks] == [False, True]
    assert [[[cell.text for cell in row.cells] for row in block.rows] for block in sheets.blocks] == [
        [["甲", "", "乙"], ["丙", "丁", ""]],
        [["", "戊", ""]],
    ]


def test_a_hyphen_at_the_end_of_a_line_stays(pdf, read_one, shape):
    """pdfium hides such a hyphen, since it may be the width's; codes print it."""
    pdf.grid([50, 100, 200], [700, 760, 790])
    pdf.text(55, 770, "甲")
    pdf.text(55, 740, "01-JBN-")
    pdf.text(55, 726, "3DQU")
    ((row, _),) = (block.rows[1].cells for block in _read(read_one, pdf).blocks)
    assert row.text == "01-JBN-3DQU"


def test_a_cell_that_reaches_into_the_rows_below_keeps_them(pdf, read_one, shape):
    """A merged cell at the top of the second page gives its text back and stays in its rows."""
    for x in (50, 100, 300):
        pdf.line(x, 700, x, 60)
    pdf.line(50, 700, 300, 700)
    pdf.text(55, 100, "甲")
    pdf.page()
    for x in (50, 100, 300):
        pdf.line(x, 800, x, 700)
    pdf.line(100, 760, 300, 760)
    pdf.line(50, 700, 300, 700)
    pdf.text(105, 780, "乙")
    pdf.text(105, 740, "丙")
    assert shape(_read(read_one, pdf)) == [[["甲", "乙"]], [["", "丙"]]]


def test_columns_without_lines_are_a_table(pdf, read_one, shape):
    """Rows whose pieces stand in columns are a table; a piece close under a cell goes on with it."""
    pdf.text(60, 800, "收支表")
    for y, row in (
        (760, ("科目", "名称", "金额")),
        (730, ("201", "一般公共服务", "1.00")),
        (700, ("208", "社会保障和", "2.00")),
        (684, ("", "就业支出", "")),
        (650, ("合计", "", "3.00")),
    ):
        for x, text in zip((60, 160, 320), row, strict=True):
            if text:
                pdf.text(x, y, text)
    pdf.text(60, 600, "说明一段话。")
    assert shape(_read(read_one, pdf)) == [
        "收支表",
        [
            ["科目", "名称", "金额"],
            ["201", "一般公共服务", "1.00"],
            ["208", "社会保障和就业支出", "2.00"],
            ["合计", "", "3.00"],
        ],
        "说明一段话。",
    ]


def test_look_alikes_doubles_and_watermarks(pdf, read_one, shape):
    """Radicals become the usual characters, bold that is faked is read once, aslant and tiny text is not read."""
    pdf.text(60, 700, "⼀般⽬标⻚‑1")
    pdf.text(60.2, 700, "⼀般⽬标")
    pdf.text(100, 300, "样张", 60, turn="0.7 0.7 -0.7 0.7")
    pdf.text(100, 200, "微", 0.5)
    assert shape(_read(read_one, pdf)) == ["一般目标页-1"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_are_turned_are_read_as_they_are_shown(turn, pdf, read_one, shape):
    """A page may be written sideways and shown upright."""
    pdf.rotate = turn
    matrix, place = {
        90: ("0 1 -1 0", lambda x, y: (595 - y, x)),
        180: ("-1 0 0 -1", lambda x, y: (595 - x, 842 - y)),
        270: ("0 -1 1 0", lambda x, y: (y, 842 - x)),
    }[turn]
    for x, y, text in ((100, 300, "甲乙"), (100, 260, "丙")):
        pdf.text(*place(x, y), text, turn=matrix)
    assert shape(_read(read_one, pdf)) == ["甲乙", "丙"]


def test_text_written_sideways_keeps_its_lines(pdf, read_one, shape):
    """Text that runs downwards is read from top to bottom."""
    for step, sign in enumerate("产出指标"):
        pdf.text(100, 700 - 14 * step, sign, turn="0 -1 1 0")
    assert "".join(shape(_read(read_one, pdf))) == "产出指标"


def test_scans_are_told(pdf, read_one):
    """Pages of pictures without text cannot be read; a mere empty page is not a scan."""
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
    pdf.draw(picture)
    assert _code(read_one, pdf) == "scanned-pdf"
    pdf.page()
    pdf.draw(picture)
    pdf.page()
    pdf.text(60, 700, "封面")
    assert _code(read_one, pdf) == "scanned-pdf"


def test_an_empty_pdf_is_empty(pdf, read_one):
    """Blank pages say nothing; small pictures are no scan."""
    pdf.draw("q 20 0 0 20 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q")
    assert _code(read_one, pdf) == "empty-file"


def test_fonts_without_characters_are_told(pdf, read_one):
    """A text layer that cannot be mapped is no text."""
    pdf.mapped = False
    pdf.text(60, 700, "水务局预算绩效目标" * 3)
    assert _code(read_one, pdf) == "garbled-pdf"


def test_encrypted_and_damaged_files_are_told_apart(pdf, read_one):
    """A password and damage are different errors."""
    pdf.text(60, 700, "甲乙")
    assert _code(read_one, pdf, pages=0) == "too-large"
    assert _code(read_one, pdf, page_marks=1) == "too-large"
    pdf.encrypted = True
    assert _code(read_one, pdf) == "encrypted-file"


def test_a_page_of_too_many_lines_is_read_without_tables(pdf, read_one, shape):
    """A map is not searched for tables."""
    for step in range(1300):
        pdf.line(10 + step * 0.4, 100, 10 + step * 0.4, 110 + step % 7 * 20)
        pdf.line(100, 10 + step * 0.6, 120 + step % 7 * 20, 10 + step * 0.6)
    pdf.text(60, 800, "示意图")
    assert "示意图" in str(shape(_read(read_one, pdf)))
