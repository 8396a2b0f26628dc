"""Full text: any substring is found, its place is marked, and no text of a stranger reaches the query language."""

from __future__ import annotations

import json

import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fundtrace.index import Index, match_place, match_snippet, search_rows, sqlite
from fundtrace.index.fulltext import is_word, phrases, words

from .conftest import XSD, Build, entity

NAME = "冀财社〔2020〕186号 2021年省级就业补助资金"


@settings(deadline=None)
@given(st.text(max_size=60))
@example('" OR names : a*')
@example("{names} : a NEAR(b c, 2) ^d + e")
@example("\ue000")
@example("\x00")
def test_a_strangers_text_is_never_a_query(sample_index: Index, text: str) -> None:
    """Whatever is typed, the answer is a list, and words without a letter or digit find nothing."""
    found = sample_index.search(text, limit=3)
    assert sample_index.count_matches(text) >= len(found)
    if not words(text):
        assert not found


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(NAME) - 1), st.integers(1, len(NAME)))
def test_every_substring_is_found_and_marked(sample_index: Index, start: int, length: int) -> None:
    """A part of a name of one character or more finds the project, and the marked parts make up the text again."""
    part = NAME[start : start + length]
    if words(part):
        rows = sample_index.search(part, ["Project"], limit=1_000)
        (match,) = [row for row in rows if row.key.endswith("13063621KBZ5IOG4SDMWN-2021")]
        marked = "".join(text for text, hit in match.snippet if hit)
        assert match.place is not None
        assert {char for char in part.lower() if is_word(char)} <= set(marked.lower())


def test_spelling_does_not_matter(sample_index: Index) -> None:
    """Width, brackets and traditional characters are folded on both sides, and the printed text is shown."""
    found = sample_index.search("冀財社﹝２０２０﹞１８６", ["FundingDocument"])
    assert [match.key for match in found] == ["document/冀财社-2020-186"]
    assert found[0].place == "number"
    assert found[0].snippet == (("冀财社〔2020〕186", True), ("号", False))


def test_names_stand_above_texts(build: Build) -> None:
    """A match in a name ranks higher than one in a text, and classes, pages and counts are kept."""
    _, index = build(
        [
            *entity("project/1", "Project", ("name", '"道路"'), ("purpose", '"桥梁桥梁桥梁"')),
            *entity("project/2", "Project", ("name", '"桥梁和其他很多很多很多很多事"')),
            *entity("goal/1", "Goal", ("text", '"桥梁"'), ("ordinal", f'"1"^^<{XSD}integer>')),
        ]
    )
    assert index.search("桥梁", limit=1)[0].key == "project/2"
    assert [match.key for match in index.search("桥梁", ["Goal"])] == ["goal/1"]
    assert index.count_matches("桥梁", ["Project", "Goal"]) == 3
    assert len(index.search("桥梁", limit=2, offset=2)) == 1
    assert index.count_matches("桥梁 道路") == 1
    assert index.search("桥梁", ['Goal" OR "Project']) == []
    assert index.search("桥梁", ['"']) == []


def test_a_phrase_stays_within_one_value(build: Build) -> None:
    """Two values of one property are not read as one text."""
    _, index = build([*entity("document/1", "FundingDocument", ("title", '"甲乙"'), ("title", '"丙丁"'))])
    assert index.count_matches("乙丙") == 0
    (match,) = index.search("丙 甲")
    assert (match.place, match.snippet) == ("title", (("丙", True), ("丁", False)))


def test_long_texts_are_cut_around_the_match(build: Build) -> None:
    """A snippet begins a little before the first match and says where text is left out."""
    _, index = build([*entity("goal/1", "Goal", ("text", f'"{"甲" * 60}乙{"丙" * 200}"'))])
    (match,) = index.search("乙")
    assert match.snippet == (("…", False), ("甲" * 20, False), ("乙", True), ("丙" * 79, False), ("…", False))


def test_a_match_that_cannot_be_marked_is_still_found(build: Build) -> None:
    """A letter with an accent is found without it; the place stays open."""
    _, index = build([*entity("agency/1", "Agency", ("name", '"Café"'))])
    (match,) = index.search("cafe")
    assert (match.place, match.snippet) == (None, ())


def test_rows_can_be_joined(sample_index: Index) -> None:
    """The rows of a search are a selectable with a bound text; a page of them is marked in the engine."""
    found = search_rows("q", ["FundingDocument"]).limit(2).subquery()
    rows = sa.select(found.c.n, match_place(found.c.n, "q"), match_snippet(found.c.n, "q"))
    sql, parameters = sqlite.compile(rows)
    (_, place, snippet), *_ = sample_index.run(sql, {**parameters, "q": "就业补助"}).rows
    assert place == "title"
    assert ["就业补助", True] in json.loads(snippet)
    assert phrases("就业", "Goal") == '(kind : ("Goal")) AND ({names texts} : ("就 业"))'
    unknown = sa.select(match_snippet(sa.literal(0), "q"))
    assert sample_index.run(sqlite.compile(unknown)[0], {"param_1": 0, "q": "a"}).rows == [("[]",)]
