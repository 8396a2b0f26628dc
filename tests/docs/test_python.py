"""The tutorial of the Python face, run as it stands."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest

import fundtrace.api.frames

TUTORIAL = Path(__file__).parents[2] / "docs" / "python.md"


def test_every_example_of_the_tutorial_gives_what_it_shows(
    sample_data: Path, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who types the tutorial in a folder with a release and a document sees the same answers."""
    (tmp_path / "data").symlink_to(sample_data)
    shutil.copy(samples / "shunping-2021.docx", tmp_path)
    monkeypatch.chdir(tmp_path)
    failed, run = doctest.testfile(str(TUTORIAL), module_relative=False, encoding="utf-8")
    assert run > 10
    assert failed == 0


def test_the_examples_of_frames_give_what_they_show() -> None:
    """The examples in the documentation of frames are right."""
    failed, run = doctest.testmod(fundtrace.api.frames)
    assert run > 0
    assert failed == 0
