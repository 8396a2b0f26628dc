"""Rows that a page cuts although lines close both pieces, as word processors print them."""

from __future__ import annotations

import pytest

from fundtrace.reading import Table

XS = (50, 80, 200, 320)
FOOT = 60


def _page(pdf, top: float, rows: list[tuple[float, list[list[str]]]]) -> None:
    """Rows from the top: each its height, and for each cell its lines, 12 points high."""
    y = top
    for x in XS:
        pdf.line(x, top, x, top - sum(height for height, _ in rows))
    pdf.line(XS[0], top, XS[-1], top)
    for height, cells in rows:
        for left, lines in zip(XS, cells, strict=False):
            for number, line in enumerate(lines):
                pdf.text(left + 3, y - 12 - 14 * number, line)
        y -= height
        pdf.line(XS[0], y, XS[-1], y)


def _texts(read_one, pdf) -> list[list[list[str]]]:
    blocks = read_one(pdf.save(), "pdf").blocks
    return [
        [[cell.text for cell in row.cells] for row in each.rows] for each in blocks if isinstance(each, Table)
    ]


FULL = "甲乙丙丁戊己庚辛壬"
"""Nine characters of twelve points fill a cell of 114."""


def test_a_cut_row_is_put_together(pdf, read_one):
    """What was broken at the width goes on; a cell that was complete stays as it is."""
    _page(pdf, 200, [(20, [["一"], ["二"], ["三"]]), (120, [["四"], [FULL, FULL], ["五"]])])
    pdf.page()
    _page(pdf, 800, [(20, [[], ["子丑"], []]), (20, [["六"], ["七"], ["八"]])])
    assert _texts(read_one, pdf) == [
        [["一", "二", "三"], ["四", FULL + FULL + "子丑", "五"]],
        [["六", "七", "八"]],
    ]


def test_below_a_repeated_header_too(pdf, read_one):
    """The header stays on its page, the rest of the row goes back."""
    header = (20, [["号"], ["名"], ["值"]])
    _page(pdf, 200, [header, (120, [["四"], [FULL, FULL], ["五"]])])
    pdf.page()
    _page(pdf, 800, [header, (20, [[], ["子丑"], []]), (20, [["六"], ["七"], ["八"]])])
    assert _texts(read_one, pdf) == [
        [["号", "名", "值"], ["四", FULL + FULL + "子丑", "五"]],
        [["号", "名", "值"], ["六", "七", "八"]],
    ]


def test_a_row_over_three_pages_is_one(pdf, read_one):
    """A page that holds nothing but the middle of a row is given back whole."""
    _page(pdf, 200, [(20, [["一"], ["二"], ["三"]]), (120, [["四"], [FULL, FULL], ["五"]])])
    pdf.page()
    _page(pdf, 800, [(740, [[], [FULL[::-1], FULL[::-1]], []])])
    pdf.page()
    _page(pdf, 800, [(20, [[], ["子丑"], []]), (20, [["六"], ["七"], ["八"]])])
    assert _texts(read_one, pdf)[0][1] == ["四", FULL * 2 + FULL[::-1] * 2 + "子丑", "五"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([["四"], [FULL, "子丑"], ["五"]], [[], ["寅卯"], []]),
        ([["四"], [FULL, FULL], ["五"]], [[], ["子丑"], ["六"]]),
        ([["四"], [FULL, FULL], []], [[], ["子丑"], ["五"]]),
        ([[], [FULL], []], [[], ["子丑"], []]),
    ],
    ids=["room left", "another cell that had room", "a cell that was empty", "one full line"],
)
def test_rows_of_their_own_stay(above, below, pdf, read_one):
    """Two rows stay two where a cell had room, was empty, or holds but one line that may be whole."""
    _page(pdf, 200, [(20, [["一"], ["二"], ["三"]]), (120, above)])
    pdf.page()
    _page(pdf, 800, [(20, below), (20, [["七"], ["八"], ["九"]])])
    assert [len(table) for table in _texts(read_one, pdf)] == [2, 2]


def test_a_row_higher_on_the_page_was_not_cut(pdf, read_one):
    """A table that ends above the foot of other pages ended by itself."""
    row = (120, [["四"], [FULL, FULL], ["五"]])
    _page(pdf, 400, [(20, [["一"], ["二"], ["三"]]), row])
    pdf.page()
    _page(pdf, 800, [(20, [[], ["子丑"], []]), (20, [["六"], ["七"], ["八"]])])
    pdf.page()
    _page(pdf, 200, [row])
    pdf.page()
    pdf.text(60, 700, "说明")
    assert [len(table) for table in _texts(read_one, pdf)][:2] == [2, 2]


def test_texts_that_cells_hold_elsewhere_are_whole(pdf, read_one):
    """Two labels that stand in other tables are not the halves of one."""
    _page(pdf, 200, [(20, [["一"], ["二"], ["三"]]), (120, [["四"], [FULL], ["五"]])])
    pdf.page()
    _page(pdf, 800, [(20, [[], ["子丑"], []]), (20, [["六"], ["七"], ["八"]])])
    pdf.page()
    _page(pdf, 800, [(20, [["九"], [FULL], []]), (20, [["十"], ["子丑"], []])])
    pdf.text(60, 700, "说明")
    assert [len(table) for table in _texts(read_one, pdf)][:2] == [2, 2]


def test_browsers_leave_cut_rows_open(pdf, read_one):
    """What a browser closes is complete."""
    pdf.producer = "Skia/PDF"
    _page(pdf, 200, [(20, [["一"], ["二"], ["三"]]), (120, [["四"], [FULL, FULL], ["五"]])])
    pdf.page()
    _page(pdf, 800, [(20, [[], ["子丑"], []]), (20, [["六"], ["七"], ["八"]])])
    assert [len(table) for table in _texts(read_one, pdf)] == [2, 2]
