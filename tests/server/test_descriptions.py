"""Descriptions for machines: VoID, DCAT, shapes and the JSON Schema, in the words of the release."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import PROV, VOID, Graph, URIRef

from fundtrace.release import Account, build_release
from fundtrace.settings import Settings

DESCRIBED = ("/.well-known/void", "/catalog", "/provenance", "/quality", "/shapes", "/ontology")
ELSEWHERE = "https://data.example.org/"


def _canonical(content: bytes, form: ox.RdfFormat) -> ox.Dataset:
    """A graph whose blank nodes have the names that the standard gives them (RDF Dataset Canonicalization)."""
    dataset = ox.Dataset(ox.parse(content, format=form))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.parametrize("path", DESCRIBED)
def test_a_description_says_the_same_in_every_serialisation(client, path: str) -> None:
    """Turtle, JSON-LD, N-Triples and RDF/XML by Accept hold isomorphic graphs."""
    turtle = client.get(path, headers={"Accept": "text/turtle"})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert turtle.headers["vary"] == "Accept"
    assert turtle.headers["access-control-allow-origin"] == "*"
    graph = _canonical(turtle.content, ox.RdfFormat.TURTLE)
    assert len(graph) > 10
    for media_type, form in (
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ):
        response = client.get(path, headers={"Accept": media_type})
        assert _canonical(response.content, form) == graph, media_type
        assert client.get(f"{path}?format={form.file_extension}").content == response.content
    assert len(Graph().parse(data=turtle.text, format="turtle")) == len(graph)


@pytest.mark.parametrize("path", DESCRIBED)
def test_a_description_in_another_format_is_not_acceptable(client, path: str) -> None:
    """406 names the formats that there are, by Accept and by `?format=`."""
    for response in (
        client.get(path, headers={"Accept": "image/png"}),
        client.get(f"{path}?format=docx"),
    ):
        assert response.status_code == 406
        assert {"ttl", "jsonld", "rdf"} <= set(response.json()["error"]["available"])


def test_the_descriptions_name_the_release_and_its_files(client, release) -> None:
    """VoID has the number of statements, DCAT the dumps and their checksums."""
    void = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    dataset = URIRef(f"http://localhost:8000/id/release/{release.version}")
    assert int(void.value(dataset, VOID.triples)) == release.info.statements
    catalogue = client.get("/catalog").text
    assert f"dumps/fundtrace-{release.version}.ttl.gz" in catalogue
    assert "spdx:checksumValue" in catalogue
    assert "prov:has_provenance <http://localhost:8000/provenance>" in catalogue


def test_how_it_was_made_and_how_good_it_is_are_told(client, release) -> None:
    """PROV names the build and its sources, DQV the measures; the page of the dumps leads to both."""
    version = f"http://localhost:8000/id/release/{release.version}"
    made = Graph().parse(data=client.get("/provenance").text, format="turtle")
    build = made.value(URIRef(version), PROV.wasGeneratedBy)
    assert len(set(made.objects(build, PROV.used))) == len(release.info.sources)
    good = client.get("/quality.jsonld")
    assert good.headers["content-type"] == "application/ld+json"
    assert "open-suggestions" in good.text
    page = client.page("/dumps/").text
    assert "/provenance.ttl" in page
    assert "/quality.ttl" in page
    assert client.page("/provenance").headers["content-type"].startswith("text/turtle")


def test_a_browser_gets_a_description_too(client) -> None:
    """A page that says the same, in both languages; whoever takes anything gets Turtle."""
    for path, shown in (("/shapes", "Project-totalBudget"), ("/catalog", "dcat:Dataset"), ("/.well-known/void", "void:triples"), ("/ontology", "FundingDocument")):  # fmt: skip
        assert client.get(path).headers["content-type"].startswith("text/turtle")
        for language in ("zh", "en"):
            page = client.page(f"{path}?lang={language}")
            assert page.headers["content-type"].startswith("text/html")
            assert page.headers["content-language"] == language
            assert shown in page.text
        assert client.get(f"{path}.ttl").text == client.get(path).text
        assert client.get(f"{path}.docx").status_code == 404


def test_shapes_and_schema_follow_the_base_of_the_release(connect, tmp_path: Path) -> None:
    """No address of the repository is left in what a publisher serves."""
    lines = ['<https://data.example.org/id/region/1> <http://www.w3.org/2000/01/rdf-schema#label> "甲"@zh .']
    lines += [
        "<https://data.example.org/id/region/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://data.example.org/ns#Region> ."
    ]
    build_release(tmp_path, lines, ELSEWHERE, f"{ELSEWHERE}ns#", Account())
    with connect(Settings(data=str(tmp_path), base=ELSEWHERE, namespace=f"{ELSEWHERE}ns#")) as client:
        for path in ("/shapes", "/ontology", "/schemas/document.json", "/.well-known/void", "/catalog"):
            assert "localhost" not in client.get(path).text, path
        assert "<https://data.example.org/shapes#" in client.get("/shapes?format=nt").text


def test_the_schema_of_documents_is_published(client) -> None:
    """It is JSON Schema under the address that it names."""
    response = client.get("/schemas/document.json")
    assert response.headers["content-type"] == "application/schema+json"
    schema = json.loads(response.content)
    assert schema["$id"] == "http://localhost:8000/schemas/document.json"
    assert "projects" in schema["properties"]


def test_a_release_without_descriptions_says_how_to_get_them(connect, data: Path, tmp_path: Path) -> None:
    """404 with what to do, not a fault."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    for name in ("void.ttl", "dcat.ttl"):
        next((folder / "releases").glob(f"*/{name}")).unlink()
    with connect(Settings(data=str(folder))) as client:
        for path in ("/.well-known/void", "/catalog"):
            response = client.get(path)
            assert response.status_code == 404
            assert response.json()["error"]["code"] == "no-description"
            assert "fundtrace build" in client.page(path).text
