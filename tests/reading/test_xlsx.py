"""Excel workbooks."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _saved(book: openpyxl.Workbook) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _package(pack, sheet: str, **more: str) -> bytes:
    members = {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="/xl/s.xml"/></Relationships>',
        "xl/s.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    return pack(members | {f"xl/{name}.xml": text for name, text in more.items()})


def test_sheets_titles_formats_and_merges(read_one, shape):
    """Each visible sheet is a page, numbers are as printed, merged ranges leave merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "项目支出绩效目标表"
    sheet.merge_cells("A1:D1")
    sheet["D2"] = "单位：元"
    sheet.append(["项目", "预算数", "比例", "日期"])
    sheet.append(["水井", 101000, 0.25, datetime(2023, 3, 15)])
    sheet["B4"].number_format, sheet["C4"].number_format, sheet["D4"].number_format = (
        "#,##0.00",
        "0.00%",
        "yyyy-mm-dd",
    )
    sheet["A5"], sheet["B5"] = "产出\n指标", True
    sheet.merge_cells("A5:A6")
    sheet["B6"], sheet["C6"] = "=1/0", "x"
    sheet["A7"] = "注：截至年底"
    sheet.merge_cells("A7:D7")
    book.create_sheet("空")
    hidden = book.create_sheet("字典")
    hidden["A1"], hidden.sheet_state = "不可见", "hidden"
    second = book.create_sheet("二")
    second["C9"], second["D9"], second["C12"], second["E12"] = "甲", "乙", "丙", "丁"
    sheets = read_one(_saved(book), "xlsx")
    assert shape(sheets) == [
        "项目支出绩效目标表",
        "单位：元",
        [
            ["项目", "预算数", "比例", "日期"],
            ["水井", "101,000.00", "25.00%", "2023-03-15"],
            ["产出\n指标", "TRUE", "", ""],
            [None, "", "x", ""],
        ],
        "注：截至年底",
        [["甲", "乙"]],
        [["丙", "", "丁"]],
    ]
    assert sheets.pages == 3
    assert [(block.page, block.line) for block in sheets.blocks] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 7),
        (3, 9),
        (3, 12),
    ]


def test_an_empty_row_within_a_table(read_one, shape):
    """A block without a title and no wider than the table above it has that one's columns; any other has its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["甲", "乙", "丙"], ["1", "2", "3"], [], [None, "4", "5"], [], ["续", None], ["6", "7"], []):
        sheet.append(row)
    sheet["A9"], sheet["D9"] = "8", "9"
    assert shape(read_one(_saved(book), "xlsx")) == [
        [["甲", "乙", "丙"], ["1", "2", "3"]],
        [["", "4", "5"]],
        "续",
        [["6", "7"]],
        [["8", "", "", "9"]],
    ]


def test_cells_of_every_kind(pack, read_one, shape):
    """Shared, inline and formula strings, errors, booleans, escapes, phonetic guides, and cells without an address."""
    strings = (
        f'<sst xmlns="{_MAIN}"><si><t>甲_x000D__x0041_</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>yi</t></rPh></si>'
        "<si><t>_xD800_</t></si></sst>"
    )
    styles = f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="170" formatCode="0.0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="9"/></cellXfs></styleSheet>'
    sheet = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>丁</t></is></c><c t="str"><v>戊</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" t="b"><v>0</v></c><c r="C2" s="1"><v>2</v></c><c s="2"><v>0.5</v></c></row>'
        '<row><c t="n"><v>x</v></c><c s="77"><v>3</v></c><c t="s"><v>2</v></c><c><f>1</f></c></row>'
    )
    assert shape(read_one(_package(pack, sheet, sharedStrings=strings, styles=styles), "xlsx")) == [
        [["甲A", "乙丙", "丁", "戊"], ["#REF!", "FALSE", "2.0", "50%"], ["x", "3", "", ""]]
    ]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ('<row r="1"><c r="NTP1" t="str"><v>甲</v></c></row>', "too-large"),
        ("<row>" + "<c t='str'><v>a</v></c>" * 1200 + "</row>", "too-large"),
        ('<row><c t="s"><v>5</v></c></row>', "damaged-xlsx"),
        ('<row><c t="s"><v>x</v></c></row>', "damaged-xlsx"),
        ("", "empty-file"),
    ],
)
def test_sheets_that_cannot_be_read_are_refused(sheet, code, pack, read_one):
    """Columns are bounded; a string that is not there is damage."""
    with pytest.raises(InputError) as caught:
        read_one(_package(pack, sheet), "xlsx")
    assert caught.value.code == code


def test_merged_ranges_are_bounded(pack, read_one, shape):
    """Whole merged columns end with the last filled row; a flood of merges is refused."""
    merge = '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1" t="str"><v>乙</v></c></row><row r="300"><c r="B300" t="str"><v>丙</v></c></row>'
    column = _package(pack, merge).replace(b"", b"")
    assert shape(read_one(column, "xlsx")) == [[["甲", "乙"]], "丙"]
    flood = (
        merge
        + "</sheetData><mergeCells>"
        + '<mergeCell ref="A1:ZZ300"/>' * 3
        + "<mergeCell ref='bad'/></mergeCells><sheetData>"
    )
    with pytest.raises(InputError) as caught:
        read_one(_package(pack, flood), "xlsx", limits=Limits(cells=100_000))
    assert caught.value.code == "too-large"


def test_a_workbook_without_sheets_is_damaged(pack, read_one):
    """There has to be a visible sheet that exists."""
    with pytest.raises(InputError) as caught:
        read_one(
            pack({"xl/workbook.xml": f'<workbook xmlns="{_MAIN}"><sheets><sheet/></sheets></workbook>'}),
            "xlsx",
        )
    assert caught.value.code == "damaged-xlsx"
