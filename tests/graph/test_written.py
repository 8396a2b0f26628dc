"""Written forms: the number as printed, without what stands around it."""

from __future__ import annotations

import pytest

from fundtrace.citations import DocumentNumber
from fundtrace.graph.written import written_form

NUMBER = DocumentNumber("冀财社", 2020, "186")


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("冀财社【2020】186号", "冀财社【2020】186号"),
        ("《关于提前下达的通知》冀财社【2020】186号文件", "冀财社【2020】186号"),
        ("冀财社〔2020〕 186 号河北省财政厅《通知》", "冀财社〔2020〕 186 号"),
        ("冀财\n社２０２０年第１８６号", "冀财\n社２０２０年第１８６号"),
        ("冀财社（2020）00186", "冀财社（2020）00186"),
        ("冀财社2020186号", "冀财社2020186号"),
        ("冀财社〔2020〕1860号", None),
        ("〔2020〕186号", None),
        ("冀 财社2020186号、冀财社〔2020〕186号", "冀 财社2020186号"),
    ],
)
def test_forms_of_a_number(printed: str, form: str | None) -> None:
    """Every spelling of one number is cut out as it stands."""
    assert written_form(printed, NUMBER) == form


def test_forms_of_decrees_and_announcements() -> None:
    """Decrees have no year, announcements have theirs before the serial."""
    decree = DocumentNumber("国务院令", None, "711", "decree")
    assert written_form("《条例》（国务院令第711号）", decree) == "国务院令第711号"
    notice = DocumentNumber("财政部公告", 2023, "8", "announcement")
    assert written_form("财政部公告2023年第8号", notice) == "财政部公告2023年第8号"
