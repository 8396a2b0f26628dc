"""The ontology and the questions are found wherever fundtrace is installed."""

from __future__ import annotations

import pytest

from fundtrace import resources


def test_the_ontology_and_the_questions_are_found() -> None:
    """Both resource folders exist in a checkout."""
    assert (resources.folder("ontology") / "core.ttl").is_file()
    assert list(resources.folder("queries").rglob("*.rq"))


def test_a_missing_folder_says_that_the_installation_is_damaged() -> None:
    """An unknown resource is an error that names it."""
    with pytest.raises(FileNotFoundError, match="'nowhere' is missing"):
        resources.folder("nowhere")
