"""/id and /data: negotiation, formats, and addresses that nobody meant."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyld import jsonld
from rdflib import Graph
from rdflib.compare import isomorphic

from fundtrace_server.formats import FORMATS

PROJECT = "project/13063621KBZ5IOG4SDMWN-2021"
DOCUMENT = "document/冀财社-2020-186"


@pytest.mark.parametrize(
    ("accept", "path"),
    [
        (None, f"/page/{PROJECT}"),
        ("*/*", f"/page/{PROJECT}"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", f"/page/{PROJECT}"),
        ("text/turtle", f"/data/{PROJECT}.ttl"),
        ("application/ld+json", f"/data/{PROJECT}.jsonld"),
        ("application/n-triples", f"/data/{PROJECT}.nt"),
        ("application/rdf+xml", f"/data/{PROJECT}.rdf"),
        ("application/trig", f"/data/{PROJECT}.trig"),
        ("text/turtle;q=0.4, application/ld+json;q=0.6", f"/data/{PROJECT}.jsonld"),
        ("application/*", f"/data/{PROJECT}.jsonld"),
    ],
)
def test_an_entity_sends_each_client_where_it_is_served(client, accept: str | None, path: str) -> None:
    """303 to the page for people and to the data for programs, by weights and wildcards."""
    response = client.get(f"/id/{PROJECT}", headers={"Accept": accept} if accept is not None else {})
    assert (response.status_code, response.headers["location"]) == (303, path)
    assert response.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("ttl", "ttl"), ("turtle", "ttl"), ("jsonld", "jsonld"), ("json", "jsonld"), ("xml", "rdf")],
)
def test_format_beats_accept(client, name: str, suffix: str) -> None:
    """`?format=` decides, by suffix or by its usual name."""
    response = client.get(f"/id/{PROJECT}?format={name}", headers={"Accept": "text/html"})
    assert response.headers["location"] == f"/data/{PROJECT}.{suffix}"
    page = client.get(f"/id/{PROJECT}?format=html", headers={"Accept": "text/turtle"})
    assert page.headers["location"] == f"/page/{PROJECT}"


@pytest.mark.parametrize("query", ["?format=docx", ""])
def test_a_format_that_does_not_exist_is_not_acceptable(client, query: str) -> None:
    """406 lists what there is."""
    response = client.get(f"/id/{PROJECT}{query}", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert set(response.json()["error"]["available"]) == {"html", *FORMATS}


def test_chinese_addresses_work_raw_and_encoded(client) -> None:
    """The key may come percent-encoded or not; the answer's own address is encoded."""
    for path in (f"/id/{DOCUMENT}", f"/id/{quote(DOCUMENT)}"):
        response = client.get(path, headers={"Accept": "text/turtle"})
        assert response.status_code == 303
        location = response.headers["location"]
        assert location.isascii()
        assert unquote(location) == f"/data/{DOCUMENT}.ttl"
        assert client.get(location).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/id/document/没有这个",
        "/id/nothing/13063621KBZ5IOG4SDMWN-2021",
        "/id/project/%3Cscript%3E",
        "/id/project/a%20b",
        "/id/project/..%2F..%2Fetc",
        "/id/project/%00",
        "/id/project/%FF%FE",
        f"/id/project/{'x' * 151}",
        "/id/project/",
        "/id/project",
        "/id/",
        "/page/project/%22%3E%3Cscript%3E",
        "/data/project/x.ttl",
        f"/data/{PROJECT}.docx",
        f"/data/{PROJECT}",
        "/static/..%2Fapp.py",
        "/static/manifest.json",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_junk_is_not_found(client, path: str, accept: str) -> None:
    """What no entity can be named is 404, as a page or as JSON, never a fault."""
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 404
    if accept == "text/html":
        assert "<script>" not in response.text
    else:
        assert response.json()["error"]["code"] == "not-found"


