"""Word documents."""

from __future__ import annotations

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits, Paragraph

_P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_P.format(text)}</w:tc>"


def _table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_lines_are_ordinals_of_paragraphs_and_rows(word, read_one):
    """Paragraphs (empty ones too) and rows are counted in document order."""
    body = _P.format("甲") + "<w:p/>" + _table(_cell("乙"), _cell("丙")) + _P.format("丁")
    first, table, last = read_one(word(body), "docx").blocks
    assert (first.line, [row.line for row in table.rows], last.line) == (1, [3, 4], 5)


def test_merged_cells_are_empty_cells(word, read_one, shape):
    """gridSpan, vMerge, hMerge and gridBefore leave a merged cell in every place they cover."""
    body = (
        _table(
            _cell("甲", '<w:gridSpan w:val="2"/>') + _cell("乙", '<w:vMerge w:val="restart"/>'),
            _cell("丙") + _cell("丁") + _cell("戊", "<w:vMerge/>"),
            _cell("己", '<w:hMerge w:val="restart"/>')
            + _cell("", '<w:hMerge w:val="continue"/>')
            + _cell("庚"),
        )
        + "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
        + _cell("辛")
        + "</w:tr></w:tbl>"
    )
    assert shape(read_one(word(body), "docx")) == [
        [["甲", None, "乙"], ["丙", "丁", None], ["己", None, "庚"]],
        [[None, "辛"]],
    ]


def test_paragraphs_of_a_cell_are_its_lines(word, read_one, shape):
    """Empty paragraphs are left out, and content controls do not matter."""
    two = _P.format("一") + "<w:p/>" + _P.format("二")
    body = (
        f"<w:tbl><w:tr><w:tc><w:tcPr/>{two}</w:tc><w:tc><w:tcPr/><w:sdt><w:sdtContent>{two}</w:sdtContent></w:sdt></w:tc>"
        f"</w:tr><w:tr><w:tc>{_P.format('甲')}</w:tc><w:tc>{two}</w:tc></w:tr></w:tbl>"
    )
    assert shape(read_one(word(body), "docx")) == [[["一\n二", "一\n二"], ["甲", "一\n二"]]]


def test_tracked_changes_read_as_accepted(word, read_one, shape):
    """Deleted text, deleted rows and the old place of moved text are gone; insertions are there."""
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo>"
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>"
        + _cell("删")
        + "</w:tr><w:tr>"
        + _cell("留")
        + "</w:tr></w:tbl>"
    )
    assert shape(read_one(word(body), "docx")) == ["新来", [["留"]]]


def test_fields_show_their_result_and_not_their_code(word, read_one, shape):
    """Codes such as TC and HYPERLINK are not print, what they give is."""
    body = (
        '<w:p><w:r><w:t>目标</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>TC "目标" \\f C</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>5</w:t></w:r><w:fldSimple w:instr='PAGE'><w:r><w:t>6</w:t></w:r></w:fldSimple></w:p>"
    )
    assert shape(read_one(word(body), "docx")) == ["目标56"]


def test_signs_hidden_text_and_ruby(word, read_one, shape):
    """Tabs, breaks, hyphens and symbols are text; hidden runs and phonetic guides are not print."""
    body = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:br w:type='page'/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:sym w:font='Symbol' w:char='F0A3'/><w:sym w:char='0041'/></w:r></w:p>"
        "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/></w:r></w:p>"
    )
    assert shape(read_one(word(body), "docx")) == ["甲 乙-显音☑≤", "一", "二"]


def test_text_boxes_follow_their_paragraph_once(word, read_one, shape):
    """The copy for old programs is left out."""
    box = "<w:txbxContent>" + _P.format("框") + "</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p><w:txbxContent/>"
        + _P.format("后")
    )
    assert shape(read_one(word(body), "docx")) == ["前", "框", "后"]


def test_nested_tables_follow_the_outer_one(word, read_one, shape):
    """A table in a cell of a table of data is a table of its own behind it."""
    inner = _table(_cell("内一") + _cell("内二"))
    body = _table(_cell("甲") + _cell("乙") + f"<w:tc>{_P.format('丙')}{inner}<w:p/></w:tc>")
    assert shape(read_one(word(body), "docx")) == [[["甲", "乙", "丙"]], [["内一", "内二"]]]


