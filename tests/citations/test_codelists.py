"""Tests of fundtrace.citations.codelists and of the published lists themselves."""

from collections import Counter

import pytest

from fundtrace.citations import parse_number
from fundtrace.citations.codelists import (
    agencies,
    listed_titles,
    place_names,
    read_agencies,
    scoped_issuers,
)
from fundtrace.errors import UsageError

_EMPTY = "areas: []\norgans: []\nkinds: {}\nambiguous: []\nsegmentation: {}\n"


def test_no_code_is_listed_twice() -> None:
    """A code, an area and a scoped code stand in their list once."""
    lists = agencies()
    for codes in (
        [entry.code for entry in lists.codes],
        [entry.code for entry in lists.ambiguous],
        [area.letters for area in lists.areas],
        [organ.letters for organ in lists.organs],
        [name for entry in listed_titles() for name in (entry.title, *entry.also)],
    ):
        assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_every_value_of_a_column_is_a_known_one() -> None:
    """Levels, grounds and kinds of the lists are those that the columns allow."""
    for entry in agencies().codes:
        assert entry.level in {"central", "provincial", "city", "county"}
        assert entry.ground in {"said", "rule", "table"}
        assert (entry.region is None) == (entry.level == "central")
    assert {entry.kind for entry in listed_titles()} <= {"law", "measure"}


def test_listed_numbers_are_canonical() -> None:
    """A number in the list of titles is written in its canonical form."""
    for entry in listed_titles():
        if entry.number:
            number = parse_number(entry.number)
            assert number is not None
            assert number.canonical == entry.number


def test_scoped_codes_have_no_area() -> None:
    """A code with the letters of a province is nobody else's and so is not scoped."""
    provinces = tuple(area.letters for area in agencies().areas if area.level == "provincial")
    assert not [code for code in scoped_issuers().codes if code.startswith(provinces)]


@pytest.mark.parametrize(
    "text",
    [
        "areas: [",
        "- a list",
        "areas: []\n",
        _EMPTY + "codes: [{code: 冀财社, agenzy: 河北省财政厅}]\n",
        _EMPTY + "codes: [冀财社]\n",
    ],
)
def test_a_broken_edit_is_named(text: str) -> None:
    """A list that somebody broke is refused with a message that names the file, not with a traceback."""
    with pytest.raises(UsageError) as caught:
        read_agencies(text, "agencies.yml")
    assert caught.value.code == "code-list"
    assert caught.value.subject == "agencies.yml"


def test_a_sound_edit_is_read() -> None:
    """A list may be as short as its editor wants."""
    assert read_agencies(_EMPTY + "codes: []\n", "agencies.yml").codes == ()


def test_names_of_places_are_bare() -> None:
    """省, 市, 县, 自治县 and the peoples' names are taken off, and never the whole name."""
    assert {"顺平", "合川", "北川", "阿坝", "和政", "赵县"} <= place_names()
    assert not {"顺平县", "北川羌族自治县", "赵"} & place_names()
