"""Marks that are taken off, and print that looks like them and stays."""

from __future__ import annotations

import pytest

from fundtrace.reading.marks import clean, heading, links, plain, unescape


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("一、总体绩效目标 TC 总体绩效目标 \\f A \\l 1 ", "一、总体绩效目标"),
        ("9.某资金绩效目标表 TC 9、某资金绩效目标表 \\f C \\l 1", "9.某资金绩效目标表"),
        ("[bookmark: _Toc_2_2_01]一、目标", "一、目标"),
        ("二、目标 PAGEREF _Toc123 \\h 3", "二、目标 3"),
        ("二、目标 PAGEREF _Toc123 h 3", "二、目标 3"),
        ('HYPERLINK \\l "_Toc1" 三、目标', "三、目标"),
        ('TOC \\o "1-3" \\h \\z 目录', "目录"),
        ("<b>合计</b>", "合计"),
        ("<p>甲</p> <p>乙</p>", "甲\n乙"),
        ("甲<br/>乙", "甲\n乙"),
        ("1、**事业收入**：指", "1、事业收入：指"),
        ("**“三公”经费**：", "“三公”经费："),
        ("财政    资金\xa0合计", "财政 资金 合计"),
    ],
)
def test_marks_are_taken_off(marked, bare):
    """Tags, emphasis, field codes and bookmarks are not print."""
    assert clean(marked) == bare


@pytest.mark.parametrize(
    "text", ["知晓率(≥**%)", "(≥**%)与(≤**%)", "<50次", "a<b且c>d", "TC 药品", "甲　乙", "C:\\data"]
)
def test_print_that_looks_like_marks_stays(text):
    """Template literals, comparisons and full-width spaces are print."""
    assert clean(text) == text


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("# 表", (1, "表")),
        ("###  目标 ##", (3, "目标")),
        ("## C#", (2, "C#")),
        ("#表", (None, "#表")),
        ("####### 表", (None, "####### 表")),
        ("- 1、收入", (None, "1、收入")),
        ("- 5 -", (None, "- 5 -")),
        ("-5%", (None, "-5%")),
    ],
)
def test_headings_and_bullets(line, found):
    """A heading gives its level; bullets go, page numbers and negative numbers stay."""
    assert heading(line) == found


def test_links_and_escapes_of_markdown():
    """Links become what they say, pictures nothing, escapes their sign."""
    assert links("见[通知](http://a/b)和![图](c.png)。") == "见通知和。"
    assert unescape(r"1\. 甲\_乙 \f") == r"1. 甲_乙 \f"


def test_plain_text_is_left_alone():
    """Nothing is done where there is nothing to do."""
    assert plain(" 甲 乙 ") == "甲 乙"


@pytest.mark.parametrize(
    "text", ["TC " * 30_000 + "\\f", "# " + " " * 200_000 + "x#", "[bookmark:" * 20_000, "**a" * 50_000]
)
def test_no_text_makes_cleaning_slow(text):
    """Cleaning takes time in proportion to the text, whatever it is."""
    heading(text)
    clean(text)
