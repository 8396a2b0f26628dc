"""Succession: what stands for an IRI that is gone, where it can be told."""

from __future__ import annotations

from fundtrace.release.succession import Place, Side, Thing, successors

ONE, TWO, NEW = Place("f", 1), Place("f", 2), Place("g", 9)
SOURCES = {"f": "source/s", "g": "source/s", "h": "source/t"}


def _told(
    gone: dict[str, Place | None] | list[Thing],
    fresh: dict[str, Place | None] | list[Thing],
    siblings: dict[str, str] | None = None,
) -> dict[str, str]:
    return successors(_side(gone), _side(fresh), siblings or {})


def _side(told: dict[str, Place | None] | list[Thing]) -> Side:
    things = told if isinstance(told, list) else [Thing(path, path, place) for path, place in told.items()]
    return Side(lambda: things, SOURCES)


def test_the_same_line_of_the_same_file_is_the_same_thing() -> None:
    """A project whose key changed is the one that is read there now, and its parts and its series follow."""
    gone = {
        "project/a-2021": ONE,
        "target/a-2021-2": None,
        "schedule/a-2021": None,
        "goal/a-2021-9": None,
        "series/a": None,
    }
    fresh = {"project/b-2021": ONE, "target/b-2021-2": None, "schedule/b-2021": None, "series/b": None}
    assert _told(gone, fresh) == {
        "project/a-2021": "project/b-2021",
        "target/a-2021-2": "target/b-2021-2",
        "schedule/a-2021": "schedule/b-2021",
        "series/a": "series/b",
    }


def test_nothing_is_guessed() -> None:
    """Other lines, other kinds, and two at one line have no successor."""
    assert _told({"project/a": ONE}, {"project/b": TWO, "statement/a": ONE}) == {}
    assert _told({"citation/a-1": ONE, "citation/a-2": ONE}, {"citation/b-1": ONE}) == {}
    assert _told({"unit/x-1": None, "row/x": None}, {"unit/y-1": None}) == {}


def test_a_sibling_stands_for_a_telling_that_is_gone() -> None:
    """What is read at the same place comes first."""
    assert _told({"project/a~b": ONE}, {}, {"project/a~b": "project/a"}) == {"project/a~b": "project/a"}
    assert _told({"project/a~b": ONE}, {"project/c": ONE}, {"project/a~b": "project/a"}) == {
        "project/a~b": "project/c"
    }


def test_the_same_name_in_the_same_file_or_source_is_the_same_thing() -> None:
    """A code that was corrected, or is read where none was read before, moves the key; the name says whose."""
    gone = [Thing("project/1-2021", "培训", ONE), Thing("unit/1-0a1b2c3d", "某局", Place("f", 0))]
    fresh = [
        Thing("project/2-2021", "培训", NEW),
        Thing("unit/1-301", "某局", Place("f", 0)),
        Thing("unit/1-302", "某所", Place("f", 0)),
    ]
    assert _told(gone, fresh) == {"project/1-2021": "project/2-2021", "unit/1-0a1b2c3d": "unit/1-301"}
    elsewhere = [Thing("project/2-2021", "培训", Place("h", 1))]
    assert _told(gone, elsewhere) == {}
    twice = [Thing("project/2-2021", "培训", NEW), Thing("project/3-2021", "培训", Place("g", 20))]
    assert _told(gone[:1], twice) == {}


def test_a_department_is_the_one_of_its_file() -> None:
    """A file speaks of one department, under whichever key."""
    gone = [Thing("department/name-0a1b2c3d", "某局", Place("f", 0))]
    assert _told(gone, [Thing("department/1-323", "某县某局", Place("f", 0))]) == {
        "department/name-0a1b2c3d": "department/1-323"
    }


def test_a_name_that_changed_alone_leads_to_the_new_one() -> None:
    """Without a code the key holds a hash of the name: one is gone of that unit and source, and one is new."""
    gone = [Thing("project/1-301-0a1b2c3d-2021", "培训费", ONE)]
    assert _told(gone, [Thing("project/1-301-ffffffff-2021", "培训经费", NEW)]) == {
        "project/1-301-0a1b2c3d-2021": "project/1-301-ffffffff-2021"
    }
    for other in ("project/1-302-ffffffff-2021", "project/1-301-ffffffff-2022", "project/1-301-CODE-2021"):
        assert _told(gone, [Thing(other, "培训经费", NEW)]) == {}
