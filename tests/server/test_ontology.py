"""/ontology and the words that pages take from it."""

from __future__ import annotations

from html import escape

import pyoxigraph as ox
from rdflib import Graph
from rdflib.compare import isomorphic

from fundtrace_server.terms import ontology_turtle, term_names


def test_the_ontology_is_turtle_or_a_list_of_terms(client) -> None:
    """By Accept or `?format=`; what is neither is 406."""
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert len(list(ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))) > 200
    assert client.get("/ontology?format=ttl", headers={"Accept": "text/html"}).text == turtle.text
    page = client.page("/ontology")
    assert 'id="FundingDocument"' in page.text
    assert 'id="totalBudget"' in page.text
    assert client.page("/ontology?format=html").status_code == 200
    assert client.get("/ontology?format=docx").status_code == 406
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


def test_terms_follow_the_namespace_of_the_release() -> None:
    """The string of the repository is replaced everywhere."""
    assert "http://localhost:8000/ontology#" not in ontology_turtle("https://example.org/o#")
    names = term_names("https://example.org/o#")
    assert names.label("https://example.org/o#Project", "zh") == "项目"
    assert names.comment("https://example.org/o#Project", "en")
    assert names.label("https://example.org/other#thing", "zh") == "thing"
    assert names.comment("https://example.org/other#thing", "zh") == ""
    assert names.terms["https://example.org/o#Project"].is_class
    assert not names.terms["https://example.org/o#fiscalYear"].is_class


def test_every_term_dereferences(client, release) -> None:
    """Each has a page with its words in both languages and what the shapes demand, and statements in every format."""
    terms = term_names(release.namespace).terms
    assert len(terms) > 100
    for term in terms.values():
        page = client.get(f"/ontology/{term.name}", headers={"Accept": "text/html"}, follow_redirects=True)
        assert page.status_code == 200, term.name
        assert escape(term.label["zh"], quote=False) in page.text
        assert term.iri in page.text
    page = client.page("/ontology/totalBudget.html?lang=en").text
    for shown in ("Project-totalBudget", ">Project<", "xsd:decimal", 'lang="zh"', 'lang="en"'):
        assert shown in page, shown
    assert "/page/project/" in client.page("/ontology/Project.html").text


def test_a_term_says_the_same_in_every_format(client) -> None:
    """By Accept, `?format=` or suffix; unions and alignments are told too."""
    turtle = client.get("/ontology/region.ttl")
    graph = Graph().parse(data=turtle.text, format="turtle")
    assert len(graph) > 15
    for suffix, name in (("rdf", "xml"), ("nt", "nt")):
        assert isomorphic(
            graph, Graph().parse(data=client.get(f"/ontology/region.{suffix}").text, format=name)
        )
    again = client.get("/ontology/region?format=jsonld", follow_redirects=True)
    assert again.headers["content-type"] == "application/ld+json"
    assert '</ontology/region.ttl>; rel="alternate"' in again.headers["link"]
    assert client.get("/ontology/region", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/ontology/nothing").status_code == 404
    assert client.get("/ontology/region.docx").status_code == 404


def test_supervisors_can_ask_how_it_is(client, release) -> None:
    """/healthz says that the process lives, /readyz that the graph answers."""
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").json() == {"release": release.version}
