"""The same content gives the same reading in every form."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FORMS = ["text", "cell-lines", "markdown", "html", "docx", "xlsx", "csv"]
KINDS = {"cell-lines": "text"}
_WORDS = st.text("预算指标项目水井甲乙丙", min_size=1, max_size=6)
_CELL = st.one_of(
    st.just(""),
    _WORDS,
    st.sampled_from(["≥95%", "12.50", "冀水发〔2021〕7号", "=100%", "<50次", "1—3号", "(≥**%)"]),
)


@st.composite
def contents(draw: st.DrawFn) -> list[object]:
    """Paragraphs and tables in turn; a table's corner and last row are filled."""
    blocks: list[object] = []
    for _ in range(draw(st.integers(1, 3))):
        blocks.append((draw(st.sampled_from([0, 1, 2])), draw(_WORDS)))
        width = draw(st.integers(2, 4))
        first = [draw(_WORDS) for _ in range(width)]
        rows = draw(st.lists(st.lists(_CELL, min_size=width, max_size=width).filter(any), max_size=4))
        blocks.append([first, *rows, [draw(_WORDS) for _ in range(width)]])
    return blocks


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_paragraphs_and_cells(form, content, write, read_one, shape):
    """Paragraphs and tables are equal whatever the file was saved as."""
    expected = [block[1] if isinstance(block, tuple) else block for block in content]
    assert shape(read_one(write(form, content), KINDS.get(form, form))) == expected


@pytest.mark.parametrize("form", ["markdown", "html", "docx"])
def test_headings_have_the_level_that_the_format_marks(form, content, write, read_one):
    """Formats that mark headings give their levels."""
    headings = [
        (block.text, block.heading)
        for block in read_one(write(form, content), form).blocks
        if hasattr(block, "heading")
    ]
    assert headings[0] == ("水务局项目支出绩效目标", 1)
    assert ("二、说明", 2) in headings
    assert ("单位：万元", None) in headings


@given(made=contents())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_content_is_the_same_in_every_form(made, write, read_one, shape):
    """Generated contents are read alike from all forms."""
    expected = [block[1] if isinstance(block, tuple) else block for block in made]
    for form in FORMS:
        assert shape(read_one(write(form, made), KINDS.get(form, form))) == expected, form
