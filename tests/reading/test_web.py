"""Saved web pages."""

from __future__ import annotations

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits, Paragraph


def _page(read_one, body, **options):
    return read_one(f"<html><body>{body}</body></html>".encode(), "html", **options)


def test_what_is_not_content_is_left_out(read_one, shape):
    """Scripts, styles, navigation, hidden parts and footers are not content; their tails are."""
    body = (
        "<script>a()</script><style>p{}</style><nav>首页</nav><noscript>x</noscript><!-- c -->"
        "<div class='top-nav'>栏目</div><div id='menu'>栏目</div><div role='navigation'>栏目</div><ul class='breadcrumb'><li>位置</ul>"
        "<p hidden>隐</p><p style='display: none'>隐</p><select><option>选</select>尾"
        "<div class='menu'><table><tr><td>甲<td>乙</table></div><footer>版权</footer><footer class='x'>版权</footer>"
    )
    assert shape(_page(read_one, body)) == ["尾", [["甲", "乙"]]]


def test_inline_elements_and_breaks(read_one, shape):
    """Inline elements do not part text; breaks and blocks do; blanks collapse as they are shown."""
    body = "<div>一、<b>总体</b>\n <span>目标</span><br>二<p>三&nbsp;&nbsp;四</p>五</div><pre>六\n七</pre><p> </p>"
    assert shape(_page(read_one, body)) == ["一、总体 目标", "二", "三 四", "五", "六", "七"]


def test_source_lines_broken_inside_chinese_are_whole(read_one, shape):
    """Office programs break the lines of their pages anywhere; between wide characters that is no space."""
    assert shape(_page(read_one, "<p>项目支\n  出绩效 and\ntext</p>")) == ["项目支出绩效 and text"]


def test_spans_captions_and_groups_of_rows(read_one, shape):
    """rowspan and colspan leave merged cells; a caption stands above; hidden rows are not there."""
    body = (
        "<table><caption>单位：元</caption><thead><tr><th rowspan=2>甲</th><th colspan='2'>乙</th></tr></thead>"
        "<tbody><tr><td>丙<td>丁</tr><tr style='display:none'><td>隐</tr>"
        "<tr><td rowspan=0>戊<td>己<td colspan=x>庚</tr><tr><td>辛<td>壬<td hidden>隐</tr></tbody></table>"
    )
    assert shape(_page(read_one, body)) == [
        "单位：元",
        [["甲", "乙", None], [None, "丙", "丁"], ["戊", "己", "庚"], [None, "辛", "壬"]],
    ]


def test_nested_tables_and_layout_tables(read_one, shape):
    """A layout table is looked through in order; a table in a table of data follows it."""
    inner = "<table><tr><td>甲<td>乙</table>"
    assert shape(_page(read_one, f"<table><tr><td><h2>题</h2>{inner}尾</td></tr></table>")) == [
        "题",
        [["甲", "乙"]],
        "尾",
    ]
    assert shape(_page(read_one, f"<table><tr><td>一<td>二<td>三{inner}</table>")) == [
        [["一", "二", "三"]],
        [["甲", "乙"]],
    ]


def test_lines_are_those_of_the_source(read_one):
    """Paragraphs and cells say where they begin."""
    heading, table, end = _page(
        read_one, "\n<h1>题</h1>\n<table>\n<tr><td>甲</td>\n<td>乙</td></tr></table>\n<p>\n尾</p>"
    ).blocks
    assert heading == Paragraph("题", 2, None, 1)
    assert [(cell.text, cell.line) for cell in table.rows[0].cells] == [("甲", 4), ("乙", 5)]
    assert end.line == 6


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "gb18030", "big5", "utf-8", "utf-16"])
def test_the_declared_encoding_is_followed(encoding, read_one, shape):
    """Pages say in which Chinese encoding they are."""
    text = f"<html><head><meta charset='{encoding}'></head><body>水利局</body></html>"
    assert shape(read_one(text.encode(encoding), "html")) == ["水利局"]


def test_a_wrong_declaration_does_not_matter(read_one, shape):
    """UTF-8 under the name of GB2312 is read as UTF-8."""
    assert shape(read_one("<meta charset=gb2312><p>水利局项</p>".encode(), "html")) == ["水利局项"]


@pytest.mark.parametrize(
    ("body", "code", "limits"),
    [
        ("<div>" * 300 + "甲", "too-deep", Limits()),
        ("<div>" * 150 + "甲", "too-deep", Limits(depth=100)),
        ("<table><tr><td>" * 12 + "甲", "too-deep", Limits(nesting=8)),
        ("<p>甲" * 300, "too-large", Limits(elements=200)),
        ("<table><tr>" + "<td>甲" * 2000 + "</table>", "too-large", Limits()),
        ("<table><tr>" + "<td colspan=1000>甲" * 5 + "</table>", "too-large", Limits()),
        (
            "<table><tr>" + "<td rowspan=60000 colspan=900>甲" + "<tr>" * 600 + "</table>",
            "too-large",
            Limits(),
        ),
        ("<p> </p>", "empty-file", Limits()),
    ],
)
def test_pages_without_bounds_are_refused(body, code, limits, read_one):
    """Depth, nesting, elements and spans are bounded."""
    with pytest.raises(InputError) as caught:
        _page(read_one, body, limits=limits)
    assert caught.value.code == code


def test_a_page_of_nothing_but_comments_is_refused(read_one):
    """A page that has no element at all says why it cannot be read."""
    with pytest.raises(InputError) as caught:
        read_one(b"<!-- a -->", "html")
    assert caught.value.code in {"damaged-html", "empty-file"}
