"""Tests of the narrative."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.reading.sheets import Cell, Paragraph, Row, Table
from fundtrace.recognising.narrative import cite_blocks, read_goals


def _paragraphs(*texts: str) -> list[Paragraph | Table]:
    return [Paragraph(text=text, line=line) for line, text in enumerate(texts, start=1)]


TABLE = Table(number=1, rows=(Row(cells=(Cell("总体绩效目标", 1), Cell("1", 1)), number=1, line=1),), line=1)


def test_sections_and_headings() -> None:
    """Each section is parted at its headings, whether they stand alone or open a paragraph."""
    goals = read_goals(
        _paragraphs(
            "第一部分",
            "[bookmark: _Toc_1]一、总体绩效目标 TC 总体绩效目标 \\f A \\l 1 ",
            "稳步推进各项工作。",
            "二、分项绩效目标",
            "先说总的情况。",
            "（一）绩效目标：稳定就业",
            "绩效指标 1：办好招聘。",
            "绩效指标 2：做好培训。",
            "1、完善机制",
            "按时办结。",
            "三、工作保障措施",
            "（一）完善制度，严格管理。制定办法。",
            "（二）加强监督。定期检查。",
            "第二部分",
            "预算项目绩效目标",
            "不在其中。",
        )
    )
    assert [(goal.section, goal.heading, goal.text, goal.line) for goal in goals] == [
        ("总体绩效目标", None, "稳步推进各项工作。", 3),
        ("分项绩效目标", None, "先说总的情况。", 5),
        ("分项绩效目标", "（一）绩效目标：稳定就业", "绩效指标 1：办好招聘。\n绩效指标 2：做好培训。", 7),
        ("分项绩效目标", "1、完善机制", "按时办结。", 10),
        ("工作保障措施", "（一）完善制度，严格管理", "制定办法。", 12),
        ("工作保障措施", "（二）加强监督", "定期检查。", 13),
    ]


def test_broken_paragraphs_are_joined() -> None:
    """A paragraph that a page broke goes on without a gap."""
    (goal,) = read_goals(_paragraphs("（一）总体绩效目标", "", "通过短信、电", "话等方式宣传。"))
    assert goal.text == "通过短信、电话等方式宣传。"


def test_a_table_of_contents_is_no_content() -> None:
    """Headings with page numbers, in paragraphs or tables, begin no section; a table ends one."""
    goals = read_goals(
        [
            *_paragraphs("总体绩效目标..... 1", "二、分项绩效目标 3"),
            TABLE,
            *_paragraphs("一、总体绩效目标", "保障运转。"),
            TABLE,
            *_paragraphs("表后的文字。"),
        ]
    )
    assert [goal.text for goal in goals] == ["保障运转。"]


def test_entries_of_contents_cite_nothing() -> None:
    """A table's title with dots and a page behind it is no text that cites."""
    entries = ("1.冀财社〔2020〕1号补助资金绩效目标表……7", "2.冀财社〔2020〕2号补助资金绩效目标表........12")
    assert cite_blocks(_paragraphs(*entries)) == ()


def test_the_next_chapter_ends_a_section() -> None:
    """A heading of the chapter's own rank, or the title of a goal table, ends a section."""
    goals = read_goals(
        _paragraphs(
            "（三）工作保障措施",
            "加强领导。",
            "六、专项资金",
            "别的。",
            "总体绩效目标",
            "1.某项目绩效目标表",
            "又别的。",
        )
    )
    assert [goal.text for goal in goals] == ["加强领导。"]


def test_citations_of_the_narrative_leave_out_titles_of_tables() -> None:
    """Prose is cited; the title of a project's table, and tables, are not."""
    citations = cite_blocks(
        [
            *_paragraphs(
                "按照《中华人民共和国预算法》办理",
                "3.冀财社【2020】190号补助资金绩效目标表 TC 3、x \\f C \\l 1",
            ),
            TABLE,
        ]
    )
    assert [(citation.title, citation.place, citation.line) for citation in citations] == [
        ("中华人民共和国预算法", "narrative", 1)
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["一、总体绩效目标", "（一）甲", "1、乙。丙", "第二部分"]) | st.text(max_size=30),
        max_size=8,
    )
)
def test_any_paragraphs_are_accepted(texts: list[str]) -> None:
    """No text raises, and no goal is empty."""
    assert all(goal.text for goal in read_goals(_paragraphs(*texts)))
    cite_blocks(_paragraphs(*texts))
