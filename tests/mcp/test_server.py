"""The tools for agents, asked by the protocol's own client."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent
from tests.serving import SECONDS, free_port, is_heard, until

from mcp import Client, StdioServerParameters

TEXTS = {"resolve": "text", "search": "text", "trace": "document", "ask": "question"}
"""Tools that take words, each with the argument for them."""
FUNDTRACE = str(Path(sys.executable).with_name("fundtrace"))


def _answers(server: Any, calls: list[tuple[str, dict[str, Any]]]) -> list[CallToolResult]:
    async def ask() -> list[CallToolResult]:
        async with Client(server) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(ask)


def _text(result: CallToolResult) -> str:
    content = result.content[0]
    assert isinstance(content, TextContent)
    return content.text


def _told(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, _text(result)
    told: dict[str, Any] = json.loads(_text(result))
    return told


@pytest.fixture(scope="module")
def stdio(sample_data: Path) -> StdioServerParameters:
    """How an agent starts the server itself."""
    return StdioServerParameters(command=FUNDTRACE, args=["mcp", "--data", str(sample_data)])


@pytest.fixture(scope="module")
def address(sample_data: Path) -> Iterator[str]:
    """A server that listens."""
    with free_port() as port:
        command = [FUNDTRACE, "mcp", "--http", "--port", str(port), "--data", str(sample_data)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                until(lambda: is_heard(port) or process.poll() is not None)
                assert process.poll() is None
                yield f"http://127.0.0.1:{port}/mcp"
            finally:
                process.terminate()
                process.wait(SECONDS)


def test_every_tool_answers_with_query_release_and_sources(stdio: StdioServerParameters) -> None:
    """One document is found, traced and counted the same by every tool, and each answer says what it rests on."""
    number = "冀财社[2020]186"
    calls: list[tuple[str, dict[str, Any]]] = [
        ("resolve", {"text": number}),
        ("search", {"text": "就业", "limit": 5}),
        ("trace", {"document": number}),
        ("ask", {"question": "documents/projects-citing", "values": {"number": number}}),
        (
            "graphql",
            {"operation": f'{{ fundingDocument(number: "{number}") {{ iri fundedBudget {{ yuan }} }} }}'},
        ),
        (
            "sparql",
            {
                "query": "SELECT ?p ?yuan { ?p <http://localhost:8000/ontology#fundedUnder> "
                "<http://localhost:8000/id/document/冀财社-2020-186> ; <http://localhost:8000/ontology#totalBudget> ?yuan }"
            },
        ),
    ]
    resolved, searched, traced, asked, graphql, sparql = [
        _told(one) for one in _answers(stdio_client(stdio), calls)
    ]
    assert resolved["answer"]["number"] == "冀财社〔2020〕186号"
    assert len(searched["answer"]) == 5
    assert traced["answer"]["projects"][0]["total"] == "220000"
    assert asked["answer"][0]["total"] == "220000"
    assert graphql["answer"]["data"]["fundingDocument"]["fundedBudget"]["yuan"] == "220000"
    assert sparql["answer"]["results"]["bindings"][0]["yuan"]["value"] == "220000"
    for told in (resolved, traced, asked, graphql, sparql):
        assert told["release"] == resolved["release"]
        assert told["query"]
        assert [source["file"] for source in told["sources"]] == ["shunping-2021.docx"]


def test_a_number_nobody_cites_leads_to_near_ones(stdio: StdioServerParameters) -> None:
    """A well-formed number without projects gives its canonical form and those of the same issuer and year."""
    told = _told(_answers(stdio_client(stdio), [("resolve", {"text": "冀财社[2020]999"})])[0])
    assert told["answer"]["number"] == "冀财社〔2020〕999号"
    assert told["answer"]["matches"] == []
    assert any("冀财社〔2020〕186号" in one["label"] for one in told["answer"]["near"])


def test_the_schema_is_described(stdio: StdioServerParameters) -> None:
    """An agent can read the GraphQL schema, the ontology and the saved questions before it asks."""
    parts = ("graphql", "ontology", "questions")
    sdl, ontology, questions = [
        _text(one)
        for one in _answers(stdio_client(stdio), [("describe_schema", {"part": part}) for part in parts])
    ]
    assert "type FundingDocument" in sdl
    assert "ft:FundingDocument a owl:Class" in ontology
    assert "number" in json.loads(questions)["documents/projects-citing"]["parameters"]


def test_what_cannot_be_answered_is_an_error_that_says_why(stdio: StdioServerParameters) -> None:
    """Unknown questions, SERVICE, endless queries and answers beyond all reading are tool errors with our codes."""
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": "documents/nothing"}),
        ("trace", {"document": "冀财社[2020]999"}),
        ("sparql", {"query": "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"}),
        ("sparql", {"query": "SELECT * { ?s ?p ?o }"}),
        ("sparql", {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}),
        *((name, {argument: "就" * 5_000}) for name, argument in TEXTS.items()),
        ("graphql", {"operation": "{"}),
    ]
    results = _answers(stdio_client(stdio), calls)
    said = [_text(one) for one in results]
    assert [one.is_error for one in results] == [True] * (5 + len(TEXTS)) + [False]
    assert all("text-too-long" in one for one in said[5:-1])
    assert "unknown-question" in said[0]
    assert "no-document" in said[1]
    assert "query-refused" in said[2]
    assert "answer-size" in said[3]
    assert "answer-size" in said[4]
    assert "errors" in json.loads(said[-1])["answer"]


def test_a_listening_server_answers_too(address: str) -> None:
    """Over HTTP the same tools are there."""
    told = _told(_answers(address, [("trace", {"document": "冀财社【2020】186号"})])[0])
    assert told["answer"]["totals"][0]["total"] == "220000"


def test_a_foreign_host_name_is_refused(address: str) -> None:
    """A page elsewhere that rebinds its name to this machine gets no answer."""
    assert httpx.post(address, headers={"Host": "evil.example"}, json={}, timeout=SECONDS).status_code == 421


def test_without_a_release_the_command_says_what_to_do(tmp_path: Path) -> None:
    """The error of an empty folder comes at once, not with the first call."""
    done = subprocess.run(
        [FUNDTRACE, "mcp", "--data", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert "fundtrace build" in done.stderr
