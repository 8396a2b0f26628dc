"""Content negotiation by q-values, wildcards and languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace_server.negotiation import best_media_type, parse_preferences, prefers_html

OFFERED = ["text/html", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("text/*;q=0.5, application/ld+json;q=0.4", "text/html"),
        ("text/html;q=0.1, text/turtle;q=0.9", "text/turtle"),
        ("text/html;q=0, */*", "text/turtle"),
        ("*/*;q=0.1, application/ld+json; charset=utf-8 ;q=0.2", "application/ld+json"),
        ("text/turtle;q=oops, application/ld+json;q=0.1", "application/ld+json"),
        ("text/turtle;q=7", None),
        ("image/png", None),
        ("*/*;q=0", None),
        (",, ,text/turtle", "text/turtle"),
    ],
)
def test_the_media_type_that_is_liked_best_is_chosen(accept: str | None, expected: str | None) -> None:
    """Weights decide, the most specific range speaks for a type, and ties go to what is offered first."""
    assert best_media_type(accept, OFFERED) == expected


def test_nothing_offered_is_nothing_chosen() -> None:
    """An empty offer has no best."""
    assert best_media_type(None, []) is None
    assert best_media_type("*/*", []) is None


def test_only_a_client_that_names_html_prefers_it() -> None:
    """Browsers name HTML, programs send a wildcard."""
    assert prefers_html("text/html,application/xhtml+xml,*/*;q=0.8")
    assert not prefers_html("*/*")
    assert not prefers_html("text/html;q=0, application/json")
    assert not prefers_html(None)


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_header_is_read_without_failing(header: str) -> None:
    """Whatever a client sends, weights lie between 0 and 1 and the choice is one of the offer or none."""
    assert all(0 <= preference.weight <= 1 for preference in parse_preferences(header))
    assert best_media_type(header, OFFERED) in {*OFFERED, None}
