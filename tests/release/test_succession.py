"""Succession: what stands for an IRI that is gone, where it can be told."""

from __future__ import annotations

from fundtrace.release.succession import Place, successors

ONE, TWO = Place("f", 1), Place("f", 2)


def test_the_same_line_of_the_same_file_is_the_same_thing() -> None:
    """A project whose key changed is the one that is read there now, and its parts follow."""
    gone = {"project/a-1": ONE, "target/a-1-2": None, "schedule/a-1": None, "goal/a-1-9": None}
    fresh = {"project/b": ONE, "target/b-2": None, "schedule/b": None}
    assert successors(gone, fresh, {}) == {
        "project/a-1": "project/b",
        "target/a-1-2": "target/b-2",
        "schedule/a-1": "schedule/b",
    }


def test_nothing_is_guessed() -> None:
    """Other lines, other kinds, and two at one line have no successor."""
    assert successors({"project/a": ONE}, {"project/b": TWO, "statement/a": ONE}, {}) == {}
    assert successors({"citation/a-1": ONE, "citation/a-2": ONE}, {"citation/b-1": ONE}, {}) == {}
    assert successors({"unit/x-1": None, "row/x": None}, {"unit/y-1": None}, {}) == {}


def test_a_sibling_stands_for_a_telling_that_is_gone() -> None:
    """What is read at the same place comes first."""
    assert successors({"project/a~b": ONE}, {}, {"project/a~b": "project/a"}) == {"project/a~b": "project/a"}
    assert successors({"project/a~b": ONE}, {"project/c": ONE}, {"project/a~b": "project/a"}) == {
        "project/a~b": "project/c"
    }
