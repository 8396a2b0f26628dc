"""The same question is answered identically by page, GraphQL, SPARQL, command line and saved question."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.serving import SECONDS, serving

FORMS = (
    "冀财社【2020】186号",
    "冀财社[2020]186",
    "冀财社（2020）186号文",
    "冀财社2020186号",
    "冀财社 2020 年 186 号",
)
NUMBER = "冀财社〔2020〕186号"
CODE = "13063621KBZ5IOG4SDMWN"
BASE = "https://funds.example.org/"
"""A base that is not the server's address: pages link by path, so it answers under any host name."""


@pytest.fixture(scope="module")
def data(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the command line filled."""
    folder = tmp_path_factory.mktemp("served")
    command = [
        sys.executable,
        "-m",
        "fundtrace",
        "build",
        str(samples),
        "--data",
        str(folder),
        "--base",
        BASE,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[httpx.Client]:
    """A client of a real server, started as a process of its own and stopped like one."""
    with serving(data) as one:
        with httpx.Client(base_url=one.address, timeout=SECONDS) as client:
            assert client.get("/readyz").status_code == 200
            yield client
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(SECONDS) == 0


@pytest.mark.parametrize("form", FORMS)
def test_graphql_gives_the_one_project(server: httpx.Client, form: str) -> None:
    """In any written form: one project, its amount once, and the places and roles it cites by."""
    query = """
      query ($number: String!) {
        fundingDocument(number: $number) {
          iri number fundedBudget { yuan }
          citedBy(role: FUNDS) {
            totalCount
            edges { citations { role place } node { iri code fiscalYear region { name } budget { total { yuan } } } }
          }
        }
      }
    """
    answer = server.post("/graphql", json={"query": query, "variables": {"number": form}}).json()
    assert "errors" not in answer
    document = answer["data"]["fundingDocument"]
    assert (document["iri"], document["number"]) == (f"{BASE}id/document/冀财社-2020-186", NUMBER)
    assert document["fundedBudget"]["yuan"] == "220000"
    (edge,) = document["citedBy"]["edges"]
    assert edge["node"]["code"] == CODE
    assert edge["node"]["region"]["name"] == "顺平县"
    assert {(one["role"], one["place"]) for one in edge["citations"]} == {
        ("FUNDS", "NAME"),
        ("FUNDS", "PURPOSE"),
        ("BASIS", "BASIS"),
    }


@pytest.mark.parametrize("form", FORMS)
def test_the_page_of_the_document_shows_the_one_project(server: httpx.Client, form: str) -> None:
    """The search box leads from any written form to the page with the amount and the project."""
    found = server.get("/resolve", params={"q": form}, headers={"Accept": "text/html"}, follow_redirects=True)
    assert found.status_code == 200
    assert found.url.path == "/page/document/冀财社-2020-186"
    assert "220,000.00" in found.text
    assert set(re.findall(r'href="(/page/project/[^"?#]+)', found.text)) == {f"/page/project/{CODE}-2021"}


@pytest.mark.parametrize("form", FORMS)
def test_the_command_line_traces_the_one_project(data: Path, form: str) -> None:
    """`fundtrace trace` gives the same project, once, in its strongest role."""
    command = [sys.executable, "-m", "fundtrace", "trace", form, "--json", "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    (document,) = json.loads(done.stdout)["documents"]
    (project,) = document["projects"]
    assert (project["code"], project["role"], project["total"]) == (CODE, "funds", "220000")
    assert set(project["places"]) == {"name", "purpose", "basis"}


def test_sparql_gives_the_one_project_in_one_pattern(server: httpx.Client) -> None:
    """Direct properties are stated beside the citations, so the common question is one triple pattern."""
    query = f"""
      PREFIX ft: <{BASE}ontology#>
      SELECT ?code ?total WHERE {{
        ?project ft:fundedUnder <{BASE}id/document/冀财社-2020-186> ; ft:code ?code ; ft:totalBudget ?total
      }}
    """
    for answer in (
        server.get("/sparql", params={"query": query}),
        server.post("/sparql", data={"query": query}),
        server.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"}),
    ):
        assert answer.status_code == 200
        (row,) = answer.json()["results"]["bindings"]
        assert (row["code"]["value"], row["total"]["value"]) == (CODE, "220000")


def test_the_saved_question_gives_the_one_project(server: httpx.Client) -> None:
    """A saved question resolves written forms too, and marks what counts in the total."""
    answer = server.get("/questions/documents/projects-citing.json", params={"number": FORMS[1]}).json()
    assert [(row["code"], row["total"], row["counted"]) for row in answer["rows"]] == [(CODE, "220000", 1)]


def test_one_document_is_cited_by_two_departments_that_wrote_it_differently(server: httpx.Client) -> None:
    """冀价行费字（2000）40号 and 冀价行费字【2000】第40号 are one document."""
    query = """{ fundingDocument(number: "冀价行费字2000 40号") {
      number writtenForms fundedBudget { yuan } citedBy { edges { node { region { name } department { name } } } } } }"""
    document = server.post("/graphql", json={"query": query}).json()["data"]["fundingDocument"]
    assert document["number"] == "冀价行费字〔2000〕40号"
    assert set(document["writtenForms"]) == {"冀价行费字（2000）40号", "冀价行费字【2000】第40号"}
    regions = {edge["node"]["region"]["name"] for edge in document["citedBy"]["edges"]}
    assert regions == {"顺平县", "白沟新城"}


def test_linked_data_answers_at_the_iri(server: httpx.Client) -> None:
    """`/id/…` leads by `Accept` to Turtle that states the project."""
    answer = server.get(
        "/id/document/冀财社-2020-186", headers={"Accept": "text/turtle"}, follow_redirects=True
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/turtle")
    assert f"{CODE}-2021" in answer.text
