"""PDFs that are read in a process of their own."""

from __future__ import annotations

import pytest

from fundtrace.errors import InputError
from fundtrace.reading.limits import Limits
from fundtrace.reading.pdf import confined, reader
from fundtrace.reading.source import Source


def _source(data: bytes, **limits: int) -> Source:
    return Source("a.pdf", data, "pdf", Limits(**limits))


@pytest.fixture
def page(pdf) -> bytes:
    """A page with a heading, a table with a merged cell, and a page after it."""
    pdf.text(50, 800, "水务局")
    for x in (50, 100, 200):
        pdf.line(x, 700, x, 790 if x != 100 else 750)
    for y in (700, 750, 790):
        pdf.line(50, y, 200, y)
    pdf.text(55, 770, "项目")
    pdf.text(55, 720, "一")
    pdf.text(105, 720, "12.50")
    pdf.page()
    pdf.text(50, 700, "第二页")
    return pdf.save()


def test_the_reading_is_the_same(page):
    """Blocks, places and the number of pages come through."""
    assert confined.read(_source(page)) == reader.read(_source(page))


def test_a_refusal_comes_through(page):
    """With its code, its messages and the name of the file."""
    with pytest.raises(InputError) as caught:
        confined.read(_source(page, pages=1))
    assert (caught.value.code, caught.value.subject) == ("too-large", "a.pdf")
    assert "页" in caught.value.zh


def test_forms_without_end_are_refused(pdf, read_one, monkeypatch):
    """A form that draws itself twice takes all the memory there is."""
    monkeypatch.setattr(confined, "_MIB", 400)
    pdf.forms = ["/X0 Do /X0 Do"]
    pdf.draw("/X0 Do")
    data = pdf.save().replace(b"/Subtype /Form", b"/Subtype /Form /Resources << /XObject << /X0 9 0 R >> >>")
    with pytest.raises(InputError) as caught:
        read_one(data, "pdf")
    assert caught.value.code == "too-large"


@pytest.mark.parametrize(
    ("ending", "seconds", "code"),
    [
        ("kill -XCPU $$", 600, "too-slow"),
        ("kill -SEGV $$", 600, "damaged-pdf"),
        ("exit 1", 600, "too-large"),
        ("exec sleep 600", 2, "too-slow"),
    ],
)
def test_how_the_process_ends_is_told(ending, seconds, code, page, monkeypatch, tmp_path):
    """Time, memory and a crash are different refusals."""
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{ending}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(confined.sys, "executable", str(program))
    monkeypatch.setattr(confined, "_WAIT", seconds)
    with pytest.raises(InputError) as caught:
        confined.read(_source(page))
    assert caught.value.code == code


def test_where_no_process_may_be_started_it_is_read_here(page, monkeypatch):
    """A sandbox is bounded by whoever set it up."""
    monkeypatch.setattr(confined.sys, "executable", "/nowhere/python")
    assert confined.read(_source(page)) == reader.read(_source(page))
