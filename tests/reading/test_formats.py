"""Which files have a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from fundtrace.reading import FORMATS, format_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text"),
        ("a.MD", "markdown"),
        ("a.htm", "html"),
        ("表.docx", "docx"),
        ("a.xls", "xls"),
        ("a.zip", "zip"),
    ],
)
def test_a_format_is_known_by_its_suffix(name, kind):
    """Suffixes are read in any case."""
    assert format_of(Path(name)) == kind


@pytest.mark.parametrize("name", ["a.jpg", "README", "~$a.docx", "._a.docx", ".txt.swp"])
def test_a_file_without_a_reader_has_no_format(name):
    """Pictures, lock files and resource forks are not documents."""
    assert format_of(Path(name)) is None


def test_every_format_has_a_reader():
    """Each format names a module with a `read` function."""
    assert all(callable(kind.reader) for kind in FORMATS.values())
