"""Contacts are gone before anything is read."""

from __future__ import annotations

from collections.abc import Callable

from fundtrace.reading.sheets import Paragraph, Sheets, Table
from fundtrace.recognising import recognise
from fundtrace.recognising.contacts import without_contacts

Source = Callable[..., Sheets]
Hebei = Callable[..., list[list[str]]]


def _texts(sheets: Sheets) -> list[str]:
    return [
        text
        for block in sheets.blocks
        for text in (
            [block.text]
            if isinstance(block, Paragraph)
            else [cell.text for row in block.rows for cell in row.cells]
        )
    ]


def test_the_cell_behind_a_contacts_label_is_emptied(source: Source) -> None:
    """What such a label governs is dropped up to the next label."""
    sheets, places = without_contacts(
        source([["项目负责人及联系电话", "甲某", "13911112222", "实施单位", "水务局"]])
    )
    assert _texts(sheets) == ["项目负责人及联系电话", "", "", "实施单位", "水务局"]
    assert [(place.line, place.position.row) for place in places] == [(1, 1)]


def test_text_loses_names_and_numbers(source: Source) -> None:
    """Paragraphs and cells lose the names behind a contact's label and every number to call."""
    sheets, places = without_contacts(source("联系人：甲某某", [["如有疑问请拨 0312-7654321", ""]]))
    joined = "".join(_texts(sheets))
    assert "甲某某" not in joined
    assert "7654321" not in joined
    assert len(places) == 2


def test_a_column_of_contacts_is_emptied(source: Source) -> None:
    """In a numbered list the column under such a label is emptied; labels in it are kept."""
    rows = [["序号", "单位", "联系人"], ["1", "水务局", "甲某某"], ["", "水务局", "项目名称"]]
    sheets, places = without_contacts(source(rows))
    assert "甲某某" not in _texts(sheets)
    assert "项目名称" in _texts(sheets)
    assert len(places) == 1


def test_nothing_to_withhold_changes_nothing(source: Source) -> None:
    """A source without contacts comes back as it was."""
    before = source("水清", [["1", "2"]])
    after, places = without_contacts(before)
    assert after == before
    assert places == ()
    assert isinstance(after.blocks[1], Table)


def test_no_output_holds_a_contact(source: Source, hebei: Hebei) -> None:
    """Neither records nor rows nor findings name a contact; a finding says that one was withheld."""
    head = [
        ["项目名称", "修桥", "项目负责人及联系电话", "甲某某 13911112222", "", ""],
        ["预算规模", "预算数", "1", "", "", ""],
        ["填报人", "乙某某", "", "", "", ""],
    ]
    document = recognise(source("单位：元", hebei(head=head), "联系人：丙某某"))
    printed = document.model_dump_json()
    assert not [name for name in ("甲某某", "13911112222", "乙某某", "丙某某") if name in printed]
    withheld = [finding.line for finding in document.findings if finding.code == "contact-withheld"]
    assert withheld == [2, 4, document.source.pages or withheld[-1]]
    assert document.coverage.unclaimed == ()
