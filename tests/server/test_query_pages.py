"""The pages with an editor, and what the SPARQL editor offers."""

from __future__ import annotations

import pyoxigraph as ox

from fundtrace.query import catalogue


def test_the_editor_is_offered_questions_and_terms(client, release) -> None:
    """Every saved question with its example bound, every term of the ontology, in the language asked for."""
    told = client.get("/sparql/help.json?lang=en").json()
    assert [one["id"] for one in told["questions"]] == sorted(catalogue())
    assert told["namespace"] == release.namespace
    terms = {one["name"]: one for one in told["terms"]}
    assert terms["Project"]["kind"] == "class"
    assert terms["fundedUnder"]["kind"] == "property"
    assert client.get("/sparql/help.json").json()["terms"] != told["terms"]


def test_what_is_offered_runs(client, release) -> None:
    """Each query parses, and has no line of front matter."""
    for one in client.get("/sparql/help.json").json()["questions"]:
        release.store.query(one["query"] + "\nLIMIT 1" if "LIMIT" not in one["query"] else one["query"])
        assert "#+" not in one["query"]


def test_inline_styles_are_allowed_on_the_two_pages_alone(client) -> None:
    """Scripts are our own on every page, and nothing comes from elsewhere."""
    for path in ("/", "/sparql", "/graphql", "/questions", "/inspect"):
        policy = client.page(path).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert ("'unsafe-inline'" in policy) == (path in {"/sparql", "/graphql"})


def test_a_question_shows_the_query_that_was_asked(client) -> None:
    """With the values bound, and a way into the editor; the bars name concepts in words."""
    page = client.page(
        "/questions/documents/projects-citing?number=%E5%86%80%E8%B4%A2%E7%A4%BE%5B2020%5D186"
    ).text
    assert "VALUES ?number { &#34;冀财社〔2020〕186号&#34; }" in page
    assert 'href="/sparql#query=' in page
    assert ox.Store().query(catalogue()["documents/by-budget"].text) is not None
