"""What the guard lets pass and what it refuses."""

from __future__ import annotations

import time
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.errors import QueryError
from fundtrace.query import guard as guard_of_the_package
from fundtrace.query.guarding import MAX_CHARACTERS, MAX_DEPTH, MAX_LIST, MAX_OPERATORS, MAX_TOKENS, guard

REMOTE = "<http://127.0.0.1:1/>"
PREFIXES = "PREFIX : <http://127.0.0.1:1/> PREFIX ex: <http://127.0.0.1:1/> PREFIX SERVICEex: <http://127.0.0.1:1/>\n"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?service ?load { ?service <http://example.org/SERVICE> 'SERVICE' } # SERVICE",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:load service:insert }",
        'SELECT * { ?s ?p """DELETE { SERVICE }"""@en }',
        "SELECT * FROM <http://example.org/graph> { ?s ?p _:insert }",
        "SELECT * { VALUES ?x { " + "1 " * 50_000 + "} }",
        "SELECT * { VALUES (?x) { " + "(1)" * 1_900 + "} }",
        "ASK { FILTER(1 < 2 && 3 > 2) }",
        "",
    ],
)
def test_passes(query: str) -> None:
    """What only looks like a keyword, and long lists of values, pass."""
    guard(query)


@pytest.mark.parametrize(
    "pattern",
    [
        f"SERVICE {REMOTE} {{ ?s ?p ?o }}",
        f"service silent {REMOTE} {{ ?s ?p ?o }}",
        "SERVICE ?where { ?s ?p ?o }",
        f"{{ SELECT * {{ SERVICE {REMOTE} {{ ?s ?p ?o }} }} }}",
        f"?s ?p 'a' . # comment\rSERVICE {REMOTE} {{ ?s ?p ?o }}",
        f"?s ?p trueSERVICE {REMOTE} {{ ?s ?p ?o }}",
        f"?s ?p 1SERVICE {REMOTE} {{ ?s ?p ?o }}",
        f"SERVICESILENT{REMOTE}{{ ?s ?p ?o }}",
        "SERVICE:x { ?s ?p ?o }",
        "SERVICEex:x { ?s ?p ?o }",
        "SERVICE#\n:x { ?s ?p ?o }",
        "FILTER(1<2)SERVICE:x#>\n{ ?s ?p ?o }",
        rf"\u0053ERVICE {REMOTE} {{ ?s ?p ?o }}",
        rf"?s ?p 'a\u0027 . SERVICE {REMOTE} {{ ?s ?p ?o }} #'",
    ],
)
def test_refuses_other_servers(pattern: str) -> None:
    """SERVICE is refused however it is written, and the message says where it stands."""
    with pytest.raises(QueryError) as caught:
        guard(PREFIXES + "SELECT * { " + pattern + " }")
    assert caught.value.kind == "refused"
    assert "SERVICE" in caught.value.en
    assert "line " in caught.value.en


def test_the_message_names_line_and_column() -> None:
    """The place is that of the text as it was sent, escapes included."""
    with pytest.raises(QueryError, match=r"line 2, column 10"):
        guard("SELECT * {\n \\u003Fa SERVICE ?x {} }")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "delete where { ?s ?p ?o }",
        "LOAD <http://example.org/>",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <a:a>",
        "COPY DEFAULT TO <a:a>",
        "MOVE <a:a> TO DEFAULT",
        "ADD <a:a> TO DEFAULT",
        "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_refuses_updates(update: str) -> None:
    """Every update is refused with the word that it begins with."""
    with pytest.raises(QueryError, match="read-only") as caught:
        guard(update)
    assert caught.value.kind == "refused"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("#" * (MAX_CHARACTERS + 1), "query-length"),
        ("SELECT * " + "{" * (MAX_DEPTH + 1), "query-depth"),
        ("SELECT (" + "(" * 5_000 + "1" + ")" * 5_000 + " AS ?x) {}", "query-depth"),
        ("SELECT * {" + "{} UNION " * MAX_OPERATORS + "{} }", "query-operators"),
        ("SELECT * { FILTER(" + "!" * (MAX_OPERATORS + 1) + "true) }", "query-operators"),
        ("SELECT * { ?s ?p (" + "1 " * (MAX_LIST + 1) + ") }", "query-list"),
        ("SELECT * { VALUES ?x { 1 } ?s ?p (" + "1 " * (MAX_LIST + 1) + ") }", "query-list"),
        ("?a " * (MAX_TOKENS + 1), "query-tokens"),
    ],
)
def test_refuses_what_would_end_the_process(query: str, code: str) -> None:
    """Length, nesting, operators, lists and words are bounded, each with its own code."""
    with pytest.raises(QueryError) as caught:
        guard(query)
    assert caught.value.code == code
    assert caught.value.kind == "too-large"


@pytest.mark.parametrize(
    "evil",
    ["a.", "a", '"', "<a", "'''", '"""x', "a-", ":%4", "?", r"\u0041", "(", "<", "@a", "\\", "_:", "a:\\"],
)
def test_reading_takes_linear_time(evil: str) -> None:
    """No repetition makes the guard slow: a quarter of a megabyte takes no longer than a few seconds."""
    start = time.perf_counter()
    with suppress(QueryError):
        guard((evil * MAX_CHARACTERS)[:MAX_CHARACTERS])
    assert time.perf_counter() - start < 10


PIECES = st.lists(
    st.sampled_from(
        [
            "SERVICE", "service", "SERVICEex", "ex", ":", ":x", "x", "<", ">", "{", "}", "(", ")", " ", "\n", "#", "'",
            '"', "'''", '"""', "\\", "?a", "?", ".", ";", "true", "1", "FILTER", "FILTER(1<2)", REMOTE, "@en", "^^",
            "{ ?s ?p ?o }", r"\u0027", "_:b", "BIND(1 AS ?z)", "OPTIONAL", "UNION", "é", "·", "-", "%41", "||", "a",
        ]
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_nothing_that_passes_reaches_for_the_network(pieces: list[str]) -> None:
    """Whatever the engine accepts and the guard lets pass, the engine asks no other server."""
    query = PREFIXES + "SELECT * { " + "".join(pieces) + " }"
    try:
        guard(query)
    except QueryError:
        return
    # A query that reaches for the network ends in an OSError, which nothing here catches.
    with suppress(SyntaxError, ValueError, RuntimeError):
        results = ox.Store().query(query)
        assert isinstance(results, ox.QuerySolutions)
        list(results)


def _verdict(query: str) -> str | None:
    try:
        guard(query)
    except QueryError as error:
        return error.code
    return None


WORDS = st.lists(
    st.sampled_from(
        [
            "insert", "DELETE", "Load", "CLEAR", "create", "DROP", "copy", "MOVE", "add", "WITH", "using", "ſervice",
            "LOADER", "?add", "<with>", "'drop'", "ex:move", "#", " ", "\n", "{" * 60, "(" * 60, "[" * 60, ")", "}",
            "SELECT * {", "!" * 1_000, "1 " * 900, "FILTER", "'", '"',
        ]
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(WORDS, PIECES))
def test_a_short_query_is_judged_as_it_would_be_if_it_were_long(pieces: list[str]) -> None:
    """The short way past the tokens lets nothing pass that they would not."""
    query = "".join(pieces)
    assert _verdict(query) == _verdict(query + "\n" * (MAX_LIST + 1))


def test_the_package_offers_the_guard() -> None:
    """The name is there without importing the module."""
    assert guard_of_the_package is guard