def test_layout_tables_are_looked_through(word, read_one, shape):
    """A table that only holds another leaves its content in place; content controls do not matter."""
    inner = "<w:sdt><w:sdtContent>" + _table(_cell("甲") + _cell("乙")) + "</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{_P.format('题')}{inner}</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>"
    assert shape(read_one(word(f"<w:tbl>{rows}<w:tr>{_cell('尾')}</w:tr></w:tbl>"), "docx")) == [
        "题",
        [["甲", "乙"]],
        "尾",
    ]


def test_headings_come_from_styles_and_outline_levels(word, read_one):
    """Style names, styles they are based on, and direct outline levels make headings; level 9 is body text."""
    styles = (
        '<w:style w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="x"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="y"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
        '<w:style w:styleId="d"><w:name w:val="Title"/></w:style><w:style w:styleId="e"/>'
    )
    marks = [f'<w:pStyle w:val="{each}"/>' for each in ("a", "b", "c", "d", "e", "Heading3")]
    marks += ['<w:outlineLvl w:val="0"/>', '<w:outlineLvl w:val="9"/>', "<w:jc/>", ""]
    body = "".join(f"<w:p><w:pPr>{mark}</w:pPr><w:r><w:t>甲</w:t></w:r></w:p>" for mark in marks)
    levels = [block.heading for block in read_one(word(body, styles), "docx").blocks]
    assert levels == [2, 2, 4, 1, None, 3, 1, None, None, None]
    assert read_one(word(body), "docx").blocks[0].heading is None


def test_the_main_part_may_have_another_name(pack, read_one):
    """The package says where its document is."""
    names = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    data = pack(
        {
            "_rels/.rels": f'<Relationships><Relationship Type="x"/><Relationship Type="{kind}" Target="/a/d.xml"/></Relationships>',
            "a/d.xml": f"<w:document {names}><w:body>{_P.format('甲')}</w:body></w:document>",
        }
    )
    assert read_one(data, "docx").blocks == (Paragraph("甲", 1),)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"_rels/.rels": "<Relationships/>"},
        {"word/document.xml": "<a/>"},
        {"word/document.xml": "<w:document"},
        {"word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'},
    ],
)
def test_packages_without_a_document_are_damaged(members, pack, read_one):
    """Missing and broken parts are named."""
    with pytest.raises(InputError) as caught:
        read_one(pack({"x": "y", **members}), "docx")
    assert caught.value.code == "damaged-docx"


@pytest.mark.parametrize(
    "around", ["<!DOCTYPE w SYSTEM 'file:///etc/passwd'>", "<!DOCTYPE w [<!ENTITY a 'b'>]>"]
)
def test_document_types_are_refused(around, word, read_one):
    """No entity is expanded and nothing outside is loaded."""
    with pytest.raises(InputError) as caught:
        read_one(word(_P.format("甲"), around=around), "docx")
    assert caught.value.code == "unsafe-content"


def test_spans_beyond_all_bounds_are_refused(word, read_one):
    """A few bytes cannot ask for millions of cells."""
    wide = _table(_cell("甲", '<w:gridSpan w:val="99999"/>') * 3)
    many = _table(*[_cell("甲", '<w:gridSpan w:val="900"/>')] * 100)
    before = "<w:tbl>" + "<w:tr><w:trPr><w:gridBefore w:val='9999'/></w:trPr></w:tr>" * 100 + "</w:tbl>"
    for body in (wide, many, before):
        with pytest.raises(InputError) as caught:
            read_one(word(body), "docx", limits=Limits(cells=50_000))
        assert caught.value.code == "too-large"


def test_tables_nested_too_deep_are_refused(word, read_one):
    """Nesting is bounded before it can exhaust the stack."""
    body = _P.format("甲")
    for _ in range(30):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    with pytest.raises(InputError) as caught:
        read_one(word(body), "docx")
    assert caught.value.code == "too-deep"