@pytest.mark.parametrize("suffix", FORMATS)
def test_data_is_the_entity_in_its_format(client, suffix: str) -> None:
    """Each format parses and says the same as every other."""
    response = client.get(f"/data/{PROJECT}.{suffix}", headers={"Accept": "image/png"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(FORMATS[suffix].media_type)
    assert response.headers["access-control-allow-origin"] == "*"
    assert f'</page/{PROJECT}>; rel="alternate"; type="text/html"' in response.headers["link"]
    found = {
        (quad.subject, quad.predicate, quad.object)
        for quad in ox.parse(response.content, format=FORMATS[suffix].rdf, base_iri="http://localhost:8000/")
    }
    turtle = ox.parse(client.get(f"/data/{PROJECT}.ttl").content, format=ox.RdfFormat.TURTLE)
    assert found == {(quad.subject, quad.predicate, quad.object) for quad in turtle}


def test_another_library_reads_the_same_graph(client) -> None:
    """rdflib finds Turtle and RDF/XML isomorphic, amounts and parts included."""
    turtle = Graph().parse(data=client.get(f"/data/{PROJECT}.ttl").text, format="turtle")
    xml = Graph().parse(data=client.get(f"/data/{PROJECT}.rdf").text, format="xml")
    assert isomorphic(turtle, xml)
    assert "≥95百分比（%）" in {str(text) for text in turtle.objects()}


def test_json_ld_is_expanded_by_its_own_processor(client) -> None:
    """PyLD reads from the JSON-LD the statements that Turtle has."""
    read = jsonld.to_rdf(
        json.loads(client.get(f"/data/{PROJECT}.jsonld").text), {"format": "application/n-quads"}
    )
    turtle = Graph().parse(data=client.get(f"/data/{PROJECT}.ttl").text, format="turtle")
    assert isomorphic(turtle, Graph().parse(data=read, format="nt"))


@given(
    st.text(max_size=40),
    st.sampled_from(["id", "page", "data", "ontology", "questions", "dumps", "sitemaps"]),
    st.sampled_from(["", "?release=", "?page=", "?format="]),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_address_is_a_fault(client, text: str, face: str, query: str) -> None:
    """Whatever stands in a path or a query is answered with what a client can understand, never 500."""
    junk = quote(text.encode("utf-8", "surrogatepass"))
    for address in (f"/{face}/{junk}", f"/{face}/project/{junk}.ttl", f"/{face}/{junk}/x{query}{junk}"):
        assert client.get(address).status_code < 500


def test_a_path_is_decoded_once(client) -> None:
    """A percent sign that was encoded stays one, and names no entity."""
    assert client.get(f"/id/{quote(quote(DOCUMENT))}").status_code == 404


def test_data_of_a_document_names_who_cites_it(client) -> None:
    """Statements that point at the entity belong to its data."""
    text = client.get(f"/data/{quote(DOCUMENT)}.nt").text
    assert "id/project/13063621KBZ5IOG4SDMWN-2021> <http://localhost:8000/ontology#fundedUnder>" in text


def test_head_answers_as_get_does(client) -> None:
    """HEAD has the status and the headers of GET."""
    assert client.request("HEAD", f"/data/{PROJECT}.ttl").status_code == 200
    assert client.request("HEAD", f"/id/{PROJECT}").status_code == 303
    refused = client.post(f"/id/{PROJECT}")
    assert refused.status_code == 405
    assert set(refused.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_every_face_links_to_the_others(client) -> None:
    """`Link` names the other faces, the canonical address, and what describes what."""
    faces = {"html": f"/page/{PROJECT}", **{suffix: f"/data/{PROJECT}.{suffix}" for suffix in FORMATS}}
    negotiated = client.get(f"/id/{PROJECT}", headers={"Accept": "text/turtle"})
    assert all(f'<{path}>; rel="alternate"' in negotiated.headers["link"] for path in faces.values())
    assert negotiated.headers["cache-control"] == "no-cache"
    for name, path in faces.items():
        links = client.get(path).headers["link"]
        assert f'<http://localhost:8000{path}>; rel="canonical"' in links
        others = {other for other in faces if f'<{faces[other]}>; rel="alternate"' in links}
        assert others == set(faces) - {name}
    assert (
        f'<{faces["ttl"]}>; rel="describedby"; type="text/turtle"'
        in client.get(faces["html"]).headers["link"]
    )
    assert f'<http://localhost:8000/id/{PROJECT}>; rel="describes"' in client.get(faces["nt"]).headers["link"]


def test_links_are_ascii_whatever_the_key(client) -> None:
    """Chinese keys are percent-encoded in headers."""
    for path in (f"/page/{DOCUMENT}", f"/data/{DOCUMENT}.ttl"):
        links = client.get(path).headers["link"]
        assert links.isascii()
        assert "%E5%86%80" in links
